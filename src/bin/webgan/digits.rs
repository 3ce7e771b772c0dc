//! Images to train on and digits to hold out, out of a folder, whatever the names that its files were given. Every
//! error names the file, or lists what lies there.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use webgan::data::{
    self, BEGINNING, Choice, ImageSet, Kind, NamedFile, Pair, Part, choose, is_clutter, part_of,
};

use crate::files::{Named, Result, read};

/// Where `npm run data` puts them, from the project's folder.
pub(crate) const FOLDER: &str = "www/data/mnist";

/// How to get digits.
const REMEDY: &str = "`npm run data` in the project's own folder puts MNIST's digits into its \
                      www/data/mnist, and --data DIR names a folder from anywhere";

/// What is said where there are other files only.
const IDX_ALONE: &str = "this program reads IDX files alone, the page takes pictures too";

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
        let found = Found::at(path)?;
        let (train, of_train) = found.labelled(found.train()?, "to train on")?;
        let Some(held_out) = found.choice.held_out else {
            return Err(lacks(
                path,
                "images to hold out (t10k-… or test-…)",
                &found.files,
            ));
        };
        let (held_out, of_held_out) = found.labelled(held_out, "to hold out")?;
        let held_out = held_out.in_classes_of(&train).named(&of_held_out[1])?;
        Ok(Self {
            train,
            held_out,
            files: [of_train, of_held_out].concat(),
        })
    }
}

/// Reads what to train on alone, with its labels if they are there.
pub(crate) fn training(path: &Path) -> Result<ImageSet> {
    let found = Found::at(path)?;
    let (images, _) = found.set(found.train()?)?;
    Ok(images)
}

/// Files of a path, none of them read yet.
struct Found<'a> {
    path: &'a Path,
    folder: PathBuf,
    files: Vec<(String, Kind)>,
    choice: Choice,
}

impl<'a> Found<'a> {
    fn at(path: &'a Path) -> Result<Self> {
        let (folder, files) = list(path)?;
        let is_idx = |(_, kind): &(String, Kind)| matches!(kind, Kind::Idx(_));
        let choice = match choose(&files) {
            Err(error) if !files.iter().any(is_idx) => Err(format!("{error}; {IDX_ALONE}")),
            other => other.map_err(|error| error.to_string()),
        };
        let choice = choice.named(path)?;
        Ok(Self {
            path,
            folder,
            files,
            choice,
        })
    }

    fn train(&self) -> Result<Pair> {
        let pair = self.choice.train;
        match part_of(&self.files[pair.images].0) {
            Some(Part::HeldOut) => Err(lacks(
                self.path,
                "images to train on (train-…)",
                &self.files,
            )),
            _ => Ok(pair),
        }
    }

    /// Images with labels, and the files that they are from.
    fn labelled(&self, pair: Pair, part: &str) -> Result<(ImageSet, Vec<PathBuf>)> {
        match pair.labels {
            Some(_) => self.set(pair),
            None => Err(lacks(self.path, &format!("labels {part}"), &self.files)),
        }
    }

    fn set(&self, pair: Pair) -> Result<(ImageSet, Vec<PathBuf>)> {
        let places = [Some(pair.images), pair.labels].into_iter().flatten();
        let paths: Vec<_> = places
            .map(|place| self.folder.join(&self.files[place].0))
            .collect();
        let file = |path: &PathBuf| Ok((path.display().to_string(), read(path, MAX_BYTES)?));
        let files = paths.iter().map(file).collect::<Result<Vec<_>>>()?;
        let set = ImageSet::from_files(named(&files[0]), files.get(1).map(named))?;
        Ok((set, paths))
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
