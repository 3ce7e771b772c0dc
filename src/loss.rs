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
    /// Binary cross-entropy: −log σ(D(x)) and −log(1 − σ(D(G(z)))); the generator maximises
    /// log σ(D(G(z))) (Goodfellow et al. 2014, the variant recommended at the end of section 3).
    NonSaturating,
    /// Binary cross-entropy; the generator minimises log(1 − σ(D(G(z)))) (Goodfellow et al. 2014,
    /// equation 1). Its gradient vanishes where the discriminator is sure.
    Minimax,
    /// ½(D(x) − 1)² and ½D(G(z))²; the generator minimises ½(D(G(z)) − 1)² (Mao et al. 2017,
    /// equation 9 with a = 0, b = c = 1).
    LeastSquares,
    /// max(0, 1 − D(x)) and max(0, 1 + D(G(z))); the generator minimises −D(G(z)) (Lim & Ye 2017).
    Hinge,
    /// −D(x) and D(G(z)); the generator minimises −D(G(z)) (Arjovsky et al. 2017). D must be kept
    /// Lipschitz by other means.
    Wasserstein,
    /// A real and a fake sample in pairs: −log σ(D(x) − D(G(z))), half of it counted for either; the
    /// generator minimises −log σ(D(G(z)) − D(x)) (Jolicoeur-Martineau 2018; R3GAN, Huang et al.
    /// 2024).
    Relativistic,
}

impl Objective {
    /// The discriminator's losses on real and on fake samples.
    ///
    /// # Shapes
    ///
    /// - `real`, `fake`: logits, `[batch, 1]`
    /// - output: each `[batch, 1]`
    pub fn discriminator(self, real: Tensor<2>, fake: Tensor<2>) -> [Tensor<2>; 2] {
        match self {
            Self::NonSaturating | Self::Minimax => [taken_for_real(real), taken_for_fake(fake)],
            Self::LeastSquares => [half_square(real - 1.0), half_square(fake)],
            Self::Hinge => [activation::relu(-real + 1.0), activation::relu(fake + 1.0)],
            Self::Wasserstein => [-real, fake],
            Self::Relativistic => {
                let half = taken_for_real(real - fake) * 0.5;
                [half.clone(), half]
            }
        }
    }

    /// The generator's loss on its samples. Only an objective that
    /// [`compares`](Self::compares) looks at `real`.
    ///
    /// # Shapes
    ///
    /// - `fake`: logits, `[batch, 1]`
    /// - `real`: logits, `[batch, 1]`, if at hand
    /// - output: `[batch, 1]`
    ///
    /// # Panics
    ///
    /// If it compares and there is no `real`.
    pub fn generator(self, fake: Tensor<2>, real: Option<Tensor<2>>) -> Tensor<2> {
        match self {
            Self::NonSaturating => taken_for_real(fake),
            Self::Minimax => -taken_for_fake(fake),
            Self::LeastSquares => half_square(fake - 1.0),
            Self::Hinge | Self::Wasserstein => -fake,
            Self::Relativistic => {
                taken_for_real(fake - real.expect("this objective compares with real samples"))
            }
        }
    }

    /// Whether the generator's loss compares fakes with real samples.
    pub fn compares(self) -> bool {
        self == Self::Relativistic
    }

    /// Whether its losses are cross-entropies of one sample, whose targets can be smoothed.
    pub(crate) fn is_cross_entropy(self) -> bool {
        matches!(self, Self::NonSaturating | Self::Minimax)
    }

    /// The discriminator's scores D(x) of real and fake samples, as plotted: for cross-entropy the
    /// probability of being real, σ(D); for pairs the probability of being the real one of its pair;
    /// for the others D itself (least squares aims at 1 and 0).
    ///
    /// # Shapes
    ///
    /// As [`discriminator`](Self::discriminator).
    pub fn scores(self, real: Tensor<2>, fake: Tensor<2>) -> [Tensor<2>; 2] {
        match self {
            Self::NonSaturating | Self::Minimax => [real, fake].map(activation::sigmoid),
            Self::Relativistic => {
                let lead = real - fake;
                [lead.clone(), -lead].map(activation::sigmoid)
            }
            Self::LeastSquares | Self::Hinge | Self::Wasserstein => [real, fake],
        }
    }

    /// The probability of being real that a map shows: the [`scores`](Self::scores), brought into [0, 1],
    /// where an objective of pairs pairs each with `fake`. A critic's numbers mean
    /// nothing by themselves; −1 to 1 of them are shown.
    ///
    /// # Shapes
    ///
    /// - `logits`, `fake`: `[batch, 1]`
    /// - output: `[batch, 1]`
    pub fn real_probability(self, logits: Tensor<2>, fake: Tensor<2>) -> Tensor<2> {
        let [scores, _] = self.scores(logits, fake);
        match self {
            Self::NonSaturating | Self::Minimax | Self::Relativistic => scores,
            Self::LeastSquares => scores.clamp(0.0, 1.0),
            Self::Hinge | Self::Wasserstein => ((scores + 1.0) * 0.5).clamp(0.0, 1.0),
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
