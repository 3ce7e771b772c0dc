//! Convolutions as layers: which side is written, what the weight is, what the activation is, and
//! all gradients. Plain numbers, channels last.

use super::conv::{before_activation, fold, fold_gradient, gather, scatter, weight_gradient};
use super::geometry::Geometry;
use super::tile::Finish;

/// Which convolution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// With a weight `[out, in, height, width]`.
    Plain,
    /// Transposed, with a weight `[in, out, height, width]`.
    Transposed,
    /// Of pixels that are doubled in both directions, with a weight `[out, in, 3, 3]`, stride 1 and
    /// padding 1.
    Doubling,
}

/// A convolution and the activation behind it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Layer {
    pub kind: Kind,
    pub stride: usize,
    pub padding: usize,
    /// Factor of what is below zero: 1 for no activation, 0 for ReLU.
    pub slope: f32,
}

/// What a layer's gradients are made of.
pub struct Seen<'a> {
    /// `[batch, height, width, channels]`, as the output and its gradient are.
    pub input: &'a [f32],
    pub weight: &'a [f32],
    pub output: &'a [f32],
    pub gradient: &'a [f32],
}

impl Layer {
    /// Sizes on both sides.
    ///
    /// - `input`: batch, channels, height, width
    /// - `weight`: as [`Kind`] says
    pub fn geometry(
        &self,
        [batch, channels, height, width]: [usize; 4],
        weight: [usize; 4],
    ) -> Geometry {
        let Self {
            kind,
            stride,
            padding,
            ..
        } = *self;
        let input = [height, width, channels];
        match kind {
            Kind::Plain => {
                let side = |side: usize, kernel: usize| (side + 2 * padding - kernel) / stride + 1;
                let [out, _, kernel_height, kernel_width] = weight;
                Geometry {
                    batch,
                    small: [side(height, kernel_height), side(width, kernel_width), out],
                    large: input,
                    kernel: [kernel_height, kernel_width],
                    stride,
                    padding,
                }
            }
            Kind::Transposed => {
                let side = |side: usize, kernel: usize| (side - 1) * stride + kernel - 2 * padding;
                let [_, out, kernel_height, kernel_width] = weight;
                Geometry {
                    batch,
                    small: input,
                    large: [side(height, kernel_height), side(width, kernel_width), out],
                    kernel: [kernel_height, kernel_width],
                    stride,
                    padding,
                }
            }
            Kind::Doubling => Geometry {
                batch,
                small: input,
                large: [2 * height, 2 * width, weight[0]],
                kernel: [4, 4],
                stride: 2,
                padding: 1,
            },
        }
    }

    /// Height, width and channels of what comes out.
    pub fn output(&self, geometry: &Geometry) -> [usize; 3] {
        match self.kind {
            Kind::Plain => geometry.small,
            Kind::Transposed | Kind::Doubling => geometry.large,
        }
    }

    pub fn forward(
        &self,
        geometry: &Geometry,
        input: &[f32],
        weight: &[f32],
        bias: &[f32],
    ) -> Vec<f32> {
        let finish = Finish {
            bias: Some(bias),
            slope: self.slope,
        };
        match self.kind {
            Kind::Plain => gather(geometry, input, weight, finish),
            Kind::Transposed => scatter(geometry, input, weight, finish),
            Kind::Doubling => scatter(geometry, input, &folded(geometry, weight), finish),
        }
    }

    /// The gradients of input, weight and bias; of the first two only where they are wanted.
    pub fn gradients(
        &self,
        geometry: &Geometry,
        seen: Seen,
        [wants_input, wants_weight]: [bool; 2],
    ) -> (Option<Vec<f32>>, Option<Vec<f32>>, Vec<f32>) {
        let Seen {
            input,
            weight,
            output,
            gradient,
        } = seen;
        let channels = self.output(geometry)[2];
        let (gradient, bias) = before_activation(output, gradient, channels, self.slope);
        let gradient: &[f32] = &gradient;
        let none = Finish {
            bias: None,
            slope: 1.0,
        };
        let of_input = wants_input.then(|| match self.kind {
            Kind::Plain => scatter(geometry, gradient, weight, none),
            Kind::Transposed => gather(geometry, gradient, weight, none),
            Kind::Doubling => gather(geometry, gradient, &folded(geometry, weight), none),
        });
        let of_weight = wants_weight.then(|| match self.kind {
            Kind::Plain => weight_gradient(geometry, gradient, input),
            Kind::Transposed => weight_gradient(geometry, input, gradient),
            Kind::Doubling => {
                fold_gradient(&weight_gradient(geometry, input, gradient), ends(geometry))
            }
        });
        (of_input, of_weight, bias)
    }
}

fn folded(geometry: &Geometry, weight: &[f32]) -> Vec<f32> {
    fold(weight, ends(geometry))
}

/// Channels out of and into a [`Kind::Doubling`].
fn ends(geometry: &Geometry) -> [usize; 2] {
    [geometry.large[2], geometry.small[2]]
}
