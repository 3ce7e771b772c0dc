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

use super::losses::{LossRing, TrainError, read, read_losses};
use super::optimizer::Adam;
use super::places::Places;
use super::state::{Snapshot, restore};
use super::{NormalNoise, StepLosses};
use crate::Error;
use crate::checkpoint::Checkpoint;
use crate::data::{Batches, Dataset};
use crate::device::buffer::{Buffer, records};
use crate::device::recording::Recording;
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
    device: Device,
    generator: Generator,
    discriminator: Discriminator,
    generator_optimizer: Adam,
    discriminator_optimizer: Adam,
    batches: Batches,
    noise: NormalNoise,
    /// For the config's instance noise, both halves of a batch at once.
    instance_noise: Option<NormalNoise>,
    knobs: Knobs,
    losses: LossRing,
    fixed_latents: Tensor<2>,
    sample_count: usize,
    step_count: usize,
    /// Whether steps are recorded.
    records: bool,
    way: Way,
}

/// How a step gets to the device.
#[derive(Debug)]
enum Way {
    /// Operation by operation, so many times so far.
    Eager(usize),
    /// As a recording of all of them.
    Replay(Recording),
    /// Not at all: the device refused one. Why.
    Refused(String),
}

/// What the networks' tensors are called in a checkpoint.
const GENERATOR: &str = "generator";
const DISCRIMINATOR: &str = "discriminator";

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
        let generator = config.generator.init(seed(Stream::Generator), &device);
        let discriminator = config
            .discriminator
            .init(seed(Stream::Discriminator), &device);
        Ok(Self {
            generator_optimizer: Adam::new(&generator, config.beta_1, &device),
            discriminator_optimizer: Adam::new(&discriminator, config.beta_1, &device),
            generator,
            discriminator,
            sample_count: dataset.count(),
            batches: Batches::new(dataset, config.batch_size, seed(Stream::Order)),
            noise: noise(config.batch_size, Stream::Noise),
            instance_noise: config.instance_noise.map(|_| {
                let (rows, columns) = (2 * config.batch_size, config.generator.features());
                NormalNoise::new(rows, columns, seed(Stream::InstanceNoise), &device)
            }),
            knobs: Knobs::new(&config, &device),
            losses: LossRing::new(&device),
            fixed_latents: noise(Self::GRID_COUNT, Stream::FixedLatents).draw(),
            step_count: 0,
            records: records(&device),
            way: Way::Eager(0),
            config,
            device,
        })
    }

    /// Takes every step operation by operation, also on a GPU: what a recording is compared with.
    pub fn without_recording(mut self) -> Self {
        self.records = false;
        self
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
    ///
    /// A GPU gets the first two steps operation by operation, the second of them is recorded, and
    /// from the third on the recording is replayed. A device that refuses a step gets no more of
    /// them; [`take_losses`](Self::take_losses) says so.
    pub fn step(&mut self) {
        if let Way::Refused(_) = self.way {
            return;
        }
        self.batches.advance();
        self.losses.advance();
        let outcome = match &self.way {
            Way::Replay(recording) => recording.replay(),
            Way::Eager(1) if self.records => self.record(),
            Way::Eager(taken) => {
                self.way = Way::Eager(taken + 1);
                self.device_step();
                Ok(())
            }
            Way::Refused(reason) => Err(reason.clone()),
        };
        self.step_count += 1;
        if let Err(reason) = outcome {
            self.way = Way::Refused(reason);
        }
    }

    /// Takes a step and records it.
    fn record(&mut self) -> Result<(), String> {
        let device = self.device.clone();
        let recording = Recording::of(&device, || self.device_step())?;
        self.way = Way::Replay(recording);
        Ok(())
    }

    /// The step without the host's part: no upload, no readback, and all that outlives it is left
    /// where it was found.
    fn device_step(&mut self) {
        let objective = self.config.objective;
        let learning_rate = self.knobs.learning_rate.get();
        let batch_size = self.config.batch_size;
        let per_sample = 1.0 / batch_size as f64;
        let places = records(&self.device)
            .then(|| (Places::of(&self.generator), Places::of(&self.discriminator)));

        let fake = self.generator.forward(self.noise.draw().autodiff());
        // Not before: behind a gather, Burn 0.22.1 would not fuse the noise.
        let real = self.batches.next_batch().autodiff();

        let both = Tensor::cat(vec![real.clone(), fake.clone().detach()], 0);
        let both = self.under_noise(both);
        let logits = self.discriminator.forward(both);
        let real_logits = logits.clone().narrow(0, 0, batch_size);
        let fake_logits = logits.narrow(0, batch_size, batch_size);
        let opinion_real = objective.opinion(real_logits.clone().detach());
        let opinion_fake = objective.opinion(fake_logits.clone().detach());
        let loss_real = objective.discriminator_real(real_logits);
        let loss_fake = objective.discriminator_fake(fake_logits);
        // Of the means: `backward` begins with ones, at every sample.
        let gradients = ((loss_real.clone() + loss_fake.clone()) * per_sample).backward();
        let gradients = GradientsParams::from_grads(gradients, &self.discriminator);
        let discriminator = self.discriminator.clone();
        self.discriminator =
            self.discriminator_optimizer
                .step(learning_rate.clone(), discriminator, gradients);

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
            .grad_remove(&mut (adversarial.clone() * per_sample).backward())
            .expect("the judge's opinion depends on what it judges");
        let mut loss_generator = adversarial.inner();
        let mut descent = (fake.clone() * direction.autodiff()).sum_dim(1);
        if let Some(l1_weight) = &self.knobs.l1_weight {
            let distance = l1(fake, real) * l1_weight.get().autodiff();
            loss_generator = loss_generator + distance.clone().inner();
            descent = descent + distance * per_sample;
        }
        let gradients = GradientsParams::from_grads(descent.backward(), &self.generator);
        let generator = self.generator.clone();
        self.generator = self
            .generator_optimizer
            .step(learning_rate, generator, gradients);

        if let Some((generator, discriminator)) = places {
            self.generator = generator.keep(&self.generator);
            self.discriminator = discriminator.keep(&self.discriminator);
        }
        self.losses.write([
            loss_real.inner(),
            loss_fake.inner(),
            loss_generator,
            opinion_real.inner(),
            opinion_fake.inner(),
        ]);
        self.batches.settle();
        self.noise.settle();
        if let Some(noise) = &mut self.instance_noise {
            noise.settle();
        }
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
    /// `train.step` if the device refused one, `train.non_finite` if a loss is not a finite number,
    /// `train.readback`.
    pub fn take_losses(&mut self) -> impl Future<Output = Result<Vec<StepLosses>, Error>> + use<> {
        let refused = match &self.way {
            Way::Refused(reason) => Some(reason.clone()),
            _ => None,
        };
        let (reports, first_step) = self.losses.take();
        async move {
            if let Some(reason) = refused {
                return Err(TrainError::Step(reason).into());
            }
            read_losses(reports, first_step).await
        }
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
        let loss = loss.mean();
        Ok(async move { Ok(read(loss).await?[0]) })
    }

    /// The run as it is now, to be gone on with by [`resume`](Self::resume).
    ///
    /// The future does not borrow the trainer, so steps can go on while it waits.
    ///
    /// # Errors
    ///
    /// `checkpoint.tensors` if a number is not finite: nobody could go on from there;
    /// `train.readback`.
    pub fn checkpoint(&self) -> impl Future<Output = Result<Checkpoint, Error>> + use<> {
        let mut snapshot = Snapshot::default();
        snapshot.add(GENERATOR, &self.generator, &self.generator_optimizer);
        let optimizer = &self.discriminator_optimizer;
        snapshot.add(DISCRIMINATOR, &self.discriminator, optimizer);
        let tensors = snapshot.read();
        let config = self.config.clone();
        let step = self.step_count as u32;
        async move {
            Ok(Checkpoint {
                config,
                step,
                tensors: tensors.await?,
            })
        }
    }

    /// A trainer where the checkpoint's one was: given the same data, on the CPU, its next steps are
    /// exactly those that the other one would have taken.
    ///
    /// # Errors
    ///
    /// Those of [`new`](Self::new), and `checkpoint.tensors` if the checkpoint lacks a tensor of its
    /// networks, has one of another shape or one too many.
    pub fn resume(
        mut checkpoint: Checkpoint,
        dataset: Dataset,
        device: &Device,
    ) -> Result<Self, Error> {
        let mut trainer = Self::new(checkpoint.config.clone(), dataset, device)?;
        let from = &mut checkpoint;
        let device = &trainer.device;
        let optimizer = &mut trainer.generator_optimizer;
        trainer.generator = restore(GENERATOR, trainer.generator, optimizer, from, device)?;
        let (network, optimizer) = (trainer.discriminator, &mut trainer.discriminator_optimizer);
        trainer.discriminator = restore(DISCRIMINATOR, network, optimizer, from, device)?;
        let step = checkpoint.step;
        checkpoint.finish()?;
        trainer.batches.seek(step);
        trainer.noise.seek(step);
        if let Some(noise) = &mut trainer.instance_noise {
            noise.seek(step.wrapping_mul(2)); // once for each network's half-step
        }
        trainer.losses.seek(step as usize);
        trainer.step_count = step as usize;
        Ok(trainer)
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
        self.knobs.set(&self.config);
        Ok(())
    }

    /// Whether steps are replays of a recording by now.
    pub fn is_recorded(&self) -> bool {
        matches!(self.way, Way::Replay(_))
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

/// What may change during a run.
#[derive(Debug)]
struct Knobs {
    /// `[1]`
    learning_rate: Buffer<1>,
    /// λ, where the config has one. `[1, 1]`
    l1_weight: Option<Buffer<2>>,
}

impl Knobs {
    fn new(config: &TrainConfig, device: &Device) -> Self {
        let device = device.clone().without_autodiff();
        let one = |value: f64| Tensor::from_floats([value as f32], &device);
        Self {
            learning_rate: Buffer::new(one(config.learning_rate)),
            l1_weight: config
                .l1_weight
                .map(|weight| Buffer::new(one(weight).unsqueeze())),
        }
    }

    fn set(&mut self, config: &TrainConfig) {
        let new = Self::new(config, &self.learning_rate.get().device());
        self.learning_rate.set(new.learning_rate.get());
        if let (Some(old), Some(new)) = (&mut self.l1_weight, new.l1_weight) {
            old.set(new.get());
        }
    }
}

fn seed(seed: u32, stream: Stream) -> u64 {
    u64::from(seed) << 8 | stream as u64
}
