//! Files in the place of the archives that hold them: zip, tar, and tar packed by gzip. They go into a file without a
//! name, which the system removes, however the program ends. An archive in an archive stays one.

use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::Path;
use std::rc::Rc;
use std::sync::LazyLock;

use flate2::read::MultiGzDecoder;
use regex_lite::Regex;
use webgan::data::is_clutter;
use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

use super::found::{Found, MAX_FILES};
use super::report::TOTAL_BYTES;
use crate::files::{Named, Result};

static ARCHIVE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)\.(zip|tar|tar\.gz|tgz)$").expect("it is one"));

const DAMAGED: &str = "this is no whole archive: get it again";
const ENCRYPTED: &str = "it is locked by a password: unpack it, and name the folder";
const PACKING: &str = "it is packed in a way that is not read here: unpack it, and name the folder";
const TOO_LARGE: &str = "it holds more than is taken: unpack a part of it, and name the folder";

/// Whether a file is an archive by its name.
pub(super) fn is_archive(path: &str) -> bool {
    ARCHIVE.is_match(path)
}

pub(super) fn unpacked(listed: Vec<Found>) -> Result<Vec<Found>> {
    if !listed.iter().any(|found| is_archive(&found.path)) {
        return Ok(listed);
    }
    let mut store = Store {
        file: Rc::new(tempfile::tempfile()?),
        all: Vec::new(),
        length: 0,
    };
    for found in listed {
        match found.file() {
            Some(file) if is_archive(&found.path) && !is_clutter(&found.path) => {
                let top = ARCHIVE.replace(&found.path, "").into_owned();
                store.unpack(file, &top).named(file)?;
            }
            _ => store.all.push(found),
        }
    }
    Ok(store.all)
}

/// What comes out of archives, one behind the other.
struct Store {
    file: Rc<File>,
    all: Vec<Found>,
    length: u64,
}

impl Store {
    fn unpack(&mut self, path: &Path, top: &str) -> Result<()> {
        let file = File::open(path)?;
        match path.extension().and_then(|extension| extension.to_str()) {
            Some(extension) if extension.eq_ignore_ascii_case("zip") => self.unzip(file, top),
            Some(extension) if extension.eq_ignore_ascii_case("tar") => self.untar(file, top),
            _ => self.untar(MultiGzDecoder::new(file), top),
        }
    }

    fn unzip(&mut self, file: impl Read + Seek, top: &str) -> Result<()> {
        let mut archive = ZipArchive::new(io::BufReader::new(file)).map_err(|_| DAMAGED)?;
        for place in 0..archive.len() {
            let entry = archive.by_index(place).map_err(|error| match error {
                ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => ENCRYPTED,
                ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => {
                    PACKING
                }
                _ => DAMAGED,
            })?;
            if !matches!(
                entry.compression(),
                CompressionMethod::Stored | CompressionMethod::Deflated
            ) {
                return Err(PACKING.into());
            }
            if entry.is_file() {
                let path = entry.name().map_err(|_| DAMAGED)?.into_owned();
                self.add(entry, &path, top)?;
            }
        }
        Ok(())
    }

    fn untar(&mut self, file: impl Read, top: &str) -> Result<()> {
        let mut archive = tar::Archive::new(io::BufReader::new(file));
        let mut is_empty = true;
        for entry in archive.entries().map_err(|_| DAMAGED)? {
            let entry = entry.map_err(|_| DAMAGED)?;
            is_empty = false;
            if entry.header().entry_type().is_file() {
                let path = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
                self.add(entry, &path, top)?;
            }
        }
        if is_empty {
            Err(DAMAGED.into())
        } else {
            Ok(())
        }
    }

    /// Adds a file, as far as there is room.
    fn add(&mut self, entry: impl Read, path: &str, top: &str) -> Result<()> {
        let path = path.strip_prefix("./").unwrap_or(path);
        if is_clutter(path) {
            return Ok(());
        }
        let room = TOTAL_BYTES - self.length;
        let mut file = self.file.as_ref();
        let size = io::copy(&mut entry.take(room + 1), &mut file).map_err(|error| {
            match error.kind() {
                // What an archive's end, its sums or its packing say.
                io::ErrorKind::UnexpectedEof
                | io::ErrorKind::InvalidData
                | io::ErrorKind::InvalidInput
                | io::ErrorKind::Other => DAMAGED.to_owned(),
                _ => error.to_string(),
            }
        })?;
        if size > room || self.all.len() >= MAX_FILES {
            return Err(TOO_LARGE.into());
        }
        let path = format!("{top}/{path}");
        self.all
            .push(Found::among(path, size, &self.file, self.length));
        self.length += size;
        Ok(())
    }
}
