//! Samples as the discriminator judges them where pictures are made out of others: each beside what it is made of. No
//! losses.

use burn::tensor::Tensor;

/// Samples as one picture with what they are made of, whose channels come first.
///
/// # Shapes
///
/// `[batch, input features]` and `[batch, features]` → `[batch, their sum]`
pub(super) fn pairs(inputs: Tensor<2>, samples: Tensor<2>) -> Tensor<2> {
    Tensor::cat(vec![inputs, samples], 1)
}

/// [`pairs`], if samples are made of others, else the samples.
pub(super) fn judged(inputs: Option<Tensor<2>>, samples: Tensor<2>) -> Tensor<2> {
    match inputs {
        Some(inputs) => pairs(inputs, samples),
        None => samples,
    }
}
