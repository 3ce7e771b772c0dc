//! What networks are made of, layer by layer, as data: what the page writes code from, and what is counted
//! before anything is allocated. Nothing here computes; [`layers`](super::layers) makes the layers.

use serde::Serialize;

use crate::shape::SampleShape;

/// One layer; batches go through as rows `[batch, features]` or as images `[batch, channels, side, side]`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Layer {
    /// Weights and a bias, on rows.
    Dense {
        /// Numbers in each row.
        input: usize,
        /// Numbers in each row that it makes.
        output: usize,
        /// Whether its weights are divided by their largest singular value.
        spectral: bool,
    },
    /// A convolution of images.
    Conv {
        /// Channels.
        input: usize,
        /// Channels that it makes.
        output: usize,
        /// Side of the kernel.
        kernel: usize,
        /// Pixels from one place of the kernel to the next.
        stride: usize,
        /// Zeros around, before and after.
        padding: [usize; 2],
        /// Whether it has a bias.
        bias: bool,
        /// As a dense layer's.
        spectral: bool,
    },
    /// A transposed convolution 4×4 of stride 2, without bias: doubles the side.
    ConvTranspose {
        /// Channels.
        input: usize,
        /// Channels that it makes.
        output: usize,
    },
    /// Batch normalisation, of each number of a row or each channel.
    BatchNorm {
        /// Numbers of a row, or channels.
        features: usize,
    },
    /// max(0, x)
    Relu,
    /// x above zero, `slope`·x below.
    LeakyRelu {
        /// Slope below zero.
        slope: f64,
    },
    /// tanh(x)
    Tanh,
    /// Rows as images.
    Reshape {
        /// Channels.
        channels: usize,
        /// Pixels along each side.
        side: usize,
    },
    /// Nearest neighbours: doubles the side.
    Upsample,
    /// `factor`·x
    Scale {
        /// The factor.
        factor: f64,
    },
    /// The images' first pixels along each side.
    Crop {
        /// So many.
        side: usize,
    },
    /// What the way down had at this side, as further channels.
    Skip {
        /// So many.
        channels: usize,
    },
    /// Images as rows.
    Flatten,
    /// The mean over an image: one number a row.
    Mean,
    /// The standard deviation over neighbouring samples, as one more number of each row.
    MinibatchDeviation,
    /// The first number and that of the class, added: one number a row.
    Projection {
        /// Classes.
        classes: usize,
    },
}

/// A network's layers, and what goes in.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Structure {
    /// Numbers in each row.
    pub input: usize,
    /// Numbers in each row that it makes.
    pub output: usize,
    /// Classes that it is told, as one-hot rows; 0 for none.
    pub classes: usize,
    /// Whether these stand beside its input.
    pub joins_classes: bool,
    /// In the order in which samples pass through them.
    pub layers: Vec<Layer>,
}

/// A layer, and what it asks for.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CountedLayer {
    /// The layer.
    #[serde(flatten)]
    pub layer: Layer,
    /// Of what it makes of one sample: its numbers, or channels and twice the side.
    pub shape: Vec<usize>,
    /// Numbers that it learns: weights, biases, and the scales and shifts of batch normalisation.
    pub parameters: u64,
    /// Multiplications for one sample, but for those of activations and normalisation.
    pub multiplications: u64,
}

/// What a network asks for. More than a `u64` holds is `u64::MAX`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Weights, without biases and batch normalisation: 0 if a layer has none.
    pub weights: u64,
    /// Numbers that all layers together make of one sample.
    pub activations: u64,
}

/// What a layer asks for.
struct Cost {
    /// Channels and side, where it makes images.
    image: Option<[usize; 2]>,
    /// 0 where it has none to have.
    weights: u64,
    /// Numbers that it makes of one sample, where these are new ones to be kept.
    makes: u64,
    /// How often one sample makes use of each weight.
    uses: u64,
}

impl Layer {
    /// Rows as square images.
    pub(super) const fn image(shape: SampleShape) -> Self {
        Self::Reshape {
            channels: shape.channels,
            side: shape.height,
        }
    }

    pub(super) const fn dense(input: usize, output: usize) -> Self {
        Self::Dense {
            input,
            output,
            spectral: false,
        }
    }

    /// A convolution with a bias and with zeros around, so that a stride of 1 keeps the side.
    ///
    /// - `channels`: in, out
    /// - `kernel`: its side, odd
    pub(super) const fn conv([input, output]: [usize; 2], kernel: usize, stride: usize) -> Self {
        Self::Conv {
            input,
            output,
            kernel,
            stride,
            padding: [kernel / 2; 2],
            bias: true,
            spectral: false,
        }
    }

    /// Numbers that it learns besides weights.
    const fn others(&self) -> u64 {
        match *self {
            Self::Dense { output, .. }
            | Self::Conv {
                output, bias: true, ..
            } => output as u64,
            Self::BatchNorm { features } => 2 * features as u64,
            _ => 0,
        }
    }

    const fn has_weights(&self) -> bool {
        matches!(
            self,
            Self::Dense { .. } | Self::Conv { .. } | Self::ConvTranspose { .. }
        )
    }
}

impl Structure {
    /// What it asks for; counted, so that nothing needs to be allocated to find out.
    pub(crate) fn size(&self) -> Size {
        let costs = self.costs();
        let sum = |of: fn(&Cost) -> u64| costs.iter().map(of).fold(0, u64::saturating_add);
        let weighing = self.layers.iter().zip(&costs);
        let is_empty = weighing
            .into_iter()
            .any(|(layer, cost)| layer.has_weights() && cost.weights == 0);
        Size {
            weights: if is_empty {
                0
            } else {
                sum(|cost| cost.weights)
            },
            activations: sum(|cost| cost.makes),
        }
    }

    /// Its layers with what each asks for. The first number of what passes through a row's layers is that of
    /// the last dense one.
    pub fn counted(&self) -> Vec<CountedLayer> {
        let mut numbers = self.input + if self.joins_classes { self.classes } else { 0 };
        let count = |(layer, cost): (&Layer, Cost)| {
            numbers = match *layer {
                Layer::Dense { output, .. } => output,
                Layer::MinibatchDeviation => numbers.saturating_add(1),
                Layer::Projection { .. } | Layer::Mean => 1,
                _ => cost.image.map_or(numbers, |[channels, side]| {
                    channels.saturating_mul(side).saturating_mul(side)
                }),
            };
            CountedLayer {
                layer: *layer,
                shape: cost
                    .image
                    .map_or(vec![numbers], |[channels, side]| vec![channels, side, side]),
                parameters: cost.weights.saturating_add(layer.others()),
                multiplications: cost.weights.saturating_mul(cost.uses),
            }
        };
        self.layers.iter().zip(self.costs()).map(count).collect()
    }

    /// Multiplications for one sample on its way through: of all layers, and of the first alone.
    pub(crate) fn multiplications(&self) -> [u64; 2] {
        let costs = self.costs();
        let mut each = costs
            .iter()
            .map(|cost| cost.weights.saturating_mul(cost.uses))
            .filter(|&count| count > 0);
        let first = each.next().unwrap_or(0);
        [each.fold(first, u64::saturating_add), first]
    }

    /// Of each layer, for images of the sides that come to it.
    fn costs(&self) -> Vec<Cost> {
        let mut image: Option<[usize; 2]> = None;
        let pixels =
            |image: Option<[usize; 2]>| image.map_or(0, |[_, side]| product(&[side, side]));
        let numbers = |image: Option<[usize; 2]>| {
            image.map_or(0, |[channels, side]| product(&[channels, side, side]))
        };
        let cost = |layer: &Layer| {
            let given = image;
            let side = image.map_or(0, |[_, side]| side);
            // Weights, numbers that it makes, how often a sample uses each weight.
            let (weights, makes, uses) = match *layer {
                Layer::Dense { input, output, .. } => {
                    image = None;
                    (product(&[input, output]), output as u64, 1)
                }
                Layer::Conv {
                    input,
                    output,
                    kernel,
                    stride,
                    padding: [before, after],
                    ..
                } => {
                    image = Some([output, (side + before + after - kernel) / stride + 1]);
                    let weights = product(&[input, output, kernel, kernel]);
                    (weights, numbers(image), pixels(image))
                }
                // Multiplies each pixel that it is given with all its weights.
                Layer::ConvTranspose { input, output } => {
                    image = Some([output, 2 * side]);
                    (
                        product(&[input, output, 4, 4]),
                        numbers(image),
                        pixels(given),
                    )
                }
                Layer::Upsample => {
                    image = image.map(|[channels, side]| [channels, 2 * side]);
                    (0, numbers(image), 0)
                }
                Layer::Reshape { channels, side } => {
                    image = Some([channels, side]);
                    (0, 0, 0)
                }
                Layer::Crop { side } => {
                    image = image.map(|[channels, _]| [channels, side]);
                    (0, 0, 0)
                }
                Layer::Skip { channels } => {
                    image = image.map(|[own, side]| [own.saturating_add(channels), side]);
                    (0, numbers(image), 0)
                }
                Layer::Flatten | Layer::Mean => {
                    image = None;
                    (0, 0, 0)
                }
                _ => (0, 0, 0),
            };
            Cost {
                image,
                weights,
                makes,
                uses,
            }
        };
        self.layers.iter().map(cost).collect()
    }
}

fn product(factors: &[usize]) -> u64 {
    let factors = factors.iter().map(|&factor| factor as u64);
    factors.fold(1, u64::saturating_mul)
}
