//! A training run: one step after another, and what they report.
//!
//! What a step computes is in `step`, how it gets to the device in `execution`, what can be seen of
//! the run in `sampling`.

use burn::tensor::{Device, Tensor};

use super::execution::Execution;
use super::metrics::{TrainError, read_metrics};
use super::state::TrainState;
use super::{Network, StepMetrics};
use crate::Error;
use crate::checkpoint::check_readable;
use crate::data::{Dataset, one_hot};
use crate::device::capability::records;
use crate::model::{Discriminator, GRID_ROWS, Generator, grid_columns};
use crate::preset::{Progress, TrainConfig};
use crate::random::{NormalNoise, Stream};

/// Trains a generator and a discriminator against each other.
///
/// The same config and data give the same weights after any number of steps, exactly by one program on
/// the CPU, up to rounding between WebAssembly, native code and GPUs. Dropping it frees its device memory.
///
/// ```
/// use webgan::{data::{Dataset, Toy}, device, preset::{Overrides, points}, train::Trainer};
///
/// # fn main() -> Result<(), webgan::Error> {
/// let device = device::cpu();
/// let dataset = Dataset::from_toy(&Toy::by_id("ring")?, &device)?;
/// let mut trainer = Trainer::new(points().config, dataset, &device)?;
/// for _ in 0..2 {
///     trainer.step();
/// }
/// // From the third step on.
/// trainer.update(&Overrides { l1_weight: Some(0.5), ..Overrides::default() })?;
/// trainer.step();
///
/// let metrics = pollster::block_on(trainer.take_metrics())?;
/// assert_eq!(metrics.len(), 3);
/// let samples = pollster::block_on(trainer.sample())?;
/// assert_eq!(samples.len(), 2 * 8 * trainer.grid_columns());
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Trainer {
    pub(super) config: TrainConfig,
    pub(super) state: TrainState,
    execution: Execution,
    pub(super) fixed_latents: Tensor<2>,
    pub(super) fixed_classes: Option<Tensor<2>>,
    pub(super) step_count: usize,
}

impl Trainer {
    /// A trainer at step 0, on `device`, where `dataset` must be too.
    ///
    /// # Errors
    ///
    /// `config.features` if the networks and the data disagree about a sample's size, `config.inputs` about
    /// what samples are made of,
    /// `config.batch_size` if a batch is larger than the data, `checkpoint.size` if the run's
    /// checkpoint could not be read again, and the errors of [`TrainConfig::with`].
    pub fn new(config: TrainConfig, dataset: Dataset, device: &Device) -> Result<Self, Error> {
        let config = config.shaped(dataset.shape());
        let (shape, input) = (dataset.shape(), dataset.input_shape());
        config.check_data(shape, input, dataset.class_labels(), dataset.count())?;
        let device = device.clone().autodiff();
        let state = TrainState::new(&config, dataset, &device);
        check_readable(state.extent().bytes())?;
        let generator = &config.generator;
        let count = GRID_ROWS * grid_columns(generator.classes(), GRID_ROWS);
        let seed = Stream::FixedLatents.seed(config.seed);
        let fixed_latents = match generator.input_shape() {
            Some(_) => state.batches.dataset().spread(count).inputs,
            None => {
                let latent_size = generator.latent_size();
                Some(NormalNoise::new(count, latent_size, seed, &device).draw())
            }
        };
        Ok(Self {
            state,
            execution: Execution::new(records(&device)),
            fixed_latents: fixed_latents.expect("the data were checked to have inputs"),
            fixed_classes: generator
                .labels(count)
                .map(|labels| one_hot(&labels, generator.classes(), &device)),
            step_count: 0,
            config,
        })
    }

    /// Takes every step operation by operation, also on a GPU: what a recording is compared with, in
    /// tests and by `webgan bench`.
    #[doc(hidden)]
    pub fn without_recording(mut self) -> Self {
        self.execution = Execution::new(false);
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
    /// hear of it. Fakes are made in training form, once for each update of the discriminator, the
    /// last of them for the generator's too. So in a step the generator's running statistics move
    /// `discriminator_steps` times, the discriminator's once more.
    ///
    /// A GPU gets the first three steps operation by operation, the last of them is recorded, and
    /// from the fourth on the recording is replayed. A device that refuses a step gets no more of
    /// them; [`take_metrics`](Self::take_metrics) says so.
    pub fn step(&mut self) {
        if self.execution.refusal().is_some() {
            return;
        }
        self.advance();
        let Self { config, state, .. } = self;
        let device = state.device.clone();
        self.execution.run(&device, || state.step(config, None));
        self.step_count += 1;
    }

    /// A step in which one network learns and the other stays as it is, to the last running
    /// statistic. The losses are reported as ever, with 0 as the length of the gradient that was
    /// not taken; the order of the data and the noise go on as they would have.
    ///
    /// It is always taken operation by operation, and leaves the memory that a recording works on
    /// in its place: the recording goes on behind it.
    pub fn step_alone(&mut self, network: Network) {
        if self.execution.refusal().is_some() {
            return;
        }
        self.advance();
        self.state.step(&self.config, Some(network));
        self.step_count += 1;
        // A checkpoint knows of steps alone, so these go on as after a whole one.
        let updates = self.config.discriminator_steps as u32;
        let augmentations = &mut self.state.augmentations;
        augmentations.seek(self.step_count as u32, updates);
    }

    /// The host's part of a step, before the device's.
    fn advance(&mut self) {
        self.follow_changes();
        self.state.advance();
    }

    /// What all steps since the last call have reported, oldest first, in one readback.
    ///
    /// The future does not borrow the trainer, so steps can go on while it waits. When it is
    /// ready, the device has finished those steps.
    ///
    /// # Errors
    ///
    /// `train.step` if the device refused one, `train.non_finite` if a loss is not a finite number,
    /// `train.readback`.
    pub fn take_metrics(
        &mut self,
    ) -> impl Future<Output = Result<Vec<StepMetrics>, Error>> + use<> {
        let refusal = self.execution.refusal().map(str::to_string);
        let (reports, first_step) = self.state.metrics.take();
        async move {
            if let Some(reason) = refusal {
                return Err(TrainError::Step(reason).into());
            }
            read_metrics(reports, first_step).await
        }
    }

    /// Samples in a row of [`sample`](Self::sample)'s grid.
    pub fn grid_columns(&self) -> usize {
        grid_columns(self.config.generator.classes(), GRID_ROWS)
    }

    /// What it trains on.
    pub fn dataset(&self) -> &Dataset {
        self.state.batches.dataset()
    }

    /// Where it trains.
    pub fn device(&self) -> &Device {
        &self.state.device
    }

    /// Whether steps are replays of a recording by now.
    pub fn is_recorded(&self) -> bool {
        matches!(self.execution, Execution::Recorded(_))
    }

    /// The run's config, with all that has changed and is to change.
    pub fn config(&self) -> &TrainConfig {
        &self.config
    }

    /// Where the run stands in its schedule.
    pub fn progress(&self) -> Progress {
        let (batch_size, sample_count) = (self.config.batch_size, self.dataset().count());
        let schedule = self.config.schedule;
        schedule.progress(self.step_count, batch_size, sample_count)
    }

    /// The generator as it is now.
    pub fn generator(&self) -> &Generator {
        &self.state.generator
    }

    /// The discriminator as it is now.
    pub fn discriminator(&self) -> &Discriminator {
        &self.state.discriminator
    }
}
