//! What a file is, by its first bytes: IDX, or one of the many others that people have. It names them
//! and says what to do; it reads none of them. Names of files are `names.rs`.

use std::fmt;
use std::io::{Cursor, Read};

use flate2::read::MultiGzDecoder;

use super::known::{KNOWN, Known, Signs};
use super::{DataError, Wanted};

/// So many bytes of a file's beginning tell what it is, also where they are packed.
pub const BEGINNING: usize = 4096;
/// So many bytes of the content are looked at: a tar archive names itself at byte 257.
const HEAD: usize = 512;
const GZIP_MAGIC: [u8; 2] = [0x1f, 0x8b];
/// Downloads are packed once by who offers them, and again by who passes them on.
const MAX_WRAPPINGS: usize = 3;

/// What a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// An IDX file.
    Idx(IdxHeader),
    /// An IDX file whose numbers have their lowest byte first.
    IdxReversed,
    /// Something else that is known.
    Known(&'static Known),
    /// Nothing.
    Empty,
    /// Something that its first bytes do not tell.
    Unknown,
}

/// What the header of an IDX file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdxHeader {
    /// The third byte: the type of its numbers.
    element: u8,
    /// How many there are in each direction; fewer than announced where the beginning is cut.
    pub sizes: Vec<u32>,
    dimensions: usize,
}

impl Kind {
    /// The kind of a file, of which the first bytes are given, packed or not.
    pub fn of_file(beginning: &[u8]) -> Self {
        if beginning.is_empty() {
            return Self::Empty;
        }
        match content(beginning) {
            // Packed, but not to be unpacked.
            head if head.is_empty() => Self::Unknown,
            head => Self::of(&head),
        }
    }

    /// The kind of what begins so, unpacked.
    pub(super) fn of(head: &[u8]) -> Self {
        if head.is_empty() {
            return Self::Empty;
        }
        if let Some(header) = IdxHeader::of(head) {
            return Self::Idx(header);
        }
        if let [1..=4, element, 0, 0, ..] = *head
            && numbers(element).is_some()
        {
            return Self::IdxReversed;
        }
        (KNOWN.iter().find(|known| known.signs.are_in(head))).map_or(Self::Unknown, Self::Known)
    }

    /// What helps where an IDX file is wanted; nothing where that is not known.
    pub(super) fn cure(&self) -> Option<&'static str> {
        match self {
            Self::Known(known) => Some(known.cure),
            Self::IdxReversed => Some("write them highest byte first (big-endian)"),
            Self::Empty => Some("get the file again"),
            Self::Idx(_) | Self::Unknown => None,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Idx(header) => header.fmt(f),
            Self::IdxReversed => {
                f.write_str("an IDX file whose numbers have their lowest byte first")
            }
            Self::Known(known) => f.write_str(known.name),
            Self::Empty => f.write_str("empty"),
            Self::Unknown => f.write_str("of a kind that is not known here"),
        }
    }
}

impl IdxHeader {
    fn of(head: &[u8]) -> Option<Self> {
        let &[0, 0, element, dimensions, ..] = head else {
            return None;
        };
        if dimensions == 0 {
            return None;
        }
        numbers(element)?;
        let sizes = head[4..]
            .chunks_exact(4)
            .take(dimensions.into())
            .map(|size| u32::from_be_bytes(size.try_into().expect("four")))
            .collect();
        Some(Self {
            element,
            sizes,
            dimensions: dimensions.into(),
        })
    }

    /// Whether it holds unsigned bytes in as many dimensions as these have.
    pub(super) fn holds(&self, wanted: Wanted) -> bool {
        self.element == 0x08 && wanted.dimensions().contains(&self.dimensions)
    }

    /// How many numbers it announces.
    pub(super) fn volume(&self) -> u128 {
        let sizes = self.sizes.iter().map(|&size| u128::from(size));
        sizes.fold(1, u128::saturating_mul)
    }

    /// In how many dimensions its numbers lie.
    pub(super) fn dimensions(&self) -> usize {
        self.dimensions
    }
}

/// As "60,000×8 whole numbers of 32 bits".
impl fmt::Display for IdxHeader {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let numbers = numbers(self.element).expect("checked");
        match self.sizes.len() == self.dimensions {
            true => {
                let sizes: Vec<_> = self.sizes.iter().map(u32::to_string).collect();
                write!(f, "an IDX file of {} {numbers}", sizes.join("×"))
            }
            false => write!(f, "an IDX file of {numbers}"),
        }
    }
}

/// The numbers of an IDX file, by its third byte.
fn numbers(element: u8) -> Option<&'static str> {
    match element {
        0x08 => Some("unsigned bytes"),
        0x09 => Some("signed bytes"),
        0x0b => Some("whole numbers of 16 bits"),
        0x0c => Some("whole numbers of 32 bits"),
        0x0d => Some("decimal numbers of 32 bits"),
        0x0e => Some("decimal numbers of 64 bits"),
        _ => None,
    }
}

impl Signs {
    fn are_in(&self, head: &[u8]) -> bool {
        match *self {
            Self::Start(any) => any.iter().any(|start| head.starts_with(start)),
            Self::At(place, bytes) => head.get(place..).is_some_and(|at| at.starts_with(bytes)),
            Self::StartAndInside(start, inside) => {
                head.starts_with(start) && head.windows(inside.len()).any(|some| some == inside)
            }
            Self::Words(any) => text(head).is_some_and(|text| {
                let text = text.trim_start().to_lowercase();
                any.iter().any(|word| text.starts_with(word))
            }),
            Self::Table => text(head).is_some_and(|text| {
                let first = text.lines().next().unwrap_or_default();
                [',', ';', '\t']
                    .iter()
                    .any(|&between| first.matches(between).count() >= 2)
            }),
            Self::Text => text(head).is_some(),
        }
    }
}

/// The beginning of a text, if it is one.
fn text(head: &[u8]) -> Option<&str> {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        // A letter may be cut at the end.
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&head[..error.valid_up_to()]).expect("checked")
        }
        Err(_) => return None,
    };
    let is_plain = |letter: char| !letter.is_control() || letter.is_ascii_whitespace();
    text.chars().all(is_plain).then_some(text)
}

/// Opens a file: its content, out of any gzip around it, and the kind of that.
pub(super) fn open(bytes: &[u8]) -> Result<(Kind, Box<dyn Read + '_>), DataError> {
    let mut reader: Box<dyn Read> = Box::new(bytes);
    for _ in 0..=MAX_WRAPPINGS {
        let mut head = Vec::new();
        (&mut reader)
            .take(HEAD as u64)
            .read_to_end(&mut head)
            .map_err(DataError::Gzip)?;
        let kind = Kind::of(&head);
        let is_packed = head.starts_with(&GZIP_MAGIC);
        reader = Box::new(Cursor::new(head).chain(reader));
        if !is_packed {
            return Ok((kind, reader));
        }
        reader = Box::new(MultiGzDecoder::new(reader));
    }
    Err(DataError::Wrapped)
}

/// The first bytes of what lies in a file, as far as its beginning tells them.
fn content(beginning: &[u8]) -> Vec<u8> {
    let mut head = beginning.to_vec();
    for _ in 0..MAX_WRAPPINGS {
        if !head.starts_with(&GZIP_MAGIC) {
            break;
        }
        let mut reader = MultiGzDecoder::new(head.as_slice());
        let mut inside = Vec::new();
        let mut some = [0; HEAD];
        // What comes before the end, or before the place where the beginning is cut.
        while inside.len() < BEGINNING
            && let Ok(count @ 1..) = reader.read(&mut some)
        {
            inside.extend(&some[..count]);
        }
        head = inside;
    }
    head
}
