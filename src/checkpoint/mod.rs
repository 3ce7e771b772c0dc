//! A training run, a generator or a classifier as a file: safetensors, with config and step in the
//! metadata.
//!
//! `format` turns bytes into named numbers and back, `tensors` those into networks and back. Which of
//! a run's numbers make a checkpoint is the trainer's to say. `blueprint` tells other programs of a network and
//! of its names.

mod blueprint;
mod classifier;
mod error;
mod format;
mod generator;
mod migrations;
mod tensors;

use std::collections::BTreeMap;

pub use blueprint::{Blueprint, Place, PlacedLayer};
pub use classifier::ClassifierFile;
pub(crate) use error::CheckpointError;
pub use generator::GeneratorFile;
pub(crate) use tensors::{
    AVERAGE, DISCRIMINATOR, Extent, GENERATOR, POWERS, Snapshot, finish, restore, restore_network,
    take,
};

use crate::Error;
use crate::preset::TrainConfig;
use format::{About, FORMAT, read, write};

/// All that a run needs to go on: its networks, the optimisers' moments, its step and its config.
///
/// ```
/// use webgan::{checkpoint::Checkpoint, data::{Dataset, Toy}, device, preset::points, train::Trainer};
///
/// # fn main() -> Result<(), webgan::Error> {
/// let device = device::cpu();
/// let dataset = Dataset::from_toy(&Toy::by_id("ring")?, &device)?;
/// let mut trainer = Trainer::new(points().config, dataset.clone(), &device)?;
/// trainer.step();
/// let bytes = pollster::block_on(trainer.checkpoint())?.to_bytes();
///
/// let mut resumed = Trainer::resume(Checkpoint::from_bytes(&bytes)?, dataset, &device)?;
/// trainer.step();
/// resumed.step();
/// let bytes = [trainer, resumed].map(|run| pollster::block_on(run.checkpoint()).unwrap().to_bytes());
/// assert!(bytes[0] == bytes[1]);
/// # Ok(())
/// # }
/// ```
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
    shape: Vec<usize>,
    numbers: Vec<f32>,
}

impl Values {
    /// - `numbers`: row by row, the last dimension fastest
    ///
    /// # Errors
    ///
    /// `checkpoint.tensors` unless there are as many numbers as the shape says.
    pub fn new(shape: Vec<usize>, numbers: Vec<f32>) -> Result<Self, Error> {
        let size = shape
            .iter()
            .try_fold(1, |size: usize, &side| size.checked_mul(side));
        if size != Some(numbers.len()) {
            let found = numbers.len();
            return Err(CheckpointError::Count { found, shape }.into());
        }
        Ok(Self { shape, numbers })
    }

    /// Its dimensions.
    pub fn shape(&self) -> &[usize] {
        &self.shape
    }

    /// Row by row, the last dimension fastest.
    pub fn numbers(&self) -> &[f32] {
        &self.numbers
    }

    /// The same, to be changed.
    pub fn numbers_mut(&mut self) -> &mut [f32] {
        &mut self.numbers
    }
}

/// The largest file that is read, in bytes. A run that would outgrow it is refused before its first
/// step.
pub const MAX_BYTES: usize = 256 << 20;
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

/// Checks that a run's checkpoint, `needed` bytes, can be read again.
pub(crate) fn check_readable(needed: u64) -> Result<(), CheckpointError> {
    match needed <= MAX_BYTES as u64 {
        true => Ok(()),
        false => Err(CheckpointError::Outgrown { needed }),
    }
}
