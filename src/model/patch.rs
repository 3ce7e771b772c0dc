//! A discriminator of pairs, which judges them patch by patch: the PatchGAN of pix2pix (Isola et al. 2017), small. Its
//! logit is the mean of its patches' logits. No batch normalisation.

use burn::module::Module;
use burn::nn::conv::Conv2d;
use burn::tensor::{Device, Tensor};
use serde::{Deserialize, Serialize};

use super::Layer;
use super::layers::{as_images, conv};
use crate::kernels::{self, Then};
use crate::shape::SampleShape;

/// Sizes of a [`PatchDiscriminator`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PatchDiscriminatorConfig {
    /// Channels after each convolution: all but the last one halve the side.
    pub channels: Vec<usize>,
    /// Of the pictures that the generator is given.
    pub input: SampleShape,
    /// Of those that it makes.
    pub shape: SampleShape,
}

/// Pairs → half their side, and again → a logit for each place → their mean; see [`PatchDiscriminatorConfig`].
#[derive(Module, Debug)]
pub struct PatchDiscriminator {
    convs: Vec<Conv2d>,
    output: Conv2d,
    channels: usize,
    side: usize,
}

const LEAK: f64 = 0.2;

impl PatchDiscriminatorConfig {
    /// Of pairs: the input's channels before those of what was made of it.
    pub(super) fn pair(&self) -> SampleShape {
        self.shape.behind(self.input)
    }

    fn last(&self) -> usize {
        self.channels[self.channels.len() - 1]
    }

    /// Channels in and out of each convolution, and its stride.
    fn steps(&self) -> impl Iterator<Item = ([usize; 2], usize)> + '_ {
        let inputs = [self.pair().channels].into_iter();
        let inputs = inputs.chain(self.channels.iter().copied());
        let steps = inputs.zip(self.channels.iter().copied()).enumerate();
        steps.map(|(place, (input, output))| {
            let halves = place + 1 < self.channels.len();
            ([input, output], if halves { 2 } else { 1 })
        })
    }

    /// The network, weights still blank.
    pub(super) fn init(&self, device: &Device) -> PatchDiscriminator {
        let step = |(channels, stride)| conv(channels, 3, stride).init(device);
        PatchDiscriminator {
            convs: self.steps().map(step).collect(),
            output: conv([self.last(), 1], 1, 1).init(device),
            channels: self.pair().channels,
            side: self.shape.height,
        }
    }

    pub(super) fn layers(&self) -> Vec<Layer> {
        let step = |(channels, stride)| {
            [
                Layer::conv(channels, 3, stride),
                Layer::LeakyRelu { slope: LEAK },
            ]
        };
        let mut layers = vec![Layer::image(self.pair())];
        layers.extend(self.steps().flat_map(step));
        layers.extend([Layer::conv([self.last(), 1], 1, 1), Layer::Mean]);
        layers
    }
}

impl PatchDiscriminator {
    /// # Shapes
    ///
    /// `[batch, pair features]` → `[batch, 1]`
    pub(super) fn forward(&self, pairs: Tensor<2>) -> Tensor<2> {
        let mut x = as_images(pairs, SampleShape::square(self.side, self.channels));
        for conv in &self.convs {
            x = kernels::conv(conv, x, Then::LeakyRelu(LEAK));
        }
        let logits: Tensor<2> = kernels::conv(&self.output, x, Then::Nothing).flatten(1, 3);
        logits.mean_dim(1)
    }
}
