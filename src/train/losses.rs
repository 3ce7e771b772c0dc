//! What a step reports, and how it comes back from the device: many steps in one readback.

use burn::tensor::Tensor;

use crate::Error;

/// The losses of one step, means over the batch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepLosses {
    /// Discriminator's loss on real samples.
    pub discriminator_real: f32,
    /// Discriminator's loss on fake samples.
    pub discriminator_fake: f32,
    /// Generator's loss, all its terms.
    pub generator: f32,
    /// D(x): the discriminator's mean opinion of real samples before its update; see
    /// [`Objective::opinion`](crate::loss::Objective::opinion).
    pub opinion_real: f32,
    /// D(G(z)): its mean opinion of fake samples before its update.
    pub opinion_fake: f32,
}

impl StepLosses {
    /// Numbers in each step's report.
    pub const COUNT: usize = 5;

    /// The numbers in the order of the fields.
    pub fn to_array(self) -> [f32; Self::COUNT] {
        [
            self.discriminator_real,
            self.discriminator_fake,
            self.generator,
            self.opinion_real,
            self.opinion_fake,
        ]
    }

    fn from_array(values: [f32; Self::COUNT]) -> Self {
        let [
            discriminator_real,
            discriminator_fake,
            generator,
            opinion_real,
            opinion_fake,
        ] = values;
        Self {
            discriminator_real,
            discriminator_fake,
            generator,
            opinion_real,
            opinion_fake,
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum TrainError {
    #[error("the losses of step {step} are not finite numbers: {losses:?}")]
    NonFinite { step: usize, losses: StepLosses },
    #[error("the device did not give its results back: {0}")]
    Readback(String),
}

impl TrainError {
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::NonFinite { .. } => "train.non_finite",
            Self::Readback(_) => "train.readback",
        }
    }
}

/// Waits for the numbers of a tensor.
pub(super) async fn read<const D: usize>(tensor: Tensor<D>) -> Result<Vec<f32>, Error> {
    let data = tensor
        .into_data_async()
        .await
        .map_err(|error| TrainError::Readback(error.to_string()))?;
    data.try_into_vec::<f32>()
        .map_err(|error| TrainError::Readback(format!("{error:?}")).into())
}

/// Waits for the losses of steps `first_step`, `first_step + 1`, …
///
/// # Errors
///
/// `train.non_finite` names the first step whose losses are not numbers; `train.readback`.
pub(super) async fn read_losses(
    pending: Vec<Tensor<1>>,
    first_step: usize,
) -> Result<Vec<StepLosses>, Error> {
    if pending.is_empty() {
        return Ok(Vec::new());
    }
    let values = read(Tensor::cat(pending, 0)).await?;
    let (rows, _) = values.as_chunks::<{ StepLosses::COUNT }>();
    rows.iter()
        .enumerate()
        .map(|(index, &row)| {
            let losses = StepLosses::from_array(row);
            if row.iter().all(|value| value.is_finite()) {
                Ok(losses)
            } else {
                let step = first_step + index;
                Err(TrainError::NonFinite { step, losses }.into())
            }
        })
        .collect()
}
