//! What a generator's samples are, by the numbers of a measurement: copies of training pictures, mud, or variations.
//! It measures nothing.

use serde::{Deserialize, Serialize};

use super::Quality;

/// What samples are, in the median.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Far nearer to training pictures than new real ones are.
    Copies,
    /// Farther from all pictures than new real ones are, pixel by pixel or as the eyes see them.
    Mud,
    /// Neither.
    Variations,
}

/// Samples closer to training pictures than this share of what new real ones are are copies. The mean of pictures,
/// which is no copy, is at the square root of a half where pictures have nothing in common.
pub(crate) const COPIED: f64 = 0.5;
/// Samples are mud that are farther off than new real pictures by this factor.
const FAR: f64 = 2.0;
/// Of fewer held-out pictures a median says too little.
const FEWEST: usize = 5;

impl Verdict {
    /// Nothing where too few pictures were held out, or where these are themselves copies.
    ///
    /// - `real`: what held-out pictures got
    pub fn of(samples: &Quality, real: &Quality) -> Option<Self> {
        if real.count < FEWEST || real.nearest == 0.0 {
            return None;
        }
        let is_far = |samples: f64, real: f64| samples > FAR * real;
        Some(if samples.nearest < COPIED * real.nearest {
            Self::Copies
        } else if is_far(samples.nearest, real.nearest)
            || is_far(samples.nearest_features, real.nearest_features)
        {
            Self::Mud
        } else {
            Self::Variations
        })
    }
}
