//! Files that a path means, in order, with those that lie in archives. It lists them and hands out their bytes; what
//! they are is not its business.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use webgan::data::{BEGINNING, is_clutter};

use super::archives;
use super::arrange::in_order;
use crate::files::{Named, Result, read};

/// Files of folders that are looked at.
pub(super) const MAX_FILES: usize = 100_000;

/// A file, and what it is called: where it lies in what was given, with `/` between folders.
pub(super) struct Found {
    pub(super) path: String,
    pub(super) size: u64,
    place: Place,
}

/// Where the bytes are.
enum Place {
    Alone(PathBuf),
    /// From a place on in a file of many.
    Among(Rc<File>, u64),
}

impl Found {
    fn alone(path: String, file: PathBuf) -> io::Result<Self> {
        let size = file.metadata()?.len();
        Ok(Self {
            path,
            size,
            place: Place::Alone(file),
        })
    }

    pub(super) fn among(path: String, size: u64, file: &Rc<File>, start: u64) -> Self {
        Self {
            path,
            size,
            place: Place::Among(Rc::clone(file), start),
        }
    }

    /// What it is called without its folders.
    pub(super) fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// Where it is, if it is a file of its own.
    pub(super) fn file(&self) -> Option<&Path> {
        match &self.place {
            Place::Alone(file) => Some(file),
            Place::Among(..) => None,
        }
    }

    /// All of it, if it is no longer than so many bytes.
    pub(super) fn bytes(&self, limit: u64) -> Result<Vec<u8>> {
        match &self.place {
            Place::Alone(file) => read(file, limit),
            Place::Among(..) if self.size > limit => {
                Err(format!("{}: more than {} MB are not read", self.path, limit >> 20).into())
            }
            Place::Among(..) => Ok(self.first(self.size)?),
        }
    }

    /// Its first bytes, by which kinds are told.
    pub(super) fn beginning(&self) -> io::Result<Vec<u8>> {
        self.first(BEGINNING as u64)
    }

    fn first(&self, count: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        match &self.place {
            Place::Alone(file) => File::open(file)?.take(count).read_to_end(&mut bytes)?,
            Place::Among(file, start) => {
                let mut file = file.as_ref();
                file.seek(SeekFrom::Start(*start))?;
                file.take(count.min(self.size)).read_to_end(&mut bytes)?
            }
        };
        Ok(bytes)
    }
}

/// What lies at a path, archives unpacked, and whether there was more than is looked at.
pub(super) fn at(path: &Path) -> Result<(Vec<Found>, bool)> {
    let (mut listed, mut is_cut) = (Vec::new(), false);
    if path.is_dir() {
        is_cut = walk(path, &mut listed).named(path)?;
    } else if let Some(name) = path.file_name() {
        let name = name.to_string_lossy().into_owned();
        listed.push(Found::alone(name, path.into()).named(path)?);
    }
    Ok((archives::unpacked(listed)?, is_cut))
}

/// The files of a folder whose names begin with a text.
pub(super) fn beginning_with(folder: &Path, start: &str) -> io::Result<Vec<Found>> {
    let entries = entries_of(folder)?.into_iter();
    entries
        .filter(|entry| entry.file_name().to_string_lossy().starts_with(start))
        .map(|entry| {
            (
                entry.file_name().to_string_lossy().into_owned(),
                entry.path(),
            )
        })
        .filter(|(name, file)| !is_clutter(name) && file.is_file())
        .map(|(name, file)| Found::alone(name, file))
        .collect()
}

/// Lists what lies in a folder, folder by folder, and says whether there is more. A link is followed, though to a
/// folder only once: it may lead back.
fn walk(folder: &Path, listed: &mut Vec<Found>) -> io::Result<bool> {
    let mut waiting = vec![(String::new(), folder.to_path_buf())];
    let mut linked = HashSet::new();
    while let Some((path, file)) = waiting.pop() {
        if listed.len() == MAX_FILES {
            return Ok(true);
        }
        if file.is_file() {
            listed.push(Found::alone(path, file)?);
        } else if file.is_dir() {
            if file.is_symlink() && !linked.insert(file.canonicalize()?) {
                continue;
            }
            for entry in entries_of(&file)?.into_iter().rev() {
                let name = entry.file_name().to_string_lossy().into_owned();
                let path = match path.as_str() {
                    "" => name,
                    path => format!("{path}/{name}"),
                };
                waiting.push((path, entry.path()));
            }
        }
    }
    Ok(false)
}

fn entries_of(folder: &Path) -> io::Result<Vec<fs::DirEntry>> {
    let mut entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_cached_key(fs::DirEntry::file_name);
    entries.sort_by(|one, other| {
        let [one, other] = [one, other].map(fs::DirEntry::file_name);
        in_order(&one.to_string_lossy(), &other.to_string_lossy())
    });
    Ok(entries)
}
