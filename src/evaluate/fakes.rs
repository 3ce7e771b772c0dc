//! Generated pictures for a classifier to learn from: the GAN-train measure (Shmelkov et al. 2018).
//! The classifier and its training are elsewhere.

use burn::tensor::Tensor;

use super::Evaluator;
use crate::Error;
use crate::data::{Batch, Dataset};
use crate::generator::{SampleBatches, TrainedGenerator};
use crate::model::{Classifier, Eyes};
use crate::preset::ConfigError;
use crate::shape::SampleShape;
use crate::train::ClassifierTrainer;

/// Generated pictures and the class of each: the one that was asked for or, from a generator that takes
/// none, the one that the evaluator's classifier reads.
///
/// They are drawn some at a time, so that whoever waits can tell how far it is, or stop.
#[derive(Debug)]
pub struct Fakes {
    batches: SampleBatches,
    /// Of a generator without classes.
    classifier: Option<Classifier>,
    shape: SampleShape,
    /// Each `[some, features]`
    samples: Vec<Tensor<2>>,
    /// Each `[some, classes]`
    classes: Vec<Tensor<2>>,
}

impl Fakes {
    /// None yet, of `count` that can be drawn, for latents drawn from `seed`, by a generator that the
    /// evaluator [can measure](Evaluator::measure).
    ///
    /// # Errors
    ///
    /// `config.classes` where the generator takes no classes and the evaluator reads none.
    pub fn new(
        evaluator: &Evaluator,
        generator: &TrainedGenerator,
        count: usize,
        seed: u32,
    ) -> Result<Self, Error> {
        let classifier = match &evaluator.eyes {
            _ if generator.config().classes() > 0 => None,
            Eyes::Classifier(classifier) => Some(classifier.clone()),
            Eyes::Random(_) => return Err(ConfigError::Unasked.into()),
        };
        Ok(Self {
            batches: generator.batches(count, seed),
            classifier,
            shape: generator.config().shape(),
            samples: Vec::new(),
            classes: Vec::new(),
        })
    }

    /// Draws the next, some at once. Returns whether there were any left.
    pub fn draw(&mut self) -> bool {
        let Some(Batch {
            samples, classes, ..
        }) = self.batches.next()
        else {
            return false;
        };
        let read = self.classifier.as_ref();
        let read = read.map(|classifier| predicted_classes(classifier, samples.clone()));
        let classes = classes.or(read).expect("checked when made");
        self.samples.push(samples);
        self.classes.push(classes);
        true
    }

    /// How many are drawn.
    pub fn count(&self) -> usize {
        self.samples.iter().map(|samples| samples.dims()[0]).sum()
    }

    /// A classifier that is to learn from them alone, for `steps` steps; what is not drawn yet is
    /// drawn now. Its [`accuracy`](super::accuracy) on real held-out ones says how much of the data
    /// the generator can replace.
    ///
    /// # Errors
    ///
    /// Those of [`ClassifierTrainer::new`].
    pub fn train(&mut self, steps: usize, seed: u32) -> Result<ClassifierTrainer, Error> {
        while self.draw() {}
        let samples = Tensor::cat(self.samples.clone(), 0);
        let device = samples.device();
        let dataset =
            Dataset::from_tensors(samples, self.shape, Tensor::cat(self.classes.clone(), 0));
        ClassifierTrainer::new(dataset, steps, seed, &device)
    }
}

/// The class that `classifier` takes each picture for, as one-hot rows that stay on the device.
///
/// # Shapes
///
/// `[count, features]` → `[count, classes]`
fn predicted_classes(classifier: &Classifier, pictures: Tensor<2>) -> Tensor<2> {
    let logits = classifier.forward(pictures).logits;
    let highest = logits.clone().max_dim(1);
    logits.greater_equal(highest).float()
}
