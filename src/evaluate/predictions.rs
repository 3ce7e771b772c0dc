//! What a classifier says of images, on the host.

use burn::tensor::{Tensor, activation};

use crate::Error;
use crate::device::readback::read;
use crate::generator::PASS;
use crate::model::Classifier;

/// What a classifier says of images, on the host.
#[derive(Clone, Debug)]
pub(super) struct Predictions {
    /// `[count, Classifier::FEATURES]`
    pub(super) features: Vec<f32>,
    /// Each row sums to 1. `[count, classes]`, where the classifier knows classes.
    pub(super) probabilities: Option<Vec<f32>>,
}

/// What `classifier` says of `samples`.
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
    classifier: &Classifier,
    samples: Tensor<2>,
) -> impl Future<Output = Result<Predictions, Error>> + use<> {
    let passes = samples.split(PASS, 0).into_iter();
    gather(passes.map(|images| predict(classifier, images)).collect())
}

/// What a classifier says of some samples, on the device: features and probabilities.
pub(super) type PassPredictions = (Tensor<2>, Option<Tensor<2>>);

/// What `classifier` says of at most [`PASS`] samples.
pub(super) fn predict(classifier: &Classifier, samples: Tensor<2>) -> PassPredictions {
    let output = classifier.forward(samples);
    let probabilities = output.logits.map(|logits| activation::softmax(logits, 1));
    (output.features, probabilities)
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
