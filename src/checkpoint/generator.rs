//! A generator as a file of its own.

use std::collections::BTreeMap;

use burn::module::Module;
use burn::tensor::Device;

use super::format::{About, GENERATOR_FORMAT, read, write};
use super::tensors::{AVERAGE, GENERATOR, finish, restore_network};
use super::{Checkpoint, Values};
use crate::Error;
use crate::generator::TrainedGenerator;
use crate::model::GeneratorConfig;

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

    /// The generator, to draw from.
    ///
    /// # Errors
    ///
    /// `checkpoint.tensors` if a tensor is missing, of another shape or one too many.
    pub fn load(self, device: &Device) -> Result<TrainedGenerator, Error> {
        let device = device.clone().without_autodiff();
        let mut tensors = self.tensors;
        let network = self.config.init(0, &device);
        let network = restore_network(&[GENERATOR], network, &mut tensors, &device)?;
        finish(tensors)?;
        let network = network.valid();
        Ok(TrainedGenerator::new(network, self.config, &device))
    }
}

impl Checkpoint {
    /// The generator that samples are drawn from, out of the rest.
    pub fn export(self) -> GeneratorFile {
        let averages = self.config.average_decay.is_some();
        let of_generator = self.tensors.into_iter().filter_map(|(name, values)| {
            let name = if averages {
                below(AVERAGE, &name)?
            } else {
                &name
            };
            below(GENERATOR, name)?;
            Some((name.to_string(), values))
        });
        GeneratorFile {
            tensors: of_generator.collect(),
            config: self.config.generator,
            step: self.step,
        }
    }
}

/// The rest of a tensor's dotted name, if it begins with that word.
fn below<'a>(word: &str, name: &'a str) -> Option<&'a str> {
    name.strip_prefix(word)?.strip_prefix('.')
}
