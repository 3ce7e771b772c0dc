//! Training data, from bytes to batches on the device.
//!
//! [`parse_images`] and [`parse_labels`] check IDX bytes, [`ImageSet`] pairs them, [`Dataset`] is
//! their pixels on the device, [`Batches`] draws from it. No networks, no downloads.

mod batches;
mod error;
mod idx;
mod images;

pub use batches::{Batch, Batches, Dataset, one_hot};
pub(crate) use error::DataError;
pub use idx::{Images, MAX_BYTES, parse_images, parse_labels};
pub use images::ImageSet;
