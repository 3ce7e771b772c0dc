//! Layers on a GPU, of operations of our own: a product of matrices, and patches of pictures.
//!
//! Pictures keep Burn's order of dimensions, channels before pixels, but in memory their channels are last. Burn
//! reads permuted views with a dimension of 1 wrongly (with kernel fusion), so there such a dimension is
//! reshaped away. No networks, no training.

mod patches;
mod product;

use burn::backend::Dispatch;
use burn::tensor::Tensor;
use cubecl::calculate_cube_count_elemwise;
use cubecl::client::Client;
use cubecl::prelude::{CubeCount, CubeDim};

use patches::{Patches, Window};
use product::Products;

/// A dense layer.
///
/// - `weight`: `[in, out]`
pub(super) fn dense(x: Tensor<2>, weight: Tensor<2>, bias: Option<Tensor<1>>) -> Tensor<2> {
    with_bias(multiply(x, weight, [false, false]), bias)
}

/// `[rows, inner]` times `[inner, columns]`.
///
/// - `turned`: which of the factors lie the other way round
fn multiply(left: Tensor<2>, right: Tensor<2>, turned: [bool; 2]) -> Tensor<2> {
    let (left, right) = (left.into_dispatch(), right.into_dispatch());
    Tensor::from_dispatch(<Dispatch as Products>::product(left, right, turned))
}

/// A convolution.
///
/// - `weight`: `[out, in, size, size]`
pub(super) fn conv(
    x: Tensor<4>,
    weight: Tensor<4>,
    bias: Option<Tensor<1>>,
    stride: usize,
    padding: usize,
) -> Tensor<4> {
    let [batch, input, height, width] = x.dims();
    let [out, _, size, _] = weight.dims();
    let places = [height, width].map(|side| (side + 2 * padding - size) / stride + 1);
    let window = Window {
        size,
        stride,
        padding,
        picture: [height, width],
        places,
    };
    let x = channels_last(x).into_dispatch();
    let patches = Tensor::from_dispatch(<Dispatch as Patches>::patches(x, window));
    let weight = taps_first(weight.reshape([out, input, size * size]));
    let rows = with_bias(multiply(patches, weight, [false, true]), bias);
    channels_second(rows.reshape([batch, places[0], places[1], out]))
}

/// A transposed convolution.
///
/// - `weight`: `[in, out, size, size]`
pub(super) fn conv_transpose(
    x: Tensor<4>,
    weight: Tensor<4>,
    bias: Option<Tensor<1>>,
    stride: usize,
    padding: usize,
) -> Tensor<4> {
    let [batch, input, height, width] = x.dims();
    let [_, out, size, _] = weight.dims();
    let picture = [height, width].map(|side| (side - 1) * stride + size - 2 * padding);
    let window = Window {
        size,
        stride,
        padding,
        picture,
        places: [height, width],
    };
    let rows = channels_last(x).reshape([batch * height * width, input]);
    let weight = taps_first(weight.reshape([input, out, size * size]));
    let rows = multiply(rows, weight, [false, false]).into_dispatch();
    let pictures = Tensor::<4>::from_dispatch(<Dispatch as Patches>::fold(rows, window));
    let rows = pictures.reshape([batch * picture[0] * picture[1], out]);
    channels_second(with_bias(rows, bias).reshape([batch, picture[0], picture[1], out]))
}

fn with_bias(rows: Tensor<2>, bias: Option<Tensor<1>>) -> Tensor<2> {
    match bias {
        Some(bias) => rows + bias.unsqueeze(),
        None => rows,
    }
}

/// `[a, channels, taps]` → `[a, taps · channels]`
fn taps_first(weight: Tensor<3>) -> Tensor<2> {
    let [all, channels, taps] = weight.dims();
    let weight = match channels {
        1 => weight,
        _ => Tensor::from_dispatch(<Dispatch as Patches>::swap_last(weight.into_dispatch())),
    };
    weight.reshape([all, taps * channels])
}

/// `[batch, channels, height, width]` → `[batch, height, width, channels]`
fn channels_last(x: Tensor<4>) -> Tensor<4> {
    match x.dims() {
        [batch, 1, height, width] => x.reshape([batch, height, width, 1]),
        _ => x.permute([0, 2, 3, 1]),
    }
}

/// `[batch, height, width, channels]` → `[batch, channels, height, width]`
fn channels_second(x: Tensor<4>) -> Tensor<4> {
    match x.dims() {
        [batch, height, width, 1] => x.reshape([batch, 1, height, width]),
        _ => x.permute([0, 3, 1, 2]),
    }
}

/// How many numbers are read at once along a dimension.
fn vector_width(size: usize) -> usize {
    [4, 2]
        .into_iter()
        .find(|width| size.is_multiple_of(*width))
        .unwrap_or(1)
}

/// What a kernel with so many threads is launched with.
fn launch_size(client: &Client, threads: usize) -> (CubeCount, CubeDim) {
    let dim = CubeDim::new(client, threads);
    (calculate_cube_count_elemwise(client, threads, dim), dim)
}
