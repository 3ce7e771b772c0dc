//! The classifier score. Not the Inception score: that is this with Inception's probabilities.

use super::Probabilities;

/// The classifier score, on digits also called MNIST score: exp E KL(p(y|x) ‖ p(y)), with p(y) the
/// mean of the rows p(y|x) (Salimans et al. 2016, section 4).
///
/// From 1, where all rows are the same, to the number of classes, where each row is sure and all
/// classes are equally frequent. It sees no difference between samples of one class. Computed once
/// over all rows, not averaged over splits.
///
/// # Shapes
///
/// - `probabilities`: `[count, classes]`
pub fn classifier_score(probabilities: &Probabilities) -> f64 {
    let count = probabilities.count() as f64;
    let mut marginal = vec![0.0; probabilities.classes()];
    for row in probabilities.rows() {
        for (mean, &p) in marginal.iter_mut().zip(row) {
            *mean += f64::from(p) / count;
        }
    }
    let divergence: f64 = probabilities
        .rows()
        .map(|row| relative_entropy(row.iter().map(|&p| f64::from(p)), &marginal))
        .sum();
    (divergence / count).exp()
}

/// KL(p ‖ q) in nats; where p is 0 it adds nothing.
pub(super) fn relative_entropy(p: impl Iterator<Item = f64>, q: &[f64]) -> f64 {
    p.zip(q)
        .filter(|&(p, _)| p > 0.0)
        .map(|(p, q)| p * (p / q).ln())
        .sum()
}
