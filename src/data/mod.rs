//! Training data, from bytes to batches on the device.
//!
//! [`parse_images`] and [`parse_labels`] check IDX bytes, [`ImageSet`] pairs them, [`Dataset`] is
//! their pixels on the device, [`Batches`] draws from it. A [`Toy`] is data without files: points in
//! the plane. No networks, no downloads.

mod batches;
mod error;
mod fingerprint;
mod idx;
mod images;
mod toys;

pub use batches::{Batch, Batches, Dataset, one_hot};
pub(crate) use error::DataError;
pub use idx::{Images, MAX_BYTES, parse_images, parse_labels};
pub use images::ImageSet;
pub use toys::{Coverage, Toy};
