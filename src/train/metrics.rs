//! What a step reports, where it waits on the device, and how it comes back: many steps in one
//! readback.

use burn::tensor::{Device, Int, Tensor};

use crate::Error;
use crate::device::buffer::Buffer;
use crate::device::readback::read;
use crate::error::ErrorKind;

/// What one step reports: means over the batch, and the lengths of gradients.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepMetrics {
    /// Discriminator's loss on real samples.
    pub discriminator_real: f32,
    /// Discriminator's loss on fake samples.
    pub discriminator_fake: f32,
    /// Generator's loss, all its terms.
    pub generator: f32,
    /// D(x): the discriminator's mean score of real samples before its update; see
    /// [`Objective::scores`](crate::loss::Objective::scores).
    pub score_real: f32,
    /// D(G(z)): its mean score of fake samples before its update.
    pub score_fake: f32,
    /// Share of the pairs of a real and a fake sample in which the discriminator takes the real one
    /// for the likelier, before its update: ½ if it cannot tell them apart, 1 if it always can.
    pub accuracy: f32,
    /// Length of the discriminator's gradient, over all its parameters.
    pub discriminator_gradient: f32,
    /// Length of the generator's gradient.
    pub generator_gradient: f32,
}

impl StepMetrics {
    /// Numbers in each step's report.
    pub const COUNT: usize = 8;

    /// The numbers in the order of the fields.
    pub fn to_array(self) -> [f32; Self::COUNT] {
        [
            self.discriminator_real,
            self.discriminator_fake,
            self.generator,
            self.score_real,
            self.score_fake,
            self.accuracy,
            self.discriminator_gradient,
            self.generator_gradient,
        ]
    }

    /// The fields in their order.
    pub fn from_array(values: [f32; Self::COUNT]) -> Self {
        let [
            discriminator_real,
            discriminator_fake,
            generator,
            score_real,
            score_fake,
            accuracy,
            discriminator_gradient,
            generator_gradient,
        ] = values;
        Self {
            discriminator_real,
            discriminator_fake,
            generator,
            score_real,
            score_fake,
            accuracy,
            discriminator_gradient,
            generator_gradient,
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum TrainError {
    #[error(
        "the losses of step {step} are not finite numbers: {}",
        not_finite(reports)
    )]
    NonFinite {
        step: usize,
        /// Those that were waiting, this step's the last.
        reports: Vec<StepMetrics>,
    },
    #[error("the device did not take a step: {0}")]
    Step(String),
}

/// Which numbers of the last report are none.
fn not_finite(reports: &[StepMetrics]) -> String {
    const NAMES: [&str; StepMetrics::COUNT] = [
        "the discriminator's loss on real samples",
        "the discriminator's loss on fake samples",
        "the generator's loss",
        "the discriminator's score of real samples",
        "the discriminator's score of fake samples",
        "the discriminator's accuracy",
        "the discriminator's gradient",
        "the generator's gradient",
    ];
    let last = reports.last().map_or([0.0; _], |last| last.to_array());
    let wrong = NAMES
        .iter()
        .zip(last)
        .filter(|(_, number)| !number.is_finite());
    let wrong: Vec<_> = wrong
        .map(|(name, number)| format!("{name} is {number}"))
        .collect();
    wrong.join(", ")
}

impl ErrorKind for TrainError {
    fn code(&self) -> &'static str {
        match self {
            Self::NonFinite { .. } => "train.non_finite",
            Self::Step(_) => "train.step",
        }
    }
}

impl Error {
    /// The steps' reports that were read with a `train.non_finite`, up to the step it names; none with
    /// any other error.
    pub fn reports(&self) -> &[StepMetrics] {
        match self.kind() {
            Some(TrainError::NonFinite { reports, .. }) => reports,
            _ => &[],
        }
    }
}

/// What one step reports, on the device; the fields of [`StepMetrics`], plain.
pub(super) struct StepReport {
    /// `[batch, 1]`
    pub(super) discriminator_real: Tensor<2>,
    /// `[batch, 1]`
    pub(super) discriminator_fake: Tensor<2>,
    /// `[batch, 1]`
    pub(super) generator: Tensor<2>,
    /// `[batch, 1]`
    pub(super) score_real: Tensor<2>,
    /// `[batch, 1]`
    pub(super) score_fake: Tensor<2>,
    /// `[batch, 1]`
    pub(super) accuracy: Tensor<2>,
    /// `[1]`
    pub(super) discriminator_gradient: Tensor<1>,
    /// `[1]`
    pub(super) generator_gradient: Tensor<1>,
}

/// The reports of the last steps, on the device.
///
/// A recorded step can only write where it wrote before, so the place of the next report is a number
/// on the device that each step moves on, around a ring.
#[derive(Debug)]
pub(super) struct MetricsRing {
    /// `[ROWS, StepMetrics::COUNT]`
    reports: Buffer<2>,
    /// The row of the next report. `[1, 1]`
    next: Buffer<2, Int>,
    /// 0, 1, … `[ROWS, 1]`
    rows: Tensor<2, Int>,
    /// Reports written, counted on the host.
    written: usize,
    /// Reports taken out of the ring.
    taken: usize,
    /// Reports taken out and not read yet, oldest first. Each `[steps, StepMetrics::COUNT]`
    waiting: Vec<Tensor<2>>,
}

impl MetricsRing {
    const ROWS: usize = 256;

    pub(super) fn new(device: &Device) -> Self {
        let device = device.clone().without_autodiff();
        Self {
            reports: Buffer::new(Tensor::zeros([Self::ROWS, StepMetrics::COUNT], &device)),
            next: Buffer::new(Tensor::zeros([1, 1], &device)),
            rows: Tensor::arange(0..Self::ROWS as i64, &device).unsqueeze_dim(1),
            written: 0,
            taken: 0,
            waiting: Vec::new(),
        }
    }

    /// Goes on behind `steps` steps, with an empty ring.
    pub(super) fn seek(&mut self, steps: usize) {
        self.written = steps;
        self.taken = steps;
        let device = self.rows.device();
        let row = (steps % Self::ROWS) as i64;
        self.next.set(Tensor::from_ints([[row]], &device));
    }

    /// The host's part of a step: counts it, and empties a full ring.
    pub(super) fn advance(&mut self) {
        if self.written - self.taken == Self::ROWS {
            self.take_out();
        }
        self.written += 1;
    }

    /// The device's part: writes a report, means over the batch.
    pub(super) fn write(&mut self, report: StepReport) {
        let next = self.next.get();
        let here = self.rows.clone().equal(next.clone());
        let of_samples = vec![
            report.discriminator_real,
            report.discriminator_fake,
            report.generator,
            report.score_real,
            report.score_fake,
            report.accuracy,
        ];
        let means = Tensor::cat(of_samples, 1).mean_dim(0);
        let gradients = [report.discriminator_gradient, report.generator_gradient];
        let [discriminator, generator] = gradients.map(|length| length.unsqueeze());
        let report = Tensor::cat(vec![means, discriminator, generator], 1)
            .expand([Self::ROWS, StepMetrics::COUNT]);
        let here = here.expand([Self::ROWS, StepMetrics::COUNT]);
        self.reports
            .set(self.reports.get().mask_where(here, report));
        self.next
            .set((next + 1_i64).remainder_scalar(Self::ROWS as i64));
    }

    /// Copies the reports that are still in the ring.
    fn take_out(&mut self) {
        let columns = StepMetrics::COUNT;
        while self.taken < self.written {
            let row = self.taken % Self::ROWS;
            let count = (self.written - self.taken).min(Self::ROWS - row);
            let rows = self.reports.get().slice([row..row + count, 0..columns]);
            // The product makes a copy; the slice alone might share the ring's memory.
            self.waiting.push(rows * 1.0);
            self.taken += count;
        }
    }

    /// The reports since the last call, and the step of the first; a run's first is step 1.
    pub(super) fn take(&mut self) -> (Vec<Tensor<2>>, usize) {
        self.take_out();
        let waiting = std::mem::take(&mut self.waiting);
        let count: usize = waiting.iter().map(|rows| rows.dims()[0]).sum();
        (waiting, self.written - count + 1)
    }
}

/// Waits for the losses of steps `first_step`, `first_step + 1`, …
///
/// # Errors
///
/// `train.non_finite` names the first step whose losses are not numbers; `train.readback`.
pub(super) async fn read_metrics(
    reports: Vec<Tensor<2>>,
    first_step: usize,
) -> Result<Vec<StepMetrics>, Error> {
    if reports.is_empty() {
        return Ok(Vec::new());
    }
    let values = read(Tensor::cat(reports, 0)).await?;
    let (rows, _) = values.as_chunks::<{ StepMetrics::COUNT }>();
    let mut reports: Vec<_> = rows.iter().copied().map(StepMetrics::from_array).collect();
    let is_finite = |row: &[f32; StepMetrics::COUNT]| row.iter().all(|value| value.is_finite());
    match rows.iter().position(|row| !is_finite(row)) {
        None => Ok(reports),
        Some(index) => {
            reports.truncate(index + 1);
            let step = first_step + index;
            Err(TrainError::NonFinite { step, reports }.into())
        }
    }
}
