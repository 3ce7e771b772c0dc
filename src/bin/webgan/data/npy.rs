//! NumPy's files of one array, `.npy`, and of several, `.npz`, which are zips of them. Numbers alone; the format is
//! described in NumPy's `numpy.lib.format`.

use std::io::{Cursor, Read};
use std::sync::LazyLock;

use regex_lite::Regex;
use zip::ZipArchive;

use crate::files::Result;

const MAGIC: &[u8] = b"\x93NUMPY";
/// The header is no longer than that.
const HEADER: usize = 4096;

/// Numbers in any dimensions, the last one running fastest.
pub(super) struct Numbers {
    pub(super) shape: Vec<usize>,
    element: Element,
    is_big_endian: bool,
    bytes: Vec<u8>,
}

#[derive(Clone, Copy)]
enum Element {
    U1,
    I1,
    U2,
    I2,
    U4,
    I4,
    U8,
    I8,
    F4,
    F8,
}

impl Numbers {
    pub(super) fn parse(mut bytes: Vec<u8>) -> Result<Self> {
        static TYPE: LazyLock<Regex> =
            LazyLock::new(|| Regex::new(r"'descr':\s*'([<>|=])(\w+)'").expect("it is one"));
        static SHAPE: LazyLock<Regex> =
            LazyLock::new(|| Regex::new(r"'shape':\s*\(([^)]*)\)").expect("it is one"));
        static TURNED: LazyLock<Regex> =
            LazyLock::new(|| Regex::new(r"'fortran_order':\s*True").expect("it is one"));
        if bytes.len() < 12 || !bytes.starts_with(MAGIC) {
            return Err(
                "this is no array of NumPy's: save it with numpy.save or numpy.savez".into(),
            );
        }
        let (start, length) = match bytes[6] {
            0 | 1 => (10, usize::from(u16::from_le_bytes([bytes[8], bytes[9]]))),
            _ => {
                let length = [bytes[8], bytes[9], bytes[10], bytes[11]];
                (12, u32::from_le_bytes(length) as usize)
            }
        };
        let head = bytes.get(start..).unwrap_or_default();
        let head = String::from_utf8_lossy(&head[..length.min(HEADER).min(head.len())]);
        let kind = TYPE.captures(&head);
        let name = kind
            .as_ref()
            .map_or("?", |kind| kind.get(2).map_or("?", |name| name.as_str()));
        let shape = SHAPE.captures(&head).and_then(|shape| sizes(&shape[1]));
        let (Some(element), Some(shape), false) =
            (Element::named(name), shape, TURNED.is_match(&head))
        else {
            return Err(format!(
                "arrays of the kind “{name}” are not read: save them as numbers, such as uint8, in C order"
            )
            .into());
        };
        let is_big_endian = kind.is_some_and(|kind| &kind[1] == ">");
        let expected = shape
            .iter()
            .try_fold(element.width(), |product, &size| product.checked_mul(size));
        let body = start + length;
        if bytes.len().checked_sub(body) != expected || expected.is_none() {
            return Err("the array ends before its numbers do: save it again".into());
        }
        bytes.drain(..body);
        Ok(Self {
            shape,
            element,
            is_big_endian,
            bytes,
        })
    }

    pub(super) fn count(&self) -> usize {
        self.bytes.len() / self.element.width()
    }

    /// In bytes.
    pub(super) fn size(&self) -> u64 {
        self.bytes.len() as u64
    }

    pub(super) fn get(&self, place: usize) -> f64 {
        let width = self.element.width();
        let mut bytes = [0; 8];
        bytes[..width].copy_from_slice(&self.bytes[place * width..][..width]);
        if self.is_big_endian {
            bytes[..width].reverse();
        }
        let [a, b, c, d, ..] = bytes;
        match self.element {
            Element::U1 => f64::from(a),
            Element::I1 => f64::from(a.cast_signed()),
            Element::U2 => f64::from(u16::from_le_bytes([a, b])),
            Element::I2 => f64::from(i16::from_le_bytes([a, b])),
            Element::U4 => f64::from(u32::from_le_bytes([a, b, c, d])),
            Element::I4 => f64::from(i32::from_le_bytes([a, b, c, d])),
            // Labels, and pixels at most, which are small.
            Element::U8 => u64::from_le_bytes(bytes) as f64,
            Element::I8 => i64::from_le_bytes(bytes) as f64,
            Element::F4 => f64::from(f32::from_le_bytes([a, b, c, d])),
            Element::F8 => f64::from_le_bytes(bytes),
        }
    }
}

impl Element {
    /// By NumPy's name, without the order of its bytes.
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "u1" | "b1" => Self::U1,
            "i1" => Self::I1,
            "u2" => Self::U2,
            "i2" => Self::I2,
            "u4" => Self::U4,
            "i4" => Self::I4,
            "u8" => Self::U8,
            "i8" => Self::I8,
            "f4" => Self::F4,
            "f8" => Self::F8,
            _ => return None,
        })
    }

    fn width(self) -> usize {
        match self {
            Self::U1 | Self::I1 => 1,
            Self::U2 | Self::I2 => 2,
            Self::U4 | Self::I4 | Self::F4 => 4,
            Self::U8 | Self::I8 | Self::F8 => 8,
        }
    }
}

fn sizes(shape: &str) -> Option<Vec<usize>> {
    let parts = shape.split(',').map(str::trim);
    parts
        .filter(|part| !part.is_empty())
        .map(|part| part.parse().ok())
        .collect()
}

/// The arrays of an `.npz`, by name, of no more than so many bytes together.
pub(super) fn arrays_in(npz: Vec<u8>, mut limit: u64) -> Result<Vec<(String, Numbers)>> {
    let damaged = "this is no whole archive: get it again";
    let mut archive = ZipArchive::new(Cursor::new(npz)).map_err(|_| damaged)?;
    let mut arrays = Vec::new();
    for place in 0..archive.len() {
        let entry = archive.by_index(place).map_err(|_| damaged)?;
        let name = entry.name().map_err(|_| damaged)?.into_owned();
        let mut bytes = Vec::new();
        let read = entry.take(limit + 1).read_to_end(&mut bytes);
        let length = read.map_err(|_| damaged)? as u64;
        limit = limit
            .checked_sub(length)
            .ok_or("it holds more than is taken: save a part of it")?;
        arrays.push((name, Numbers::parse(bytes)?));
    }
    Ok(arrays)
}
