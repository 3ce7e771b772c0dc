//! How good a generator's pictures are: what a classifier says of them, beside what it says of real
//! ones. Of pictures that were made out of others, how near they come to what they were to be.
//!
//! Joins generator, classifier and [`metrics`](crate::metrics). No formulas, no training.

mod energy;
mod evaluator;
mod fakes;
mod nearest;
mod pairs;
mod predictions;
mod verdict;

use crate::Error;
use crate::error::ErrorKind;

pub use energy::energy;
pub use evaluator::{Evaluator, Quality, accuracy};
pub use fakes::Fakes;
pub use nearest::{Neighbour, nearest};
pub use pairs::{PairQuality, pair_quality, triples, with_channels};
pub(crate) use verdict::COPIED;
pub use verdict::Verdict;

/// Why nothing was measured.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum QualityError {
    /// Whoever waited for it no longer did.
    #[error("the measurement was stopped")]
    Stopped,
}

impl ErrorKind for QualityError {
    fn code(&self) -> &'static str {
        self.code()
    }
}

impl QualityError {
    /// See [`Error::code`](crate::Error::code).
    pub fn code(&self) -> &'static str {
        match self {
            Self::Stopped => "quality.stopped",
        }
    }
}

/// For who waits for all of it: what measures in pieces pauses between two of them, until this is done, and stops
/// if it fails.
///
/// # Errors
///
/// None.
pub async fn without_pause() -> Result<(), Error> {
    Ok(())
}
