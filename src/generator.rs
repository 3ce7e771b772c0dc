//! A generator that no longer learns, with all it takes to draw from it.
//!
//! Plain numbers on either side: latents in, samples out. It knows neither pictures nor training.

use std::vec::IntoIter;

use burn::tensor::{Device, Tensor, TensorData};

use crate::Error;
use crate::data::{Batch, one_hot};
use crate::device::readback::read;
use crate::model::{Generator, GeneratorConfig};
use crate::preset::{ConfigError, check_labels};
use crate::random::NormalNoise;

/// A generator in inference form: network, config and device.
///
/// It comes from a run, [`Trainer::averaged`](crate::train::Trainer::averaged), or from a file,
/// [`GeneratorFile::load`](crate::checkpoint::GeneratorFile::load). A clone shares the device memory.
///
/// ```
/// use webgan::{data::{Dataset, Toy}, device, preset::points, train::Trainer};
///
/// # fn main() -> Result<(), webgan::Error> {
/// # let device = device::cpu();
/// # let dataset = Dataset::from_toy(&Toy::by_id("ring")?, &device)?;
/// let trainer = Trainer::new(points().config, dataset, &device)?;
/// let generator = trainer.averaged();
/// // The same samples, by way of their latents.
/// let samples = pollster::block_on(generator.sample(5, 1))?;
/// let latents = pollster::block_on(generator.latents(5, 1))?;
/// let decoded = pollster::block_on(generator.decode(&latents, &[])?)?;
/// assert_eq!(samples, decoded);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct TrainedGenerator {
    network: Generator,
    config: GeneratorConfig,
    device: Device,
}

/// Samples that go through a network at once where nothing is learned: bounds the memory, and the time
/// until whoever draws some at a time can look up.
pub(crate) const PASS: usize = 100;

impl TrainedGenerator {
    /// Of a network at hand.
    ///
    /// - `network`: in inference form, made from `config`, on `device`
    pub fn new(network: Generator, config: GeneratorConfig, device: &Device) -> Self {
        Self {
            network,
            config,
            device: device.clone().without_autodiff(),
        }
    }

    /// The network, in inference form.
    pub fn network(&self) -> &Generator {
        &self.network
    }

    /// Which network it is.
    pub fn config(&self) -> &GeneratorConfig {
        &self.config
    }

    /// `count` samples for latents drawn from `seed`, row by row, their classes in turn where there are
    /// any: `count` times [`features`](GeneratorConfig::features) numbers.
    ///
    /// The future does not borrow the generator.
    ///
    /// # Errors
    ///
    /// `config.inputs` for a generator that makes pictures out of others: it draws by [`decode`](Self::decode);
    /// `train.readback`.
    ///
    /// # Panics
    ///
    /// If `count` is 0.
    pub fn sample(
        &self,
        count: usize,
        seed: u32,
    ) -> impl Future<Output = Result<Vec<f32>, Error>> + use<> {
        let samples = match self.config.input_shape() {
            Some(_) => Err(ConfigError::NeedsInput),
            None => {
                let batches = self.batches(count, seed);
                let samples = batches.map(|batch| batch.samples).collect();
                Ok(read(Tensor::cat(samples, 0)))
            }
        };
        async move { samples?.await }
    }

    /// The latents of [`sample`](Self::sample), row by row: `count` times
    /// [`latent_size`](GeneratorConfig::latent_size) numbers.
    ///
    /// # Errors
    ///
    /// `train.readback`.
    ///
    /// # Panics
    ///
    /// If `count` is 0.
    pub fn latents(
        &self,
        count: usize,
        seed: u32,
    ) -> impl Future<Output = Result<Vec<f32>, Error>> + use<> {
        read(self.draw_latents(count, seed))
    }

    /// A sample for each latent, row by row.
    ///
    /// - `latents`: [`latent_size`](GeneratorConfig::latent_size) numbers a sample; of a generator that makes pictures
    ///   out of others, these: from -1 to 1, channel by channel
    /// - `labels`: a class for each sample, or none at all for a generator that takes none
    ///
    /// The future does not borrow the generator.
    ///
    /// # Errors
    ///
    /// `config.latents` unless the numbers make whole latents, `config.labels` unless there is a label
    /// for each of them and the generator knows it; `train.readback`.
    pub fn decode(
        &self,
        latents: &[f32],
        labels: &[u8],
    ) -> Result<impl Future<Output = Result<Vec<f32>, Error>> + use<>, Error> {
        let latent_size = self.config.latent_size();
        if latents.is_empty() || !latents.len().is_multiple_of(latent_size) {
            let found = latents.len();
            return Err(ConfigError::Latents { found, latent_size }.into());
        }
        let count = latents.len() / latent_size;
        let classes = self.config.classes();
        let samples = if classes == 0 { 0 } else { count };
        if labels.len() != samples {
            let labels = labels.len();
            return Err(ConfigError::LabelCount { labels, samples }.into());
        }
        check_labels(labels, classes)?;
        let classes = (classes > 0).then(|| one_hot(labels, classes, &self.device));
        let latents = TensorData::new(latents.to_vec(), [count, latent_size]);
        let latents = Tensor::from_data(latents, &self.device);
        Ok(read(self.network.forward(latents, classes)))
    }

    /// The samples of [`sample`](Self::sample), some at a time, on the device.
    pub(crate) fn batches(&self, count: usize, seed: u32) -> SampleBatches {
        let latents = self.draw_latents(count, seed).split(PASS, 0);
        let classes = match self.config.labels(count) {
            None => vec![None; latents.len()],
            Some(labels) => labels
                .chunks(PASS)
                .map(|labels| Some(one_hot(labels, self.config.classes(), &self.device)))
                .collect(),
        };
        let waiting: Vec<_> = latents.into_iter().zip(classes).collect();
        SampleBatches {
            network: self.network.clone(),
            waiting: waiting.into_iter(),
        }
    }

    /// `[count, latent_size]`
    fn draw_latents(&self, count: usize, seed: u32) -> Tensor<2> {
        let latent_size = self.config.latent_size();
        NormalNoise::new(count, latent_size, seed.into(), &self.device).draw()
    }
}

/// Samples that are still to be drawn: each call of `next` draws at most [`PASS`] of them.
#[derive(Debug)]
pub(crate) struct SampleBatches {
    network: Generator,
    /// Latents and, for a conditional generator, one-hot classes.
    waiting: IntoIter<(Tensor<2>, Option<Tensor<2>>)>,
}

impl Iterator for SampleBatches {
    type Item = Batch;

    fn next(&mut self) -> Option<Batch> {
        let (latents, classes) = self.waiting.next()?;
        let samples = self.network.forward(latents, classes.clone());
        Some(Batch {
            samples,
            classes,
            inputs: None,
        })
    }
}
