//! The adversarial step and what it owns.
//!
//! A step is a function of buffers on the device (weights, Adam's moments, the data's order and
//! cursor, the noise's counter): it uploads nothing and waits for nothing. Losses stay on the
//! device until [`Trainer::take_losses`].

#[cfg(test)]
mod reference;

use burn::module::Module;
use burn::optim::GradientsParams;
use burn::tensor::{Device, Tensor};

use super::losses::{read, read_losses};
use super::optimizer::NetworkAdam;
use super::{NormalNoise, StepLosses};
use crate::Error;
use crate::data::{Batches, Dataset};
use crate::loss::l1;
use crate::model::{Discriminator, Generator};
use crate::preset::{Overrides, Progress, TrainConfig};

/// Trains a generator and a discriminator against each other.
///
/// The same config and data give the same weights after any number of steps, exactly on the CPU,
/// up to rounding elsewhere. Dropping it frees its device memory.
#[derive(Debug)]
pub struct Trainer {
    config: TrainConfig,
    generator: Generator,
    discriminator: Discriminator,
    generator_optimizer: NetworkAdam,
    discriminator_optimizer: NetworkAdam,
    batches: Batches,
    noise: NormalNoise,
    /// For the config's instance noise, both halves of a batch at once.
    instance_noise: Option<NormalNoise>,
    fixed_latents: Tensor<2>,
    sample_count: usize,
    step_count: usize,
    /// Losses not read back yet, oldest first. Each `[StepLosses::COUNT]`
    pending: Vec<Tensor<1>>,
}

/// What the seed is mixed with, so that no two draws of a run share a stream.
#[derive(Clone, Copy)]
enum Stream {
    Generator,
    Discriminator,
    Order,
    Noise,
    FixedLatents,
    Validation,
    InstanceNoise,
}

impl Trainer {
    /// Samples in the grid that [`sample`](Self::sample) draws.
    pub const GRID_COUNT: usize = 64;

    /// A trainer at step 0, on `device`, where `dataset` must be too.
    ///
    /// # Errors
    ///
    /// `config.features` if the networks and the data disagree about a sample's size,
    /// `config.batch_size` if a batch is larger than the data, and the errors of
    /// [`TrainConfig::with`].
    pub fn new(config: TrainConfig, dataset: Dataset, device: &Device) -> Result<Self, Error> {
        config.check_data(dataset.features(), dataset.count())?;
        let device = device.clone().autodiff();
        let seed = |stream| seed(config.seed, stream);
        let latent_size = config.generator.latent_size();
        let noise = |rows, stream| NormalNoise::new(rows, latent_size, seed(stream), &device);
        let optimizer = || NetworkAdam::new(config.beta_1);
        Ok(Self {
            generator: config.generator.init(seed(Stream::Generator), &device),
            discriminator: config
                .discriminator
                .init(seed(Stream::Discriminator), &device),
            generator_optimizer: optimizer(),
            discriminator_optimizer: optimizer(),
            sample_count: dataset.count(),
            batches: Batches::new(dataset, config.batch_size, seed(Stream::Order)),
            noise: noise(config.batch_size, Stream::Noise),
            instance_noise: config.instance_noise.map(|_| {
                let (rows, columns) = (2 * config.batch_size, config.generator.features());
                NormalNoise::new(rows, columns, seed(Stream::InstanceNoise), &device)
            }),
            fixed_latents: noise(Self::GRID_COUNT, Stream::FixedLatents).draw(),
            step_count: 0,
            pending: Vec::new(),
            config,
        })
    }

    /// One adversarial step: the discriminator learns from a real and a fake batch, then the
    /// generator from the updated discriminator's view of the same fakes (Goodfellow et al. 2014,
    /// algorithm 1 with k = 1).
    ///
    /// On a GPU it returns when the work is queued, on the CPU when it is done.
    ///
    /// Batch normalisation: real and fake go through the discriminator as one batch, in its own
    /// half-step and in the generator's. Normalised apart, fakes would lose just what tells them
    /// from real samples at first, their brightness and contrast, and the generator would never
    /// hear of it. The fakes are made once, in training form, so the generator's running
    /// statistics move once a step, the discriminator's twice.
    pub fn step(&mut self) {
        self.batches.advance_epoch();
        let losses = self.device_step();
        self.pending.push(losses);
        self.step_count += 1;
    }

    /// The step without the host's part: no upload, no readback.
    fn device_step(&mut self) -> Tensor<1> {
        let objective = self.config.objective;
        let learning_rate = self.config.learning_rate;
        let batch_size = self.config.batch_size;
        let real = self.batches.next_batch().autodiff();
        let fake = self.generator.forward(self.noise.draw().autodiff());

        let both = Tensor::cat(vec![real.clone(), fake.clone().detach()], 0);
        let both = self.under_noise(both);
        let logits = self.discriminator.forward(both);
        let real_logits = logits.clone().narrow(0, 0, batch_size);
        let fake_logits = logits.narrow(0, batch_size, batch_size);
        let opinion_real = objective.opinion(real_logits.clone().detach());
        let opinion_fake = objective.opinion(fake_logits.clone().detach());
        let loss_real = objective.discriminator_real(real_logits);
        let loss_fake = objective.discriminator_fake(fake_logits);
        let gradients = (loss_real.clone() + loss_fake.clone()).backward();
        let gradients = GradientsParams::from_grads(gradients, &self.discriminator);
        self.discriminator =
            self.discriminator_optimizer
                .step(learning_rate, self.discriminator.clone(), gradients);

        // Without gradients of its own: only the way through it to the fakes counts here.
        let judge = self.discriminator.clone().no_grad();
        let judged = fake.clone().detach().require_grad();
        let logits = if judge.uses_batch_statistics() {
            let both = Tensor::cat(vec![real.clone(), judged.clone()], 0);
            judge
                .forward(self.under_noise(both))
                .narrow(0, batch_size, batch_size)
        } else {
            judge.forward(self.under_noise(judged.clone()))
        };
        let adversarial = objective.generator(logits);
        // The chain rule in two halves, at the fakes: the loss's gradient there, then the gradient
        // of its product with the fakes. In one graph, Burn 0.22.1 on WebGPU gives a convolutional
        // generator wrong gradients behind a convolutional discriminator.
        let direction = judged
            .grad_remove(&mut adversarial.backward())
            .expect("the judge's opinion depends on what it judges");
        let mut loss_generator = adversarial.inner();
        let mut descent = (fake.clone() * direction.autodiff()).sum();
        if let Some(weight) = self.config.l1_weight {
            let distance = l1(fake, real) * weight;
            loss_generator = loss_generator + distance.clone().inner();
            descent = descent + distance;
        }
        let gradients = GradientsParams::from_grads(descent.backward(), &self.generator);
        self.generator =
            self.generator_optimizer
                .step(learning_rate, self.generator.clone(), gradients);

        let losses = vec![
            loss_real.inner(),
            loss_fake.inner(),
            loss_generator,
            opinion_real.inner(),
            opinion_fake.inner(),
        ];
        Tensor::cat(losses, 0)
    }

    /// Samples as the discriminator sees them while it trains.
    fn under_noise(&mut self, samples: Tensor<2>) -> Tensor<2> {
        let (Some(noise), Some(deviation)) = (&mut self.instance_noise, self.config.instance_noise)
        else {
            return samples;
        };
        let [rows, _] = samples.dims();
        samples + noise.draw().narrow(0, 0, rows).autodiff() * deviation
    }

    /// The losses of all steps since the last call, oldest first, in one readback.
    ///
    /// The future does not borrow the trainer, so steps can go on while it waits. When it is
    /// ready, the device has finished those steps.
    ///
    /// # Errors
    ///
    /// `train.non_finite` if a loss is not a finite number, `train.readback`.
    pub fn take_losses(&mut self) -> impl Future<Output = Result<Vec<StepLosses>, Error>> + use<> {
        let pending = std::mem::take(&mut self.pending);
        let first_step = self.step_count - pending.len();
        read_losses(pending, first_step)
    }

    /// The generator's samples for latents that stay the same during the whole run, in inference
    /// form: [`GRID_COUNT`](Self::GRID_COUNT) rows of `features` numbers.
    ///
    /// The future does not borrow the trainer.
    ///
    /// # Errors
    ///
    /// `train.readback`.
    pub fn sample(&self) -> impl Future<Output = Result<Vec<f32>, Error>> + use<> {
        let generator = self.generator.valid();
        read(generator.forward(self.fixed_latents.clone()))
    }

    /// The discriminator's loss on held-out samples: on all of them as real, plus on as many new
    /// fakes, both networks in inference form. Far above the training loss, it says that the
    /// discriminator has learned its training images by heart.
    ///
    /// The future does not borrow the trainer.
    ///
    /// # Errors
    ///
    /// `config.features` if the samples are of another size than the training data's,
    /// `train.readback`.
    pub fn validate(
        &self,
        held_out: &Dataset,
    ) -> Result<impl Future<Output = Result<f32, Error>> + use<>, Error> {
        self.config.check_features(held_out.features())?;
        let objective = self.config.objective;
        let generator = self.generator.valid();
        let discriminator = self.discriminator.valid();
        let mut noise = NormalNoise::new(
            held_out.count(),
            self.config.generator.latent_size(),
            seed(self.config.seed, Stream::Validation),
            &held_out.samples().device(),
        );
        let real = discriminator.forward(held_out.samples());
        let fake = discriminator.forward(generator.forward(noise.draw()));
        let loss = objective.discriminator_real(real) + objective.discriminator_fake(fake);
        Ok(async move { Ok(read(loss).await?[0]) })
    }

    /// Changes learning rate and λ from the next step on.
    ///
    /// # Errors
    ///
    /// Those of [`TrainConfig::with`], and `config.fixed` for a setting that only a new trainer can
    /// take; nothing is changed then.
    pub fn update(&mut self, overrides: &Overrides) -> Result<(), Error> {
        overrides.check_live()?;
        self.config = self.config.clone().with(overrides)?;
        Ok(())
    }

    /// The config in force.
    pub fn config(&self) -> &TrainConfig {
        &self.config
    }

    /// Where the run stands in its schedule.
    pub fn progress(&self) -> Progress {
        self.config
            .schedule
            .progress(self.step_count, self.config.batch_size, self.sample_count)
    }

    /// The generator as it is now.
    pub fn generator(&self) -> &Generator {
        &self.generator
    }

    /// The discriminator as it is now.
    pub fn discriminator(&self) -> &Discriminator {
        &self.discriminator
    }
}

fn seed(seed: u32, stream: Stream) -> u64 {
    u64::from(seed) << 8 | stream as u64
}
