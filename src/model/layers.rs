//! What several networks are made of: layers whose weights are still blank, see
//! [`draw_weights`](super::init::draw_weights), and the images between flat rows.

use burn::nn::conv::{Conv2dConfig, ConvTranspose2dConfig};
use burn::nn::{BatchNorm, BatchNormConfig, Linear, LinearConfig, PaddingConfig2d};
use burn::tensor::{Device, Tensor};

use super::init::BLANK;
use crate::shape::SampleShape;

/// Side of the square images that the tutorials' convolutional networks are made for.
pub(super) const IMAGE_SIDE: usize = SampleShape::DIGIT.height;
/// Side of the images that their generators begin with: two doublings make [`IMAGE_SIDE`].
pub(super) const START_SIDE: usize = IMAGE_SIDE / 4;

/// How many channels networks made by rule have for images of this shape: generators begin with 6×6 to 8×8 and
/// double them once less often, discriminators halve them so often and end at 3×3 or 4×4.
pub(crate) fn stages(shape: SampleShape) -> usize {
    match shape.height {
        ..=32 => 3,
        _ => 4,
    }
}

/// How many channels a U-Net has for images of this shape: those of their own side, and of each halving down to 2×2.
pub(crate) fn unet_stages(shape: SampleShape) -> usize {
    stages(shape) + 2
}

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

/// Flat rows as images.
///
/// # Shapes
///
/// `[batch, channels · height · width]` → `[batch, channels, height, width]`
pub(super) fn as_images(samples: Tensor<2>, shape: SampleShape) -> Tensor<4> {
    let [batch, _] = samples.dims();
    samples.reshape([batch, shape.channels, shape.height, shape.width])
}

/// tanh that stays finite: some shaders compute it as (e²ˣ − 1) / (e²ˣ + 1), which is ∞ / ∞ from
/// x = 45 on. At ±15 it is ±1 to the last bit of an f32.
pub(super) fn tanh<const D: usize>(input: Tensor<D>) -> Tensor<D> {
    input.clamp(-15.0, 15.0).tanh()
}
