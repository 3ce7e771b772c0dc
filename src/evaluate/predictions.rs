//! What a classifier says of images, on the host.

use burn::tensor::{Tensor, activation};

use crate::Error;
use crate::device::readback::read;
use crate::generator::PASS;
use crate::model::Eyes;

/// What a classifier says of images, on the host.
#[derive(Clone, Debug)]
pub(super) struct Predictions {
    /// `[count, Eyes::FEATURES]`
    pub(super) features: Vec<f32>,
    /// Each row sums to 1. `[count, classes]`, where classes are read.
    pub(super) probabilities: Option<Vec<f32>>,
}

/// What `eyes` say of `samples`.
///
/// The future does not borrow.
///
/// # Shapes
///
/// - `samples`: `[count, features]`, plain
///
/// # Errors
///
/// `train.readback`.
pub(super) fn classify(
    eyes: &Eyes,
    samples: Tensor<2>,
) -> impl Future<Output = Result<Predictions, Error>> + use<> {
    let passes = samples.split(PASS, 0).into_iter();
    gather(passes.map(|images| predict(eyes, images)).collect())
}

/// What a classifier says of some samples, on the device: features and probabilities.
pub(super) type PassPredictions = (Tensor<2>, Option<Tensor<2>>);

/// What `eyes` say of at most [`PASS`] samples.
pub(super) fn predict(eyes: &Eyes, samples: Tensor<2>) -> PassPredictions {
    let (features, logits) = eyes.look(samples);
    (
        features,
        logits.map(|logits| activation::softmax(logits, 1)),
    )
}

/// Brings all passes to the host.
///
/// # Errors
///
/// `train.readback`.
pub(super) fn gather(
    passes: Vec<PassPredictions>,
) -> impl Future<Output = Result<Predictions, Error>> + use<> {
    let (features, probabilities): (_, Vec<_>) = passes.into_iter().unzip();
    let features = read(Tensor::cat(features, 0));
    let probabilities: Option<Vec<_>> = probabilities.into_iter().collect();
    let probabilities = probabilities.map(|passes| read(Tensor::cat(passes, 0)));
    async {
        Ok(Predictions {
            features: features.await?,
            probabilities: match probabilities {
                Some(probabilities) => Some(probabilities.await?),
                None => None,
            },
        })
    }
}
