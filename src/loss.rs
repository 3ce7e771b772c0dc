//! Adversarial objectives: logits in, a loss for each sample out. No networks, no training, no means.

use burn::tensor::{Tensor, activation};
use serde::{Deserialize, Serialize};

/// What discriminator and generator minimise.
///
/// In the formulas D is the discriminator's logit and σ the sigmoid; a batch's loss is the mean of
/// what its samples give.
/// Cross-entropies are computed on logits through log σ, which neither overflows nor rounds to
/// log 0 where the sigmoid saturates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Objective {
    /// Binary cross-entropy; the generator maximises log σ(D(G(z))) (Goodfellow et al. 2014, the
    /// variant recommended at the end of section 3).
    NonSaturating,
    /// Binary cross-entropy; the generator minimises log(1 − σ(D(G(z)))) (Goodfellow et al. 2014,
    /// equation 1). Its gradient vanishes where the discriminator is sure.
    Minimax,
    /// Squares of D − 1 and D (Mao et al. 2017, equation 9 with a = 0, b = c = 1).
    LeastSquares,
}

impl Objective {
    /// The discriminator's loss on real samples: −log σ(D), or ½(D − 1)².
    ///
    /// # Shapes
    ///
    /// - `logits`: `[batch, 1]`
    /// - output: `[batch, 1]`
    pub fn discriminator_real(self, logits: Tensor<2>) -> Tensor<2> {
        match self {
            Self::NonSaturating | Self::Minimax => taken_for_real(logits),
            Self::LeastSquares => half_square(logits - 1.0),
        }
    }

    /// The discriminator's loss on fake samples: −log(1 − σ(D)), or ½D².
    ///
    /// # Shapes
    ///
    /// As [`discriminator_real`](Self::discriminator_real).
    pub fn discriminator_fake(self, logits: Tensor<2>) -> Tensor<2> {
        match self {
            Self::NonSaturating | Self::Minimax => taken_for_fake(logits),
            Self::LeastSquares => half_square(logits),
        }
    }

    /// The generator's loss on its samples: −log σ(D), log(1 − σ(D)), or ½(D − 1)².
    ///
    /// # Shapes
    ///
    /// As [`discriminator_real`](Self::discriminator_real).
    pub fn generator(self, logits: Tensor<2>) -> Tensor<2> {
        match self {
            Self::NonSaturating => taken_for_real(logits),
            Self::Minimax => -taken_for_fake(logits),
            Self::LeastSquares => half_square(logits - 1.0),
        }
    }

    /// The discriminator's opinion, as plotted: the probability of being real, σ(D), in [0, 1]; for
    /// least squares D itself, which aims at 0 for fakes and 1 for reals.
    ///
    /// # Shapes
    ///
    /// As [`discriminator_real`](Self::discriminator_real).
    pub fn opinion(self, logits: Tensor<2>) -> Tensor<2> {
        match self {
            Self::NonSaturating | Self::Minimax => activation::sigmoid(logits),
            Self::LeastSquares => logits,
        }
    }
}

/// −log σ(x): cross-entropy with the target 1.
fn taken_for_real(logits: Tensor<2>) -> Tensor<2> {
    -activation::log_sigmoid(logits)
}

/// −log(1 − σ(x)) = −log σ(−x): cross-entropy with the target 0.
fn taken_for_fake(logits: Tensor<2>) -> Tensor<2> {
    -activation::log_sigmoid(-logits)
}

fn half_square(difference: Tensor<2>) -> Tensor<2> {
    difference.square() * 0.5
}

/// Mean absolute difference over a sample's features, |fake − real|: the reconstruction term of
/// pix2pix (Isola et al. 2017, equation 3).
///
/// Where latents and real samples are not paired, as in the least-squares tutorial, its minimum
/// is the same picture for every latent: each pixel's median over the data.
///
/// # Shapes
///
/// - `fake`, `real`: `[batch, features]`
/// - output: `[batch, 1]`
pub fn l1(fake: Tensor<2>, real: Tensor<2>) -> Tensor<2> {
    (fake - real).abs().mean_dim(1)
}
