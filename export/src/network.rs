//! A generator read from its blueprint and its safetensors: layer by layer, each with its numbers, in one layout
//! whatever the file's is.

use half::{bf16, f16};
use safetensors::SafeTensors;
use safetensors::tensor::{Dtype, TensorView};
use serde::Deserialize;

/// Why a generator cannot be exported.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The layers are not told as this version knows them.
    #[error("the generator's layers are not understood: {0}")]
    Blueprint(#[from] serde_json::Error),
    /// The file is damaged.
    #[error("the generator's file is damaged: {0}")]
    Damaged(#[from] safetensors::SafeTensorError),
    /// A tensor is not as its layer needs it.
    #[error("the generator's file has no \"{name}\" of {count} numbers")]
    Tensor {
        /// Of the tensor.
        name: String,
        /// That it should have.
        count: usize,
    },
    /// It makes pictures out of others.
    #[error("this generator is given a picture, which a page has no place for: take ONNX")]
    NeedsPicture,
    /// Its samples are points.
    #[error("this generator draws no pictures, so no page can show them: take ONNX")]
    NoPictures,
    /// It is too large.
    #[error("this generator is too large for one page of {limit} bytes: take ONNX")]
    TooLarge {
        /// Bytes that a page may have.
        limit: usize,
    },
}

/// A `Blueprint`: what is not read of it is the counting.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Blueprint {
    input: usize,
    output: usize,
    classes: usize,
    shape: Shape,
    layers: Vec<Placed>,
}

/// Of a sample.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(crate) struct Shape {
    pub(crate) height: usize,
    pub(crate) width: usize,
    pub(crate) channels: usize,
}

#[derive(Deserialize)]
struct Placed {
    #[serde(flatten)]
    kind: Kind,
    place: Option<Place>,
}

#[derive(Deserialize)]
struct Place {
    module: String,
    turned: bool,
}

/// The layers that generators have.
#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum Kind {
    Dense {
        input: usize,
        output: usize,
    },
    Conv {
        input: usize,
        output: usize,
        kernel: usize,
        stride: usize,
        padding: [usize; 2],
        bias: bool,
    },
    ConvTranspose {
        input: usize,
        output: usize,
    },
    BatchNorm {
        features: usize,
    },
    Relu,
    LeakyRelu {
        slope: f32,
    },
    Tanh,
    Reshape {
        channels: usize,
        side: usize,
    },
    Upsample,
    Scale {
        factor: f32,
    },
    Crop {
        side: usize,
    },
    Skip,
    Flatten,
}

/// A layer with its numbers.
pub(crate) enum Layer {
    /// `weight`: `[output, input]`, `bias`: `[output]`
    Dense {
        input: usize,
        output: usize,
        weight: Vec<f32>,
        bias: Vec<f32>,
    },
    /// A correlation; `weight`: `[output, input, kernel, kernel]`, `bias`: `[output]`, zeros around before and
    /// after.
    Conv {
        input: usize,
        output: usize,
        kernel: usize,
        stride: usize,
        padding: [usize; 2],
        weight: Vec<f32>,
        bias: Vec<f32>,
    },
    /// Transposed, 4×4, of stride 2, one pixel cut off all around; `weight`: `[input, output, 4, 4]`
    Double {
        input: usize,
        output: usize,
        weight: Vec<f32>,
    },
    /// Batch normalisation by running statistics: `scale`·x + `shift`, of each number of a row or each channel.
    Affine {
        scale: Vec<f32>,
        shift: Vec<f32>,
    },
    /// x above zero, `slope`·x below.
    Relu {
        slope: f32,
    },
    Tanh,
    /// Rows as images.
    Image {
        channels: usize,
        side: usize,
    },
    /// Nearest neighbours: doubles the side.
    Upsample,
    Scale {
        factor: f32,
    },
    /// The first pixels along each side.
    Crop {
        side: usize,
    },
    /// What came to the convolution of stride 2 at this side, as further channels.
    Skip,
    Flatten,
}

/// A generator, read.
pub(crate) struct Network {
    /// Numbers in each latent.
    pub(crate) latent: usize,
    /// Classes that it is told, as one-hot rows beside the latents; 0 for none.
    pub(crate) classes: usize,
    /// Numbers in each sample.
    pub(crate) output: usize,
    pub(crate) shape: Shape,
    pub(crate) layers: Vec<Layer>,
}

impl Network {
    /// Channels and side of the picture that it is given, if it is given one.
    pub(crate) fn given(&self) -> Option<[usize; 2]> {
        match self.layers.first() {
            Some(&Layer::Image { channels, side }) => Some([channels, side]),
            _ => None,
        }
    }

    pub(crate) fn read(blueprint: &str, weights: &[u8]) -> Result<Self, ExportError> {
        let blueprint: Blueprint = serde_json::from_str(blueprint)?;
        let file = SafeTensors::deserialize(weights)?;
        let layers = blueprint.layers.into_iter();
        let layers = layers.map(|layer| layer.read(&file));
        Ok(Self {
            latent: blueprint.input,
            classes: blueprint.classes,
            output: blueprint.output,
            shape: blueprint.shape,
            layers: layers.collect::<Result<_, _>>()?,
        })
    }
}

impl Shape {
    pub(crate) fn is_picture(self) -> bool {
        self.height > 1 && (self.channels == 1 || self.channels == 3)
    }
}

impl Placed {
    fn read(self, file: &SafeTensors) -> Result<Layer, ExportError> {
        let place = self.place.as_ref();
        let module = place.map_or("", |place| &place.module);
        let turned = place.is_some_and(|place| place.turned);
        let tensor = |name: &str, count| numbers(file, &format!("{module}.{name}"), count);
        Ok(match self.kind {
            Kind::Dense { input, output } => Layer::Dense {
                input,
                output,
                weight: transposed(&tensor("weight", input * output)?, input, output),
                bias: tensor("bias", output)?,
            },
            Kind::Conv {
                input,
                output,
                kernel,
                stride,
                padding,
                bias,
            } => {
                let weight = tensor("weight", input * output * kernel * kernel)?;
                let size = [input, output, kernel * kernel];
                Layer::Conv {
                    input,
                    output,
                    kernel,
                    stride,
                    padding,
                    weight: if turned { turn(&weight, size) } else { weight },
                    bias: match bias {
                        true => tensor("bias", output)?,
                        false => vec![0.0; output],
                    },
                }
            }
            Kind::ConvTranspose { input, output } => Layer::Double {
                input,
                output,
                weight: tensor("weight", input * output * 16)?,
            },
            Kind::BatchNorm { features } => {
                const EPSILON: f32 = 1e-5;
                let variances = tensor("running_var", features)?.into_iter();
                let gammas = tensor("gamma", features)?;
                let scale = variances.zip(gammas);
                let scale = scale.map(|(variance, gamma)| gamma / (variance + EPSILON).sqrt());
                let scale: Vec<f32> = scale.collect();
                let means = tensor("running_mean", features)?;
                let shift = tensor("beta", features)?.into_iter();
                let shift = shift.zip(means.iter().zip(&scale));
                Layer::Affine {
                    shift: shift
                        .map(|(beta, (mean, scale))| beta - mean * scale)
                        .collect(),
                    scale,
                }
            }
            Kind::Relu => Layer::Relu { slope: 0.0 },
            Kind::LeakyRelu { slope } => Layer::Relu { slope },
            Kind::Tanh => Layer::Tanh,
            Kind::Reshape { channels, side } => Layer::Image { channels, side },
            Kind::Upsample => Layer::Upsample,
            Kind::Scale { factor } => Layer::Scale { factor },
            Kind::Crop { side } => Layer::Crop { side },
            Kind::Skip => Layer::Skip,
            Kind::Flatten => Layer::Flatten,
        })
    }
}

/// The numbers of a tensor, of so many.
fn numbers(file: &SafeTensors, name: &str, count: usize) -> Result<Vec<f32>, ExportError> {
    let missing = || ExportError::Tensor {
        name: name.into(),
        count,
    };
    let view = file.tensor(name).map_err(|_| missing())?;
    let numbers = of_view(&view).ok_or_else(missing)?;
    match numbers.len() == count {
        true => Ok(numbers),
        false => Err(missing()),
    }
}

fn of_view(view: &TensorView) -> Option<Vec<f32>> {
    fn words<const N: usize>(bytes: &[u8], number: fn([u8; N]) -> f32) -> Vec<f32> {
        let (words, _) = bytes.as_chunks::<N>();
        words.iter().map(|&word| number(word)).collect()
    }
    let bytes = view.data();
    Some(match view.dtype() {
        Dtype::F64 => words(bytes, |word| f64::from_le_bytes(word) as f32),
        Dtype::F32 => words(bytes, f32::from_le_bytes),
        Dtype::F16 => words(bytes, |word| f16::from_le_bytes(word).to_f32()),
        Dtype::BF16 => words(bytes, |word| bf16::from_le_bytes(word).to_f32()),
        _ => return None,
    })
}

/// `[rows, columns]` as `[columns, rows]`.
fn transposed(numbers: &[f32], rows: usize, columns: usize) -> Vec<f32> {
    let places = (0..columns).flat_map(|column| (0..rows).map(move |row| row * columns + column));
    places.map(|place| numbers[place]).collect()
}

/// A transposed convolution's kernel as a convolution's: `[input, output, taps]` as `[output, input, taps]`, the
/// taps from the end.
fn turn(numbers: &[f32], [input, output, taps]: [usize; 3]) -> Vec<f32> {
    let mut turned = Vec::with_capacity(numbers.len());
    for o in 0..output {
        for i in 0..input {
            let kernel = &numbers[(i * output + o) * taps..][..taps];
            turned.extend(kernel.iter().rev());
        }
    }
    turned
}
