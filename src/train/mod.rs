//! Training: one adversarial step at a time, on whatever device the data is on.
//!
//! [`Trainer`] owns networks, optimisers and batches. No loop, no schedule in force, no drawing:
//! whoever calls decides how many steps to take and when to sample.

mod augmentations;
mod average;
mod checkpoint;
mod classify;
mod colour;
mod cutout;
mod execution;
mod hyperparameters;
mod metrics;
mod optimizer;
mod pairs;
#[cfg(test)]
mod reference;
mod sampling;
mod slots;
mod state;
mod step;
mod trainer;
mod translation;

pub use classify::ClassifierTrainer;
pub use metrics::StepMetrics;
pub use step::Network;
pub use trainer::Trainer;
