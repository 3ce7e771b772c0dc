//! What several networks are made of: layers whose weights are still blank, see
//! [`draw_weights`](super::init::draw_weights), and the images between flat rows.

use burn::nn::conv::{Conv2dConfig, ConvTranspose2dConfig};
use burn::nn::{BatchNorm, BatchNormConfig, Linear, LinearConfig, PaddingConfig2d};
use burn::tensor::{Device, Tensor};

use super::init::BLANK;
use crate::shape::SampleShape;

/// Side of the square images that the convolutional networks are made for.
pub(super) const IMAGE_SIDE: usize = SampleShape::DIGIT.height;
/// Side of the images that generators begin with: two doublings make [`IMAGE_SIDE`].
pub(super) const START_SIDE: usize = IMAGE_SIDE / 4;

pub(super) fn linear(input: usize, output: usize, device: &Device) -> Linear {
    LinearConfig::new(input, output)
        .with_initializer(BLANK)
        .init(device)
}

pub(super) fn batch_norm(features: usize, device: &Device) -> BatchNorm {
    BatchNormConfig::new(features).init(device)
}

/// With zeros around the images, so that a stride of 1 keeps their side.
///
/// - `channels`: in, out
/// - `kernel`: its side, odd
pub(super) fn conv(channels: [usize; 2], kernel: usize, stride: usize) -> Conv2dConfig {
    let around = kernel / 2;
    Conv2dConfig::new(channels, [kernel, kernel])
        .with_stride([stride, stride])
        .with_padding(PaddingConfig2d::Explicit(around, around, around, around))
        .with_initializer(BLANK)
}

/// One pixel is cut off all around.
///
/// - `channels`: in, out
/// - `kernel`: its side
pub(super) fn conv_transpose(
    channels: [usize; 2],
    kernel: usize,
    stride: usize,
) -> ConvTranspose2dConfig {
    ConvTranspose2dConfig::new(channels, [kernel, kernel])
        .with_stride([stride, stride])
        .with_padding([1, 1])
        .with_initializer(BLANK)
}

/// Flat rows as one-channel images.
///
/// # Shapes
///
/// `[batch, 784]` → `[batch, 1, 28, 28]`
pub(super) fn as_images(samples: Tensor<2>) -> Tensor<4> {
    let [batch, _] = samples.dims();
    samples.reshape([batch, 1, IMAGE_SIDE, IMAGE_SIDE])
}

/// tanh that stays finite: some shaders compute it as (e²ˣ − 1) / (e²ˣ + 1), which is ∞ / ∞ from
/// x = 45 on. At ±15 it is ±1 to the last bit of an f32.
pub(super) fn tanh<const D: usize>(input: Tensor<D>) -> Tensor<D> {
    input.clamp(-15.0, 15.0).tanh()
}
