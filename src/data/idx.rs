//! A strict reader of the IDX files in which MNIST and its relatives are published.
//!
//! Takes bytes, plain or gzip, and checks everything before it allocates for the data: magic,
//! element type, dimensions, size cap, length, trailing bytes. Unsigned bytes in three dimensions
//! (`idx3-ubyte`, grey images), in four (`idx4-ubyte`, the last one red, green and blue) and in one (`idx1-ubyte`, labels) only; what else a file may be, `kind.rs`
//! names. The format is described on the MNIST page of LeCun, Cortes and Burges.

use std::io::Read;

use super::kind::{self, Kind};
use super::{DataError, Wanted};
use crate::Error;

/// The most bytes of data one file may announce: 256 MiB, five times the full MNIST.
pub const MAX_BYTES: u64 = 256 << 20;

/// The content of an `idx3-ubyte` file, or of an `idx4-ubyte` one of colours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Images {
    /// Number of images.
    pub count: usize,
    /// Pixel rows of each image.
    pub rows: usize,
    /// Pixel columns of each image.
    pub columns: usize,
    /// Numbers in each pixel: 1 for grey, 3 for red, green and blue.
    pub channels: usize,
    /// `count · rows · columns · channels` values, 0 to 255, image by image, row by row, pixel by pixel.
    pub pixels: Vec<u8>,
}

/// Reads an `idx3-ubyte` file of grey images or an `idx4-ubyte` one whose last dimension is red, green and blue,
/// plain or gzip.
///
/// # Errors
///
/// `data.idx.magic` (also where the file is of another kind, which is named), `data.idx.truncated`,
/// `data.idx.trailing`, `data.idx.too_large`, `data.idx.empty` and `data.gzip`, each with what was
/// expected and found.
pub fn parse_images(bytes: &[u8]) -> Result<Images, Error> {
    Ok(read_images(bytes)?)
}

/// [`parse_images`] with an error that can still be given the file's name.
pub(super) fn read_images(bytes: &[u8]) -> Result<Images, DataError> {
    let (mut reader, sizes) = header(bytes, Wanted::Images)?;
    let [count, rows, columns] = [sizes[0], sizes[1], sizes[2]];
    let channels = sizes.get(3).copied().unwrap_or(1);
    if !matches!(channels, 1 | 3) {
        return Err(DataError::Channels { found: channels });
    }
    if count == 0 || rows == 0 || columns == 0 {
        return Err(DataError::Empty {
            count,
            rows,
            columns,
        });
    }
    let pixels = body(&mut reader, &sizes)?;
    Ok(Images {
        count: count as usize,
        rows: rows as usize,
        columns: columns as usize,
        channels: channels as usize,
        pixels,
    })
}

/// Reads an `idx1-ubyte` file, plain or gzip, and returns its labels, 0 to 255.
///
/// # Errors
///
/// As [`parse_images`].
pub fn parse_labels(bytes: &[u8]) -> Result<Vec<u8>, Error> {
    Ok(read_labels(bytes)?)
}

/// [`parse_labels`], as [`read_images`].
pub(super) fn read_labels(bytes: &[u8]) -> Result<Vec<u8>, DataError> {
    let (mut reader, sizes) = header(bytes, Wanted::Labels)?;
    body(&mut reader, &sizes)
}

/// What follows the header, and how many numbers it announces in each dimension.
fn header(bytes: &[u8], wanted: Wanted) -> Result<(Box<dyn Read + '_>, Vec<u32>), DataError> {
    let (kind, mut reader) = kind::open(bytes)?;
    if kind == Kind::Empty {
        return Err(DataError::NoBytes);
    }
    // A file that breaks off in its magic is cut, whatever it was to be.
    let least = wanted.dimensions()[0];
    let magic = word(&mut *reader, 0, length(least))?;
    let dimensions = match kind {
        Kind::Idx(header) if header.holds(wanted) => header.dimensions(),
        Kind::Unknown => {
            return Err(DataError::Magic {
                found: magic,
                wanted,
            });
        }
        found => return Err(DataError::Kind { found, wanted }),
    };
    let sizes = (0..dimensions)
        .map(|index| word(&mut *reader, length(index), length(dimensions)))
        .collect::<Result<_, _>>()?;
    Ok((reader, sizes))
}

/// Of a header, in bytes.
fn length(dimensions: usize) -> u64 {
    4 * (1 + dimensions as u64)
}

fn word(reader: &mut dyn Read, at: u64, header_length: u64) -> Result<u32, DataError> {
    let bytes = read_up_to(reader, 4)?;
    let found = at + bytes.len() as u64;
    let word = bytes.try_into().map_err(|_| DataError::Truncated {
        found,
        expected: header_length,
    })?;
    Ok(u32::from_be_bytes(word))
}

/// Reads exactly as many bytes as the dimensions announce; a byte more or less is an error.
fn body(reader: &mut dyn Read, sizes: &[u32]) -> Result<Vec<u8>, DataError> {
    let header_length = length(sizes.len());
    let announced = volume(sizes.iter().copied());
    // Sizes with their lowest byte first are enormous the other way round.
    let reversed = volume(sizes.iter().map(|size| size.swap_bytes()));
    let length = u64::try_from(announced)
        .ok()
        .filter(|&length| length <= MAX_BYTES)
        .ok_or(match reversed <= u128::from(MAX_BYTES) {
            true => DataError::Reversed,
            false => DataError::TooLarge { announced },
        })?;

    let mut data = read_up_to(reader, length + 1)?;
    let found = data.len() as u64;
    let expected = header_length + length;
    if u128::from(found) == reversed && found < length {
        return Err(DataError::Reversed);
    }
    if found < length {
        return Err(DataError::Truncated {
            found: header_length + found,
            expected,
        });
    }
    if found > length {
        return Err(DataError::Trailing { expected });
    }
    data.shrink_to_fit();
    Ok(data)
}

/// How many numbers there are. Four `u32` factors do not overflow a `u128`.
fn volume(sizes: impl Iterator<Item = u32>) -> u128 {
    sizes.map(u128::from).product()
}

/// Reads until `limit` bytes or the end. `Read::take` grows its buffer with what arrives, so a
/// header that promises much and a file that holds little cost little.
fn read_up_to(reader: &mut dyn Read, limit: u64) -> Result<Vec<u8>, DataError> {
    let mut data = Vec::new();
    reader
        .take(limit)
        .read_to_end(&mut data)
        .map_err(DataError::Gzip)?;
    Ok(data)
}
