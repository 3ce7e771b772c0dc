//! What is measured: checked rows of features, or of class probabilities. No measures.

use super::MetricsError;

/// Rows of finite numbers, one row a sample: a classifier's penultimate layer, or pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct Features {
    values: Vec<f32>,
    width: usize,
}

impl Features {
    /// Takes `values` as rows of `width`.
    ///
    /// # Shapes
    ///
    /// - `values`: `[count, width]`, row by row
    ///
    /// # Errors
    ///
    /// `metrics.shape` unless there are whole rows, at least one; `metrics.not_finite` if a value is
    /// infinite or not a number.
    pub fn new(values: Vec<f32>, width: usize) -> Result<Self, MetricsError> {
        check_shape(&values, width)?;
        if let Some(index) = values.iter().position(|value| !value.is_finite()) {
            return Err(MetricsError::NotFinite {
                row: index / width,
                column: index % width,
                found: values[index],
            });
        }
        Ok(Self { values, width })
    }

    /// Number of rows, at least 1.
    pub fn count(&self) -> usize {
        self.values.len() / self.width
    }

    /// Numbers in a row, at least 1.
    pub fn width(&self) -> usize {
        self.width
    }

    /// The rows, each of [`width`](Self::width) numbers.
    pub fn rows(&self) -> impl Iterator<Item = &[f32]> {
        self.values.chunks_exact(self.width)
    }
}

/// Rows of class probabilities, one row a sample: a classifier's softmax.
#[derive(Clone, Debug, PartialEq)]
pub struct Probabilities {
    values: Vec<f32>,
    classes: usize,
}

impl Probabilities {
    /// How far a row's sum may be from 1: far more than what rounding a softmax to f32 gives, far
    /// less than what logits in place of probabilities do.
    const TOLERANCE: f64 = 1e-3;

    /// Takes `values` as rows of `classes`.
    ///
    /// # Shapes
    ///
    /// - `values`: `[count, classes]`, row by row
    ///
    /// # Errors
    ///
    /// `metrics.shape` unless there are whole rows, at least one; `metrics.probability` if a value is
    /// not in [0, 1]; `metrics.sum` if a row does not sum to 1 (± 0.001).
    pub fn new(values: Vec<f32>, classes: usize) -> Result<Self, MetricsError> {
        check_shape(&values, classes)?;
        if let Some(index) = values.iter().position(|value| !(0.0..=1.0).contains(value)) {
            return Err(MetricsError::Probability {
                row: index / classes,
                class: index % classes,
                found: values[index],
            });
        }
        for (row, probabilities) in values.chunks_exact(classes).enumerate() {
            let found: f64 = probabilities.iter().map(|&p| f64::from(p)).sum();
            if (found - 1.0).abs() > Self::TOLERANCE {
                return Err(MetricsError::Sum { row, found });
            }
        }
        Ok(Self { values, classes })
    }

    /// Number of rows, at least 1.
    pub fn count(&self) -> usize {
        self.values.len() / self.classes
    }

    /// Probabilities in a row, at least 1.
    pub fn classes(&self) -> usize {
        self.classes
    }

    /// The rows, each of [`classes`](Self::classes) probabilities.
    pub fn rows(&self) -> impl Iterator<Item = &[f32]> {
        self.values.chunks_exact(self.classes)
    }

    /// The most probable class of each row; of equals, the first.
    pub fn predictions(&self) -> impl Iterator<Item = usize> {
        self.rows().map(|row| {
            let mut best = 0;
            for (class, &probability) in row.iter().enumerate() {
                if probability > row[best] {
                    best = class;
                }
            }
            best
        })
    }
}

fn check_shape(values: &[f32], width: usize) -> Result<(), MetricsError> {
    // A width of 0 divides nothing but 0 values, and those are refused.
    if values.is_empty() || !values.len().is_multiple_of(width) {
        return Err(MetricsError::Shape {
            found: values.len(),
            width,
        });
    }
    Ok(())
}

/// The square of the Euclidean distance of two rows of one width.
///
/// Differences are squared, not expanded, so that equal rows are at 0 and the order of the rows does
/// not matter.
pub(super) fn squared_distance(a: &[f32], b: &[f32]) -> f64 {
    // Independent sums, which the compiler may keep in vector registers.
    const LANES: usize = 8;
    let square = |a: f32, b: f32| (f64::from(a) - f64::from(b)).powi(2);
    let (a, a_rest) = a.as_chunks::<LANES>();
    let (b, b_rest) = b.as_chunks::<LANES>();
    let mut sums = [0.0; LANES];
    for (a, b) in a.iter().zip(b) {
        for lane in 0..LANES {
            sums[lane] += square(a[lane], b[lane]);
        }
    }
    let rest = a_rest.iter().zip(b_rest).map(|(&a, &b)| square(a, b));
    sums.into_iter().chain(rest).sum()
}
