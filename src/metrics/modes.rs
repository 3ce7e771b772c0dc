//! Which classes samples fall into, and whether into those asked for. Nothing about their quality.

use super::Probabilities;
use super::score::relative_entropy;
use serde::{Deserialize, Serialize};

/// How samples spread over the classes; see [`mode_coverage`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModeCoverage {
    /// The share of samples in each class, in [0, 1]; together 1.
    pub shares: Vec<f64>,
    /// Number of classes with at least a fifth of the share that each has when all are equally
    /// frequent: of ten, those with 2 % of the samples or more.
    pub covered: usize,
    /// KL(shares ‖ uniform) in nats: 0 where all classes are equally frequent, ln(classes) where
    /// there is but one.
    pub divergence: f64,
}

/// Counts samples by their most probable class.
///
/// Counting modes with a classifier, and the divergence, are from Metz et al. 2017 (1,000 modes of
/// stacked digits); there one sample covers a mode, here it takes a fifth of the uniform share, so
/// that a classifier's odd mistake covers none.
///
/// # Shapes
///
/// - `probabilities`: `[count, classes]`
pub fn mode_coverage(probabilities: &Probabilities) -> ModeCoverage {
    let (count, classes) = (probabilities.count(), probabilities.classes());
    let mut counts = vec![0; classes];
    for class in probabilities.predictions() {
        counts[class] += 1;
    }
    let shares: Vec<f64> = counts.iter().map(|&n| n as f64 / count as f64).collect();
    let uniform = vec![1.0 / classes as f64; classes];
    ModeCoverage {
        covered: counts.iter().filter(|&n| 5 * n * classes >= count).count(),
        divergence: relative_entropy(shares.iter().copied(), &uniform),
        shares,
    }
}

/// The share of samples whose most probable class is the one asked for, in [0, 1]: GAN-test (Shmelkov
/// et al. 2018), where the classifier has learned from real samples.
///
/// # Shapes
///
/// - `probabilities`: `[count, classes]`
/// - `labels`: `[count]`
///
/// # Panics
///
/// Unless there is one label a row.
pub fn agreement(probabilities: &Probabilities, labels: &[u8]) -> f64 {
    let count = probabilities.count();
    assert_eq!(labels.len(), count, "there must be one label a row");
    let agreed = probabilities
        .predictions()
        .zip(labels)
        .filter(|&(class, &label)| class == usize::from(label))
        .count();
    agreed as f64 / count as f64
}
