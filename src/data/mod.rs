//! Training data, from bytes to batches on the device.
//!
//! [`Kind`] tells what a file is, [`choose`] which of several hold what; [`parse_images`] and
//! [`parse_labels`] check IDX bytes, [`ImageSet`] pairs them, [`Dataset`] is
//! their pixels on the device, from which training draws batches. A [`Toy`] is data without files: points in
//! the plane. No networks, no downloads.

mod batches;
mod dataset;
mod error;
mod fingerprint;
mod idx;
mod images;
mod kind;
mod names;
#[cfg(any(target_family = "wasm", test))]
mod preview;
mod toys;

pub(crate) use batches::Batches;
pub use dataset::{Batch, Dataset, one_hot};
pub(crate) use error::{DataError, Wanted};
pub use idx::{Images, MAX_BYTES, parse_images, parse_labels};
pub use images::{ImageSet, NamedFile};
pub use kind::{BEGINNING, IdxHeader, Kind};
pub use names::{Choice, Pair, Part, choose, is_clutter, spellings};
pub use toys::{Coverage, Toy};
