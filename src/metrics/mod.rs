//! How good and how varied samples are: plain numbers from what a classifier says of them. No
//! classifier, no tensors, no training.
//!
//! Everything is computed on the host in f64, from f32 rows:
//!
//! | measure | from | best | says |
//! |---|---|---|---|
//! | [`frechet_distance`] | features | 0 | how far the samples' distribution is from the data's |
//! | [`energy_distance`] | the samples themselves | 0 | the same, without a classifier |
//! | [`precision_recall`] | features | 1, 1 | share of samples like data; share of data reached |
//! | [`classifier_score`] | probabilities | classes | each sample clear, all together varied |
//! | [`mode_coverage`] | probabilities | all classes | which classes the samples fall into |
//! | [`agreement`] | probabilities | 1 | share of samples of the class that was asked for |
//!
//! Of pictures that each have one answer, [`likeness`] says how near they come to it: L1, PSNR and SSIM.
//!
//! How near a sample is to a training image is found on the device: see
//! [`evaluate::nearest`](crate::evaluate::nearest()).
//!
//! The first and the fourth have the formulas of FID and Inception score, but not the network: the
//! numbers hold for one classifier, and only those made with the same one can be compared.

mod energy;
mod features;
mod frechet;
mod manifold;
mod modes;
mod pairs;
mod score;

use crate::error::ErrorKind;
pub use energy::energy_distance;
pub use features::{Features, Probabilities};
pub use frechet::frechet_distance;
pub use manifold::{Manifold, PrecisionRecall, precision_recall};
pub use modes::{ModeCoverage, agreement, mode_coverage};
pub use pairs::{Likeness, likeness};
pub use score::classifier_score;

/// Why rows cannot be measured.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum MetricsError {
    /// There are no rows, or not whole ones.
    #[error("found {found} values, expected whole rows of {width}, at least one")]
    Shape {
        /// Number of values.
        found: usize,
        /// Values in a row.
        width: usize,
    },
    /// A feature is infinite or not a number.
    #[error("row {row}, column {column} is {found}, expected a finite number")]
    NotFinite {
        /// The first such row.
        row: usize,
        /// The feature's place in it.
        column: usize,
        /// The feature.
        found: f32,
    },
    /// A probability is negative, above 1, or not a number.
    #[error("row {row}, class {class} is {found}, expected a probability in [0, 1]")]
    Probability {
        /// The first such row.
        row: usize,
        /// The probability's place in it.
        class: usize,
        /// The probability.
        found: f32,
    },
    /// A row's probabilities are not those of one thing out of all.
    #[error("row {row} sums to {found}, expected 1")]
    Sum {
        /// The first such row.
        row: usize,
        /// The sum.
        found: f64,
    },
}

impl ErrorKind for MetricsError {
    fn code(&self) -> &'static str {
        self.code()
    }
}

impl MetricsError {
    /// A stable, dotted name.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Shape { .. } => "metrics.shape",
            Self::NotFinite { .. } => "metrics.not_finite",
            Self::Probability { .. } => "metrics.probability",
            Self::Sum { .. } => "metrics.sum",
        }
    }
}
