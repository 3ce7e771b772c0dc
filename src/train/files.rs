//! Generators and classifiers as files, and back.

use burn::module::Module;
use burn::tensor::Device;

use super::Trainer;
use super::state::{AVERAGE, CLASSIFIER, GENERATOR, Snapshot, restore_network};
use crate::Error;
use crate::checkpoint::{Checkpoint, ClassifierFile, GeneratorFile, finish};
use crate::model::{Classifier, Generator};

impl Trainer {
    /// The generator that samples are drawn from, as a file.
    ///
    /// The future does not borrow the trainer.
    ///
    /// # Errors
    ///
    /// Those of [`checkpoint`](Self::checkpoint).
    pub fn export(&self) -> impl Future<Output = Result<GeneratorFile, Error>> + use<> {
        let mut snapshot = Snapshot::default();
        snapshot.add_network(GENERATOR, &self.averaged());
        let tensors = snapshot.read();
        let config = self.config().generator.clone();
        let step = self.progress().step as u32;
        async move {
            Ok(GeneratorFile {
                config,
                step,
                tensors: tensors.await?,
            })
        }
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

impl GeneratorFile {
    /// The generator, in inference form.
    ///
    /// # Errors
    ///
    /// `checkpoint.tensors` if a tensor is missing, of another shape or one too many.
    pub fn load(self, device: &Device) -> Result<Generator, Error> {
        let device = device.clone().without_autodiff();
        let mut tensors = self.tensors;
        let network = self.config.init(0, &device);
        let network = restore_network(GENERATOR, network, &mut tensors, &device)?;
        finish(tensors)?;
        Ok(network.valid())
    }
}

impl ClassifierFile {
    /// The file of a classifier in inference form.
    ///
    /// The future does not borrow the classifier.
    ///
    /// # Errors
    ///
    /// `checkpoint.tensors` if a number is not finite, `train.readback`.
    pub fn of(
        classifier: &Classifier,
        classes: usize,
        step: u32,
    ) -> impl Future<Output = Result<Self, Error>> + use<> {
        let mut snapshot = Snapshot::default();
        snapshot.add_network(CLASSIFIER, classifier);
        let tensors = snapshot.read();
        async move {
            Ok(Self {
                classes,
                step,
                tensors: tensors.await?,
            })
        }
    }

    /// The classifier, in inference form.
    ///
    /// # Errors
    ///
    /// As [`GeneratorFile::load`].
    pub fn load(self, device: &Device) -> Result<Classifier, Error> {
        let device = device.clone().without_autodiff();
        let mut tensors = self.tensors;
        let network = Classifier::new(self.classes, 0, &device);
        let network = restore_network(CLASSIFIER, network, &mut tensors, &device)?;
        finish(tensors)?;
        Ok(network.valid())
    }
}

#[cfg(test)]
mod tests {
    use pollster::block_on;

    use crate::data::Dataset;
    use crate::device;
    use crate::preset::presets;
    use crate::train::Trainer;

    #[test]
    fn a_checkpoint_is_no_larger_than_was_foretold_and_hardly_smaller() {
        let pixels = vec![0.0; 784 * 160];
        let images = Dataset::from_samples(pixels, 784, &device::cpu()).unwrap();
        for mut preset in presets() {
            if preset.config.generator.classes() > 0 {
                continue;
            }
            preset.config.batch_size = 4;
            let trainer = Trainer::new(preset.config, images.clone(), &device::cpu()).unwrap();
            let foretold = trainer.extent().bytes() as usize;
            let size = block_on(trainer.checkpoint()).unwrap().to_bytes().len();
            let id = preset.id;
            assert!(
                (size..size + 20_000).contains(&foretold),
                "{id}: {size}, {foretold}"
            );
        }
    }
}
