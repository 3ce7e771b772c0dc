//! How good a generator's digits are: what a classifier says of them, beside what it says of real
//! ones.
//!
//! Joins generator, classifier and [`metrics`](crate::metrics). No formulas, no training.

use burn::tensor::{Device, Tensor};
use serde::{Deserialize, Serialize};

use crate::Error;
use crate::data::{Dataset, one_hot};
use crate::metrics::{
    Features, ModeCoverage, PrecisionRecall, Probabilities, agreement, classifier_score,
    frechet_distance, mode_coverage, nearest, precision_recall,
};
use crate::model::{Classifier, Generator, GeneratorConfig};
use crate::train::{ClassifierTrainer, NormalNoise, Readings, classify, predictions, read};

/// What was measured of a generator.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Quality {
    /// Samples that were drawn, and real images that they were compared with.
    pub count: usize,
    /// Fréchet distance of the classifier's features to those of held-out real images. Not the FID:
    /// another network, and fewer samples.
    pub classifier_frechet: f64,
    /// "MNIST score": from 1 to the number of classes.
    pub score: f64,
    /// Which classes the samples fall into.
    pub modes: ModeCoverage,
    /// Share of samples that the classifier reads as the class that was asked for; only where a
    /// generator can be asked.
    pub agreement: Option<f64>,
    /// Against held-out real images.
    pub precision_recall: PrecisionRecall,
    /// Median distance of some samples to the training image nearest to each, in pixels' values (-1 to
    /// 1): near 0 for copies. Of real images: that of held-out ones.
    pub nearest: f64,
}

/// A classifier and what it says of real images.
#[derive(Debug)]
pub struct Yardstick {
    classifier: Classifier,
    device: Device,
    real: Measured,
    /// Pixels of the training images.
    train: Features,
    /// What as many training images get, measured as if they were samples.
    pub of_real: Quality,
}

/// Neighbours that precision and recall look at.
const NEIGHBOURS: usize = 3;
/// Samples whose nearest training image is looked for.
const LOOKED_AT: usize = 64;
/// Samples drawn at once: bounds the memory.
const PASS: usize = 500;

#[derive(Debug)]
struct Measured {
    features: Features,
    probabilities: Probabilities,
}

impl Measured {
    fn new(readings: Readings) -> Result<Self, Error> {
        let count = readings.features.len() / Classifier::FEATURES;
        let classes = readings.probabilities.len() / count;
        Ok(Self {
            features: Features::new(readings.features, Classifier::FEATURES)?,
            probabilities: Probabilities::new(readings.probabilities, classes)?,
        })
    }

    fn quality(&self, real: &Self, asked: Option<&[u8]>, nearest: f64) -> Quality {
        Quality {
            count: self.features.count(),
            classifier_frechet: frechet_distance(&real.features, &self.features),
            score: classifier_score(&self.probabilities),
            modes: mode_coverage(&self.probabilities),
            agreement: asked.map(|labels| agreement(&self.probabilities, labels)),
            precision_recall: precision_recall(&real.features, &self.features, NEIGHBOURS),
            nearest,
        }
    }
}

impl Yardstick {
    /// Reads all of `held_out`, and as many images of `train`.
    ///
    /// # Errors
    ///
    /// `metrics.…` if the classifier gives numbers that are none, `train.readback`.
    pub async fn new(
        classifier: Classifier,
        train: &Dataset,
        held_out: &Dataset,
    ) -> Result<Self, Error> {
        let count = held_out.count().min(train.count());
        let real = Measured::new(classify(&classifier, held_out.samples()).await?)?;
        let pixels = Features::new(read(train.samples()).await?, train.features())?;
        let train = train.samples().narrow(0, 0, count);
        let train = Measured::new(classify(&classifier, train).await?)?;
        let nearest = distance(&pixels, held_out.samples()).await?;
        Ok(Self {
            device: held_out.samples().device(),
            of_real: train.quality(&real, None, nearest),
            real,
            train: pixels,
            classifier,
        })
    }

    /// Draws as many samples as there are held-out images, all classes alike, and measures them.
    ///
    /// The same generator and seed give the same numbers, on the CPU exactly.
    ///
    /// # Errors
    ///
    /// Those of [`new`](Self::new).
    pub async fn measure(
        &self,
        generator: &Generator,
        config: &GeneratorConfig,
        seed: u32,
    ) -> Result<Quality, Error> {
        let count = self.real.features.count();
        let labels = labels(config, count);
        let samples = samples(generator, config, count, seed, &self.device);
        let readings = classify(&self.classifier, samples.clone()).await?;
        let nearest = distance(&self.train, samples).await?;
        let asked = (config.classes() > 0).then_some(labels.as_slice());
        Ok(Measured::new(readings)?.quality(&self.real, asked, nearest))
    }
}

/// The median distance of the first of `samples` to the row of `train` nearest to each.
async fn distance(train: &Features, samples: Tensor<2>) -> Result<f64, Error> {
    let [count, width] = samples.dims();
    let samples = read(samples.narrow(0, 0, count.min(LOOKED_AT))).await?;
    let mut found = nearest(&Features::new(samples, width)?, train);
    found.sort_by(|a, b| a.distance.total_cmp(&b.distance));
    Ok(found[found.len() / 2].distance)
}

/// The GAN-train measure (Shmelkov et al. 2018): a classifier that is to learn, for `steps` steps,
/// from `count` generated digits alone. Its accuracy on real held-out digits says how much of the
/// data the generator can replace.
///
/// Digits have the class that was asked for; those of a generator that takes none have the class
/// that the yardstick's classifier reads.
///
/// # Errors
///
/// Those of [`ClassifierTrainer::new`], `device.too_large`.
pub fn gan_train(
    yardstick: &Yardstick,
    generator: &Generator,
    config: &GeneratorConfig,
    count: usize,
    steps: usize,
    seed: u32,
) -> Result<ClassifierTrainer, Error> {
    let device = &yardstick.device;
    let samples = samples(generator, config, count, seed, device);
    let classes = if config.classes() > 0 {
        one_hot(&labels(config, count), config.classes(), device)
    } else {
        predictions(&yardstick.classifier, samples.clone())
    };
    let dataset = Dataset::from_tensors(samples, classes);
    ClassifierTrainer::new(dataset, steps, seed.into(), device)
}

/// The numbers of a tensor, row by row.
///
/// # Errors
///
/// `train.readback`.
pub fn numbers(tensor: Tensor<2>) -> impl Future<Output = Result<Vec<f32>, Error>> {
    read(tensor)
}

/// `count` samples for latents drawn from `seed`, their classes in turn where there are any.
///
/// # Shapes
///
/// `[count, features]`
pub fn samples(
    generator: &Generator,
    config: &GeneratorConfig,
    count: usize,
    seed: u32,
    device: &Device,
) -> Tensor<2> {
    let latents = NormalNoise::new(count, config.latent_size(), seed.into(), device).draw();
    let labels = labels(config, count);
    let passes = (0..count).step_by(PASS).map(|start| {
        let rows = PASS.min(count - start);
        let latents = latents.clone().narrow(0, start, rows);
        let classes = (config.classes() > 0)
            .then(|| one_hot(&labels[start..start + rows], config.classes(), device));
        generator.forward(latents, classes)
    });
    Tensor::cat(passes.collect(), 0)
}

/// 0, 1, … and again.
fn labels(config: &GeneratorConfig, count: usize) -> Vec<u8> {
    let classes = config.classes().max(1);
    (0..count).map(|index| (index % classes) as u8).collect()
}
