//! The energy distance between two sets of rows, whatever they are rows of: it needs no classifier.

use super::Features;

/// The energy distance (Székely and Rizzo 2013, *Energy statistics*, equation 2.5, as a V-statistic)
///
/// 2 E‖X − Y‖ − E‖X − X′‖ − E‖Y − Y′‖,
///
/// whose means are over all pairs, a row with itself included. At least 0 up to rounding, which it is for equal
/// sets; for distributions it is 0 only if they are equal. In the values' unit. Of two sets with few rows each it
/// comes out too large, so compare only distances made from equal counts.
///
/// # Shapes
///
/// - `a`, `b`: `[count, width]`; the counts may differ
///
/// # Panics
///
/// If the widths differ.
pub fn energy_distance(a: &Features, b: &Features) -> f64 {
    assert_eq!(a.width(), b.width(), "the features' widths differ");
    2.0 * mean_distance(a, b) - mean_distance(a, a) - mean_distance(b, b)
}

/// The mean Euclidean distance of a row of `a` and one of `b`.
fn mean_distance(a: &Features, b: &Features) -> f64 {
    let from = |row: &[f32]| -> f64 { b.rows().map(|other| distance(row, other)).sum() };
    let sum: f64 = a.rows().map(from).sum();
    sum / (a.count() * b.count()) as f64
}

fn distance(a: &[f32], b: &[f32]) -> f64 {
    let squares = a.iter().zip(b).map(|(a, b)| (a - b) * (a - b));
    f64::from(squares.sum::<f32>()).sqrt()
}
