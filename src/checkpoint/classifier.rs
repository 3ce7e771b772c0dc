//! A classifier as a file.

use std::collections::BTreeMap;

use burn::module::Module;
use burn::tensor::Device;

use super::format::{About, CLASSIFIER_FORMAT, read, write};
use super::tensors::{CLASSIFIER, Snapshot, finish, restore_network};
use serde::{Deserialize, Serialize};

use super::{CheckpointError, Values};
use crate::Error;
use crate::model::Classifier;
use crate::shape::SampleShape;

/// Labels are bytes.
const MAX_CLASSES: usize = 256;
/// Numbers in a picture: far more than networks are made for by rule.
const MAX_FEATURES: usize = 1 << 16;

/// What a classifier's file says of it: as long as there were only digits, their classes.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Made {
    Digits(usize),
    Pictures { classes: usize, shape: SampleShape },
}

/// A classifier's weights.
#[derive(Clone, Debug, PartialEq)]
pub struct ClassifierFile {
    /// Number of classes, at least 1.
    pub classes: usize,
    /// Of the pictures that it reads.
    pub shape: SampleShape,
    /// Steps it was trained for.
    pub step: u32,
    /// By name: `classifier.…`.
    pub tensors: BTreeMap<String, Values>,
}

impl ClassifierFile {
    /// The file's bytes; see [`GeneratorFile::to_bytes`](super::GeneratorFile::to_bytes).
    pub fn to_bytes(&self, half: bool) -> Vec<u8> {
        let (classes, shape) = (self.classes, self.shape);
        let made = match shape.is_digit() {
            true => Made::Digits(classes),
            false => Made::Pictures { classes, shape },
        };
        let about = About::new(made, self.step);
        write(CLASSIFIER_FORMAT, about, &self.tensors, half)
    }

    /// Reads and checks a file.
    ///
    /// # Errors
    ///
    /// Those of [`Checkpoint::from_bytes`](super::Checkpoint::from_bytes).
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let (about, tensors) = read::<Made>(bytes, CLASSIFIER_FORMAT)?;
        let (classes, shape) = match about.config {
            Made::Digits(classes) => (classes, SampleShape::DIGIT),
            Made::Pictures { classes, shape } => (classes, shape),
        };
        if !shape.is_image() || shape.features() > MAX_FEATURES {
            let reason = format!("samples of {shape}, expected pictures");
            return Err(CheckpointError::Config { reason }.into());
        }
        if !(1..=MAX_CLASSES).contains(&classes) {
            let reason = format!("{classes} classes, expected 1 to {MAX_CLASSES}");
            return Err(CheckpointError::Config { reason }.into());
        }
        Ok(Self {
            classes,
            shape,
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
        let shape = classifier.shape();
        async move {
            Ok(Self {
                classes,
                shape,
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
        let network = Classifier::new(self.shape, self.classes, 0, &device);
        let network = restore_network(&[CLASSIFIER], network, &mut tensors, &device)?;
        finish(tensors)?;
        Ok(network.valid())
    }
}
