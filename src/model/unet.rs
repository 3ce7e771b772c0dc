//! A generator that makes pictures out of pictures: a U-Net (Ronneberger et al. 2015), as pix2pix has it (Isola et al.
//! 2017), small. Strided convolutions on the way down; upsampling and convolutions on the way up, each beside what the
//! way down had at that side. It draws nothing at random: of one picture it always makes the same.

use burn::module::Module;
use burn::nn::BatchNorm;
use burn::nn::conv::{Conv2d, ConvTranspose2d};
use burn::tensor::{Device, Tensor};
use serde::{Deserialize, Serialize};

use super::Layer;
use super::layers::{as_images, batch_norm, conv, conv_transpose, tanh};
use crate::kernels::{self, Then};
use crate::shape::SampleShape;

/// Sizes of a [`UNetGenerator`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UNetGeneratorConfig {
    /// Channels at each side: first at the pictures' own, then after each halving.
    pub channels: Vec<usize>,
    /// Of the pictures that it is given.
    pub input: SampleShape,
    /// Of those that it makes.
    pub shape: SampleShape,
}

/// Pictures → half their side, and again → twice the side, and again → pictures; see [`UNetGeneratorConfig`].
#[derive(Module, Debug)]
pub struct UNetGenerator {
    start: Conv2d,
    halvings: Vec<Block>,
    doublings: Vec<Block>,
    output: ConvTranspose2d,
    /// For the convolutions of doubled pictures.
    doubling: Tensor<2>,
    input_channels: usize,
    side: usize,
}

#[derive(Module, Debug)]
struct Block {
    conv: Conv2d,
    norm: BatchNorm,
}

const LEAK: f64 = 0.2;

/// What a doubling makes, and of what.
struct Doubling {
    input: usize,
    output: usize,
    /// Pixels along each side that stay of twice the side.
    side: usize,
}

impl UNetGeneratorConfig {
    /// The side after so many halvings.
    fn side(&self, halvings: usize) -> usize {
        self.shape.height.div_ceil(1 << halvings)
    }

    /// On the way up, from the smallest side. What goes in is what the last one made beside what the way down had.
    fn doublings(&self) -> Vec<Doubling> {
        let below = self.channels.len() - 1;
        let of_place = |place: usize| Doubling {
            input: match place + 1 == below {
                true => self.channels[below],
                false => self.channels[place + 1].saturating_mul(2),
            },
            output: self.channels[place],
            side: self.side(place),
        };
        (0..below).rev().map(of_place).collect()
    }

    /// The network, weights still blank.
    pub(super) fn init(&self, device: &Device) -> UNetGenerator {
        // Batch normalisation follows, and takes any bias away again.
        let block = |channels: [usize; 2], stride| Block {
            conv: conv(channels, 3, stride).with_bias(false).init(device),
            norm: batch_norm(channels[1], device),
        };
        let halve = |channels: &[usize]| block([channels[0], channels[1]], 2);
        let double = |Doubling { input, output, .. }| block([input, output], 1);
        let first = self.channels[0];
        UNetGenerator {
            start: conv([self.input.channels, first], 3, 1).init(device),
            halvings: self.channels.windows(2).map(halve).collect(),
            doublings: self.doublings().into_iter().map(double).collect(),
            output: conv_transpose([2 * first, self.shape.channels], 3, 1).init(device),
            doubling: kernels::doubling(device),
            input_channels: self.input.channels,
            side: self.shape.height,
        }
    }

    pub(super) fn layers(&self) -> Vec<Layer> {
        let plain = |input, output, stride| Layer::Conv {
            input,
            output,
            kernel: 3,
            stride,
            padding: [1, 1],
            bias: false,
            spectral: false,
        };
        let halve = |channels: &[usize]| {
            let features = channels[1];
            [
                plain(channels[0], features, 2),
                Layer::BatchNorm { features },
                Layer::LeakyRelu { slope: LEAK },
            ]
        };
        let double = |doubling: Doubling| {
            let Doubling {
                input,
                output,
                side,
            } = doubling;
            [
                Layer::Upsample,
                plain(input, output, 1),
                Layer::Crop { side },
                Layer::BatchNorm { features: output },
                Layer::Relu,
                Layer::Skip { channels: output },
            ]
        };
        let first = self.channels[0];
        let mut layers = vec![
            Layer::image(self.input),
            Layer::conv([self.input.channels, first], 3, 1),
            Layer::LeakyRelu { slope: LEAK },
        ];
        layers.extend(self.channels.windows(2).flat_map(halve));
        layers.extend(self.doublings().into_iter().flat_map(double));
        layers.extend([
            Layer::conv([first.saturating_mul(2), self.shape.channels], 3, 1),
            Layer::Tanh,
            Layer::Flatten,
        ]);
        layers
    }
}

impl UNetGenerator {
    /// # Shapes
    ///
    /// `[batch, input features]` → `[batch, features]`
    pub(super) fn forward(&self, inputs: Tensor<2>) -> Tensor<2> {
        let shape = SampleShape::square(self.side, self.input_channels);
        let leaky = Then::LeakyRelu(LEAK);
        let mut x = kernels::conv(&self.start, as_images(inputs, shape), leaky);
        let mut passed = Vec::new();
        for Block { conv, norm } in &self.halvings {
            passed.push(x.clone());
            x = kernels::batch_norm(norm, kernels::conv(conv, x, Then::Nothing), leaky);
        }
        for (Block { conv, norm }, beside) in self.doublings.iter().zip(passed.into_iter().rev()) {
            x = kernels::double_conv(conv, &self.doubling, x, Then::Nothing);
            let [_, _, side, _] = beside.dims();
            if x.dims()[2] > side {
                x = x.narrow(2, 0, side).narrow(3, 0, side);
            }
            x = kernels::batch_norm(norm, x, Then::Relu);
            x = kernels::side_by_side(x, beside);
        }
        // At stride 1 a transposed convolution is a convolution, and with few channels to make it
        // moves fewer numbers.
        tanh(kernels::conv_transpose(&self.output, x, Then::Nothing)).flatten(1, 3)
    }
}
