//! What can be wrong with a data file, each with what was expected and what was found.

use super::{MAX_BYTES, Toy};

#[derive(Debug, thiserror::Error)]
pub(crate) enum DataError {
    #[error("idx magic is 0x{found:08x}, expected 0x{expected:08x} ({meaning})")]
    Magic {
        found: u32,
        expected: u32,
        meaning: &'static str,
    },
    #[error("idx data ends after {found} bytes, expected {expected}")]
    Truncated { found: u64, expected: u64 },
    #[error("idx data goes on after the {expected} bytes its header announces")]
    Trailing { expected: u64 },
    #[error("idx header announces {announced} bytes of data, at most {MAX_BYTES} are accepted")]
    TooLarge { announced: u128 },
    #[error(
        "idx header announces {count} images of {rows}×{columns} pixels, expected at least one of each"
    )]
    Empty { count: u32, rows: u32, columns: u32 },
    #[error("gzip data is damaged: {0}")]
    Gzip(std::io::Error),
    #[error("there are {labels} labels for {images} images, expected one label an image")]
    LabelCount { images: usize, labels: usize },
    #[error("there are {found} pixels, expected {expected}: {count} images of {rows}×{columns}")]
    PixelCount {
        found: usize,
        expected: usize,
        count: usize,
        rows: usize,
        columns: usize,
    },
    #[error("there are {found} values, expected a multiple of {features}, at least one sample")]
    SampleShape { found: usize, features: usize },
    #[error("there is no toy \"{found}\", expected one of {}", Toy::IDS.join(", "))]
    Toy { found: String },
    #[error(
        "the drawing has {found} coordinates, expected pairs in [-1, 1] for {} to {} points",
        Toy::MIN_POINTS,
        Toy::MAX_POINTS
    )]
    Drawing { found: usize },
    #[error("samples have {found} numbers, expected the 2 of a point in the plane")]
    Points { found: usize },
}

impl DataError {
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Magic { .. } => "data.idx.magic",
            Self::Truncated { .. } => "data.idx.truncated",
            Self::Trailing { .. } => "data.idx.trailing",
            Self::TooLarge { .. } => "data.idx.too_large",
            Self::Empty { .. } => "data.idx.empty",
            Self::Gzip(_) => "data.gzip",
            Self::LabelCount { .. } => "data.label_count",
            Self::PixelCount { .. } => "data.pixel_count",
            Self::SampleShape { .. } => "data.sample_shape",
            Self::Toy { .. } => "data.toy",
            Self::Drawing { .. } => "data.drawing",
            Self::Points { .. } => "data.points",
        }
    }
}
