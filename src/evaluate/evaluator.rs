//! A generator's samples, measured with a classifier beside held-out real images.

use burn::tensor::{Tensor, TensorData};
use serde::{Deserialize, Serialize};

use super::predictions::{Predictions, classify, gather, predict};
use super::{Verdict, nearest};
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
use crate::shape::SampleShape;

/// What was measured of a generator. All but `nearest` and `detail` needs 65 held-out images and as many to learn from,
/// and `score`, `modes` and `agreement` a classifier.
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
    /// Median over the same samples of how far a pixel is from the mean of its four neighbours, in the mean over all
    /// pixels: little where samples are blurred, much where they are noise. 0 of pictures without inner pixels.
    pub detail: f64,
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
    /// What as many training images get, spread over all and measured as if they were samples.
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

    fn quality(&self, real: &Self, asked: Option<&[u8]>, near: Near) -> Quality {
        let said = self.probabilities.as_ref();
        Quality {
            classifier_frechet: Some(frechet_distance(&real.features, &self.features)),
            score: said.map(classifier_score),
            modes: said.map(mode_coverage),
            agreement: said
                .zip(asked)
                .map(|(said, labels)| agreement(said, labels)),
            precision_recall: Some(real.manifold.compare(&self.manifold)),
            ..Quality::of_few(self.features.count(), near)
        }
    }
}

/// What few pictures tell too.
#[derive(Clone, Copy)]
struct Near {
    nearest: f64,
    detail: f64,
}

impl Quality {
    /// Of too few images for more.
    fn of_few(count: usize, Near { nearest, detail }: Near) -> Self {
        Self {
            count,
            classifier_frechet: None,
            score: None,
            modes: None,
            agreement: None,
            precision_recall: None,
            nearest,
            detail,
        }
    }
}

impl Evaluator {
    /// The fewest held-out images, and images to learn from, of which more is measured than what few tell.
    pub const FEWEST: usize = FEWEST;

    /// Reads all of `held_out`, and as many images of `train`, spread over all, in pieces with a `pause` after each.
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
        // Folders come class after class.
        let images = spread(train.samples(), count);
        let shape = train.shape();
        let near = Near {
            nearest: distance(train, held_out.samples(), &pause).await?,
            detail: detail(images.clone(), shape).await?,
        };
        if count < FEWEST {
            return Ok(Self {
                of_real: Quality::of_few(count, near),
                real: None,
                count,
                train: train.clone(),
                eyes,
            });
        }
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
            of_real: images.quality(&real, None, near),
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
        let mut samples = Vec::new();
        for batch in generator.batches(self.count, seed) {
            samples.push(batch.samples);
            pause().await?;
        }
        let asked = generator.config().labels(self.count);
        let samples = Tensor::cat(samples, 0);
        self.judge(samples, asked.as_deref(), pause).await
    }

    /// Measures samples, whoever drew them, in pieces with a `pause` after each.
    ///
    /// - `asked`: the class that each was asked for
    ///
    /// # Shapes
    ///
    /// - `samples`: `[count, features]`, in [-1, 1]
    ///
    /// # Errors
    ///
    /// `metrics.…`, `train.readback`, and those of `pause`.
    pub async fn judge(
        &self,
        samples: Tensor<2>,
        asked: Option<&[u8]>,
        pause: impl AsyncFn() -> Result<(), Error>,
    ) -> Result<Quality, Error> {
        let near = Near {
            nearest: distance(&self.train, samples.clone(), &pause).await?,
            detail: detail(samples.clone(), self.train.shape()).await?,
        };
        let Some(real) = &self.real else {
            let [count, _] = samples.dims();
            return Ok(Quality::of_few(count, near));
        };
        let mut passes = Vec::new();
        for some in samples.split(PASS, 0) {
            passes.push(predict(&self.eyes, some));
            pause().await?;
        }
        let measured = Measured::new(gather(passes).await?)?;
        pause().await?;
        Ok(measured.quality(real, asked, near))
    }

    /// What samples are that got such a [`measure`](Self::measure); see [`Verdict::of`].
    pub fn verdict(&self, samples: &Quality) -> Option<Verdict> {
        Verdict::of(samples, &self.of_real)
    }
}

/// So many of all, equally far from each other.
fn spread(all: Tensor<2>, count: usize) -> Tensor<2> {
    let [there, _] = all.dims();
    let places: Vec<i64> = (0..count).map(|i| (i * there / count) as i64).collect();
    let places = Tensor::from_data(TensorData::new(places, [count]), &all.device());
    all.select(0, places)
}

/// The first of some, as many as are looked at.
fn looked_at(samples: Tensor<2>) -> Tensor<2> {
    let [count, _] = samples.dims();
    samples.narrow(0, 0, count.min(LOOKED_AT))
}

/// The median distance of the first of `samples` to the training image nearest to each.
async fn distance(
    train: &Dataset,
    samples: Tensor<2>,
    pause: impl AsyncFn() -> Result<(), Error>,
) -> Result<f64, Error> {
    let found = nearest::search(train.samples(), looked_at(samples), pause).await?;
    Ok(median(found.iter().map(|one| one.distance)))
}

/// See [`Quality::detail`].
async fn detail(samples: Tensor<2>, shape: SampleShape) -> Result<f64, Error> {
    let SampleShape {
        height,
        width,
        channels,
    } = shape;
    if height.min(width) < 3 {
        return Ok(0.0);
    }
    let samples = looked_at(samples);
    let [count, _] = samples.dims();
    let pictures = samples.reshape([count, channels, height, width]);
    let [high, wide] = [height - 2, width - 2];
    let inside = |down: usize, right: usize| {
        (pictures.clone())
            .narrow(2, down, high)
            .narrow(3, right, wide)
    };
    let neighbours = inside(0, 1) + inside(2, 1) + inside(1, 0) + inside(1, 2);
    let apart = (inside(1, 1) - neighbours / 4.0).abs();
    let of_each = read(apart.flatten::<2>(1, 3).mean_dim(1)).await?;
    Ok(median(of_each.into_iter()))
}

/// Of several, at least one; of an even number the upper one.
fn median(values: impl Iterator<Item = f32>) -> f64 {
    let mut values: Vec<_> = values.collect();
    values.sort_by(f32::total_cmp);
    values[values.len() / 2].into()
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
