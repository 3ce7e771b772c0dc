//! The Fréchet distance between two sets of features. Not FID: that is this on Inception's features.

use super::Features;
use nalgebra::{DMatrix, RowDVector};

/// The classifier-Fréchet distance: that between the normal distributions with the means μ and
/// covariances Σ of two sets of features (Heusel et al. 2017, equation 6),
///
/// ‖μ₁ − μ₂‖² + tr(Σ₁ + Σ₂ − 2 (Σ₁^½ Σ₂ Σ₁^½)^½).
///
/// At least 0, which it is for equal sets up to rounding; in the features' unit squared. Covariances
/// are unbiased (a single row has none: it counts as 0) and may be singular. With few rows the
/// distance comes out too large, so compare only distances made from equal counts.
///
/// # Shapes
///
/// - `a`, `b`: `[count, width]`; the counts may differ
///
/// # Panics
///
/// If the widths differ.
pub fn frechet_distance(a: &Features, b: &Features) -> f64 {
    assert_eq!(a.width(), b.width(), "the features' widths differ");
    let a = Moments::of(a);
    let b = Moments::of(b);
    // No covariance is formed. With Σ = Rᵀ R, the trace of the root is the sum of the singular
    // values of R₁ R₂ᵀ, whatever R is chosen; from the covariances themselves it would lose half of
    // the digits wherever they are singular.
    let root_trace = (&a.root * b.root.transpose()).singular_values().sum();
    let between = (a.mean - b.mean).norm_squared();
    let within = a.root.norm_squared() + b.root.norm_squared() - 2.0 * root_trace;
    between + within.max(0.0)
}

struct Moments {
    /// `[width]`
    mean: RowDVector<f64>,
    /// R with Rᵀ R the covariance, `[min(count, width), width]`.
    root: DMatrix<f64>,
}

impl Moments {
    fn of(features: &Features) -> Self {
        let (count, width) = (features.count(), features.width());
        let values = features.rows().flatten().map(|&value| f64::from(value));
        let mut rows = DMatrix::from_row_iterator(count, width, values);
        let mean = rows.row_mean();
        for mut row in rows.row_iter_mut() {
            row -= &mean;
        }
        let freedom = (count - 1).max(1) as f64;
        let root = rows.qr().r() / freedom.sqrt();
        Self { mean, root }
    }
}
