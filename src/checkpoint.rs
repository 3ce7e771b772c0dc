//! A training run as a file: safetensors, with config and step in the metadata.
//!
//! Bytes to plain numbers and back, every number checked. No networks, no device: `Trainer` gives a
//! checkpoint and begins at one.

use std::collections::{BTreeMap, HashMap};

use safetensors::tensor::{Dtype, SafeTensors, TensorView};

use crate::Error;
use crate::preset::TrainConfig;

/// All that a run needs to go on: its networks, the optimisers' moments, its step and its config.
#[derive(Clone, Debug, PartialEq)]
pub struct Checkpoint {
    /// What is trained.
    pub config: TrainConfig,
    /// Steps taken.
    pub step: u32,
    /// By name: `generator.…` and `discriminator.…` for weights and running statistics, the same
    /// after `adam.first.` and `adam.second.` for the moments, `adam.powers.…` for βᵗ.
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
    #[error("the file is damaged, or no safetensors file: {reason}")]
    Damaged { reason: String },
    #[error("the safetensors file was not written by WebGAN's training: it has no \"{missing}\"")]
    Foreign { missing: &'static str },
    #[error("the checkpoint has format {found}, expected {VERSION}")]
    Version { found: String },
    #[error("the checkpoint's config is not understood: {reason}")]
    Config { reason: String },
    #[error("the checkpoint's step is \"{found}\", expected a whole number below 2³²")]
    Step { found: String },
    #[error("the checkpoint has no tensor \"{name}\"")]
    Missing { name: String },
    #[error("the checkpoint has a tensor \"{name}\" that its networks have no place for")]
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
            Self::Size { .. } => "checkpoint.size",
            Self::Damaged { .. } => "checkpoint.damaged",
            Self::Foreign { .. } => "checkpoint.foreign",
            Self::Version { .. } => "checkpoint.version",
            Self::Config { .. } | Self::Step { .. } => "checkpoint.config",
            Self::Missing { .. }
            | Self::Unexpected { .. }
            | Self::Shape { .. }
            | Self::NonFinite { .. } => "checkpoint.tensors",
        }
    }
}

/// The largest checkpoint that is read, in bytes: ten times that of the largest preset.
pub const MAX_BYTES: usize = 256 << 20;
const VERSION: &str = "1";
/// Keys of the metadata.
const FORMAT: &str = "webgan.checkpoint";
const CONFIG: &str = "config";
const STEP: &str = "step";

impl Checkpoint {
    /// The file's bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let config = serde_json::to_string(&self.config).expect("a config is plain data");
        let metadata = HashMap::from([
            (FORMAT.to_string(), VERSION.to_string()),
            (CONFIG.to_string(), config),
            (STEP.to_string(), self.step.to_string()),
        ]);
        let bytes: Vec<Vec<u8>> = self
            .tensors
            .values()
            .map(|values| {
                values
                    .numbers
                    .iter()
                    .flat_map(|x| x.to_le_bytes())
                    .collect()
            })
            .collect();
        let views = self
            .tensors
            .iter()
            .zip(&bytes)
            .map(|((name, values), bytes)| {
                let view = TensorView::new(Dtype::F32, values.shape.clone(), bytes)
                    .expect("a tensor has as many numbers as its shape says");
                (name, view)
            });
        safetensors::serialize(views, Some(metadata)).expect("names and sizes are within bounds")
    }

    /// Reads and checks a file.
    ///
    /// # Errors
    ///
    /// `checkpoint.size`, `checkpoint.damaged` (cut off or not safetensors), `checkpoint.foreign`
    /// (another program's), `checkpoint.version`, `checkpoint.config`, `checkpoint.tensors` (not f32,
    /// or not finite); the codes `config.…` if the config is out of bounds.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        if bytes.len() > MAX_BYTES {
            let found = bytes.len();
            return Err(CheckpointError::Size { found }.into());
        }
        let damaged = |error: safetensors::SafeTensorError| CheckpointError::Damaged {
            reason: error.to_string(),
        };
        let (_, header) = SafeTensors::read_metadata(bytes).map_err(damaged)?;
        let file = SafeTensors::deserialize(bytes).map_err(damaged)?;
        let about = |missing: &'static str| {
            let found = header.metadata().as_ref().and_then(|map| map.get(missing));
            found.ok_or(CheckpointError::Foreign { missing })
        };
        let version = about(FORMAT)?;
        if version != VERSION {
            let found = version.clone();
            return Err(CheckpointError::Version { found }.into());
        }
        let config: TrainConfig =
            serde_json::from_str(about(CONFIG)?).map_err(|error| CheckpointError::Config {
                reason: error.to_string(),
            })?;
        config.check()?;
        let step = about(STEP)?;
        let step = step.parse().map_err(|_| CheckpointError::Step {
            found: step.clone(),
        })?;
        let tensors = file
            .iter()
            .map(|(name, view)| Ok((name.to_string(), Values::read(name, &view)?)))
            .collect::<Result<_, CheckpointError>>()?;
        Ok(Self {
            config,
            step,
            tensors,
        })
    }

    /// Takes a tensor out.
    pub(crate) fn take(
        &mut self,
        name: &str,
        shape: &[usize],
    ) -> Result<Vec<f32>, CheckpointError> {
        let values = self.tensors.remove(name);
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
    pub(crate) fn finish(self) -> Result<(), CheckpointError> {
        match self.tensors.into_keys().next() {
            Some(name) => Err(CheckpointError::Unexpected { name }),
            None => Ok(()),
        }
    }
}

impl Values {
    fn read(name: &str, view: &TensorView) -> Result<Self, CheckpointError> {
        if view.dtype() != Dtype::F32 {
            return Err(CheckpointError::Shape {
                name: name.into(),
                found: format!("{:?}", view.dtype()),
                expected: "F32".into(),
            });
        }
        let (words, _) = view.data().as_chunks::<4>();
        let numbers: Vec<f32> = words.iter().map(|word| f32::from_le_bytes(*word)).collect();
        if numbers.iter().any(|number| !number.is_finite()) {
            return Err(CheckpointError::NonFinite { name: name.into() });
        }
        Ok(Self {
            shape: view.shape().to_vec(),
            numbers,
        })
    }
}
