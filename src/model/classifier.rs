//! A small convolutional classifier of 28×28 images: what generated digits are measured with.

use burn::module::Module;
use burn::nn::Linear;
use burn::nn::conv::Conv2d;
use burn::nn::pool::{MaxPool2d, MaxPool2dConfig};
use burn::tensor::{Device, Tensor, activation};

use super::init::draw_weights;
use super::layers::{IMAGE_SIDE, as_images, conv, linear};
use crate::kernels;
use crate::shape::SampleShape;

/// Images → 16 channels at 14×14 → 32 at 7×7 → 64 features → a logit a class.
#[derive(Module, Debug)]
pub struct Classifier {
    conv_28: Conv2d,
    conv_14: Conv2d,
    halve: MaxPool2d,
    features: Linear,
    output: Linear,
}

/// What a classifier says of images.
#[derive(Clone, Debug)]
pub struct ClassifierOutput {
    /// What its last layer sees. `[batch, Classifier::FEATURES]`
    pub features: Tensor<2>,
    /// `[batch, classes]`
    pub logits: Tensor<2>,
}

impl Classifier {
    /// Width of the layer before the last.
    pub const FEATURES: usize = 64;

    /// With weights drawn from `seed`: Glorot uniform, biases zero.
    pub fn new(classes: usize, seed: u64, device: &Device) -> Self {
        let end = IMAGE_SIDE / 4;
        let network = Self {
            conv_28: conv([1, 16], 3, 1).init(device),
            conv_14: conv([16, 32], 3, 1).init(device),
            halve: MaxPool2dConfig::new([2, 2]).with_strides([2, 2]).init(),
            features: linear(32 * end * end, Self::FEATURES, device),
            output: linear(Self::FEATURES, classes, device),
        };
        draw_weights(network, seed, device)
    }

    /// # Shapes
    ///
    /// - `samples`: `[batch, 784]`, in [-1, 1]
    pub fn forward(&self, samples: Tensor<2>) -> ClassifierOutput {
        let x = as_images(samples, SampleShape::DIGIT);
        let x = self
            .halve
            .forward(activation::relu(self.conv_28.forward(x)));
        let x = self
            .halve
            .forward(activation::relu(self.conv_14.forward(x)));
        let features = activation::relu(kernels::dense(&self.features, x.flatten(1, 3)));
        ClassifierOutput {
            logits: kernels::dense(&self.output, features.clone()),
            features,
        }
    }
}
