//! Dense layers in a row: generator and discriminator of most presets, and of 2-D toys.

use burn::module::Module;
use burn::nn::{BatchNorm, Linear};
use burn::tensor::{Device, Tensor, activation};
use serde::{Deserialize, Serialize};

use super::Layer;
use super::layers::{batch_norm, linear, tanh};
use crate::kernels::{self, Then};
use crate::shape::SampleShape;

/// The non-linearity after hidden layers.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Activation {
    /// max(0, x)
    Relu,
    /// x above zero, `slope`·x below.
    LeakyRelu {
        /// Slope below zero.
        slope: f64,
    },
}

impl Activation {
    pub(super) fn forward<const D: usize>(self, input: Tensor<D>) -> Tensor<D> {
        match self {
            Self::Relu => activation::relu(input),
            // slope·x + (1 − slope)·max(x, 0): on the CPU Burn has loops of its own for ReLU and its
            // gradient, and goes through masks for LeakyReLU's, at several times the cost.
            Self::LeakyRelu { slope } => {
                input.clone() * slope + activation::relu(input) * (1.0 - slope)
            }
        }
    }

    fn then(self) -> Then {
        match self {
            Self::Relu => Then::Relu,
            Self::LeakyRelu { slope } => Then::LeakyRelu(slope),
        }
    }

    fn layer(self) -> Layer {
        match self {
            Self::Relu => Layer::Relu,
            Self::LeakyRelu { slope } => Layer::LeakyRelu { slope },
        }
    }
}

/// One hidden layer of an [`MlpConfig`].
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct HiddenLayer {
    /// Number of units.
    pub width: usize,
    /// Batch normalisation (Ioffe & Szegedy 2015) between the layer and its activation.
    pub batch_norm: bool,
}

/// Sizes of an [`Mlp`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MlpConfig {
    /// Numbers in each input row.
    pub input: usize,
    /// Hidden layers, from the input on.
    pub hidden: Vec<HiddenLayer>,
    /// Activation after each hidden layer.
    pub activation: Activation,
    /// Numbers in each output row.
    pub output: usize,
    /// Whether the output goes through tanh: images are in [-1, 1], logits and points are not
    /// bounded.
    pub tanh: bool,
    /// Of the samples that a generator's output or a discriminator's input is; without one, as
    /// [`SampleShape::from`] the number has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shape: Option<SampleShape>,
}

impl MlpConfig {
    /// The shape of samples of so many numbers.
    pub(super) fn shape_of(&self, features: usize) -> SampleShape {
        self.shape.unwrap_or_else(|| features.into())
    }

    /// The network, weights still blank.
    pub(super) fn init(&self, device: &Device) -> Mlp {
        let mut input = self.input;
        let mut hidden = Vec::with_capacity(self.hidden.len());
        for layer in &self.hidden {
            hidden.push(Hidden {
                linear: linear(input, layer.width, device),
                norm: layer.batch_norm.then(|| batch_norm(layer.width, device)),
            });
            input = layer.width;
        }
        Mlp {
            hidden,
            output: linear(input, self.output, device),
            activation: self.activation,
            tanh: self.tanh,
        }
    }

    pub(super) fn layers(&self) -> Vec<Layer> {
        let mut input = self.input;
        let mut layers = Vec::new();
        for &HiddenLayer { width, batch_norm } in &self.hidden {
            layers.push(Layer::dense(input, width));
            layers.extend(batch_norm.then_some(Layer::BatchNorm { features: width }));
            layers.push(self.activation.layer());
            input = width;
        }
        layers.push(Layer::dense(input, self.output));
        layers.extend(self.tanh.then_some(Layer::Tanh));
        layers
    }

    pub(super) fn uses_batch_norm(&self) -> bool {
        self.hidden.iter().any(|layer| layer.batch_norm)
    }
}

/// Dense layers in a row; see [`MlpConfig`].
#[derive(Module, Debug)]
pub struct Mlp {
    hidden: Vec<Hidden>,
    output: Linear,
    #[module(skip)]
    activation: Activation,
    tanh: bool,
}

#[derive(Module, Debug)]
struct Hidden {
    linear: Linear,
    norm: Option<BatchNorm>,
}

impl Mlp {
    /// # Shapes
    ///
    /// `[batch, input]` → `[batch, output]`
    pub(super) fn forward(&self, input: Tensor<2>) -> Tensor<2> {
        let mut x = input;
        for layer in &self.hidden {
            x = kernels::dense(&layer.linear, x);
            x = match &layer.norm {
                Some(norm) => kernels::batch_norm(norm, x, self.activation.then()),
                None => self.activation.forward(x),
            };
        }
        let x = kernels::dense(&self.output, x);
        if self.tanh { tanh(x) } else { x }
    }

    pub(super) fn uses_batch_statistics(&self) -> bool {
        self.hidden.iter().any(|layer| layer.norm.is_some())
    }
}
