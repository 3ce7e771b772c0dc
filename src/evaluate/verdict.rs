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
    /// Far farther from them than new real ones are, or blurred, or noise.
    Mud,
    /// Neither.
    Variations,
}

/// Samples closer to training pictures than this share of what new real ones are are copies. The mean of pictures
/// that have nothing in common, which is no copy, is at the square root of a half.
pub(crate) const COPIED: f64 = 0.5;
/// Samples are mud that are farther off than new real pictures by this factor, or have so many times their detail, or
/// so much less.
const MUD: f64 = 2.0;
/// Of fewer held-out pictures a median says too little.
const FEWEST: usize = 5;

impl Verdict {
    /// Nothing where too few pictures were held out, or where these are themselves copies, or plain.
    ///
    /// - `real`: what real pictures got
    pub fn of(samples: &Quality, real: &Quality) -> Option<Self> {
        if real.count < FEWEST || real.nearest == 0.0 || real.detail == 0.0 {
            return None;
        }
        let (far, detail) = (samples.nearest / real.nearest, samples.detail / real.detail);
        Some(if far < COPIED {
            Self::Copies
        } else if far > MUD || !(1.0 / MUD..=MUD).contains(&detail) {
            Self::Mud
        } else {
            Self::Variations
        })
    }
}
