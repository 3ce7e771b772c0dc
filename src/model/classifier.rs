//! A small convolutional classifier of pictures: what generated ones are measured with.

use burn::module::Module;
use burn::nn::Linear;
use burn::nn::conv::Conv2d;
use burn::nn::pool::{MaxPool2d, MaxPool2dConfig};
use burn::tensor::{Device, Tensor, activation};

use super::init::draw_weights;
use super::layers::{as_images, conv, linear};
use crate::kernels;
use crate::shape::SampleShape;

/// Pictures → 3×3 convolutions, each followed by a halving, to at most 8×8 pixels of 32 channels → 64 features → a
/// logit a class. Of 28×28 pixels: 16 channels at 14×14 → 32 at 7×7.
#[derive(Module, Debug)]
pub struct Classifier {
    convs: Vec<Conv2d>,
    halve: MaxPool2d,
    features: Linear,
    output: Linear,
    #[module(skip)]
    shape: SampleShape,
}

/// What a classifier says of images.
#[derive(Clone, Debug)]
pub struct ClassifierOutput {
    /// What its last layer sees. `[batch, Classifier::FEATURES]`
    pub features: Tensor<2>,
    /// `[batch, classes]`
    pub logits: Tensor<2>,
}

/// Beyond so many pixels a side pictures are halved once more.
const END: usize = 8;

impl Classifier {
    /// Width of the layer before the last.
    pub const FEATURES: usize = 64;

    /// With weights drawn from `seed`: Glorot uniform, biases zero.
    ///
    /// # Panics
    ///
    /// Unless `shape` is a picture's.
    pub fn new(shape: SampleShape, classes: usize, seed: u64, device: &Device) -> Self {
        assert!(shape.is_image(), "samples of {shape} are no pictures");
        let (mut channels, mut height, mut width) = (shape.channels, shape.height, shape.width);
        let mut convs = Vec::new();
        while convs.is_empty() || (height.max(width) > END && height.min(width) > 1) {
            let made = if convs.is_empty() { 16 } else { 32 };
            convs.push(conv([channels, made], 3, 1).init(device));
            (channels, height, width) = (made, height / 2, width / 2);
        }
        let network = Self {
            convs,
            halve: MaxPool2dConfig::new([2, 2]).with_strides([2, 2]).init(),
            features: linear(channels * height * width, Self::FEATURES, device),
            output: linear(Self::FEATURES, classes, device),
            shape,
        };
        draw_weights(network, seed, device)
    }

    /// The shape of the pictures that it reads.
    pub fn shape(&self) -> SampleShape {
        self.shape
    }

    /// # Shapes
    ///
    /// - `samples`: `[batch, features]`, in [-1, 1]
    pub fn forward(&self, samples: Tensor<2>) -> ClassifierOutput {
        let pictures = as_images(samples, self.shape);
        let x = self.convs.iter().fold(pictures, |x, conv| {
            self.halve.forward(activation::relu(conv.forward(x)))
        });
        let features = activation::relu(kernels::dense(&self.features, x.flatten(1, 3)));
        ClassifierOutput {
            logits: kernels::dense(&self.output, features.clone()),
            features,
        }
    }
}
