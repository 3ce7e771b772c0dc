//! The loops in which training on a CPU spends its time, on plain numbers: convolutions, batch
//! normalisation, Adam.
//!
//! A crate of its own for one reason: it is compiled for speed where the rest is compiled for size.
//! It knows no tensors and no networks. Every sum is taken in one fixed order, so the numbers are
//! the same for any number of threads; with and without fused products they differ in the last bits.

mod adam;
mod conv;
mod geometry;
mod lanes;
mod layer;
mod norm;
mod parallel;
mod product;
#[cfg(test)]
mod tests;
mod tile;

pub use adam::{Rates, adam};
pub use geometry::Geometry;
pub use layer::{Kind, Layer, Seen};
pub use norm::{Affine, Statistics, apply, gradients, statistics};
