//! A convolutional generator for 28×28 images that grows them by nearest-neighbour upsampling and
//! 3×3 convolutions: no checkerboards (Odena et al. 2016).

use burn::module::Module;
use burn::nn::conv::{Conv2d, ConvTranspose2d};
use burn::nn::{BatchNorm, Linear};
use burn::tensor::{Device, Tensor};
use serde::{Deserialize, Serialize};

use super::Layer;
use super::layers::{START_SIDE as START, batch_norm, conv, conv_transpose, linear, tanh};
use crate::kernels::{self, Then};

/// Sizes of an [`UpsampleGenerator`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UpsampleGeneratorConfig {
    /// Numbers in each latent vector.
    pub latent: usize,
    /// Classes it draws on demand; 0 for one that draws what it likes.
    pub classes: usize,
    /// Channels at 7×7, 14×14 and 28×28.
    pub channels: [usize; 3],
}

/// Latents and classes → 7×7 → 14×14 → 28×28; see [`UpsampleGeneratorConfig`].
#[derive(Module, Debug)]
pub struct UpsampleGenerator {
    /// Takes latents and one-hot classes side by side: its last rows are the class embedding.
    start: Linear,
    norm_7: BatchNorm,
    conv_14: Conv2d,
    norm_14: BatchNorm,
    conv_28: Conv2d,
    norm_28: BatchNorm,
    output: ConvTranspose2d,
    /// For the convolutions of doubled pictures.
    doubling: Tensor<2>,
    start_channels: usize,
}

impl UpsampleGeneratorConfig {
    /// The network, weights still blank.
    pub(super) fn init(&self, device: &Device) -> UpsampleGenerator {
        let [c7, c14, c28] = self.channels;
        let conv = |channels| {
            // Batch normalisation follows, and takes any bias away again.
            conv(channels, 3, 1).with_bias(false).init(device)
        };
        let norm = |features| batch_norm(features, device);
        UpsampleGenerator {
            start: linear(self.latent + self.classes, c7 * START * START, device),
            norm_7: norm(c7),
            conv_14: conv([c7, c14]),
            norm_14: norm(c14),
            conv_28: conv([c14, c28]),
            norm_28: norm(c28),
            output: conv_transpose([c28, 1], 3, 1).init(device),
            doubling: kernels::doubling(device),
            start_channels: c7,
        }
    }

    pub(super) fn layers(&self) -> Vec<Layer> {
        let [c7, c14, c28] = self.channels;
        let inputs = self.latent.saturating_add(self.classes);
        let conv = |[input, output]: [usize; 2]| Layer::Conv {
            input,
            output,
            kernel: 3,
            stride: 1,
            padding: [1, 1],
            bias: false,
            spectral: false,
        };
        let norm = |features| Layer::BatchNorm { features };
        vec![
            Layer::dense(inputs, c7.saturating_mul(START * START)),
            Layer::Reshape {
                channels: c7,
                side: START,
            },
            norm(c7),
            Layer::Relu,
            Layer::Upsample,
            conv([c7, c14]),
            norm(c14),
            Layer::Relu,
            Layer::Upsample,
            conv([c14, c28]),
            norm(c28),
            Layer::Relu,
            Layer::conv([c28, 1], 3, 1),
            Layer::Tanh,
            Layer::Flatten,
        ]
    }
}

impl UpsampleGenerator {
    /// # Shapes
    ///
    /// `[batch, latent]` and `[batch, classes]` → `[batch, 784]`
    pub(super) fn forward(&self, latents: Tensor<2>, classes: Option<Tensor<2>>) -> Tensor<2> {
        let [batch, _] = latents.dims();
        let input = match classes {
            Some(classes) => Tensor::cat(vec![latents, classes], 1),
            None => latents,
        };
        let x = kernels::dense(&self.start, input);
        let x = x.reshape([batch, self.start_channels, START, START]);
        let x = kernels::batch_norm(&self.norm_7, x, Then::Relu);
        let x = kernels::double_conv(&self.conv_14, &self.doubling, x, Then::Nothing);
        let x = kernels::batch_norm(&self.norm_14, x, Then::Relu);
        let x = kernels::double_conv(&self.conv_28, &self.doubling, x, Then::Nothing);
        let x = kernels::batch_norm(&self.norm_28, x, Then::Relu);
        // At stride 1 a transposed convolution is a convolution, and with one channel to make it
        // moves fewer numbers.
        tanh(kernels::conv_transpose(&self.output, x, Then::Nothing)).flatten(1, 3)
    }
}
