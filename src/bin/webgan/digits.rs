//! Training and held-out digits out of a folder, whatever the names that its files were given. Every
//! error names the file, or lists what lies there.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use webgan::data::{BEGINNING, ImageSet, Kind, NamedFile, Pair, choose, is_clutter};

use crate::files::{Result, read};

/// Where `npm run data` puts them, from the project's folder.
pub(crate) const FOLDER: &str = "www/data/mnist";

/// How to get digits.
const REMEDY: &str = "`npm run data` in the project's own folder puts MNIST's digits into its \
                      www/data/mnist, and --data DIR names a folder from anywhere";

/// Training and held-out digits.
pub(crate) struct Digits {
    pub(crate) train: ImageSet,
    pub(crate) held_out: ImageSet,
}

/// Folders in folders are looked into so deep, and no more files than these are looked at.
const MAX_DEPTH: usize = 3;
const MAX_FILES: usize = 1_000;

impl Digits {
    /// Reads the files of a folder, or those of it whose names begin as the path ends: of several sets,
    /// one.
    pub(crate) fn read(path: &Path) -> Result<Self> {
        let (folder, files) = list(path)?;
        let shown = path.display();
        let choice = choose(&files, false).map_err(|error| format!("{shown}: {error}"))?;
        let pair = |part: &str, Pair { images, labels }| -> Result<ImageSet> {
            let Some(labels) = labels else {
                return Err(lacks(path, &format!("labels {part}"), &files));
            };
            let file = |place: usize| -> Result<_> {
                let path = folder.join(&files[place].0);
                Ok((path.display().to_string(), read(&path)?))
            };
            let [images, labels] = [file(images)?, file(labels)?];
            Ok(ImageSet::from_files(named(&images), Some(named(&labels)))?)
        };
        let train = pair("to train on", choice.train)?;
        let Some(held_out) = choice.held_out else {
            return Err(lacks(path, "images to hold out (t10k-… or test-…)", &files));
        };
        let held_out = pair("to hold out", held_out)?.in_classes_of(&train)?;
        Ok(Self { train, held_out })
    }
}

fn named((name, bytes): &(String, Vec<u8>)) -> NamedFile<'_> {
    NamedFile { name, bytes }
}

fn lacks(path: &Path, what: &str, files: &[(String, Kind)]) -> Box<dyn std::error::Error> {
    let names: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
    format!("{}: no {what} among {}", path.display(), names.join(", ")).into()
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
            } else {
                let mut beginning = Vec::new();
                (File::open(path)?.take(BEGINNING as u64)).read_to_end(&mut beginning)?;
                files.push((name, Kind::of_file(&beginning)));
            }
        }
    }
    Ok(())
}
