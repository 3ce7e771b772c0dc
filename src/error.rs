//! The crate's one error type, opaque.
//!
//! Each module keeps its own kinds (what was expected, what was found) and gives each a stable code;
//! this file knows none of them. Not for broken invariants of ours: those panic.

use std::error::Error as StdError;
use std::fmt;

/// What went wrong: [`code`](Error::code) for programs, `Display` for people.
///
/// ```
/// let error = webgan::data::parse_images(b"PK\x03\x04").unwrap_err();
/// assert_eq!(error.code(), "data.idx.magic");
/// ```
pub struct Error(Box<dyn ErrorKind>);

/// One module's kinds of errors.
pub(crate) trait ErrorKind: StdError + Send + Sync + 'static {
    /// See [`Error::code`].
    fn code(&self) -> &'static str;
}

impl Error {
    /// A stable, dotted name such as `data.idx.magic`, for programs to branch on.
    pub fn code(&self) -> &'static str {
        self.0.code()
    }

    /// The error as a module's own, if it is of that module.
    pub(crate) fn kind<K: ErrorKind>(&self) -> Option<&K> {
        let error: &(dyn StdError + 'static) = &*self.0;
        error.downcast_ref()
    }
}

impl<K: ErrorKind> From<K> for Error {
    fn from(kind: K) -> Self {
        Self(Box::new(kind))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, formatter)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, formatter)
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source()
    }
}
