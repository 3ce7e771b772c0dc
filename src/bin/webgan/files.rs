//! Files that are read, none beyond its limit: networks, tables. Every error names its file.

use std::error::Error;
use std::fmt::Display;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use burn::tensor::Device;
use webgan::checkpoint::{self, Checkpoint, ClassifierFile, GeneratorFile};
use webgan::data::{BEGINNING, Dataset, ImageSet, Kind};
use webgan::generator::TrainedGenerator;
use webgan::model::Classifier;

use crate::folder;

pub(crate) type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// What gives an error the name of the file it is about.
pub(crate) trait Named<T> {
    fn named(self, path: &Path) -> Result<T>;
}

impl<T, E: Display> Named<T> for std::result::Result<T, E> {
    fn named(self, path: &Path) -> Result<T> {
        self.map_err(|error| format!("{}: {error}", path.display()).into())
    }
}

/// All of a file, which may have at most `limit` bytes: what does not end is not read for ever.
pub(crate) fn read(path: &Path, limit: u64) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut file = File::open(path).named(path)?.take(limit + 1);
    file.read_to_end(&mut bytes).named(path)?;
    match bytes.len() as u64 <= limit {
        true => Ok(bytes),
        false => Err(format!(
            "it goes on behind {} MB: so much is not read",
            limit >> 20
        ))
        .named(path),
    }
}

/// What a network is read from.
fn network(path: &Path) -> Result<Vec<u8>> {
    if path.is_dir() {
        let of_run = path.join(folder::CHECKPOINT);
        let of_run = match of_run.is_file() {
            true => format!("; a run's is {}", of_run.display()),
            false => String::new(),
        };
        let why = format!("this is a folder, and a file is asked for{of_run}");
        return Err(why).named(path);
    }
    read(path, checkpoint::MAX_BYTES as u64)
}

pub(crate) fn dataset(images: &ImageSet, device: &Device) -> Result<Dataset> {
    Ok(Dataset::from_images(images, device)?)
}

/// What a network's file holds; one of another kind is called what it is.
fn parsed<T>(
    path: &Path,
    bytes: &[u8],
    parse: impl FnOnce(&[u8]) -> std::result::Result<T, webgan::Error>,
) -> Result<T> {
    let outcome = parse(bytes).map_err(|error| {
        let kind = Kind::of_file(&bytes[..bytes.len().min(BEGINNING)]);
        let is_begun = bytes.get(8) == Some(&b'{');
        match kind {
            _ if error.code() != "checkpoint.damaged" || is_begun => error.to_string(),
            Kind::Unknown => error.to_string(),
            kind => format!("this is {kind}, and no safetensors file"),
        }
    });
    outcome.named(path)
}

pub(crate) fn checkpoint(path: &Path) -> Result<Checkpoint> {
    parsed(path, &network(path)?, Checkpoint::from_bytes)
}

/// A generator to draw from, out of a file of its own or a checkpoint.
pub(crate) fn generator(path: &Path, device: &Device) -> Result<TrainedGenerator> {
    generator_file(path)?.load(device).named(path)
}

/// A generator, out of a file of its own or a checkpoint.
pub(crate) fn generator_file(path: &Path) -> Result<GeneratorFile> {
    parsed(
        path,
        &network(path)?,
        |bytes| match GeneratorFile::from_bytes(bytes) {
            Err(error) if error.code() == "checkpoint.foreign" => {
                Ok(Checkpoint::from_bytes(bytes)?.export())
            }
            other => other,
        },
    )
}

/// What reads digits.
#[derive(clap::Args)]
pub(crate) struct Reader {
    /// A classifier in place of the one that comes with the program.
    #[arg(long, value_name = "FILE")]
    classifier: Option<PathBuf>,
}

/// The classifier that the page measures with too.
const CLASSIFIER: &[u8] = include_bytes!("../../../www/models/classifier.safetensors");

impl Reader {
    pub(crate) fn load(&self, device: &Device) -> Result<Classifier> {
        match &self.classifier {
            None => Ok(ClassifierFile::from_bytes(CLASSIFIER)?.load(device)?),
            Some(path) => {
                let file = parsed(path, &network(path)?, ClassifierFile::from_bytes)?;
                file.load(device).named(path)
            }
        }
    }
}
