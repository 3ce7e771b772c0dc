//! A classifier as a file.

use std::collections::BTreeMap;

use burn::module::Module;
use burn::tensor::Device;

use super::format::{About, CLASSIFIER_FORMAT, read, write};
use super::tensors::{CLASSIFIER, Snapshot, finish, restore_network};
use super::{CheckpointError, Values};
use crate::Error;
use crate::model::Classifier;

/// Labels are bytes.
const MAX_CLASSES: usize = 256;

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

impl ClassifierFile {
    /// The file's bytes; see [`GeneratorFile::to_bytes`](super::GeneratorFile::to_bytes).
    pub fn to_bytes(&self, half: bool) -> Vec<u8> {
        let about = About::new(self.classes, self.step);
        write(CLASSIFIER_FORMAT, about, &self.tensors, half)
    }

    /// Reads and checks a file.
    ///
    /// # Errors
    ///
    /// Those of [`Checkpoint::from_bytes`](super::Checkpoint::from_bytes).
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
        snapshot.add_network(&[CLASSIFIER], classifier);
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
    /// As [`GeneratorFile::load`](super::GeneratorFile::load).
    pub fn load(self, device: &Device) -> Result<Classifier, Error> {
        let device = device.clone().without_autodiff();
        let mut tensors = self.tensors;
        let network = Classifier::new(self.classes, 0, &device);
        let network = restore_network(&[CLASSIFIER], network, &mut tensors, &device)?;
        finish(tensors)?;
        Ok(network.valid())
    }
}
