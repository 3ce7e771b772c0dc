//! Files that are read, none beyond its limit: networks, tables. Every error names its file.

use std::error::Error;
use std::fmt::Display;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use burn::tensor::Device;
use pollster::block_on;
use webgan::checkpoint::{self, Checkpoint, ClassifierFile, GeneratorFile};
use webgan::data::{BEGINNING, Dataset, ImageSet, Kind};
use webgan::evaluate::accuracy;
use webgan::generator::TrainedGenerator;
use webgan::model::{Eyes, RandomFeatures};

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

/// What reads pictures.
#[derive(clap::Args)]
pub(crate) struct Reader {
    /// A classifier that has learned these pictures, as `webgan classifier` makes it. Without one, digits are read by
    /// the classifier that comes with the program, and others by random features.
    #[arg(long, value_name = "FILE")]
    classifier: Option<PathBuf>,
}

/// The classifier that the page measures digits with too.
const CLASSIFIER: &[u8] = include_bytes!("../../../www/models/classifier.safetensors");
/// Who reads fewer of the real pictures as they are labelled has learned others.
const READS: f64 = 0.9;

impl Reader {
    /// The classifier's file, where one is named.
    pub(crate) fn file(&self) -> Result<Option<ClassifierFile>> {
        let path = self.classifier.as_deref();
        path.map(|path| parsed(path, &network(path)?, ClassifierFile::from_bytes))
            .transpose()
    }

    /// What reads these pictures, and what it is called: the `file`'s classifier, if there is one.
    pub(crate) fn load(
        &self,
        file: Option<ClassifierFile>,
        held_out: &Dataset,
        device: &Device,
    ) -> Result<(Eyes, String)> {
        if let (Some(file), Some(path)) = (file, &self.classifier) {
            let name = format!("the classifier {}", path.display());
            return Ok((file.load(device).named(path)?.into(), name));
        }
        let digits = ClassifierFile::from_bytes(CLASSIFIER)?.load(device)?;
        let reads = accuracy(&digits, held_out).map(block_on);
        if let Ok(Ok(share)) = reads
            && share >= READS
        {
            return Ok((digits.into(), "the classifier of digits".into()));
        }
        let name = "the random features of a network that has learned nothing";
        let features = RandomFeatures::new(held_out.shape(), device);
        Ok((features.into(), name.into()))
    }
}
