//! Training of the classifier that generated pictures are measured with.

use burn::module::Module;
use burn::optim::GradientsParams;
use burn::tensor::{Device, Tensor, activation};

use super::optimizer::{Adam, Clip};
use super::translation::Translation;
use crate::Error;
use crate::data::{Batch, Batches, Dataset};
use crate::model::Classifier;
use crate::preset::{ConfigError, Optimizer, check_images};
use crate::random::Stream;

/// Trains a [`Classifier`] by cross-entropy on images moved by up to two pixels.
#[derive(Debug)]
pub struct ClassifierTrainer {
    classifier: Classifier,
    optimizer: Adam,
    batches: Batches,
    translation: Translation,
    step_count: usize,
    total: usize,
    device: Device,
}

const BATCH_SIZE: usize = 64;
const LEARNING_RATE: f64 = 2e-3;
const MOVES: usize = 2;

impl ClassifierTrainer {
    /// At step 0 of `total`, on `device`, where `dataset` must be too.
    ///
    /// # Errors
    ///
    /// `config.classes` if the dataset does not know its classes, `config.features` unless it has
    /// pictures, `config.batch_size` if they are fewer than 64.
    pub fn new(dataset: Dataset, total: usize, seed: u32, device: &Device) -> Result<Self, Error> {
        let data = dataset.class_count();
        if data == 0 {
            return Err(ConfigError::Unlabelled.into());
        }
        check_images(dataset.shape())?;
        if dataset.count() < BATCH_SIZE {
            return Err(ConfigError::BatchBeyondData {
                needed: BATCH_SIZE,
                sample_count: dataset.count(),
            }
            .into());
        }
        let shape = dataset.shape();
        let device = device.clone().autodiff();
        let seed = |stream: Stream| stream.seed(seed);
        let classifier = Classifier::new(shape, data, seed(Stream::Classifier), &device);
        Ok(Self {
            optimizer: Adam::new(&classifier, Optimizer::adam(0.9), Clip::default(), &device),
            classifier,
            batches: Batches::new(dataset, BATCH_SIZE, seed(Stream::Order), false),
            translation: Translation::new(
                BATCH_SIZE,
                shape,
                MOVES,
                false,
                None,
                seed(Stream::Translation),
                &device,
            ),
            step_count: 0,
            total,
            device,
        })
    }

    /// One step of Adam. The step size falls from 2e-3 to nothing over the run.
    pub fn step(&mut self) {
        self.batches.advance();
        let Batch {
            samples, classes, ..
        } = self.batches.next_batch();
        let images = self.translation.apply(samples.autodiff());
        let logits = self.classifier.forward(images).logits;
        let classes = classes.expect("checked at the beginning").autodiff();
        let losses = -(activation::log_softmax(logits, 1) * classes).sum_dim(1);
        let gradients = losses.mean().backward();
        let gradients = GradientsParams::from_grads(gradients, &self.classifier);
        let left = 1.0 - self.step_count as f64 / self.total as f64;
        let learning_rate = [(LEARNING_RATE * left.max(0.0)) as f32];
        let device = self.device.clone().without_autodiff();
        let learning_rate = Tensor::from_floats(learning_rate, &device);
        let classifier = self.classifier.clone();
        let (classifier, _) = self.optimizer.step(learning_rate, classifier, gradients);
        self.classifier = classifier;
        self.batches.write_back();
        self.translation.write_back();
        self.step_count += 1;
    }

    /// Steps taken.
    pub fn step_count(&self) -> usize {
        self.step_count
    }

    /// The classifier as it is now, in inference form.
    pub fn classifier(&self) -> Classifier {
        self.classifier.valid()
    }
}
