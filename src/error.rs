//! The crate's one error type.
//!
//! Each module keeps its own kinds (what was expected, what was found); this file only joins them
//! and gives each a stable code. Not for broken invariants of ours: those panic.

use crate::checkpoint::CheckpointError;
use crate::data::DataError;
use crate::device::DeviceError;
use crate::metrics::MetricsError;
use crate::preset::ConfigError;
use crate::quality::QualityError;
use crate::train::{StepLosses, TrainError};

/// What went wrong: [`code`](Error::code) for programs, `Display` for people.
///
/// ```
/// let error = webgan::data::parse_images(b"PK\x03\x04").unwrap_err();
/// assert_eq!(error.code(), "data.idx.magic");
/// ```
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Error(#[from] Kind);

#[derive(Debug, thiserror::Error)]
enum Kind {
    #[error(transparent)]
    Data(#[from] DataError),
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Device(#[from] DeviceError),
    #[error(transparent)]
    Train(#[from] TrainError),
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    #[error(transparent)]
    Metrics(#[from] MetricsError),
    #[error(transparent)]
    Quality(#[from] QualityError),
}

impl Error {
    /// The same with the name of the file that is wrong, if it is about data.
    pub(crate) fn in_file(self, name: &str) -> Self {
        match self.0 {
            Kind::Data(error) => error.in_file(name).into(),
            kind => Self(kind),
        }
    }

    /// The steps' reports that were read with a `train.non_finite`, up to the step it names; none with
    /// any other error.
    pub fn reports(&self) -> &[StepLosses] {
        match &self.0 {
            Kind::Train(TrainError::NonFinite { reports, .. }) => reports,
            _ => &[],
        }
    }

    /// A stable, dotted name such as `data.idx.magic`, for programs to branch on.
    pub fn code(&self) -> &'static str {
        match &self.0 {
            Kind::Data(error) => error.code(),
            Kind::Config(error) => error.code(),
            Kind::Device(error) => error.code(),
            Kind::Train(error) => error.code(),
            Kind::Checkpoint(error) => error.code(),
            Kind::Metrics(error) => error.code(),
            Kind::Quality(error) => error.code(),
        }
    }
}

macro_rules! from_kind {
    ($($error:ty),*) => {
        $(impl From<$error> for Error {
            fn from(error: $error) -> Self {
                Self(error.into())
            }
        })*
    };
}

from_kind!(
    DataError,
    ConfigError,
    DeviceError,
    TrainError,
    CheckpointError,
    MetricsError,
    QualityError
);
