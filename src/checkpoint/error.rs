//! What can be wrong with a file, or with a run that should become one.

use super::MAX_BYTES;
use super::format::VERSION;
use crate::error::ErrorKind;

/// A file that is not a checkpoint, or not one of this run's kind.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CheckpointError {
    #[error("the file has {found} bytes, more than the {MAX_BYTES} that a checkpoint may have")]
    Size { found: usize },
    #[error(
        "a checkpoint of this run would have some {} MB, more than the {} MB that can be read",
        .needed / 1_000_000, MAX_BYTES / 1_000_000
    )]
    Outgrown { needed: u64 },
    #[error("the file is damaged, or no safetensors file: {reason}")]
    Damaged { reason: String },
    #[error("the safetensors file is none of WebGAN's: it has no \"{missing}\" in its metadata")]
    Foreign { missing: &'static str },
    #[error("the file holds {found}, expected {expected}")]
    Kind {
        found: &'static str,
        expected: &'static str,
    },
    #[error(
        "the file has the tensors of {found}, but not the metadata that says what they are for: a program that saved it again has dropped it. In Python, keep it with save_file(tensors, path, metadata=safe_open(original, \"np\").metadata())"
    )]
    Bare { found: &'static str },
    #[error("the file has format {found}, expected {VERSION}")]
    Version { found: String },
    #[error("the file's config is not understood: {reason}")]
    Config { reason: String },
    #[error("its run learned from other data")]
    OtherData,
    #[error("the file has no tensor \"{name}\"")]
    Missing { name: String },
    #[error("the file has a tensor \"{name}\" that its networks have no place for")]
    Unexpected { name: String },
    #[error("the tensor \"{name}\" is {found}, expected {expected}")]
    Shape {
        name: String,
        found: String,
        expected: String,
    },
    #[error("{found} numbers are no tensor of shape {shape:?}")]
    Count { found: usize, shape: Vec<usize> },
    #[error("\"{name}\" holds numbers that are not finite")]
    NonFinite { name: String },
    #[error("\"{name}\" holds variances below 0")]
    Variance { name: String },
}

impl ErrorKind for CheckpointError {
    fn code(&self) -> &'static str {
        match self {
            Self::Size { .. } | Self::Outgrown { .. } => "checkpoint.size",
            Self::Damaged { .. } => "checkpoint.damaged",
            Self::Foreign { .. } | Self::Kind { .. } => "checkpoint.foreign",
            Self::Bare { .. } => "checkpoint.metadata",
            Self::Version { .. } => "checkpoint.version",
            Self::Config { .. } => "checkpoint.config",
            Self::OtherData => "checkpoint.data",
            Self::Missing { .. }
            | Self::Unexpected { .. }
            | Self::Shape { .. }
            | Self::Count { .. }
            | Self::NonFinite { .. }
            | Self::Variance { .. } => "checkpoint.tensors",
        }
    }
}
