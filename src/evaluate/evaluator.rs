//! A generator's samples, measured with a classifier beside held-out real images.

use burn::tensor::Tensor;
use serde::{Deserialize, Serialize};

use super::nearest;
use super::predictions::{Predictions, classify, gather, predict};
use crate::Error;
use crate::data::Dataset;
use crate::device::readback::read;
use crate::generator::{PASS, TrainedGenerator};
use crate::metrics::{
    Features, Manifold, ModeCoverage, PrecisionRecall, Probabilities, agreement, classifier_score,
    frechet_distance, mode_coverage,
};
use crate::model::{Classifier, Eyes};
use crate::preset::{ConfigError, check_read};

/// What was measured of a generator. All but `nearest` needs 65 held-out images and as many to learn from, and
/// `score`, `modes` and `agreement` a classifier.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Quality {
    /// Samples that were drawn, and real images that they were compared with.
    pub count: usize,
    /// Fréchet distance of the classifier's features to those of held-out real images. Not the FID:
    /// another network, and fewer samples.
    pub classifier_frechet: Option<f64>,
    /// "MNIST score": from 1 to the number of classes.
    pub score: Option<f64>,
    /// Which classes the samples fall into.
    pub modes: Option<ModeCoverage>,
    /// Share of samples that the classifier reads as the class that was asked for; only where a
    /// generator can be asked.
    pub agreement: Option<f64>,
    /// Against held-out real images.
    pub precision_recall: Option<PrecisionRecall>,
    /// Median distance of some samples to the training image nearest to each, in pixels' values (-1 to
    /// 1): near 0 for copies. Of real images: that of held-out ones.
    pub nearest: f64,
}

/// What pictures are measured by, and what it says of real ones.
///
/// ```
/// use webgan::{data::{Dataset, ImageSet, Images}, device, model::Classifier, preset::Preset, train::Trainer};
/// use webgan::evaluate::{Evaluator, without_pause};
/// use webgan::shape::SampleShape;
///
/// # fn main() -> Result<(), webgan::Error> {
/// let device = device::cpu();
/// // Noise in place of digits, and a classifier that has learned nothing.
/// let noise = |seed: u32| {
///     let pixels = (0..65 * 784_u32).map(|i| ((i ^ seed).wrapping_mul(2_654_435_761) >> 24) as u8).collect();
///     let images = ImageSet::new(Images { count: 65, rows: 28, columns: 28, channels: 1, pixels }, None)?;
///     Dataset::from_images(&images, &device)
/// };
/// let (train, held_out) = (noise(1)?, noise(2)?);
/// let trainer = Trainer::new(Preset::by_id("dense")?.config, train.clone(), &device)?;
/// let classifier = Classifier::new(SampleShape::DIGIT, 10, 1, &device);
///
/// let evaluator = pollster::block_on(Evaluator::new(classifier, &train, &held_out, without_pause))?;
/// let quality = pollster::block_on(evaluator.measure(&trainer.averaged(), 1, without_pause))?;
/// assert!(quality.classifier_frechet > evaluator.of_real.classifier_frechet);
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Evaluator {
    pub(super) eyes: Eyes,
    /// Of the held-out images, where they are enough.
    real: Option<Measured>,
    /// Held-out images, or as many as there are to learn from.
    count: usize,
    train: Dataset,
    /// What as many training images get, measured as if they were samples.
    pub of_real: Quality,
}

/// Neighbours that precision and recall look at.
const NEIGHBOURS: usize = 3;
/// Images that are needed on either side: with no more of them than features, the Fréchet distance
/// compares directions in which neither has anything.
const FEWEST: usize = Eyes::FEATURES + 1;
/// Samples whose nearest training image is looked for.
const LOOKED_AT: usize = 64;

#[derive(Debug)]
struct Measured {
    features: Features,
    probabilities: Option<Probabilities>,
    manifold: Manifold,
}

impl Measured {
    fn new(predictions: Predictions) -> Result<Self, Error> {
        let count = predictions.features.len() / Eyes::FEATURES;
        let probabilities = predictions.probabilities.map(|probabilities| {
            let classes = probabilities.len() / count;
            Probabilities::new(probabilities, classes)
        });
        let features = Features::new(predictions.features, Eyes::FEATURES)?;
        Ok(Self {
            probabilities: probabilities.transpose()?,
            manifold: Manifold::new(&features, NEIGHBOURS),
            features,
        })
    }

    fn quality(&self, real: &Self, asked: Option<&[u8]>, nearest: f64) -> Quality {
        let said = self.probabilities.as_ref();
        Quality {
            count: self.features.count(),
            classifier_frechet: Some(frechet_distance(&real.features, &self.features)),
            score: said.map(classifier_score),
            modes: said.map(mode_coverage),
            agreement: said
                .zip(asked)
                .map(|(said, labels)| agreement(said, labels)),
            precision_recall: Some(real.manifold.compare(&self.manifold)),
            nearest,
        }
    }
}

impl Quality {
    /// Of too few images for more.
    fn of_few(count: usize, nearest: f64) -> Self {
        Self {
            count,
            classifier_frechet: None,
            score: None,
            modes: None,
            agreement: None,
            precision_recall: None,
            nearest,
        }
    }
}

impl Evaluator {
    /// Reads all of `held_out`, and as many images of `train`, in pieces with a `pause` after each.
    ///
    /// # Errors
    ///
    /// `config.features` unless both are images as the eyes see them, `metrics.…` if they give
    /// numbers that are none, `train.readback`, and those of `pause`.
    pub async fn new(
        eyes: impl Into<Eyes>,
        train: &Dataset,
        held_out: &Dataset,
        pause: impl AsyncFn() -> Result<(), Error>,
    ) -> Result<Self, Error> {
        let eyes = eyes.into();
        check_read(eyes.shape(), train.shape())?;
        check_read(eyes.shape(), held_out.shape())?;
        let count = held_out.count().min(train.count());
        let nearest = distance(train, held_out.samples(), &pause).await?;
        if count < FEWEST {
            return Ok(Self {
                of_real: Quality::of_few(count, nearest),
                real: None,
                count,
                train: train.clone(),
                eyes,
            });
        }
        let images = train.samples().narrow(0, 0, count);
        let mut measured = Vec::new();
        for samples in [held_out.samples(), images] {
            let mut passes = Vec::new();
            for images in samples.split(PASS, 0) {
                passes.push(predict(&eyes, images));
                pause().await?;
            }
            measured.push(Measured::new(gather(passes).await?)?);
            pause().await?;
        }
        let images = measured.pop().expect("two were measured");
        let real = measured.pop().expect("two were measured");
        Ok(Self {
            of_real: images.quality(&real, None, nearest),
            count: real.features.count(),
            real: Some(real),
            train: train.clone(),
            eyes,
        })
    }

    /// Draws as many samples as there are held-out images, all classes alike, and measures them, in pieces with a
    /// `pause` after each.
    ///
    /// The same generator and seed give the same numbers, on the CPU exactly.
    ///
    /// # Errors
    ///
    /// Those of [`new`](Self::new).
    pub async fn measure(
        &self,
        generator: &TrainedGenerator,
        seed: u32,
        pause: impl AsyncFn() -> Result<(), Error>,
    ) -> Result<Quality, Error> {
        check_read(self.eyes.shape(), generator.config().shape())?;
        let count = self.count;
        let (mut samples, mut passes) = (Vec::new(), Vec::new());
        for batch in generator.batches(count, seed) {
            samples.push(batch.samples.clone());
            pause().await?;
            if self.real.is_some() {
                passes.push(predict(&self.eyes, batch.samples));
                pause().await?;
            }
        }
        let nearest = distance(&self.train, Tensor::cat(samples, 0), &pause).await?;
        let Some(real) = &self.real else {
            return Ok(Quality::of_few(count, nearest));
        };
        let measured = Measured::new(gather(passes).await?)?;
        pause().await?;
        let asked = generator.config().labels(count);
        Ok(measured.quality(real, asked.as_deref(), nearest))
    }
}

/// The median distance of the first of `samples` to the training image nearest to each.
async fn distance(
    train: &Dataset,
    samples: Tensor<2>,
    pause: impl AsyncFn() -> Result<(), Error>,
) -> Result<f64, Error> {
    let [count, _] = samples.dims();
    let looked_at = samples.narrow(0, 0, count.min(LOOKED_AT));
    let mut found = nearest::search(train.samples(), looked_at, pause).await?;
    found.sort_by(|a, b| a.distance.total_cmp(&b.distance));
    Ok(found[found.len() / 2].distance.into())
}

/// The share of a dataset's images that the classifier takes for what they are.
///
/// The future does not borrow.
///
/// # Errors
///
/// `config.classes` if the dataset does not know its classes, `config.features` unless it has images as
/// the classifier takes them, `train.readback`, `metrics.…`.
pub fn accuracy(
    classifier: &Classifier,
    dataset: &Dataset,
) -> Result<impl Future<Output = Result<f64, Error>> + use<>, Error> {
    let classes = dataset.classes().ok_or(ConfigError::Unlabelled)?;
    check_read(classifier.shape(), dataset.shape())?;
    let class_count = dataset.class_count();
    let predictions = classify(&Eyes::from(classifier.clone()), dataset.samples());
    Ok(async move {
        // A one-hot row is a probability that is sure.
        let classes = Probabilities::new(read(classes).await?, class_count)?;
        let labels: Vec<u8> = classes.predictions().map(|class| class as u8).collect();
        let said = Measured::new(predictions.await?)?.probabilities;
        let said = said.expect("a classifier reads classes");
        Ok(agreement(&said, &labels))
    })
}
