//! Layers that are computed by kernels of ours, and by Burn's own operations where there are none: dense
//! layers, convolutions and batch normalisation, each with the activation behind it.
//!
//! The CPU's kernels know plain numbers alone, and are a crate of their own; [`extension`] makes
//! operations of Burn of them. A GPU's are in [`cube`]. No networks, no training.

#[cfg(feature = "gpu")]
mod cube;
mod extension;
#[cfg(test)]
mod tests;

use burn::backend::Dispatch;
use burn::nn::PaddingConfig2d;
use burn::nn::conv::{Conv2d, ConvTranspose2d};
use burn::nn::{BatchNorm, Linear};
use burn::tensor::module::{conv_transpose2d, conv2d};
use burn::tensor::ops::{ConvOptions, ConvTransposeOptions};
use burn::tensor::{Device, Tensor, TensorData, activation};

#[cfg(feature = "gpu")]
use crate::device::capability::records;
use crate::device::is_cpu;
use extension::{Descent, Kernels};
use webgan_kernels::{Kind, Layer};

/// What follows a layer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Then {
    /// Nothing.
    Nothing,
    /// max(0, x)
    Relu,
    /// x above zero, so much of x below.
    LeakyRelu(f64),
}

impl Then {
    /// Factor of what is below zero.
    fn slope(self) -> f64 {
        match self {
            Self::Nothing => 1.0,
            Self::Relu => 0.0,
            Self::LeakyRelu(slope) => slope,
        }
    }

    fn apply<const D: usize>(self, x: Tensor<D>) -> Tensor<D> {
        match self {
            Self::Nothing => x,
            Self::Relu => activation::relu(x),
            Self::LeakyRelu(slope) => activation::leaky_relu(x, slope),
        }
    }
}

/// A dense layer.
///
/// # Shapes
///
/// `[batch, in]` → `[batch, out]`
pub(crate) fn dense(layer: &Linear, x: Tensor<2>) -> Tensor<2> {
    #[cfg(feature = "gpu")]
    if records(&x.device()) {
        let bias = layer.bias.as_ref().map(|bias| bias.val());
        return cube::dense(x, layer.weight.val(), bias);
    }
    layer.forward(x)
}

/// A convolution of one group, without dilation, padded alike on all sides.
///
/// # Shapes
///
/// `[batch, in, height, width]` → `[batch, out, height, width]`
pub(crate) fn conv(layer: &Conv2d, x: Tensor<4>, then: Then) -> Tensor<4> {
    conv_with(layer, layer.weight.val(), x, then)
}

/// [`conv`] with another weight of the same shape.
pub(crate) fn conv_with(layer: &Conv2d, weight: Tensor<4>, x: Tensor<4>, then: Then) -> Tensor<4> {
    let padding = match layer.padding {
        PaddingConfig2d::Explicit(padding, ..) => padding,
        PaddingConfig2d::Valid | PaddingConfig2d::Same => 0,
    };
    let bias = layer.bias.as_ref().map(|bias| bias.val());
    if is_cpu(&x.device()) {
        let [out, ..] = weight.dims();
        let sizes = (Kind::Plain, layer.stride[0], padding);
        return convolve(x, weight, bias, out, sizes, then);
    }
    #[cfg(feature = "gpu")]
    if records(&x.device()) {
        return then.apply(cube::conv(x, weight, bias, layer.stride[0], padding));
    }
    let options = ConvOptions::new(layer.stride, [padding; 2], [1, 1], 1);
    then.apply(conv2d(x, weight, bias, options))
}

/// A transposed convolution of one group, without dilation or padding of the output.
///
/// # Shapes
///
/// `[batch, in, height, width]` → `[batch, out, height, width]`
pub(crate) fn conv_transpose(layer: &ConvTranspose2d, x: Tensor<4>, then: Then) -> Tensor<4> {
    let weight = layer.weight.val();
    let bias = layer.bias.as_ref().map(|bias| bias.val());
    if !is_cpu(&x.device()) {
        return then.apply(transposed(
            x,
            weight,
            bias,
            layer.stride[0],
            layer.padding[0],
        ));
    }
    let [_, out, ..] = weight.dims();
    let sizes = (Kind::Transposed, layer.stride[0], layer.padding[0]);
    convolve(x, weight, bias, out, sizes, then)
}

/// Every pixel four times, and a 3×3 convolution of those, padded by one: 4 products for 9. On the CPU
/// a 2×2 convolution of the pixels as they are for each place in a doubled one, elsewhere the
/// transposed convolution that comes to the same.
///
/// - `doubling`: from [`doubling`]
///
/// # Shapes
///
/// `[batch, in, height, width]` → `[batch, out, 2·height, 2·width]`
pub(crate) fn double_conv(
    layer: &Conv2d,
    doubling: &Tensor<2>,
    x: Tensor<4>,
    then: Then,
) -> Tensor<4> {
    let weight = layer.weight.val();
    let bias = layer.bias.as_ref().map(|bias| bias.val());
    let [out, ..] = weight.dims();
    if is_cpu(&x.device()) {
        return convolve(x, weight, bias, out, (Kind::Doubling, 2, 1), then);
    }
    then.apply(double_transposed(x, weight, bias, doubling))
}

/// [`double_conv`] as a transposed convolution of kernel 4, stride 2 and padding 1.
fn double_transposed(
    x: Tensor<4>,
    weight: Tensor<4>,
    bias: Option<Tensor<1>>,
    doubling: &Tensor<2>,
) -> Tensor<4> {
    let [out, input, ..] = weight.dims();
    let weight = weight.reshape([out * input, 9]).matmul(doubling.clone());
    let weight = weight.reshape([out, input, 4, 4]).swap_dims(0, 1);
    transposed(x, weight, bias, 2, 1)
}

/// A transposed convolution anywhere but on the CPU.
fn transposed(
    x: Tensor<4>,
    weight: Tensor<4>,
    bias: Option<Tensor<1>>,
    stride: usize,
    padding: usize,
) -> Tensor<4> {
    #[cfg(feature = "gpu")]
    if records(&x.device()) {
        return cube::conv_transpose(x, weight, bias, stride, padding);
    }
    let options = ConvTransposeOptions::new([stride; 2], [padding; 2], [0, 0], [1, 1], 1);
    conv_transpose2d(x, weight, bias, options)
}

/// Which of a 3×3 kernel's weights add up to each of a 4×4 kernel's in
/// [`double_transposed`]: along a side (w₂, w₁ + w₂, w₀ + w₁, w₀). A constant, made once: no step may
/// upload it.
///
/// # Shapes
///
/// `[9, 16]`
pub(crate) fn doubling(device: &Device) -> Tensor<2> {
    let reaches = |from: usize, to: usize| (2..4).contains(&(from + to));
    let numbers: Vec<f32> = (0..9 * 16)
        .map(|index| {
            let (from, to) = (index / 16, index % 16);
            let both = reaches(from / 3, to / 4) && reaches(from % 3, to % 4);
            f32::from(both)
        })
        .collect();
    Tensor::from_data(TensorData::new(numbers, [9, 16]), device)
}

/// Images with the channels of two, one after the other.
///
/// # Shapes
///
/// `[batch, a, height, width]` and `[batch, b, height, width]` → `[batch, a + b, height, width]`
pub(crate) fn side_by_side(a: Tensor<4>, b: Tensor<4>) -> Tensor<4> {
    if !is_cpu(&a.device()) {
        return Tensor::cat(vec![a, b], 1);
    }
    // On the CPU the channels are last in memory: joined as they lie, nothing is turned around.
    let as_they_lie = [a, b].map(|images| images.permute([0, 2, 3, 1]));
    Tensor::cat(as_they_lie.to_vec(), 3).permute([0, 3, 1, 2])
}

fn convolve(
    x: Tensor<4>,
    weight: Tensor<4>,
    bias: Option<Tensor<1>>,
    out: usize,
    (kind, stride, padding): (Kind, usize, usize),
    then: Then,
) -> Tensor<4> {
    let bias = bias.unwrap_or_else(|| Tensor::zeros([out], &x.device()));
    let slope = then.slope() as f32;
    let layer = Layer {
        kind,
        stride,
        padding,
        slope,
    };
    let [x, weight] = [x, weight].map(Tensor::into_dispatch);
    Tensor::from_dispatch(<Dispatch as Kernels>::convolve(
        x,
        weight,
        bias.into_dispatch(),
        layer,
    ))
}

/// Batch normalisation, in training form with its running statistics moved on.
///
/// # Shapes
///
/// `[batch, channels, ..]`, as it goes in
pub(crate) fn batch_norm<const D: usize>(layer: &BatchNorm, x: Tensor<D>, then: Then) -> Tensor<D> {
    let device = x.device();
    let trains = device.is_autodiff() && layer.training.is_enabled();
    if !is_cpu(&device) || !trains {
        return then.apply(layer.forward(x));
    }
    let [x, gamma, beta] = [
        x.into_dispatch(),
        layer.gamma.val().into_dispatch(),
        layer.beta.val().into_dispatch(),
    ];
    let (output, mean, variance) =
        <Dispatch as Kernels>::normalise(x, gamma, beta, layer.epsilon, then.slope());
    for (running, new) in [(&layer.running_mean, mean), (&layer.running_var, variance)] {
        let new: Tensor<1> = Tensor::from_dispatch(new).detach();
        let kept = running.value_sync().to_device(&device) * (1.0 - layer.momentum);
        running.update((kept + new * layer.momentum).detach());
    }
    Tensor::from_dispatch(output)
}

/// One step of Adam on the CPU: the changes, which are to be subtracted from the parameters, and
/// the new moments.
///
/// - `gradient`, `moments`: plain, of one length
/// - `factors`: 1 / √(1 − β₂ᵗ) and α / (1 − β₁ᵗ), each `[1]`
pub(crate) fn adam(
    gradient: Tensor<1>,
    moments: [Tensor<1>; 2],
    factors: [Tensor<1>; 2],
    betas: [f64; 2],
    epsilon: f64,
) -> (Tensor<1>, [Tensor<1>; 2]) {
    let factors = Tensor::cat(factors.to_vec(), 0).into_dispatch();
    let [first, second] = moments.map(Tensor::into_dispatch);
    let (changes, first, second) = <Dispatch as Descent>::adam(
        gradient.into_dispatch(),
        first,
        second,
        factors,
        betas,
        epsilon,
    );
    let moments = [first, second].map(Tensor::from_dispatch);
    (Tensor::from_dispatch(changes), moments)
}
