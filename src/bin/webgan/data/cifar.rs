//! CIFAR's binary files: records of a label, or of a coarse and a fine one, and then all reds, greens and blues of a
//! picture, as its page describes them.

use std::sync::LazyLock;

use regex_lite::Regex;

use super::arrange::in_order;
use super::arrays::{Arrays, MAX_BYTES, Part, Pictures};
use super::found::Found;
use super::pixels::Picture;
use crate::files::Result;

/// Ten classes, and a hundred.
static FILE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(^|/)(data_batch_\d+|test_batch|train|test)\.bin$").expect("it is one")
});
static NAMES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(^|/)(batches\.meta|fine_label_names)\.txt$").expect("it is one")
});
static IS_OUT: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?i)(^|/)test").expect("it is one"));

const SIDE: usize = 32;
const PIXELS: usize = SIDE * SIDE;
/// A file of names is no longer.
const TEXT: u64 = 1 << 20;

pub(super) fn is_cifar(path: &str) -> bool {
    FILE.is_match(path)
}

/// Whether a file names CIFAR's classes.
pub(super) fn is_names(path: &str) -> bool {
    NAMES.is_match(path)
}

pub(super) fn read(found: &[&Found]) -> Result<Arrays> {
    let files = found.iter().filter(|one| is_cifar(&one.path));
    let mut files: Vec<_> = files.copied().collect();
    files.sort_by(|one, other| in_order(&one.path, &other.path));
    let (out, own): (Vec<_>, Vec<_>) = files
        .into_iter()
        .partition(|one| IS_OUT.is_match(&one.path));
    let (learned, held_out) = match (own.is_empty(), out.is_empty()) {
        (true, _) => (part(&out)?, None),
        (_, true) => (part(&own)?, None),
        _ => (part(&own)?, Some(part(&out)?)),
    };
    let names = found.iter().find(|one| is_names(&one.path));
    let text = names.map(|one| one.bytes(TEXT)).transpose()?;
    let text = String::from_utf8_lossy(text.as_deref().unwrap_or_default()).into_owned();
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    Ok(Arrays {
        learned,
        held_out,
        classes: lines.map(str::to_owned).collect(),
    })
}

fn part(files: &[&Found]) -> Result<Part> {
    let fits = |record: u64| {
        files
            .iter()
            .all(|one| one.size > 0 && one.size % record == 0)
    };
    let record = [1, 2].map(|labels| labels + 3 * PIXELS);
    let Some(record) = record.into_iter().find(|&record| fits(record as u64)) else {
        return Err(format!(
            "“{}” is called as CIFAR's binary files are, and is not as long as one: get it again",
            files[0].path
        )
        .into());
    };
    let mut bytes: Vec<u8> = Vec::new();
    for one in files {
        bytes.extend(one.bytes(MAX_BYTES - bytes.len() as u64)?);
    }
    let head = record - 3 * PIXELS;
    let labels = bytes.chunks_exact(record).map(|record| record[head - 1]);
    Ok(Part {
        labels: Some(labels.collect()),
        count: bytes.len() / record,
        width: SIDE,
        height: SIDE,
        channels: 3,
        pictures: Pictures::Cifar { bytes, record },
    })
}

/// The picture at the end of a record.
pub(super) fn picture(record: &[u8]) -> Picture {
    let planes = &record[record.len() - 3 * PIXELS..];
    let pixel = |at: usize| {
        [
            planes[at],
            planes[PIXELS + at],
            planes[2 * PIXELS + at],
            255,
        ]
    };
    Picture {
        rgba: (0..PIXELS).flat_map(pixel).collect(),
        width: SIDE,
        height: SIDE,
    }
}
