//! Training: one adversarial step at a time, on whatever device the data is on.
//!
//! [`Trainer`] owns networks, optimisers and batches. No loop, no schedule in force, no drawing:
//! whoever calls decides how many steps to take and when to look.

mod average;
mod classify;
mod files;
mod losses;
mod noise;
mod optimizer;
mod places;
mod state;
mod streams;
mod trainer;
mod translation;

pub use classify::{ClassifierTrainer, Readings, classify};
pub(crate) use classify::{PASS, gather, reading};
pub use losses::StepLosses;
pub(crate) use losses::{TrainError, read};
pub use noise::NormalNoise;
pub use trainer::{Network, Trainer};
