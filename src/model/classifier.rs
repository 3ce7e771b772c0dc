//! A small convolutional classifier of 28×28 images: what generated digits are measured with.

use burn::module::Module;
use burn::nn::conv::{Conv2d, Conv2dConfig};
use burn::nn::pool::{MaxPool2d, MaxPool2dConfig};
use burn::nn::{Linear, LinearConfig, PaddingConfig2d};
use burn::tensor::{Device, Tensor, activation};

use super::init::{BLANK, draw_weights};
use super::{IMAGE_SIDE, as_images};

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
pub struct Reading {
    /// What its last layer sees. `[batch, Classifier::FEATURES]`
    pub features: Tensor<2>,
    /// `[batch, classes]`
    pub logits: Tensor<2>,
}

impl Classifier {
    /// Width of the layer before the last.
    pub const FEATURES: usize = 64;
    /// Pixels of the images it takes.
    pub const PIXELS: usize = IMAGE_SIDE * IMAGE_SIDE;

    /// With weights drawn from `seed`: Glorot uniform, biases zero.
    pub fn new(classes: usize, seed: u64, device: &Device) -> Self {
        let conv = |channels| {
            Conv2dConfig::new(channels, [3, 3])
                .with_padding(PaddingConfig2d::Explicit(1, 1, 1, 1))
                .with_initializer(BLANK)
                .init(device)
        };
        let linear = |input, output| {
            LinearConfig::new(input, output)
                .with_initializer(BLANK)
                .init(device)
        };
        let end = IMAGE_SIDE / 4;
        let network = Self {
            conv_28: conv([1, 16]),
            conv_14: conv([16, 32]),
            halve: MaxPool2dConfig::new([2, 2]).with_strides([2, 2]).init(),
            features: linear(32 * end * end, Self::FEATURES),
            output: linear(Self::FEATURES, classes),
        };
        draw_weights(network, seed, device)
    }

    /// # Shapes
    ///
    /// - `samples`: `[batch, 784]`, in [-1, 1]
    pub fn forward(&self, samples: Tensor<2>) -> Reading {
        let x = as_images(samples);
        let x = self
            .halve
            .forward(activation::relu(self.conv_28.forward(x)));
        let x = self
            .halve
            .forward(activation::relu(self.conv_14.forward(x)));
        let features = activation::relu(self.features.forward(x.flatten(1, 3)));
        Reading {
            logits: self.output.forward(features.clone()),
            features,
        }
    }
}
