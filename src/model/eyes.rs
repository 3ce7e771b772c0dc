//! What pictures are measured by: a classifier that has learned such pictures, or random features where there is none.
//! No measures, and no training.

use burn::module::Module;
use burn::nn::conv::Conv2d;
use burn::nn::pool::{MaxPool2d, MaxPool2dConfig};
use burn::tensor::{Device, Tensor, activation};

use super::init::draw_weights;
use super::layers::{as_images, conv};
use super::{Classifier, ClassifierOutput};
use crate::shape::SampleShape;

/// What gives each picture a few numbers, by which sets of pictures can be compared.
#[derive(Clone, Debug)]
pub enum Eyes {
    /// It also reads classes.
    Classifier(Classifier),
    /// It has learned nothing.
    Random(RandomFeatures),
}

impl Eyes {
    /// Numbers of each picture.
    pub const FEATURES: usize = Classifier::FEATURES;

    /// The shape of the pictures that they see.
    pub fn shape(&self) -> SampleShape {
        match self {
            Self::Classifier(classifier) => classifier.shape(),
            Self::Random(features) => features.shape,
        }
    }

    /// Features `[batch, Eyes::FEATURES]` and, where classes are read, logits `[batch, classes]`.
    ///
    /// # Shapes
    ///
    /// - `samples`: `[batch, features]`, in [-1, 1]
    pub(crate) fn look(&self, samples: Tensor<2>) -> (Tensor<2>, Option<Tensor<2>>) {
        match self {
            Self::Classifier(classifier) => {
                let ClassifierOutput { features, logits } = classifier.forward(samples);
                (features, Some(logits))
            }
            Self::Random(features) => (features.forward(samples), None),
        }
    }
}

impl From<Classifier> for Eyes {
    fn from(classifier: Classifier) -> Self {
        Self::Classifier(classifier)
    }
}

impl From<RandomFeatures> for Eyes {
    fn from(features: RandomFeatures) -> Self {
        Self::Random(features)
    }
}

/// How strongly each filter of two convolutions answers, in the mean over all pixels; their weights are random, always
/// the same for as many channels. Such features tell sets of pictures apart where nothing is known of them (Naeem et
/// al. 2020, section 3.3).
#[derive(Module, Debug)]
pub struct RandomFeatures {
    near: Conv2d,
    halve: MaxPool2d,
    far: Conv2d,
    #[module(skip)]
    shape: SampleShape,
}

/// Filters of each of the two convolutions.
const FILTERS: usize = Eyes::FEATURES / 2;

impl RandomFeatures {
    /// For pictures of a shape: 3×3 filters on all pixels, and 3×3 ones on what these answered in each 2×2.
    ///
    /// # Panics
    ///
    /// Unless the shape is a picture's.
    pub fn new(shape: SampleShape, device: &Device) -> Self {
        assert!(shape.is_image(), "samples of {shape} are no pictures");
        let network = Self {
            near: conv([shape.channels, FILTERS], 3, 1).init(device),
            halve: MaxPool2dConfig::new([2, 2]).with_strides([2, 2]).init(),
            far: conv([FILTERS, FILTERS], 3, 1).init(device),
            shape,
        };
        draw_weights(network, 1, device)
    }

    /// # Shapes
    ///
    /// `[batch, features]`, in [-1, 1] → `[batch, Eyes::FEATURES]`
    pub fn forward(&self, samples: Tensor<2>) -> Tensor<2> {
        let near = activation::relu(self.near.forward(as_images(samples, self.shape)));
        let far = activation::relu(self.far.forward(self.halve.forward(near.clone())));
        let mean = |answers: Tensor<4>| answers.flatten::<3>(2, 3).mean_dim(2).squeeze_dim::<2>(2);
        Tensor::cat(vec![mean(near), mean(far)], 1)
    }
}
