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

use super::average::{Average, copy};
use super::losses::{LossRing, TrainError, read, read_losses};
use super::optimizer::{Adam, Clip};
use super::places::Places;
use super::state::{DISCRIMINATOR, Extent, GENERATOR, Snapshot, restore, restore_average};
use super::streams::Stream;
use super::translation::Translation;
use super::{NormalNoise, StepLosses};
use crate::Error;
use crate::checkpoint::{Checkpoint, check_readable, finish};
use crate::data::{Batch, Batches, Dataset, one_hot};
use crate::device::buffer::Buffer;
use crate::device::capability::records;
use crate::device::is_cpu;
use crate::device::recording::Recording;
use crate::loss::l1;
use crate::model::{Discriminator, Generator, IMAGE_SIDE};
use crate::preset::{
    ConfigError, Live, Overrides, Progress, Smoothness, TrainConfig, check_labels,
};

/// Trains a generator and a discriminator against each other.
///
/// The same config and data give the same weights after any number of steps, exactly by one program on
/// the CPU, up to rounding between WebAssembly, native code and GPUs. Dropping it frees its device memory.
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
    aids: Aids,
    /// From which samples are drawn, if the config wants it.
    average: Option<Average>,
    knobs: Knobs,
    losses: LossRing,
    fixed_latents: Tensor<2>,
    fixed_classes: Option<Tensor<2>>,
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

/// Random changes to what the discriminator sees while it trains, where the config has them.
#[derive(Debug)]
struct Aids {
    translation: Option<Translation>,
    instance_noise: Option<(NormalNoise, f64)>,
    smoothness: Option<(NormalNoise, Smoothness)>,
}

impl Trainer {
    /// Rows in the grid that [`sample`](Self::sample) draws.
    pub const GRID_ROWS: usize = 8;

    /// A trainer at step 0, on `device`, where `dataset` must be too.
    ///
    /// # Errors
    ///
    /// `config.features` if the networks and the data disagree about a sample's size,
    /// `config.batch_size` if a batch is larger than the data, `checkpoint.size` if the run's
    /// checkpoint could not be read again, and the errors of [`TrainConfig::with`].
    pub fn new(config: TrainConfig, dataset: Dataset, device: &Device) -> Result<Self, Error> {
        config.check_data(dataset.features(), dataset.class_labels(), dataset.count())?;
        let device = device.clone().autodiff();
        let seed = |stream: Stream| stream.seed(config.seed);
        let latent_size = config.generator.latent_size();
        let noise = |rows, stream| NormalNoise::new(rows, latent_size, seed(stream), &device);
        let generator = config.generator.init(seed(Stream::Generator), &device);
        let discriminator = config
            .discriminator
            .init(seed(Stream::Discriminator), &device);
        let clip = Clip {
            gradient: config.gradient_clip,
            weight: None,
        };
        let critic_clip = Clip {
            weight: config.weight_clip,
            ..clip
        };
        let optimizer = config.optimizer;
        let classes = config.generator.classes();
        let dataset = if classes == 0 {
            dataset.without_classes()
        } else {
            dataset
        };
        let rows = config.batch_size * config.discriminator_steps;
        let grid_count = Self::GRID_ROWS * config.generator.grid_columns(Self::GRID_ROWS);
        let trainer = Self {
            generator_optimizer: Adam::new(&generator, optimizer, clip, &device),
            discriminator_optimizer: Adam::new(&discriminator, optimizer, critic_clip, &device),
            average: config
                .average_decay
                .map(|decay| Average::new(&generator, decay, &device)),
            generator,
            discriminator,
            sample_count: dataset.count(),
            batches: Batches::new(dataset, rows, seed(Stream::Order)),
            noise: noise(rows, Stream::Noise),
            aids: Aids::new(&config, &device),
            knobs: Knobs::new(&config, &device),
            losses: LossRing::new(&device),
            fixed_latents: noise(grid_count, Stream::FixedLatents).draw(),
            fixed_classes: config
                .generator
                .labels(grid_count)
                .map(|labels| one_hot(&labels, classes, &device)),
            step_count: 0,
            records: records(&device),
            way: Way::Eager(0),
            config,
            device,
        };
        check_readable(trainer.extent().bytes())?;
        Ok(trainer)
    }

    /// How large a checkpoint is.
    pub(super) fn extent(&self) -> Extent {
        let mut extent = Extent::default();
        extent.add(&self.generator, &self.generator_optimizer);
        extent.add(&self.discriminator, &self.discriminator_optimizer);
        if self.average.is_some() {
            extent.add_network(&self.generator);
        }
        extent
    }

    /// Takes every step operation by operation, also on a GPU: what a recording is compared with.
    pub fn without_recording(mut self) -> Self {
        self.records = false;
        self
    }

    /// One adversarial step: the discriminator learns from a real and a fake batch, then the
    /// generator from the updated discriminator's view of the same fakes (Goodfellow et al. 2014,
    /// algorithm 1, with k the config's `discriminator_steps`).
    ///
    /// On a GPU it returns when the work is queued, on the CPU when it is done.
    ///
    /// Batch normalisation: real and fake go through the discriminator as one batch, in its own
    /// half-step and in the generator's. Normalised apart, fakes would lose just what tells them
    /// from real samples at first, their brightness and contrast, and the generator would never
    /// hear of it. The fakes are made once, in training form, so the generator's running
    /// statistics move once a step, the discriminator's twice.
    ///
    /// A GPU gets the first three steps operation by operation, the last of them is recorded, and
    /// from the fourth on the recording is replayed. A device that refuses a step gets no more of
    /// them; [`take_losses`](Self::take_losses) says so.
    pub fn step(&mut self) {
        if let Way::Refused(_) = self.way {
            return;
        }
        self.follow_changes();
        self.batches.advance();
        self.losses.advance();
        let outcome = match &mut self.way {
            Way::Eager(taken) => {
                *taken += 1;
                match *taken {
                    2 if self.records => self.rehearse(),
                    3 if self.records => self.record(),
                    _ => {
                        self.device_step();
                        Ok(())
                    }
                }
            }
            Way::Replay(recording) => recording.replay(),
            Way::Refused(_) => return,
        };
        self.step_count += 1;
        if let Err(reason) = outcome {
            self.way = Way::Refused(reason);
        }
    }

    /// Takes a step in the memory that its recording will need.
    fn rehearse(&mut self) -> Result<(), String> {
        let device = self.device.clone();
        Recording::rehearse(&device, || self.device_step())
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
        let places = records(&self.device)
            .then(|| (Places::of(&self.generator), Places::of(&self.discriminator)));

        let latents = self.noise.draw();
        let Batch { samples, classes } = self.batches.next_batch();
        let turns = self.config.discriminator_steps;
        for turn in 1..turns {
            let rows = |rows: &Tensor<2>| self.turn(rows.clone(), turn - 1);
            let classes = classes.as_ref().map(rows);
            let real = rows(&samples).autodiff();
            let fake = self.fakes(&self.generator, rows(&latents), &classes);
            self.teach_discriminator(real, fake.detach(), &classes);
        }
        let rows = |rows: Tensor<2>| match turns {
            1 => rows,
            turns => self.turn(rows, turns - 1),
        };
        let classes = classes.map(rows);
        let fake = self.fakes(&self.generator, rows(latents), &classes);
        let real = rows(samples).autodiff();
        let lesson = self.teach_discriminator(real.clone(), fake.clone().detach(), &classes);

        // Without gradients of its own: only the way through it to the fakes counts here.
        let judge = self.discriminator.clone().no_grad();
        let (lesson_generator, _) = self.teach_generator(judge, real, fake, &classes, false);

        if let Some((generator, discriminator)) = places {
            self.generator = generator.keep(&self.generator);
            self.discriminator = discriminator.keep(&self.discriminator);
        }
        if let Some(average) = &mut self.average {
            average.update(&self.generator);
        }
        let [loss_real, loss_fake] = lesson.losses;
        let [opinion_real, opinion_fake] = lesson.opinions;
        self.losses.write(
            [
                loss_real,
                loss_fake,
                lesson_generator.loss,
                opinion_real,
                opinion_fake,
                lesson.accuracy,
            ],
            [lesson.gradient, lesson_generator.gradient],
        );
        self.batches.settle();
        self.noise.settle();
        self.aids.settle();
    }

    /// A step in which one network learns and the other stays as it is, to the last running
    /// statistic. The losses are reported as ever, with 0 as the length of the gradient that was
    /// not taken; the order of the data and the noise go on as they would have.
    ///
    /// It is always taken operation by operation, and leaves the memory that a recording works on
    /// in its place: the recording goes on behind it.
    pub fn step_alone(&mut self, pupil: Network) {
        if let Way::Refused(_) = self.way {
            return;
        }
        self.follow_changes();
        self.batches.advance();
        self.losses.advance();
        match pupil {
            Network::Generator => self.step_generator(),
            Network::Discriminator => self.step_discriminator(),
        }
        self.batches.settle();
        self.noise.settle();
        self.step_count += 1;
        // A checkpoint knows of steps alone, so the aids go on as after a whole one.
        let turns = self.config.discriminator_steps as u32;
        self.aids.seek(self.step_count as u32, turns);
    }

    /// The generator learns from the last of the batches that the discriminator would have seen.
    fn step_generator(&mut self) {
        let places = records(&self.device).then(|| Places::of(&self.generator));
        let (latents, Batch { samples, classes }) = (self.noise.draw(), self.batches.next_batch());
        let last = |rows: Tensor<2>| self.turn(rows, self.config.discriminator_steps - 1);
        let classes = classes.map(last);
        let fake = self.fakes(&self.generator, last(latents), &classes);
        let real = last(samples).autodiff();
        let judge = apart(&self.discriminator).no_grad();
        let (lesson, judged) = self.teach_generator(judge, real, fake, &classes, true);
        let [real, fake] = judged.expect("both were asked for");
        if let Some(places) = places {
            self.generator = places.keep(&self.generator);
        }
        if let Some(average) = &mut self.average {
            average.update(&self.generator);
        }
        let [loss_real, loss_fake] = self.discriminator_losses(real.clone(), fake.clone());
        let objective = self.config.objective;
        let [opinion_real, opinion_fake] = objective.opinions(real.clone(), fake.clone());
        let accuracy = real.greater(fake).float();
        let none = lesson.gradient.zeros_like();
        self.losses.write(
            [
                loss_real,
                loss_fake,
                lesson.loss,
                opinion_real,
                opinion_fake,
                accuracy,
            ],
            [none, lesson.gradient],
        );
    }

    /// The discriminator learns, as often as in a whole step.
    fn step_discriminator(&mut self) {
        let places = records(&self.device).then(|| Places::of(&self.discriminator));
        let (latents, Batch { samples, classes }) = (self.noise.draw(), self.batches.next_batch());
        let forger = apart(&self.generator);
        let mut last = None;
        for turn in 0..self.config.discriminator_steps {
            let rows = |rows: &Tensor<2>| self.turn(rows.clone(), turn);
            let classes = classes.as_ref().map(rows);
            let fake = self.fakes(&forger, rows(&latents), &classes).detach();
            let real = rows(&samples).autodiff();
            last = Some(self.teach_discriminator(real, fake, &classes));
        }
        let lesson = last.expect("a step has at least one turn");
        if let Some(places) = places {
            self.discriminator = places.keep(&self.discriminator);
        }
        let [real, fake] = lesson.logits;
        let loss_generator = self.config.objective.generator(fake, Some(real));
        let [loss_real, loss_fake] = lesson.losses;
        let [opinion_real, opinion_fake] = lesson.opinions;
        let none = lesson.gradient.zeros_like();
        self.losses.write(
            [
                loss_real,
                loss_fake,
                loss_generator,
                opinion_real,
                opinion_fake,
                lesson.accuracy,
            ],
            [lesson.gradient, none],
        );
    }

    /// The rows that a step's so-manieth look at the data sees.
    fn turn(&self, rows: Tensor<2>, turn: usize) -> Tensor<2> {
        let batch_size = self.config.batch_size;
        rows.narrow(0, turn * batch_size, batch_size)
    }

    /// A generator's samples, in training form.
    fn fakes(
        &self,
        generator: &Generator,
        latents: Tensor<2>,
        classes: &Option<Tensor<2>>,
    ) -> Tensor<2> {
        generator.forward(latents.autodiff(), repeated(classes, 1))
    }

    /// One step of the generator, from what `judge` says of its fakes, and the judge's logits of
    /// real and fake where they are asked for.
    ///
    /// - `judge`: without gradients of its own
    /// - `real`, `fake`: `[batch, features]`
    fn teach_generator(
        &mut self,
        judge: Discriminator,
        real: Tensor<2>,
        fake: Tensor<2>,
        classes: &Option<Tensor<2>>,
        wants_logits: bool,
    ) -> (GeneratorLesson, Option<[Tensor<2>; 2]>) {
        let objective = self.config.objective;
        let batch_size = self.config.batch_size;
        let per_sample = 1.0 / batch_size as f64;
        let judged = fake.clone().detach().require_grad();
        let together = judge.uses_batch_statistics();
        let (real_logits, fake_logits) = if together || objective.compares() || wants_logits {
            let both = Tensor::cat(vec![real.clone(), judged.clone()], 0);
            let both = self.aids.change(both);
            let halves = |both: Tensor<2>| {
                let real = both.clone().narrow(0, 0, batch_size);
                (real, both.narrow(0, batch_size, batch_size))
            };
            let (real_logits, fake_logits) = if together || !is_cpu(&self.device) {
                halves(judge.forward(both, repeated(classes, 2)))
            } else {
                // Apart: nobody wants the gradient at real samples. (A GPU would have more
                // launches.)
                let (real, fake) = halves(both);
                (
                    judge.forward(real.detach(), repeated(classes, 1)),
                    judge.forward(fake, repeated(classes, 1)),
                )
            };
            (Some(real_logits), fake_logits)
        } else {
            let fakes = self.aids.change(judged.clone());
            (None, judge.forward(fakes, repeated(classes, 1)))
        };
        let logits = wants_logits
            .then(|| real_logits.clone())
            .flatten()
            .map(|real| [real, fake_logits.clone()].map(Tensor::inner));
        let adversarial = objective.generator(fake_logits, real_logits);
        // The chain rule in two halves, at the fakes: the loss's gradient there, then the gradient
        // of its product with the fakes. In one graph, Burn 0.22.1 on WebGPU gives a convolutional
        // generator wrong gradients behind a convolutional discriminator.
        let direction = judged
            .grad_remove(&mut (adversarial.clone() * per_sample).backward())
            .expect("the judge's opinion depends on what it judges");
        let mut loss = adversarial.inner();
        let mut descent = (fake.clone() * direction.autodiff()).sum_dim(1);
        if let Some(l1_weight) = &self.knobs.l1_weight {
            let distance = l1(fake, real) * l1_weight.get().autodiff();
            loss = loss + distance.clone().inner();
            descent = descent + distance * per_sample;
        }
        let gradients = GradientsParams::from_grads(descent.backward(), &self.generator);
        let generator = self.generator.clone();
        let learning_rate = self.knobs.learning_rate.get();
        let (generator, gradient) =
            self.generator_optimizer
                .step(learning_rate, generator, gradients);
        self.generator = generator;
        (GeneratorLesson { loss, gradient }, logits)
    }

    /// One step of the discriminator.
    ///
    /// - `real`, `fake`: `[batch, features]`, without gradients
    fn teach_discriminator(
        &mut self,
        real: Tensor<2>,
        fake: Tensor<2>,
        classes: &Option<Tensor<2>>,
    ) -> Lesson {
        let objective = self.config.objective;
        let batch_size = self.config.batch_size;
        let learning_rate = self.knobs.learning_rate.get() * self.config.discriminator_rate;
        // With no spectral norms this changes nothing.
        let discriminator = self.discriminator.clone().advance_spectral_norms();

        let both = self.aids.change(Tensor::cat(vec![real, fake], 0));
        let (rows, blocks) = match self.aids.shake(both.clone(), batch_size) {
            Some(shaken) => {
                let blocks = 2 + shaken.dims()[0] / batch_size;
                (Tensor::cat(vec![both, shaken], 0), blocks)
            }
            None => (both, 2),
        };
        let logits = discriminator.forward(rows, repeated(classes, blocks));
        let block = |index| logits.clone().narrow(0, index * batch_size, batch_size);
        let (real, fake) = (block(0), block(1));

        let judged = [real.clone().inner(), fake.clone().inner()];
        let opinions = objective.opinions(judged[0].clone(), judged[1].clone());
        let accuracy = real.clone().inner().greater(fake.clone().inner()).float();
        let [loss_real, loss_fake] = self.discriminator_losses(real.clone(), fake.clone());
        let losses = [loss_real.clone().inner(), loss_fake.clone().inner()];
        let mut loss = loss_real + loss_fake;
        if let Some(smoothness) = self.config.smoothness {
            let steepness =
                |here: Tensor<2>, there: Tensor<2>| (here - there).square() * smoothness.weight;
            loss = loss + steepness(real, block(2));
            if smoothness.fakes {
                loss = loss + steepness(fake, block(3));
            }
        }
        // Of the means: `backward` begins with ones, at every sample.
        let gradients = (loss * (1.0 / batch_size as f64)).backward();
        let gradients = GradientsParams::from_grads(gradients, &discriminator);
        let (discriminator, gradient) =
            self.discriminator_optimizer
                .step(learning_rate, discriminator, gradients);
        self.discriminator = discriminator;
        Lesson {
            logits: judged,
            losses,
            opinions,
            accuracy,
            gradient,
        }
    }

    /// The discriminator's losses on real and fake samples, under the config's label smoothing.
    ///
    /// - `real`, `fake`: logits, `[batch, 1]`
    fn discriminator_losses(&self, real: Tensor<2>, fake: Tensor<2>) -> [Tensor<2>; 2] {
        let objective = self.config.objective;
        let [loss_real, loss_fake] = objective.discriminator(real.clone(), fake);
        match self.config.label_smoothing {
            // −(1 − s)·log σ(D) − s·log(1 − σ(D)) = −log σ(D) + s·D
            Some(smoothing) => [loss_real + real * smoothing, loss_fake],
            None => [loss_real, loss_fake],
        }
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

    /// Samples for latents that stay the same during the whole run, from the
    /// [`averaged`](Self::averaged) generator: [`GRID_ROWS`](Self::GRID_ROWS) rows of
    /// [`grid_columns`](Self::grid_columns) samples of `features` numbers. A conditional generator's
    /// columns are its classes.
    ///
    /// The future does not borrow the trainer.
    ///
    /// # Errors
    ///
    /// `train.readback`.
    pub fn sample(&self) -> impl Future<Output = Result<Vec<f32>, Error>> + use<> {
        let classes = self.fixed_classes.clone();
        read(self.averaged().forward(self.fixed_latents.clone(), classes))
    }

    /// [`sample`](Self::sample), with every sample of one class if one is given.
    ///
    /// # Errors
    ///
    /// `config.labels` if the generator has no such class, `train.readback`.
    pub fn sample_of(
        &self,
        class: Option<u8>,
    ) -> Result<impl Future<Output = Result<Vec<f32>, Error>> + use<>, Error> {
        let classes = self.fixed_classes_or(class)?;
        Ok(read(
            self.averaged().forward(self.fixed_latents.clone(), classes),
        ))
    }

    /// The latents of [`sample`](Self::sample), row by row.
    ///
    /// # Errors
    ///
    /// `train.readback`.
    pub fn latents(&self) -> impl Future<Output = Result<Vec<f32>, Error>> + use<> {
        read(self.fixed_latents.clone())
    }

    /// What the discriminator, in inference form, thinks of each of
    /// [`sample_of`](Self::sample_of)'s samples; see
    /// [`Objective::opinions`](crate::loss::Objective::opinions). An objective of pairs compares
    /// them with its mean opinion of some training samples, of the same class where there are classes:
    /// in training both samples of a pair have one class, so what the discriminator adds to all of a
    /// class means nothing.
    ///
    /// # Errors
    ///
    /// Those of [`sample_of`](Self::sample_of).
    pub fn opinions(
        &self,
        class: Option<u8>,
    ) -> Result<impl Future<Output = Result<Vec<f32>, Error>> + use<>, Error> {
        let classes = self.fixed_classes_or(class)?;
        let fake = self
            .averaged()
            .forward(self.fixed_latents.clone(), classes.clone());
        let discriminator = self.discriminator.valid();
        let real = self.batches.dataset().examples();
        let real_logits = discriminator.forward(real.samples, real.classes.clone());
        let fake = discriminator.forward(fake, classes.clone());
        let mean = real_logits.clone().mean_dim(0);
        let real = match (real.classes, classes) {
            (Some(known), Some(asked)) => asked.matmul(class_means(known, real_logits, mean)),
            _ => mean.expand(fake.dims()),
        };
        let [_, opinions] = self.config.objective.opinions(real, fake);
        Ok(read(opinions))
    }

    /// The grid's classes, all of them this one if one is given.
    fn fixed_classes_or(&self, class: Option<u8>) -> Result<Option<Tensor<2>>, ConfigError> {
        let Some(class) = class else {
            return Ok(self.fixed_classes.clone());
        };
        let classes = self.config.generator.classes();
        check_labels(&[class], classes)?;
        let [count, _] = self.fixed_latents.dims();
        let labels = vec![class; count];
        Ok(Some(one_hot(&labels, classes, &self.device)))
    }

    /// Samples in a row of [`sample`](Self::sample)'s grid.
    pub fn grid_columns(&self) -> usize {
        self.config.generator.grid_columns(Self::GRID_ROWS)
    }

    /// A copy of the generator that samples are drawn from, in inference form: the running average
    /// of its weights where the config has one, else the generator as it is now.
    pub fn averaged(&self) -> Generator {
        match &self.average {
            Some(average) => average.apply(&self.generator),
            None => copy(&self.generator.valid()),
        }
    }

    /// What it trains on.
    pub fn dataset(&self) -> &Dataset {
        self.batches.dataset()
    }

    /// Where it trains.
    pub fn device(&self) -> &Device {
        &self.device
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
    /// `config.classes` if a conditional discriminator lacks their classes, `train.readback`.
    pub fn validate(
        &self,
        held_out: &Dataset,
    ) -> Result<impl Future<Output = Result<f32, Error>> + use<>, Error> {
        (self.config).check_samples(held_out.features(), held_out.class_labels())?;
        let generator = self.averaged();
        let discriminator = self.discriminator.valid();
        let mut noise = NormalNoise::new(
            held_out.count(),
            self.config.generator.latent_size(),
            Stream::Validation.seed(self.config.seed),
            &held_out.samples().device(),
        );
        let classes = match self.config.generator.classes() {
            0 => None,
            _ => held_out.classes(),
        };
        let real = discriminator.forward(held_out.samples(), classes.clone());
        let fake = generator.forward(noise.draw(), classes.clone());
        let fake = discriminator.forward(fake, classes);
        let [loss_real, loss_fake] = self.discriminator_losses(real, fake);
        let loss = (loss_real + loss_fake).mean();
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
        if let Some(average) = &self.average {
            snapshot.add_average(GENERATOR, &self.generator, average);
        }
        let tensors = snapshot.read();
        let config = self.config.clone();
        let step = self.step_count as u32;
        let data = self.dataset().fingerprint();
        async move {
            Ok(Checkpoint {
                config,
                step,
                data,
                rounded: false,
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
        let from = &mut checkpoint.tensors;
        let device = &trainer.device;
        let optimizer = &mut trainer.generator_optimizer;
        trainer.generator = restore(GENERATOR, trainer.generator, optimizer, from, device)?;
        let (network, optimizer) = (trainer.discriminator, &mut trainer.discriminator_optimizer);
        trainer.discriminator = restore(DISCRIMINATOR, network, optimizer, from, device)?;
        if let Some(average) = &mut trainer.average {
            restore_average(GENERATOR, &trainer.generator, average, from, device)?;
        }
        let step = checkpoint.step;
        finish(checkpoint.tensors)?;
        trainer.batches.seek(step);
        trainer.noise.seek(step);
        let looks = trainer.config.discriminator_steps as u32;
        trainer.aids.seek(step, looks);
        trainer.losses.seek(step as usize);
        trainer.step_count = step as usize;
        trainer.knobs.set(&trainer.config_in_force());
        Ok(trainer)
    }

    /// Changes learning rate and λ from the next step on, and remembers at which step: a run of the
    /// config that this leaves repeats this one. Overrides with `changes` say all of it, from step 0 on.
    ///
    /// # Errors
    ///
    /// Those of [`TrainConfig::with`], `config.changes` for more changes than a run can have, and
    /// `config.fixed` for a setting that only a new trainer can take; nothing is changed then.
    pub fn update(&mut self, overrides: &Overrides) -> Result<(), Error> {
        overrides.check_live()?;
        let mut config = self.config.clone();
        if overrides.changes.is_some() {
            config = config.with(overrides)?;
        } else {
            for (setting, value) in [
                (Live::LearningRate, overrides.learning_rate),
                (Live::L1Weight, overrides.l1_weight),
            ] {
                if let Some(value) = value {
                    config = config.changed(self.step_count, setting, value)?;
                }
            }
        }
        self.config = config;
        self.knobs.set(&self.config_in_force());
        Ok(())
    }

    /// What is to change before the next step does.
    fn follow_changes(&mut self) {
        let step = self.step_count;
        if self.config.changes.iter().any(|change| change.step == step) {
            self.knobs.set(&self.config_in_force());
        }
    }

    /// Whether steps are replays of a recording by now.
    pub fn is_recorded(&self) -> bool {
        matches!(self.way, Way::Replay(_))
    }

    /// The run's config, with all that has changed and is to change.
    pub fn config(&self) -> &TrainConfig {
        &self.config
    }

    /// The config with the values of the next step.
    pub fn config_in_force(&self) -> TrainConfig {
        self.config.at(self.step_count)
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

/// One of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Network {
    /// The one that makes samples.
    Generator,
    /// The one that judges them.
    Discriminator,
}

/// What a step of the generator gives; all plain.
struct GeneratorLesson {
    /// `[batch, 1]`
    loss: Tensor<2>,
    /// The gradient's length. `[1]`
    gradient: Tensor<1>,
}

/// What a step of the discriminator gives; all plain.
struct Lesson {
    /// Of real and of fake. Each `[batch, 1]`
    logits: [Tensor<2>; 2],
    /// On real and on fake. Each `[batch, 1]`
    losses: [Tensor<2>; 2],
    /// Of real and of fake. Each `[batch, 1]`
    opinions: [Tensor<2>; 2],
    /// `[batch, 1]`
    accuracy: Tensor<2>,
    /// The gradient's length. `[1]`
    gradient: Tensor<1>,
}

impl Aids {
    fn new(config: &TrainConfig, device: &Device) -> Self {
        let features = config.generator.features();
        let both = 2 * config.batch_size;
        let seed = |stream: Stream| stream.seed(config.seed);
        let noise = |rows, stream| NormalNoise::new(rows, features, seed(stream), device);
        Self {
            translation: config.translation.map(|moves| {
                Translation::new(both, IMAGE_SIDE, moves, seed(Stream::Translation), device)
            }),
            instance_noise: config
                .instance_noise
                .map(|deviation| (noise(both, Stream::InstanceNoise), deviation)),
            smoothness: config.smoothness.map(|smoothness| {
                let rows = if smoothness.fakes {
                    both
                } else {
                    config.batch_size
                };
                (noise(rows, Stream::Smoothness), smoothness)
            }),
        }
    }

    /// Samples as the discriminator sees them while it trains.
    fn change(&mut self, samples: Tensor<2>) -> Tensor<2> {
        let mut samples = samples;
        if let Some(translation) = &mut self.translation {
            samples = translation.apply(samples);
        }
        if let Some((noise, deviation)) = &mut self.instance_noise {
            let [rows, _] = samples.dims();
            samples = samples + noise.draw().narrow(0, 0, rows).autodiff() * *deviation;
        }
        samples
    }

    /// The neighbours to which the discriminator should be smooth: of the real half of the samples,
    /// or of all.
    fn shake(&mut self, both: Tensor<2>, batch_size: usize) -> Option<Tensor<2>> {
        let (noise, smoothness) = self.smoothness.as_mut()?;
        let samples = if smoothness.fakes {
            both
        } else {
            both.narrow(0, 0, batch_size)
        };
        Some(samples + noise.draw().autodiff() * smoothness.deviation)
    }

    /// Goes on behind the first `steps` steps, in each of which the discriminator learns `turns`
    /// times and judges once.
    fn seek(&mut self, steps: u32, turns: u32) {
        let looks = steps.wrapping_mul(turns + 1);
        if let Some(translation) = &mut self.translation {
            translation.seek(looks);
        }
        if let Some((noise, _)) = &mut self.instance_noise {
            noise.seek(looks);
        }
        if let Some((noise, _)) = &mut self.smoothness {
            noise.seek(steps.wrapping_mul(turns));
        }
    }

    /// Writes what the step has moved on.
    fn settle(&mut self) {
        if let Some(translation) = &mut self.translation {
            translation.settle();
        }
        if let Some((noise, _)) = &mut self.instance_noise {
            noise.settle();
        }
        if let Some((noise, _)) = &mut self.smoothness {
            noise.settle();
        }
    }
}

/// The network in training form, with running statistics of its own: what moves those leaves the
/// original as it is.
fn apart<M: Module>(network: &M) -> M {
    network.valid().train()
}

/// The mean number of each class, or `mean` where it has none.
///
/// - `classes`: one-hot, `[count, classes]`
/// - `numbers`: `[count, 1]`
/// - `mean`: `[1, 1]`
/// - output: `[classes, 1]`
fn class_means(classes: Tensor<2>, numbers: Tensor<2>, mean: Tensor<2>) -> Tensor<2> {
    let [_, class_count] = classes.dims();
    let sizes = classes.clone().sum_dim(0).reshape([class_count, 1]);
    let sums = classes.transpose().matmul(numbers);
    let mean = mean.expand([class_count, 1]);
    (sums / sizes.clone()).mask_where(sizes.equal_elem(0.0), mean)
}

/// One-hot rows so many times, on an autodiff device.
fn repeated(classes: &Option<Tensor<2>>, times: usize) -> Option<Tensor<2>> {
    let classes = classes.as_ref()?;
    let rows = match times {
        1 => classes.clone(),
        times => Tensor::cat(vec![classes.clone(); times], 0),
    };
    Some(rows.autodiff())
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

    /// Takes what is in force.
    fn set(&mut self, config: &TrainConfig) {
        let new = Self::new(config, &self.learning_rate.get().device());
        self.learning_rate.set(new.learning_rate.get());
        if let (Some(old), Some(new)) = (&mut self.l1_weight, new.l1_weight) {
            old.set(new.get());
        }
    }
}
