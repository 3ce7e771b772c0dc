//! Training and held-out digits out of a folder, whatever the names that its files were given. Every
//! error names the file, or lists what lies there.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use webgan::data::{
    self, BEGINNING, ImageSet, Kind, NamedFile, Pair, Part, choose, is_clutter, part_of,
};

use crate::files::{Named, Result, read};

/// Where `npm run data` puts them, from the project's folder.
pub(crate) const FOLDER: &str = "www/data/mnist";

/// How to get digits.
const REMEDY: &str = "`npm run data` in the project's own folder puts MNIST's digits into its \
                      www/data/mnist, and --data DIR names a folder from anywhere";

/// Training and held-out digits.
pub(crate) struct Digits {
    pub(crate) train: ImageSet,
    pub(crate) held_out: ImageSet,
    /// The files that they come from.
    pub(crate) files: Vec<PathBuf>,
}

/// Folders in folders are looked into so deep, and no more files than these are looked at.
const MAX_DEPTH: usize = 3;
const MAX_FILES: usize = 1_000;
/// The longest file that is read, in bytes: with a header, and with what gzip adds at worst.
const MAX_BYTES: u64 = data::MAX_BYTES + (1 << 20);

impl Digits {
    /// Reads the files of a folder, or those of it whose names begin as the path ends: of several sets,
    /// one.
    pub(crate) fn read(path: &Path) -> Result<Self> {
        let (folder, files) = list(path)?;
        let shown = path.display();
        let choice = choose(&files).map_err(|error| format!("{shown}: {error}"))?;
        let place = |place: usize| folder.join(&files[place].0);
        let pair = |part: &str, Pair { images, labels }| -> Result<(ImageSet, [PathBuf; 2])> {
            let Some(labels) = labels else {
                return Err(lacks(path, &format!("labels {part}"), &files));
            };
            let paths = [place(images), place(labels)];
            let file = |path: &Path| -> Result<_> {
                Ok((path.display().to_string(), read(path, MAX_BYTES)?))
            };
            let [images, labels] = [file(&paths[0])?, file(&paths[1])?];
            let set = ImageSet::from_files(named(&images), Some(named(&labels)))?;
            Ok((set, paths))
        };
        if part_of(&files[choice.train.images].0) == Some(Part::HeldOut) {
            return Err(lacks(path, "images to train on (train-…)", &files));
        }
        let (train, of_train) = pair("to train on", choice.train)?;
        let Some(held_out) = choice.held_out else {
            return Err(lacks(path, "images to hold out (t10k-… or test-…)", &files));
        };
        let (held_out, of_held_out) = pair("to hold out", held_out)?;
        let held_out = held_out.in_classes_of(&train).named(&of_held_out[1])?;
        Ok(Self {
            train,
            held_out,
            files: [of_train, of_held_out].concat(),
        })
    }
}

fn named((name, bytes): &(String, Vec<u8>)) -> NamedFile<'_> {
    NamedFile { name, bytes }
}

fn lacks(path: &Path, what: &str, files: &[(String, Kind)]) -> Box<dyn std::error::Error> {
    let shown = path.display();
    if path.is_file() {
        return format!("{shown}: this is one file, and --data names the folder of all four")
            .into();
    }
    let names: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
    format!("{shown}: no {what} among {}", names.join(", ")).into()
}

/// The files that a path means, with their kinds, and the folder that they are in.
fn list(path: &Path) -> Result<(PathBuf, Vec<(String, Kind)>)> {
    let failed = |error: io::Error| format!("{}: {error}", path.display());
    let mut files = Vec::new();
    if path.is_dir() {
        walk(path, "", MAX_DEPTH, &mut files).map_err(failed)?;
        return Ok((path.into(), files));
    }
    let parent = match path.parent() {
        Some(parent) if parent != Path::new("") => parent.to_path_buf(),
        _ => PathBuf::from("."),
    };
    let start = path.file_name().unwrap_or_default().to_string_lossy();
    if parent.is_dir() {
        walk(&parent, &start, 1, &mut files).map_err(failed)?;
    }
    match files.is_empty() {
        true => Err(format!("{}: there is no such folder; {REMEDY}", path.display()).into()),
        false => Ok((parent, files)),
    }
}

/// Adds what lies in a folder and begins with a text, by names relative to it.
fn walk(
    folder: &Path,
    start: &str,
    depth: usize,
    files: &mut Vec<(String, Kind)>,
) -> io::Result<()> {
    let mut waiting = vec![(PathBuf::new(), depth)];
    while let Some((inside, depth)) = waiting.pop() {
        let mut entries = fs::read_dir(folder.join(&inside))?.collect::<io::Result<Vec<_>>>()?;
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let relative = inside.join(entry.file_name());
            let name = relative.to_string_lossy().into_owned();
            if is_clutter(&name) || !name.starts_with(start) || files.len() == MAX_FILES {
                continue;
            }
            // Through a link, where it is one.
            let path = entry.path();
            if path.is_dir() {
                if depth > 1 {
                    waiting.push((relative, depth - 1));
                }
            } else if path.is_file() {
                let mut beginning = Vec::new();
                (File::open(path)?.take(BEGINNING as u64)).read_to_end(&mut beginning)?;
                files.push((name, Kind::of_file(&beginning)));
            }
        }
    }
    Ok(())
}
