//! Images to train on and images to hold out, out of IDX files, whatever the names that these were given. Every
//! error names the file, or lists what lies there.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use webgan::data::{
    self, Choice, ImageSet, Kind, NamedFile, Pair, Part, choose, is_clutter, parse_images, part_of,
};

use super::Sets;
use super::found::{self, Found};
use super::report::Report;
use crate::files::{Named, Result};

/// Where `npm run data` puts them, from the project's folder.
pub(super) const FOLDER: &str = "www/data/mnist";

/// How to get digits.
const REMEDY: &str = "`npm run data` in the project's own folder puts MNIST's digits into its \
                      www/data/mnist, and --data PATH names data anywhere";

/// What is said where there is nothing that is read.
const READ: &str =
    "pictures are read too, and .npz, .zip and .tar of them: `webgan train --help` says more";

/// No more files than these are looked at.
const MAX_FILES: usize = 1_000;
/// The longest file that is read, in bytes: with a header, and with what gzip adds at worst.
const MAX_BYTES: u64 = data::MAX_BYTES + (1 << 20);

/// What a set says of itself, beside its files.
const ABOUT: &str = "set.json";
const MAX_ABOUT: u64 = 1 << 20;

/// As far as it matters here.
#[derive(Deserialize)]
struct About {
    /// Names by label.
    #[serde(default)]
    classes: Vec<String>,
}

/// The files of a set, none of them read yet.
pub(super) struct Files<'a> {
    path: &'a Path,
    files: Vec<(String, Kind)>,
    found: Vec<Found>,
    choice: Choice,
    class_names: Vec<String>,
}

/// Files beside each other whose names begin as a path ends: of several sets, one.
pub(super) fn beginning_with(path: &Path) -> Result<Vec<Found>> {
    let parent = match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    let start = path.file_name().unwrap_or_default().to_string_lossy();
    let files = match parent.is_dir() {
        true => found::beginning_with(parent, &start).named(path)?,
        false => Vec::new(),
    };
    match files.is_empty() {
        true => Err(format!("there is no such file or folder; {REMEDY}")).named(path),
        false => Ok(files),
    }
}

impl<'a> Files<'a> {
    pub(super) fn among(path: &'a Path, mut found: Vec<Found>) -> Result<Self> {
        found.retain(|one| !is_clutter(&one.path));
        let about = found.iter().position(|one| one.name() == ABOUT);
        let about = about.map(|place| found.remove(place));
        found.truncate(MAX_FILES);
        let kind = |one: &Found| Ok((one.path.clone(), Kind::of_file(&one.beginning()?)));
        let files: Vec<_> = found
            .iter()
            .map(kind)
            .collect::<std::io::Result<_>>()
            .named(path)?;
        let is_idx = |(_, kind): &(String, Kind)| matches!(kind, Kind::Idx(_));
        let choice = match choose(&files) {
            Err(error) if !files.iter().any(is_idx) => Err(format!("{error}; {READ}")),
            other => other.map_err(|error| error.to_string()),
        };
        let choice = choice.named(path)?;
        // What is no set's own says nothing of these.
        let about = about.map(|one| one.bytes(MAX_ABOUT)).transpose()?;
        let about = about.and_then(|bytes| serde_json::from_slice::<About>(&bytes).ok());
        Ok(Self {
            path,
            files,
            found,
            choice,
            class_names: about.map(|about| about.classes).unwrap_or_default(),
        })
    }

    /// Reads what to train on alone, with its labels if they are there.
    pub(super) fn training(&self) -> Result<(ImageSet, Report)> {
        let (images, _) = self.set(self.train()?)?;
        let report = self.report(&images);
        Ok((images, report))
    }

    pub(super) fn has_held_out(&self) -> bool {
        self.choice.held_out.is_some()
    }

    /// Reads both parts, with their labels; of pairs, with what there is.
    ///
    /// - `are_pairs`: whether pairs are made of them
    pub(super) fn sets(&self, are_pairs: bool) -> Result<Sets> {
        let (train, of_train) = self.labelled(self.train()?, are_pairs, "to train on")?;
        let Some(held_out) = self.choice.held_out else {
            return Err(lacks(
                self.path,
                "images to hold out (t10k-… or test-…)",
                &self.files,
            ));
        };
        let (held_out, of_held_out) = self.labelled(held_out, are_pairs, "to hold out")?;
        let labels = self.choice.held_out.and_then(|pair| pair.labels);
        let labels = labels.map_or(self.path, |place| Path::new(&self.found[place].path));
        let held_out = held_out.in_classes_of(&train).named(labels)?;
        super::tell(&self.report(&train));
        let files = of_train.into_iter().chain(of_held_out);
        Ok(Sets {
            train,
            held_out,
            files: files
                .filter_map(|one| one.file().map(PathBuf::from))
                .collect(),
        })
    }

    fn report(&self, images: &ImageSet) -> Report {
        let name = |&label: &u8| match self.class_names.get(usize::from(label)) {
            Some(name) => name.clone(),
            None => label.to_string(),
        };
        let counts = images.class_counts().into_iter();
        Report {
            taken: images.count(),
            shape: Some(images.shape()),
            classes: (images.class_labels().iter().map(name))
                .zip(counts.map(|count| count as usize))
                .collect(),
            ..Report::default()
        }
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
    fn labelled(&self, pair: Pair, are_pairs: bool, part: &str) -> Result<(ImageSet, Vec<&Found>)> {
        match pair.labels.or(pair.inputs) {
            None if !are_pairs => Err(lacks(self.path, &format!("labels {part}"), &self.files)),
            _ => self.set(pair),
        }
    }

    fn set(&self, pair: Pair) -> Result<(ImageSet, Vec<&Found>)> {
        let places = [Some(pair.images), pair.labels].into_iter().flatten();
        let found: Vec<_> = places.map(|place| &self.found[place]).collect();
        let named = |one: &&Found| {
            let name = match one.file() {
                Some(file) => file.display().to_string(),
                None => one.path.clone(),
            };
            Ok((name, one.bytes(MAX_BYTES)?))
        };
        let files = found.iter().map(named).collect::<Result<Vec<_>>>()?;
        let set = ImageSet::from_files(file(&files[0]), files.get(1).map(file))?;
        let Some(inputs) = pair.inputs else {
            return Ok((set, found));
        };
        let (name, bytes) = named(&&self.found[inputs])?;
        let inputs = parse_images(&bytes).named(name.as_ref())?;
        Ok((set.with_inputs(inputs).named(name.as_ref())?, found))
    }
}

fn file((name, bytes): &(String, Vec<u8>)) -> NamedFile<'_> {
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
