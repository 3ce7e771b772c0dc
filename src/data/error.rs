//! What can be wrong with a data file, each with what was expected and what was found.

use std::fmt;

use super::kind::Kind;
use super::{MAX_BYTES, Pairing, Toy};
use crate::error::ErrorKind;
use crate::shape::SampleShape;

#[derive(Debug, thiserror::Error)]
pub(crate) enum DataError {
    #[error("it is no IDX file, as it begins with 0x{found:08x}: expected {wanted}")]
    Magic { found: u32, wanted: Wanted },
    #[error("it is {found}, expected {wanted}{}", cure(found, wanted))]
    Kind { found: Kind, wanted: Wanted },
    #[error(
        "its sizes are written lowest byte first (little-endian): an IDX file has the highest first"
    )]
    Reversed,
    #[error("it is packed by gzip more than three times: unpack it")]
    Wrapped,
    #[error("the file is empty: get it again")]
    NoBytes,
    #[error("idx data ends after {found} bytes, expected {expected}: get the whole file again")]
    Truncated { found: u64, expected: u64 },
    #[error(
        "idx data goes on after the {expected} bytes its header announces: get the file again, or write its header anew"
    )]
    Trailing { expected: u64 },
    #[error(
        "idx header announces {} MB of data, at most {} MB are accepted: give fewer images",
        announced.div_ceil(1 << 20),
        MAX_BYTES >> 20
    )]
    TooLarge { announced: u128 },
    #[error(
        "idx header announces {count} images of {rows}×{columns} pixels, expected at least one of each: give a file that has some"
    )]
    Empty { count: u32, rows: u32, columns: u32 },
    #[error("its pixels have {found} numbers, expected 1 for grey or 3 for red, green and blue")]
    Channels { found: u32 },
    #[error(
        "its images are {rows} pixels high and {columns} wide, expected square ones: crop them, or add a margin"
    )]
    NotSquare { rows: usize, columns: usize },
    #[error("gzip data is damaged ({0}): get the file again")]
    Gzip(std::io::Error),
    #[error("“{name}” cannot be used: {error}")]
    In { name: String, error: Box<DataError> },
    #[error("there is no file of images: found {found}")]
    NoImages { found: String },
    #[error("“{first}” and “{second}” both hold {}: give the images and the labels of one set", what.name())]
    TwoOfAKind {
        what: Wanted,
        first: String,
        second: String,
    },
    #[error("these are files of several sets ({sets}): give those of one")]
    Sets { sets: String },
    #[error("“{images}” and “{labels}” are not of one set: give the images and the labels of one")]
    TwoSets { images: String, labels: String },
    #[error(
        "“{images}” holds {image_count} images and “{labels}” {label_count} labels, expected one label an image: give the two files of one set"
    )]
    PairCount {
        images: String,
        image_count: u32,
        labels: String,
        label_count: u32,
    },
    #[error("there are {labels} labels for {images} images, expected one label an image")]
    LabelCount { images: usize, labels: usize },
    #[error("some held-out images have the label {found}, and no image to train on has it")]
    Label { found: u8 },
    #[error("there are {found} numbers, expected {expected}: {count} images of {shape}")]
    PixelCount {
        found: usize,
        expected: usize,
        count: usize,
        shape: SampleShape,
    },
    #[error(
        "there are {inputs} inputs of {found} for {images} images of {expected}, expected one an image, as high and as wide"
    )]
    Inputs {
        inputs: usize,
        found: SampleShape,
        images: usize,
        expected: SampleShape,
    },
    #[error("there is no pairing \"{found}\", expected one of {}", Pairing::IDS.join(", "))]
    Pairing { found: String },
    #[error(
        "these pictures are grey, and nothing would be left to be learned: pairs of a grey and its colours need colours"
    )]
    NoColours,
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
    /// The same with the file's name.
    pub(crate) fn in_file(self, name: &str) -> Self {
        Self::In {
            name: name.into(),
            error: Box::new(self),
        }
    }
}

impl ErrorKind for DataError {
    fn code(&self) -> &'static str {
        match self {
            Self::Magic { .. } | Self::Kind { .. } | Self::Reversed => "data.idx.magic",
            Self::Truncated { .. } | Self::NoBytes => "data.idx.truncated",
            Self::Trailing { .. } => "data.idx.trailing",
            Self::TooLarge { .. } => "data.idx.too_large",
            Self::Empty { .. } => "data.idx.empty",
            Self::NotSquare { .. } => "data.not_square",
            Self::Channels { .. } => "data.channels",
            Self::Gzip(_) | Self::Wrapped => "data.gzip",
            Self::In { error, .. } => error.code(),
            Self::NoImages { .. }
            | Self::TwoOfAKind { .. }
            | Self::Sets { .. }
            | Self::TwoSets { .. } => "data.files",
            Self::LabelCount { .. } | Self::PairCount { .. } => "data.label_count",
            Self::Label { .. } => "data.labels",
            Self::PixelCount { .. } => "data.pixel_count",
            Self::SampleShape { .. } => "data.sample_shape",
            Self::Inputs { .. } => "data.inputs",
            Self::Pairing { .. } => "data.pairing",
            Self::NoColours => "data.colours",
            Self::Toy { .. } => "data.toy",
            Self::Drawing { .. } => "data.drawing",
            Self::Points { .. } => "data.points",
        }
    }
}

/// What a file was to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    Images,
    Labels,
}

impl Wanted {
    /// In how many dimensions they may lie, the fewest first.
    pub(super) fn dimensions(self) -> &'static [usize] {
        match self {
            Self::Images => &[3, 4],
            Self::Labels => &[1],
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Images => "images",
            Self::Labels => "labels",
        }
    }
}

impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(match self {
            Self::Images => {
                "images: an IDX file of unsigned bytes in three dimensions (idx3-ubyte), or in four with red, green \
                 and blue (idx4-ubyte)"
            }
            Self::Labels => "labels: an IDX file of unsigned bytes in one dimension (idx1-ubyte)",
        })
    }
}

/// What to do about a file of another kind, to follow a sentence about it.
fn cure(found: &Kind, wanted: &Wanted) -> String {
    let cure = match (found, wanted) {
        (Kind::Idx(header), Wanted::Images) if header.dimensions() == 1 => {
            "give the file of images with it"
        }
        (Kind::Idx(header), Wanted::Labels) if header.holds(Wanted::Images) => "these are images",
        (Kind::Idx(_), Wanted::Images) => "save its numbers as bytes, 0 to 255",
        (Kind::Idx(_), Wanted::Labels) => "save one byte a picture, 0 to 255",
        _ => found.cure().unwrap_or_default(),
    };
    match cure {
        "" => String::new(),
        cure => format!("; {cure}"),
    }
}
