//! The training image nearest to a sample, to show that it is no copy. No verdict.

use burn::tensor::Tensor;

use super::without_pause;
use crate::Error;
use crate::data::Dataset;
use crate::device::readback::read;

/// A training image, found for a sample.
#[derive(Clone, Debug, PartialEq)]
pub struct Neighbour {
    /// Which image of the dataset it is.
    pub index: usize,
    /// Euclidean distance to the sample, in pixels' values (-1 to 1): 0 for a copy.
    pub distance: f32,
    /// The image itself.
    pub pixels: Vec<f32>,
}

/// Training images that are compared at once: bounds the memory, and the time until whoever waits can look up.
const BLOCK: usize = 2_000;

/// The image of `train` that is nearest to each sample.
///
/// The search is on the device, by expanded squares, so of images that differ by no more than
/// rounding (0.01 in the square of their distances) either may be found; the distance is that of the
/// one that is given.
///
/// The future does not borrow.
///
/// # Shapes
///
/// - `samples`: `[count, features]`, plain
///
/// # Errors
///
/// `train.readback`.
pub fn nearest(
    train: &Dataset,
    samples: Tensor<2>,
) -> impl Future<Output = Result<Vec<Neighbour>, Error>> + use<> {
    search(train.samples(), samples, without_pause)
}

/// As [`nearest`], in pieces with a pause after each.
///
/// # Errors
///
/// `train.readback`, and those of `pause`.
pub(super) async fn search(
    all: Tensor<2>,
    samples: Tensor<2>,
    pause: impl AsyncFn() -> Result<(), Error>,
) -> Result<Vec<Neighbour>, Error> {
    let [_, features] = all.dims();
    let mut blocks = Vec::new();
    // Of ‖s − t‖² = ‖s‖² − 2·s·t + ‖t‖² the first term is the same for every t.
    for block in all.clone().split(BLOCK, 0) {
        let [rows, _] = block.dims();
        let lengths = block.clone().square().sum_dim(1).reshape([1, rows]);
        blocks.push(lengths - samples.clone().matmul(block.transpose()) * 2.0);
        pause().await?;
    }
    let indices = Tensor::cat(blocks, 1).argmin(1);
    let found = all.select(0, indices.clone().flatten::<1>(0, 1));
    let distances = (samples - found.clone()).square().sum_dim(1).sqrt();
    // An f32 holds whole numbers up to 2²⁴ exactly; no device holds as many images.
    let rows = read(Tensor::cat(vec![indices.float(), distances, found], 1)).await?;
    let neighbours = rows.chunks_exact(2 + features).map(|row| Neighbour {
        index: row[0] as usize,
        distance: row[1],
        pixels: row[2..].to_vec(),
    });
    Ok(neighbours.collect())
}
