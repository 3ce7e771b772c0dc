//! Training data, from bytes to batches on the device.
//!
//! [`Kind`] tells what a file is, [`choose`] which of several hold what; [`parse_images`] and
//! [`parse_labels`] check IDX bytes, [`ImageSet`] pairs them, [`Dataset`] is
//! their pixels on the device, from which training draws batches. A [`Pairing`] makes of pictures those that they are
//! to be made of. A [`Toy`] is data without files: points in
//! the plane. No networks, no downloads.
//!
//! ```
//! use webgan::{data::{Dataset, ImageSet, Toy}, device};
//!
//! # fn main() -> Result<(), webgan::Error> {
//! // Two images of 2×3 pixels, and their labels.
//! let images = [&[0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3][..], &[0, 51, 255, 0, 0, 0], &[255; 6]];
//! let labels = [0, 0, 8, 1, 0, 0, 0, 2, 7, 4];
//! let images = ImageSet::from_idx(&images.concat(), Some(&labels))?;
//! assert_eq!((images.count(), images.class_labels()), (2, &[4, 7][..]));
//!
//! let dataset = Dataset::from_images(&images, &device::cpu())?;
//! assert_eq!((dataset.features(), dataset.class_count()), (6, 2));
//! let points = Dataset::from_toy(&Toy::by_id("ring")?, &device::cpu())?;
//! assert_eq!(points.count(), Toy::COUNT);
//! # Ok(())
//! # }
//! ```

mod batches;
mod dataset;
mod error;
mod fingerprint;
mod idx;
mod images;
mod kind;
mod known;
mod names;
mod outline;
mod pairs;
#[cfg(any(target_family = "wasm", test))]
mod preview;
mod toys;

pub(crate) use batches::Batches;
pub use dataset::{Batch, Dataset, one_hot};
pub(crate) use error::{DataError, Wanted};
pub use idx::{Images, MAX_BYTES, parse_images, parse_labels};
pub use images::{ImageSet, NamedFile};
pub use kind::{BEGINNING, IdxHeader, Kind};
pub use names::{Choice, Pair, Part, choose, input_spellings, is_clutter, part_of, spellings};
pub use pairs::Pairing;
pub use toys::{Coverage, Toy};
