//! Samples for latents that somebody chose, and the latents of a seed: plain numbers on either side.
//!
//! Knows neither pictures nor training.

use burn::tensor::{Device, Tensor, TensorData};

use crate::Error;
use crate::data::one_hot;
use crate::device::readback::read;
use crate::model::{Generator, GeneratorConfig};
use crate::preset::{ConfigError, check_labels};
use crate::random::NormalNoise;

/// A sample for each latent, row by row.
///
/// - `latents`: `config.latent_size()` numbers a sample
/// - `labels`: a class for each sample, or none at all for a generator that takes none
///
/// The future does not borrow the generator.
///
/// # Errors
///
/// `config.latents` unless the numbers make whole latents, `config.labels` unless there is a label
/// for each of them and the generator knows it; `train.readback`.
pub fn draw(
    generator: &Generator,
    config: &GeneratorConfig,
    latents: &[f32],
    labels: &[u8],
    device: &Device,
) -> Result<impl Future<Output = Result<Vec<f32>, Error>> + use<>, Error> {
    let latent_size = config.latent_size();
    if latents.is_empty() || !latents.len().is_multiple_of(latent_size) {
        let found = latents.len();
        return Err(ConfigError::Latents { found, latent_size }.into());
    }
    let count = latents.len() / latent_size;
    let classes = config.classes();
    let samples = if classes == 0 { 0 } else { count };
    if labels.len() != samples {
        let labels = labels.len();
        return Err(ConfigError::LabelCount { labels, samples }.into());
    }
    check_labels(labels, classes)?;
    let classes = (classes > 0).then(|| one_hot(labels, classes, device));
    let latents = TensorData::new(latents.to_vec(), [count, latent_size]);
    let latents = Tensor::from_data(latents, device);
    Ok(read(generator.forward(latents, classes)))
}

/// The latents that a seed gives, row by row: `count` times `config.latent_size()` numbers.
///
/// # Errors
///
/// `train.readback`.
pub fn latents(
    config: &GeneratorConfig,
    count: usize,
    seed: u32,
    device: &Device,
) -> impl Future<Output = Result<Vec<f32>, Error>> + use<> {
    let mut noise = NormalNoise::new(count, config.latent_size(), seed.into(), device);
    read(noise.draw())
}
