//! A convolutional generator for square images that grows them by nearest-neighbour upsampling and
//! 3×3 convolutions: no checkerboards (Odena et al. 2016).

use burn::module::Module;
use burn::nn::conv::{Conv2d, ConvTranspose2d};
use burn::nn::{BatchNorm, Linear};
use burn::tensor::{Device, Tensor};
use serde::{Deserialize, Serialize};

use super::Layer;
use super::layers::{batch_norm, conv, conv_transpose, linear, tanh};
use crate::kernels::{self, Then};
use crate::shape::SampleShape;

/// Sizes of an [`UpsampleGenerator`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UpsampleGeneratorConfig {
    /// Numbers in each latent vector.
    pub latent: usize,
    /// Classes it draws on demand; 0 for one that draws what it likes.
    pub classes: usize,
    /// Channels of the first images and after each doubling of their side: for 28×28, those at 7×7, 14×14
    /// and 28×28.
    pub channels: Vec<usize>,
    /// Of each sample that it makes. In files only where it is not MNIST's.
    #[serde(
        default = "SampleShape::digit",
        skip_serializing_if = "SampleShape::is_digit"
    )]
    pub shape: SampleShape,
}

/// Latents and classes → the first images → twice their side, and again; see [`UpsampleGeneratorConfig`].
#[derive(Module, Debug)]
pub struct UpsampleGenerator {
    /// Takes latents and one-hot classes side by side: its last rows are the class embedding.
    start: Linear,
    norm: BatchNorm,
    doublings: Vec<Doubling>,
    output: ConvTranspose2d,
    /// For the convolutions of doubled pictures.
    doubling: Tensor<2>,
    start_channels: usize,
    start_side: usize,
}

/// A convolution of images of twice the side.
#[derive(Module, Debug)]
struct Doubling {
    conv: Conv2d,
    norm: BatchNorm,
}

impl UpsampleGeneratorConfig {
    /// Side of its first images.
    fn start_side(&self) -> usize {
        self.shape.height >> (self.channels.len() - 1)
    }

    fn first(&self) -> usize {
        self.channels[0]
    }

    fn last(&self) -> usize {
        self.channels[self.channels.len() - 1]
    }

    fn first_numbers(&self) -> usize {
        let side = self.start_side();
        self.first().saturating_mul(side * side)
    }

    /// The network, weights still blank.
    pub(super) fn init(&self, device: &Device) -> UpsampleGenerator {
        let double = |channels: &[usize]| Doubling {
            // Batch normalisation follows, and takes any bias away again.
            conv: conv([channels[0], channels[1]], 3, 1)
                .with_bias(false)
                .init(device),
            norm: batch_norm(channels[1], device),
        };
        UpsampleGenerator {
            start: linear(self.latent + self.classes, self.first_numbers(), device),
            norm: batch_norm(self.first(), device),
            doublings: self.channels.windows(2).map(double).collect(),
            output: conv_transpose([self.last(), self.shape.channels], 3, 1).init(device),
            doubling: kernels::doubling(device),
            start_channels: self.first(),
            start_side: self.start_side(),
        }
    }

    pub(super) fn layers(&self) -> Vec<Layer> {
        let inputs = self.latent.saturating_add(self.classes);
        let norm = |features| [Layer::BatchNorm { features }, Layer::Relu];
        let double = |channels: &[usize]| {
            let conv = Layer::Conv {
                input: channels[0],
                output: channels[1],
                kernel: 3,
                stride: 1,
                padding: [1, 1],
                bias: false,
                spectral: false,
            };
            [[Layer::Upsample, conv], norm(channels[1])].concat()
        };
        let start = Layer::Reshape {
            channels: self.first(),
            side: self.start_side(),
        };
        let mut layers = vec![Layer::dense(inputs, self.first_numbers()), start];
        layers.extend(norm(self.first()));
        layers.extend(self.channels.windows(2).flat_map(double));
        layers.extend([
            Layer::conv([self.last(), self.shape.channels], 3, 1),
            Layer::Tanh,
            Layer::Flatten,
        ]);
        layers
    }
}

impl UpsampleGenerator {
    /// # Shapes
    ///
    /// `[batch, latent]` and `[batch, classes]` → `[batch, features]`
    pub(super) fn forward(&self, latents: Tensor<2>, classes: Option<Tensor<2>>) -> Tensor<2> {
        let [batch, _] = latents.dims();
        let input = match classes {
            Some(classes) => Tensor::cat(vec![latents, classes], 1),
            None => latents,
        };
        let x = kernels::dense(&self.start, input);
        let side = self.start_side;
        let x = x.reshape([batch, self.start_channels, side, side]);
        let mut x = kernels::batch_norm(&self.norm, x, Then::Relu);
        for Doubling { conv, norm } in &self.doublings {
            x = kernels::double_conv(conv, &self.doubling, x, Then::Nothing);
            x = kernels::batch_norm(norm, x, Then::Relu);
        }
        // At stride 1 a transposed convolution is a convolution, and with few channels to make it
        // moves fewer numbers.
        tanh(kernels::conv_transpose(&self.output, x, Then::Nothing)).flatten(1, 3)
    }
}
