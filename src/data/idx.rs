//! A strict reader of the IDX files in which MNIST and its relatives are published.
//!
//! Takes bytes, plain or gzip, and checks everything before it allocates for the data: magic,
//! element type, dimensions, size cap, length, trailing bytes. Unsigned bytes in three dimensions
//! (`idx3-ubyte`, images) and in one (`idx1-ubyte`, labels) only. The format is described on the
//! MNIST page of LeCun, Cortes and Burges.

use std::io::Read;

use flate2::bufread::MultiGzDecoder;

use super::DataError;
use crate::Error;

/// The most bytes of data one file may announce: 256 MiB, five times the full MNIST.
pub const MAX_BYTES: u64 = 256 << 20;

/// Magic numbers: two zero bytes, element type 8 (unsigned byte), number of dimensions.
const IMAGES_MAGIC: u32 = 0x0000_0803;
const LABELS_MAGIC: u32 = 0x0000_0801;
const GZIP_MAGIC: [u8; 2] = [0x1f, 0x8b];

/// The content of an `idx3-ubyte` file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Images {
    /// Number of images.
    pub count: usize,
    /// Pixel rows of each image.
    pub rows: usize,
    /// Pixel columns of each image.
    pub columns: usize,
    /// `count · rows · columns` grey values, 0 to 255, image by image, row by row.
    pub pixels: Vec<u8>,
}

/// Reads an `idx3-ubyte` file, plain or gzip.
///
/// # Errors
///
/// `data.idx.magic`, `data.idx.truncated`, `data.idx.trailing`, `data.idx.too_large`,
/// `data.idx.empty` and `data.gzip`, each with what was expected and found.
pub fn parse_images(bytes: &[u8]) -> Result<Images, Error> {
    let mut reader = open(bytes);
    let [count, rows, columns] = header(
        &mut reader,
        IMAGES_MAGIC,
        "images: unsigned bytes in three dimensions",
    )?;
    if count == 0 || rows == 0 || columns == 0 {
        return Err(DataError::Empty {
            count,
            rows,
            columns,
        }
        .into());
    }
    let pixels = body(&mut reader, [count, rows, columns])?;
    Ok(Images {
        count: count as usize,
        rows: rows as usize,
        columns: columns as usize,
        pixels,
    })
}

/// Reads an `idx1-ubyte` file, plain or gzip, and returns its labels, 0 to 255.
///
/// # Errors
///
/// As [`parse_images`].
pub fn parse_labels(bytes: &[u8]) -> Result<Vec<u8>, Error> {
    let mut reader = open(bytes);
    let [count] = header(
        &mut reader,
        LABELS_MAGIC,
        "labels: unsigned bytes in one dimension",
    )?;
    Ok(body(&mut reader, [count])?)
}

fn open(bytes: &[u8]) -> Box<dyn Read + '_> {
    if bytes.starts_with(&GZIP_MAGIC) {
        Box::new(MultiGzDecoder::new(bytes))
    } else {
        Box::new(bytes)
    }
}

fn header<const N: usize>(
    reader: &mut dyn Read,
    expected: u32,
    meaning: &'static str,
) -> Result<[u32; N], DataError> {
    let length = 4 * (1 + N as u64);
    let magic = word(reader, 0, length)?;
    if magic != expected {
        return Err(DataError::Magic {
            found: magic,
            expected,
            meaning,
        });
    }
    let mut dimensions = [0; N];
    for (index, dimension) in dimensions.iter_mut().enumerate() {
        *dimension = word(reader, 4 * (1 + index as u64), length)?;
    }
    Ok(dimensions)
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
fn body<const N: usize>(reader: &mut dyn Read, dimensions: [u32; N]) -> Result<Vec<u8>, DataError> {
    // Three u32 factors do not overflow a u128.
    let announced: u128 = dimensions
        .iter()
        .map(|&dimension| u128::from(dimension))
        .product();
    let header_length = 4 * (1 + N as u64);
    let length = u64::try_from(announced)
        .ok()
        .filter(|&length| length <= MAX_BYTES)
        .ok_or(DataError::TooLarge { announced })?;

    let mut data = read_up_to(reader, length + 1)?;
    let found = data.len() as u64;
    let expected = header_length + length;
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
