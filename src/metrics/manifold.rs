//! Improved precision and recall. No distributions: only who lies near whom.

use super::Features;
use super::features::squared_distance;
use serde::{Deserialize, Serialize};

/// What [`precision_recall`] finds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PrecisionRecall {
    /// Share of the fake rows that lie among the real ones, in [0, 1]: quality.
    pub precision: f64,
    /// Share of the real rows that lie among the fake ones, in [0, 1]: variety.
    pub recall: f64,
}

/// Improved precision and recall (Kynkäänniemi et al. 2019, equations 1 and 2; there `k` is 3).
///
/// A row lies among a set if it is in the ball round any of the set's rows whose radius is the
/// distance to that row's `k`-th nearest neighbour in the set, itself not counted, borders included.
/// In a set of `k` rows or fewer the farthest is taken, and a single row's ball is a point.
/// Compare only numbers made with equal counts and equal `k`.
///
/// # Shapes
///
/// - `real`, `fake`: `[count, width]`; the counts may differ
///
/// # Panics
///
/// If the widths differ, or `k` is 0.
pub fn precision_recall(real: &Features, fake: &Features, k: usize) -> PrecisionRecall {
    Manifold::new(real, k).compare(&Manifold::new(fake, k))
}

/// A set of rows with the ball round each: half of what [`precision_recall`] computes.
#[derive(Clone, Debug)]
pub struct Manifold {
    features: Features,
    /// Squared.
    radii: Vec<f64>,
}

impl Manifold {
    /// Balls up to each row's `k`-th nearest neighbour.
    ///
    /// # Panics
    ///
    /// If `k` is 0.
    pub fn new(features: &Features, k: usize) -> Self {
        assert!(k > 0, "k must be at least 1");
        Self {
            radii: squared_radii(features, k),
            features: features.clone(),
        }
    }

    /// Of fake rows against these real ones, with the `k` of both.
    ///
    /// # Panics
    ///
    /// If the widths differ.
    pub fn compare(&self, fakes: &Self) -> PrecisionRecall {
        let (real, fake) = (&self.features, &fakes.features);
        assert_eq!(real.width(), fake.width(), "the features' widths differ");
        let mut real_reached = vec![false; real.count()];
        let mut fake_reached = vec![false; fake.count()];
        for (i, real) in real.rows().enumerate() {
            for (j, fake) in fake.rows().enumerate() {
                let distance = squared_distance(real, fake);
                real_reached[i] |= distance <= fakes.radii[j];
                fake_reached[j] |= distance <= self.radii[i];
            }
        }
        PrecisionRecall {
            precision: share(&fake_reached),
            recall: share(&real_reached),
        }
    }
}

/// The square of each row's distance to its `k`-th nearest neighbour.
fn squared_radii(features: &Features, k: usize) -> Vec<f64> {
    // In order of distance a row itself, or its equal, comes first.
    let place = k.min(features.count() - 1);
    features
        .rows()
        .map(|row| {
            let mut distances: Vec<f64> = features
                .rows()
                .map(|other| squared_distance(row, other))
                .collect();
            *distances.select_nth_unstable_by(place, f64::total_cmp).1
        })
        .collect()
}

fn share(reached: &[bool]) -> f64 {
    reached.iter().filter(|&&reached| reached).count() as f64 / reached.len() as f64
}
