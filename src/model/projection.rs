//! A convolutional discriminator for square images that can be told their class: the projection
//! discriminator (Miyato & Koyama 2018). No batch normalisation.

use burn::module::Module;
use burn::nn::Linear;
use burn::nn::conv::Conv2d;
use burn::tensor::{Device, Tensor};
use serde::{Deserialize, Serialize};

use super::Layer;
use super::layers::{as_images, conv, linear};
use super::spectral::SpectralNorm;
use crate::kernels::{self, Then};
use crate::shape::SampleShape;

/// Sizes and ingredients of a [`ProjectionDiscriminator`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProjectionDiscriminatorConfig {
    /// Classes it is told; 0 for one that is told none.
    pub classes: usize,
    /// Channels after each halving of the side: for 28×28, those at 14×14, 7×7 and 4×4.
    pub channels: Vec<usize>,
    /// Whether every weight is divided by its largest singular value (Miyato et al. 2018).
    pub spectral_norm: bool,
    /// Whether the last layer also sees how much the samples around vary, four by four: minibatch
    /// standard deviation (Karras et al. 2018).
    pub minibatch_deviation: bool,
    /// Of each sample that it takes. In files only where it is not MNIST's.
    #[serde(
        default = "SampleShape::digit",
        skip_serializing_if = "SampleShape::is_digit"
    )]
    pub shape: SampleShape,
}

/// Images → half their side, and again → one logit; see [`ProjectionDiscriminatorConfig`].
#[derive(Module, Debug)]
pub struct ProjectionDiscriminator {
    convs: Vec<Conv>,
    /// Features → the logit of any class, and how much each class adds to it.
    output: Linear,
    output_norm: Option<SpectralNorm>,
    minibatch_deviation: bool,
    channels: usize,
    side: usize,
}

#[derive(Module, Debug)]
struct Conv {
    conv: Conv2d,
    norm: Option<SpectralNorm>,
}

const LEAK: f64 = 0.2;
/// Samples that are compared with one another.
pub(crate) const MINIBATCH: usize = 4;

impl ProjectionDiscriminatorConfig {
    /// Channels in and out of each halving.
    fn halvings(&self) -> impl Iterator<Item = [usize; 2]> + '_ {
        let inputs = [self.shape.channels]
            .into_iter()
            .chain(self.channels.iter().copied());
        inputs
            .zip(&self.channels)
            .map(|(input, &output)| [input, output])
    }

    /// The network, weights still blank.
    pub(super) fn init(&self, device: &Device) -> ProjectionDiscriminator {
        let spectral = |rows| self.spectral_norm.then(|| SpectralNorm::new(rows, device));
        let halve = |[input, output]: [usize; 2]| Conv {
            conv: conv([input, output], 3, 2).init(device),
            norm: spectral(output),
        };
        ProjectionDiscriminator {
            convs: self.halvings().map(halve).collect(),
            output: linear(self.output_inputs(), 1 + self.classes, device),
            output_norm: spectral(self.output_inputs()),
            minibatch_deviation: self.minibatch_deviation,
            channels: self.shape.channels,
            side: self.shape.height,
        }
    }

    fn output_inputs(&self) -> usize {
        let halve = |side: usize, _: &usize| side.div_ceil(2);
        let end = self.channels.iter().fold(self.shape.height, halve);
        let last = self.channels[self.channels.len() - 1];
        let features = last.saturating_mul(end * end);
        features.saturating_add(usize::from(self.minibatch_deviation))
    }

    pub(super) fn layers(&self) -> Vec<Layer> {
        let spectral = self.spectral_norm;
        let halve = |[input, output]: [usize; 2]| {
            let conv = Layer::Conv {
                input,
                output,
                kernel: 3,
                stride: 2,
                padding: [1, 1],
                bias: true,
                spectral,
            };
            [conv, Layer::LeakyRelu { slope: LEAK }]
        };
        let mut layers = vec![Layer::image(self.shape)];
        layers.extend(self.halvings().flat_map(halve));
        layers.push(Layer::Flatten);
        layers.extend(
            self.minibatch_deviation
                .then_some(Layer::MinibatchDeviation),
        );
        layers.push(Layer::Dense {
            input: self.output_inputs(),
            output: self.classes.saturating_add(1),
            spectral,
        });
        let classes = self.classes;
        layers.extend((classes > 0).then_some(Layer::Projection { classes }));
        layers
    }
}

impl ProjectionDiscriminator {
    /// # Shapes
    ///
    /// `[batch, features]` and `[batch, classes]` → `[batch, 1]`
    pub(super) fn forward(&self, samples: Tensor<2>, classes: Option<Tensor<2>>) -> Tensor<2> {
        let mut x = as_images(samples, SampleShape::square(self.side, self.channels));
        for conv in &self.convs {
            x = conv.forward(x);
        }
        let mut features: Tensor<2> = x.flatten(1, 3);
        if self.minibatch_deviation {
            let deviation = minibatch_deviation(features.clone());
            features = Tensor::cat(vec![features, deviation], 1);
        }
        let outputs = match &self.output_norm {
            Some(norm) => {
                let weight = self.output.weight.val();
                let scale = norm.sigma(weight.clone());
                let bias = self.output.bias.as_ref().map(|bias| bias.val());
                burn::tensor::module::linear(features, weight / scale, bias)
            }
            None => kernels::dense(&self.output, features),
        };
        match classes {
            Some(classes) => {
                let [batch, width] = outputs.dims();
                let of_class = outputs.clone().slice([0..batch, 1..width]) * classes;
                outputs.slice([0..batch, 0..1]) + of_class.sum_dim(1)
            }
            None => outputs,
        }
    }

    /// One power iteration of every spectral norm.
    pub(super) fn advance(self) -> Self {
        let weight = self.output.weight.val();
        Self {
            convs: self.convs.into_iter().map(Conv::advance).collect(),
            output_norm: self.output_norm.map(|norm| norm.advance(weight)),
            ..self
        }
    }
}

impl Conv {
    fn forward(&self, x: Tensor<4>) -> Tensor<4> {
        let Some(norm) = &self.norm else {
            return kernels::conv(&self.conv, x, Then::LeakyRelu(LEAK));
        };
        let weight = self.conv.weight.val();
        let scale = norm.sigma(weight.clone().flatten(1, 3));
        let weight = weight / scale.reshape([1; 4]);
        kernels::conv_with(&self.conv, weight, x, Then::LeakyRelu(LEAK))
    }

    fn advance(self) -> Self {
        let Self { conv, norm } = self;
        let weight = conv.weight.val();
        Self {
            norm: norm.map(|norm| norm.advance(weight.flatten(1, 3))),
            conv,
        }
    }
}

/// The features' standard deviation over [`MINIBATCH`] successive samples, a mean over the features.
/// Samples that are left over are compared with the last so many of all, or with all where these are
/// fewer.
///
/// # Shapes
///
/// `[batch, features]` → `[batch, 1]`
fn minibatch_deviation(features: Tensor<2>) -> Tensor<2> {
    let [batch, width] = features.dims();
    let size = MINIBATCH.min(batch);
    // `[groups · size, features]` → `[groups, 1, 1]`
    let of_groups = |rows: Tensor<2>, groups: usize| {
        let rows = rows.reshape([groups, size, width]);
        let difference = rows.clone() - rows.mean_dim(1);
        (difference.square().mean_dim(1) + 1e-8).sqrt().mean_dim(2)
    };
    let (groups, left) = (batch / size, batch % size);
    let whole = of_groups(features.clone().narrow(0, 0, groups * size), groups)
        .expand([groups, size, 1])
        .reshape([groups * size, 1]);
    match left {
        0 => whole,
        _ => {
            let last = of_groups(features.narrow(0, batch - size, size), 1);
            Tensor::cat(vec![whole, last.reshape([1, 1]).expand([left, 1])], 0)
        }
    }
}
