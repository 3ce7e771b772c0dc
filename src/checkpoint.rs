//! A training run, a generator or a classifier as a file: safetensors, with config and step in the
//! metadata.
//!
//! Bytes to plain numbers and back, every number checked. No networks, no device: `Trainer` gives a
//! checkpoint and begins at one.

use std::collections::{BTreeMap, HashMap};

use half::{bf16, f16};
use safetensors::tensor::{Dtype, Metadata, SafeTensors, TensorView};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::Error;
use crate::model::GeneratorConfig;
use crate::preset::TrainConfig;

/// All that a run needs to go on: its networks, the optimisers' moments, its step and its config.
#[derive(Clone, Debug, PartialEq)]
pub struct Checkpoint {
    /// What is trained.
    pub config: TrainConfig,
    /// Steps taken.
    pub step: u32,
    /// The [`fingerprint`](crate::data::Dataset::fingerprint) of what it learned from; files of older
    /// programs have none.
    pub data: Option<String>,
    /// Whether it was read from a file with numbers of 16 bits: such a run goes on from rounded
    /// weights.
    pub rounded: bool,
    /// By name: `generator.…` and `discriminator.…` for weights and running statistics, the same
    /// after `optimizer.first.` and `optimizer.second.` for the moments, `optimizer.powers.…` for βᵗ,
    /// `average.generator.…` and `average.steps` for the running average.
    pub tensors: BTreeMap<String, Values>,
}

/// The numbers of one tensor.
#[derive(Clone, Debug, PartialEq)]
pub struct Values {
    /// Its dimensions.
    pub shape: Vec<usize>,
    /// Row by row, the last dimension fastest.
    pub numbers: Vec<f32>,
}

/// A file that is not a checkpoint, or not one of this run's kind.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CheckpointError {
    #[error("the file has {found} bytes, more than the {MAX_BYTES} that a checkpoint may have")]
    Size { found: usize },
    #[error(
        "a checkpoint of this run would have some {} MB, more than the {} MB that can be read",
        .needed / 1_000_000, MAX_BYTES / 1_000_000
    )]
    Outgrown { needed: u64 },
    #[error("the file is damaged, or no safetensors file: {reason}")]
    Damaged { reason: String },
    #[error("the safetensors file is none of WebGAN's: it has no \"{missing}\" in its metadata")]
    Foreign { missing: &'static str },
    #[error("the file holds {found}, expected {expected}")]
    Kind {
        found: &'static str,
        expected: &'static str,
    },
    #[error(
        "the file has the tensors of {found}, but not the metadata that says what they are for: a program that saved it again has dropped it. In Python, keep it with save_file(tensors, path, metadata=safe_open(original, \"np\").metadata())"
    )]
    Bare { found: &'static str },
    #[error("the file has format {found}, expected {VERSION}")]
    Version { found: String },
    #[error("the file's config is not understood: {reason}")]
    Config { reason: String },
    #[error("the file has no tensor \"{name}\"")]
    Missing { name: String },
    #[error("the file has a tensor \"{name}\" that its networks have no place for")]
    Unexpected { name: String },
    #[error("the tensor \"{name}\" is {found}, expected {expected}")]
    Shape {
        name: String,
        found: String,
        expected: String,
    },
    #[error("\"{name}\" holds numbers that are not finite")]
    NonFinite { name: String },
}

impl CheckpointError {
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Size { .. } | Self::Outgrown { .. } => "checkpoint.size",
            Self::Damaged { .. } => "checkpoint.damaged",
            Self::Foreign { .. } | Self::Kind { .. } => "checkpoint.foreign",
            Self::Bare { .. } => "checkpoint.metadata",
            Self::Version { .. } => "checkpoint.version",
            Self::Config { .. } => "checkpoint.config",
            Self::Missing { .. }
            | Self::Unexpected { .. }
            | Self::Shape { .. }
            | Self::NonFinite { .. } => "checkpoint.tensors",
        }
    }
}

/// The largest file that is read, in bytes. A run that would outgrow it is refused before its first
/// step.
pub const MAX_BYTES: usize = 256 << 20;
/// Steps that a run can have taken: counts of 32 bits have room behind it.
const MAX_STEPS: u32 = 1 << 31;
const VERSION: u32 = 1;
/// Keys of the metadata.
const FORMAT: &str = "webgan.checkpoint";
const GENERATOR_FORMAT: &str = "webgan.generator";
const CLASSIFIER_FORMAT: &str = "webgan.classifier";
/// What files hold, by the key of their metadata.
static KINDS: [(&str, &str); 3] = [
    (FORMAT, "a training run"),
    (GENERATOR_FORMAT, "a generator"),
    (CLASSIFIER_FORMAT, "a classifier"),
];

impl Checkpoint {
    /// The file's bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let about = About {
            data: self.data.clone(),
            ..About::new(&self.config, self.step)
        };
        write(FORMAT, about, &self.tensors, false)
    }

    /// Reads and checks a file.
    ///
    /// # Errors
    ///
    /// `checkpoint.size`, `checkpoint.damaged` (cut off or not safetensors), `checkpoint.foreign`
    /// (another program's, or of another kind), `checkpoint.metadata` (saved again without it),
    /// `checkpoint.version`, `checkpoint.config`, `checkpoint.tensors` (not
    /// numbers of this kind, or not finite); the codes `config.…` if the config is out of bounds.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let (about, tensors) = read::<TrainConfig>(bytes, FORMAT)?;
        about.config.check()?;
        Ok(Self {
            config: about.config,
            step: about.step,
            data: about.data,
            rounded: about.rounded,
            tensors,
        })
    }
}

/// A generator's weights alone, as they draw: a file to ship or to take elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct GeneratorFile {
    /// Which network.
    pub config: GeneratorConfig,
    /// Steps it was trained for.
    pub step: u32,
    /// By name, as [`Checkpoint::tensors`]: `generator.…`.
    pub tensors: BTreeMap<String, Values>,
}

/// A classifier's weights.
#[derive(Clone, Debug, PartialEq)]
pub struct ClassifierFile {
    /// Number of classes.
    pub classes: usize,
    /// Steps it was trained for.
    pub step: u32,
    /// By name: `classifier.…`.
    pub tensors: BTreeMap<String, Values>,
}

impl GeneratorFile {
    /// The file's bytes, with numbers of 32 bits, or of 16 (IEEE half precision) if `half`.
    pub fn to_bytes(&self, half: bool) -> Vec<u8> {
        let about = About::new(&self.config, self.step);
        write(GENERATOR_FORMAT, about, &self.tensors, half)
    }

    /// Reads and checks a file.
    ///
    /// # Errors
    ///
    /// Those of [`Checkpoint::from_bytes`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let (about, tensors) = read::<GeneratorConfig>(bytes, GENERATOR_FORMAT)?;
        about.config.check()?;
        Ok(Self {
            config: about.config,
            step: about.step,
            tensors,
        })
    }
}

impl ClassifierFile {
    /// The file's bytes; see [`GeneratorFile::to_bytes`].
    pub fn to_bytes(&self, half: bool) -> Vec<u8> {
        let about = About::new(self.classes, self.step);
        write(CLASSIFIER_FORMAT, about, &self.tensors, half)
    }

    /// Reads and checks a file.
    ///
    /// # Errors
    ///
    /// Those of [`Checkpoint::from_bytes`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let (about, tensors) = read::<usize>(bytes, CLASSIFIER_FORMAT)?;
        let classes = about.config;
        if !(1..=MAX_CLASSES).contains(&classes) {
            let reason = format!("{classes} classes, expected 1 to {MAX_CLASSES}");
            return Err(CheckpointError::Config { reason }.into());
        }
        Ok(Self {
            classes,
            step: about.step,
            tensors,
        })
    }
}

/// Labels are bytes.
const MAX_CLASSES: usize = 256;

/// What the metadata says under the format's name, as JSON. In one entry: safetensors keeps them in
/// no order, and the same run should give the same file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct About<C> {
    version: u32,
    config: C,
    step: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    data: Option<String>,
    /// Seen in the tensors, not written.
    #[serde(skip)]
    rounded: bool,
}

impl<C> About<C> {
    fn new(config: C, step: u32) -> Self {
        Self {
            version: VERSION,
            config,
            step,
            data: None,
            rounded: false,
        }
    }
}

/// Named tensors as safetensors, with numbers of 32 bits, or of 16 if `half`.
fn write<C: Serialize>(
    format: &str,
    about: About<C>,
    tensors: &BTreeMap<String, Values>,
    half: bool,
) -> Vec<u8> {
    let about = serde_json::to_string(&about).expect("a config is plain data");
    let bytes = |values: &Values| -> Vec<u8> {
        let numbers = values.numbers.iter();
        if half {
            numbers
                .flat_map(|&x| f16::from_f32(x).to_le_bytes())
                .collect()
        } else {
            numbers.flat_map(|x| x.to_le_bytes()).collect()
        }
    };
    let dtype = if half { Dtype::F16 } else { Dtype::F32 };
    let bytes: Vec<Vec<u8>> = tensors.values().map(bytes).collect();
    let views = tensors.iter().zip(&bytes).map(|((name, values), bytes)| {
        let view = TensorView::new(dtype, values.shape.clone(), bytes)
            .expect("a tensor has as many numbers as its shape says");
        (name, view)
    });
    let metadata = HashMap::from([(format.to_string(), about)]);
    safetensors::serialize(views, Some(metadata)).expect("names and sizes are within bounds")
}

fn read<C: DeserializeOwned>(
    bytes: &[u8],
    format: &'static str,
) -> Result<(About<C>, BTreeMap<String, Values>), CheckpointError> {
    if bytes.len() > MAX_BYTES {
        let found = bytes.len();
        return Err(CheckpointError::Size { found });
    }
    let damaged = |error: safetensors::SafeTensorError| CheckpointError::Damaged {
        reason: error.to_string(),
    };
    let (_, header) = SafeTensors::read_metadata(bytes).map_err(damaged)?;
    let file = SafeTensors::deserialize(bytes).map_err(damaged)?;
    let about = header.metadata().as_ref().and_then(|map| map.get(format));
    let about = about.ok_or_else(|| other_kind(&header, format))?;
    let misread = |error: serde_json::Error| CheckpointError::Config {
        reason: error.to_string(),
    };
    let about: serde_json::Value = serde_json::from_str(about).map_err(misread)?;
    if about["version"] != VERSION {
        let found = about["version"].to_string();
        return Err(CheckpointError::Version { found });
    }
    let mut about: About<C> = serde_json::from_value(about).map_err(misread)?;
    if about.step > MAX_STEPS {
        let reason = format!("{} steps, expected at most {MAX_STEPS}", about.step);
        return Err(CheckpointError::Config { reason });
    }
    about.rounded = file.iter().any(|(_, view)| view.dtype().bitsize() < 32);
    let mut tensors = BTreeMap::new();
    for (name, view) in file.iter() {
        tensors.insert(name.to_string(), Values::read(name, &view)?);
    }
    Ok((about, tensors))
}

/// What a file is that has no metadata of this format.
fn other_kind(header: &Metadata, format: &'static str) -> CheckpointError {
    let name_of = |format| KINDS.iter().find(|kind| kind.0 == format);
    let mut keys = header.metadata().iter().flat_map(|map| map.keys());
    if let Some((_, found)) = keys.find_map(|key| name_of(key.as_str())) {
        let expected = name_of(format).map_or("another kind", |kind| kind.1);
        return CheckpointError::Kind { found, expected };
    }
    let tensors = header.tensors();
    let has = |name: &str| tensors.keys().any(|key| key.starts_with(name));
    let networks = ["Mlp.", "Dcgan.", "Upsample."].map(|network| format!("generator.{network}"));
    let found = if has("classifier.conv_28.") {
        name_of(CLASSIFIER_FORMAT)
    } else if !networks.iter().any(|network| has(network)) {
        None
    } else if has("discriminator.") {
        name_of(FORMAT)
    } else {
        name_of(GENERATOR_FORMAT)
    };
    match found {
        Some((_, found)) => CheckpointError::Bare { found },
        None => CheckpointError::Foreign { missing: format },
    }
}

/// Checks that a run's checkpoint, `needed` bytes, can be read again.
pub(crate) fn check_readable(needed: u64) -> Result<(), CheckpointError> {
    match needed <= MAX_BYTES as u64 {
        true => Ok(()),
        false => Err(CheckpointError::Outgrown { needed }),
    }
}

/// Takes a tensor of this shape out.
pub(crate) fn take(
    tensors: &mut BTreeMap<String, Values>,
    name: &str,
    shape: &[usize],
) -> Result<Vec<f32>, CheckpointError> {
    let values = tensors.remove(name);
    let values = values.ok_or_else(|| CheckpointError::Missing { name: name.into() })?;
    if values.shape != shape {
        return Err(CheckpointError::Shape {
            name: name.into(),
            found: format!("{:?}", values.shape),
            expected: format!("{shape:?}"),
        });
    }
    Ok(values.numbers)
}

/// Checks that nothing is left over.
pub(crate) fn finish(tensors: BTreeMap<String, Values>) -> Result<(), CheckpointError> {
    match tensors.into_keys().next() {
        Some(name) => Err(CheckpointError::Unexpected { name }),
        None => Ok(()),
    }
}

impl Values {
    fn read(name: &str, view: &TensorView) -> Result<Self, CheckpointError> {
        /// Words of so many bytes, each as a number.
        fn numbers<const N: usize>(bytes: &[u8], number: fn([u8; N]) -> f32) -> Vec<f32> {
            let (words, _) = bytes.as_chunks::<N>();
            words.iter().map(|&word| number(word)).collect()
        }
        let bytes = view.data();
        let numbers = match view.dtype() {
            Dtype::F64 => numbers(bytes, |word| f64::from_le_bytes(word) as f32),
            Dtype::F32 => numbers(bytes, f32::from_le_bytes),
            Dtype::F16 => numbers(bytes, |word| f16::from_le_bytes(word).to_f32()),
            Dtype::BF16 => numbers(bytes, |word| bf16::from_le_bytes(word).to_f32()),
            other => {
                return Err(CheckpointError::Shape {
                    name: name.into(),
                    found: format!("of {other:?} numbers"),
                    expected: "F64, F32, F16 or BF16".into(),
                });
            }
        };
        if numbers.iter().any(|number| !number.is_finite()) {
            return Err(CheckpointError::NonFinite { name: name.into() });
        }
        Ok(Self {
            shape: view.shape().to_vec(),
            numbers,
        })
    }
}
