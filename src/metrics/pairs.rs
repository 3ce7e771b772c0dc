//! How near pictures come to those that they were to be: what tells of pairs, where each picture has one answer. Whether
//! a picture looks real is another question.

use serde::Serialize;

use super::MetricsError;

/// How near pictures come to others, on a scale on which black is 0 and white 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Likeness {
    /// Mean absolute difference: 0 for the same.
    pub l1: f64,
    /// Peak signal-to-noise ratio in decibels, the mean over the pictures; of a picture at most 58.9, which is what
    /// rounding to 8 bits leaves.
    pub psnr: f64,
    /// Structural similarity (Wang et al. 2004), the mean over the pictures: 1 for the same.
    pub ssim: f64,
}

/// Mean square of what rounding to 8 bits takes away.
const ROUNDING: f64 = 1.0 / (12.0 * 255.0 * 255.0);

/// Side of the windows of [`Likeness::ssim`], uniform as in scikit-image, not Gaussian as in the paper.
const WINDOW: usize = 7;
/// The paper's constants, squared.
const MEANS: f64 = 1e-4;
const VARIANCES: f64 = 9e-4;

/// How near pictures come to others, in pairs.
///
/// ```
/// use webgan::metrics::likeness;
///
/// # fn main() -> Result<(), webgan::metrics::MetricsError> {
/// let black = [-1.0; 64];
/// let found = likeness(&black, &[0.0; 64], [1, 8, 8])?;
/// assert_eq!((found.l1, found.psnr.round()), (0.5, 6.0));
/// # Ok(())
/// # }
/// ```
///
/// # Shapes
///
/// - `made`, `truth`: pictures one after another, in [-1, 1], channel by channel
/// - `shape`: channels, height, width
///
/// # Errors
///
/// `metrics.shape` unless both are as many whole pictures, at least one, that are 7 pixels high and wide;
/// `metrics.not_finite`.
pub fn likeness(made: &[f32], truth: &[f32], shape: [usize; 3]) -> Result<Likeness, MetricsError> {
    let [channels, height, width] = shape;
    let features = channels * height * width;
    for numbers in [made, truth] {
        check(numbers, features)?;
    }
    if made.len() != truth.len() || height.min(width) < WINDOW {
        return Err(MetricsError::Shape {
            found: made.len(),
            width: features,
        });
    }
    let count = (made.len() / features) as f64;
    let mut sums = [0.0; 3];
    for (made, truth) in made
        .chunks_exact(features)
        .zip(truth.chunks_exact(features))
    {
        let [made, truth] = [made, truth].map(|numbers| {
            let levels = numbers
                .iter()
                .map(|&number| (f64::from(number) + 1.0) / 2.0);
            levels.collect::<Vec<_>>()
        });
        let differences = || made.iter().zip(&truth).map(|(made, truth)| made - truth);
        let mean = |sum: f64| sum / features as f64;
        let error = mean(
            differences()
                .map(|difference| difference * difference)
                .sum(),
        );
        let planes = made.chunks_exact(height * width);
        let planes = planes.zip(truth.chunks_exact(height * width));
        let similar: f64 = planes.map(|(a, b)| similarity(a, b, width)).sum();
        let own = [
            mean(differences().map(f64::abs).sum()),
            -10.0 * error.max(ROUNDING).log10(),
            similar / channels as f64,
        ];
        for (sum, own) in sums.iter_mut().zip(own) {
            *sum += own;
        }
    }
    let [l1, psnr, ssim] = sums.map(|sum| sum / count);
    Ok(Likeness { l1, psnr, ssim })
}

fn check(numbers: &[f32], features: usize) -> Result<(), MetricsError> {
    if features == 0 || numbers.is_empty() || !numbers.len().is_multiple_of(features) {
        return Err(MetricsError::Shape {
            found: numbers.len(),
            width: features,
        });
    }
    match numbers.iter().position(|number| !number.is_finite()) {
        Some(place) => Err(MetricsError::NotFinite {
            row: place / features,
            column: place % features,
            found: numbers[place],
        }),
        None => Ok(()),
    }
}

/// Of two planes of so many columns: the mean over all windows that lie within.
fn similarity(a: &[f64], b: &[f64], columns: usize) -> f64 {
    let rows = a.len() / columns;
    let [down, across] = [rows, columns].map(|side| side - WINDOW + 1);
    let of_window = |place: usize| {
        let (top, left) = (place / across, place % across);
        let mut sums = [0.0; 5];
        for row in top..top + WINDOW {
            let line = row * columns + left;
            for (&a, &b) in a[line..][..WINDOW].iter().zip(&b[line..][..WINDOW]) {
                for (sum, own) in sums.iter_mut().zip([a, b, a * a, b * b, a * b]) {
                    *sum += own;
                }
            }
        }
        let count = (WINDOW * WINDOW) as f64;
        let [mean_a, mean_b, square_a, square_b, product] = sums.map(|sum| sum / count);
        // Of a sample, not of the window alone.
        let unbiased = count / (count - 1.0);
        let [variance_a, variance_b, covariance] = [
            square_a - mean_a * mean_a,
            square_b - mean_b * mean_b,
            product - mean_a * mean_b,
        ]
        .map(|moment| unbiased * moment);
        let numerator = (2.0 * mean_a * mean_b + MEANS) * (2.0 * covariance + VARIANCES);
        let means = mean_a * mean_a + mean_b * mean_b + MEANS;
        numerator / (means * (variance_a + variance_b + VARIANCES))
    };
    let windows = down * across;
    (0..windows).map(of_window).sum::<f64>() / windows as f64
}
