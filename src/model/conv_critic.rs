//! One convolution, batch normalisation, two dense layers: the critic of `conv-critic`.

use burn::module::Module;
use burn::nn::conv::Conv2d;
use burn::nn::{BatchNorm, Linear};
use burn::tensor::{Device, Tensor, activation};
use serde::{Deserialize, Serialize};

use super::Layer;
use super::layers::{IMAGE_SIDE, as_images, batch_norm, conv, linear};
use crate::kernels::{self, Then};
use crate::shape::SampleShape;

/// Sizes of a [`ConvCritic`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConvCriticConfig {
    /// Channels of the convolution.
    pub channels: usize,
    /// Units of the dense layer.
    pub hidden: usize,
}

/// Scales what the dense layer reads. Adam moves each of its 12,544 weights a unit by the same
/// amount a step, so unscaled the unit itself would move by whole numbers at once.
const DENSE_GAIN: f64 = 0.05;

/// 28×28 → 14×14 → dense → one logit; see [`ConvCriticConfig`].
#[derive(Module, Debug)]
pub struct ConvCritic {
    conv: Conv2d,
    norm: BatchNorm,
    hidden: Linear,
    output: Linear,
}

impl ConvCriticConfig {
    /// The network, weights still blank.
    pub(super) fn init(&self, device: &Device) -> ConvCritic {
        let side = IMAGE_SIDE / 2;
        ConvCritic {
            conv: conv([1, self.channels], 5, 2).init(device),
            norm: batch_norm(self.channels, device),
            hidden: linear(self.channels * side * side, self.hidden, device),
            output: linear(self.hidden, 1, device),
        }
    }

    pub(super) fn layers(&self) -> Vec<Layer> {
        let side = IMAGE_SIDE / 2;
        vec![
            Layer::image(SampleShape::DIGIT),
            Layer::conv([1, self.channels], 5, 2),
            Layer::Relu,
            Layer::BatchNorm {
                features: self.channels,
            },
            Layer::Flatten,
            Layer::Scale { factor: DENSE_GAIN },
            Layer::dense(self.channels.saturating_mul(side * side), self.hidden),
            Layer::Relu,
            Layer::dense(self.hidden, 1),
        ]
    }
}

impl ConvCritic {
    /// # Shapes
    ///
    /// `[batch, 784]` → `[batch, 1]`
    pub(super) fn forward(&self, samples: Tensor<2>) -> Tensor<2> {
        let x = kernels::conv(
            &self.conv,
            as_images(samples, SampleShape::DIGIT),
            Then::Relu,
        );
        let x = kernels::batch_norm(&self.norm, x, Then::Nothing);
        let x = activation::relu(kernels::dense(&self.hidden, x.flatten(1, 3) * DENSE_GAIN));
        kernels::dense(&self.output, x)
    }
}
