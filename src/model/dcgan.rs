//! The convolutional pair for 28×28 images, after DCGAN (Radford, Metz & Chintala 2016).

use burn::module::Module;
use burn::nn::conv::{Conv2d, ConvTranspose2d};
use burn::nn::{BatchNorm, Linear};
use burn::tensor::{Device, Tensor, activation};
use serde::{Deserialize, Serialize};

use super::Layer;
use super::layers::{
    IMAGE_SIDE, START_SIDE as START, as_images, batch_norm, conv, conv_transpose, linear, tanh,
};
use crate::kernels::{self, Then};
use crate::shape::SampleShape;

/// Sizes of a [`DcganGenerator`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DcganGeneratorConfig {
    /// Numbers in each latent vector.
    pub latent: usize,
    /// Units of the dense layer before the images begin.
    pub hidden: usize,
    /// Channels at 7×7, 14×14 and 28×28.
    pub channels: [usize; 3],
}

/// Latents → 7×7 → 14×14 → 28×28; see [`DcganGeneratorConfig`].
#[derive(Module, Debug)]
pub struct DcganGenerator {
    hidden: Linear,
    start: Linear,
    norm_7: BatchNorm,
    up_14: ConvTranspose2d,
    norm_14: BatchNorm,
    up_28: ConvTranspose2d,
    norm_28: BatchNorm,
    output: ConvTranspose2d,
    start_channels: usize,
}

impl DcganGeneratorConfig {
    /// The network, weights still blank.
    pub(super) fn init(&self, device: &Device) -> DcganGenerator {
        let [c7, c14, c28] = self.channels;
        // Kernel 4, stride 2, padding 1: doubles the side, and the kernel is a multiple of the
        // stride, so every pixel gets the same number of contributions.
        let double = |channels| {
            // Batch normalisation follows, and takes any bias away again.
            let layer = conv_transpose(channels, 4, 2).with_bias(false);
            layer.init(device)
        };
        let norm = |features| batch_norm(features, device);
        DcganGenerator {
            hidden: linear(self.latent, self.hidden, device),
            start: linear(self.hidden, c7 * START * START, device),
            norm_7: norm(c7 * START * START),
            up_14: double([c7, c14]),
            norm_14: norm(c14),
            up_28: double([c14, c28]),
            norm_28: norm(c28),
            output: conv_transpose([c28, 1], 4, 1).init(device),
            start_channels: c7,
        }
    }

    pub(super) fn layers(&self) -> Vec<Layer> {
        let [c7, c14, c28] = self.channels;
        let start = c7.saturating_mul(START * START);
        let norm = |features| Layer::BatchNorm { features };
        vec![
            Layer::dense(self.latent, self.hidden),
            Layer::Relu,
            Layer::dense(self.hidden, start),
            norm(start),
            Layer::Relu,
            Layer::Reshape {
                channels: c7,
                side: START,
            },
            Layer::ConvTranspose {
                input: c7,
                output: c14,
            },
            norm(c14),
            Layer::Relu,
            Layer::ConvTranspose {
                input: c14,
                output: c28,
            },
            norm(c28),
            Layer::Relu,
            Layer::Conv {
                input: c28,
                output: 1,
                kernel: 4,
                stride: 1,
                padding: [1, 2],
                bias: true,
                spectral: false,
            },
            Layer::Tanh,
            Layer::Flatten,
        ]
    }
}

impl DcganGenerator {
    /// # Shapes
    ///
    /// `[batch, latent]` → `[batch, 784]`
    pub(super) fn forward(&self, latents: Tensor<2>) -> Tensor<2> {
        let [batch, _] = latents.dims();
        let x = activation::relu(kernels::dense(&self.hidden, latents));
        // Unit by unit, not channel by channel: a picture that all latents share is taken out.
        let x = kernels::batch_norm(&self.norm_7, kernels::dense(&self.start, x), Then::Relu);
        let x = x.reshape([batch, self.start_channels, START, START]);
        let x = kernels::conv_transpose(&self.up_14, x, Then::Nothing);
        let x = kernels::batch_norm(&self.norm_14, x, Then::Relu);
        let x = kernels::conv_transpose(&self.up_28, x, Then::Nothing);
        let x = kernels::batch_norm(&self.norm_28, x, Then::Relu);
        // At stride 1 a transposed convolution is a convolution with its kernel turned round, and
        // with one channel to make it moves a sixteenth of the numbers. Zeros around: one before, two
        // after; the layer's padding leaves one row and one column too many. (Burn's `pad` uploads
        // its zeros, which no step may.)
        let x = kernels::conv_transpose(&self.output, x, Then::Nothing);
        let x = x.slice([0..batch, 0..1, 1..IMAGE_SIDE + 1, 1..IMAGE_SIDE + 1]);
        tanh(x).flatten(1, 3)
    }
}

/// Sizes of a [`DcganDiscriminator`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DcganDiscriminatorConfig {
    /// Channels at 14×14 and 7×7.
    pub channels: [usize; 2],
}

/// 28×28 → 14×14 → 7×7 → one logit; see [`DcganDiscriminatorConfig`].
#[derive(Module, Debug)]
pub struct DcganDiscriminator {
    down_14: Conv2d,
    down_7: Conv2d,
    output: Linear,
}

impl DcganDiscriminatorConfig {
    /// The network, weights still blank.
    pub(super) fn init(&self, device: &Device) -> DcganDiscriminator {
        let [c14, c7] = self.channels;
        let halve = |channels| conv(channels, 3, 2).init(device);
        DcganDiscriminator {
            down_14: halve([1, c14]),
            down_7: halve([c14, c7]),
            output: linear(c7 * START * START, 1, device),
        }
    }

    pub(super) fn layers(&self) -> Vec<Layer> {
        let [c14, c7] = self.channels;
        vec![
            Layer::image(SampleShape::DIGIT),
            Layer::conv([1, c14], 3, 2),
            Layer::Relu,
            Layer::conv([c14, c7], 3, 2),
            Layer::Relu,
            Layer::Flatten,
            Layer::dense(c7.saturating_mul(START * START), 1),
        ]
    }
}

impl DcganDiscriminator {
    /// # Shapes
    ///
    /// `[batch, 784]` → `[batch, 1]`
    pub(super) fn forward(&self, samples: Tensor<2>) -> Tensor<2> {
        let x = kernels::conv(
            &self.down_14,
            as_images(samples, SampleShape::DIGIT),
            Then::Relu,
        );
        let x = kernels::conv(&self.down_7, x, Then::Relu);
        kernels::dense(&self.output, x.flatten(1, 3))
    }
}
