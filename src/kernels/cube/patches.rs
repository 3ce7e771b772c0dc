//! What a window sees as it moves over pictures, laid out in rows, and its reverse: with a product between,
//! convolutions and transposed ones. Operations of Burn on a GPU, each the other's gradient. No layers.

use burn::backend::autodiff::checkpoint::base::Checkpointer;
use burn::backend::autodiff::checkpoint::strategy::CheckpointStrategy;
use burn::backend::autodiff::grads::Gradients;
use burn::backend::autodiff::ops::{Backward, Ops, OpsKind};
use burn::backend::ops::FloatTensorOps;
use burn::backend::tensor::FloatTensor;
use burn::backend::{Autodiff, Backend, Cube, Shape, TensorMetadata, backend_extension};
use burn_cubecl::CubeBackend;
use burn_cubecl::kernel::into_contiguous;
use burn_cubecl::ops::numeric::empty_device_dtype;
use burn_cubecl::tensor::CubeTensor;
use cubecl::prelude::*;

use super::{launch_size, vector_width};

/// A square window that moves over pictures.
#[derive(Clone, Copy, Debug, Hash, PartialEq, Eq)]
pub(crate) struct Window {
    /// Pixels along a side.
    pub size: usize,
    /// Pixels from one place to the next.
    pub stride: usize,
    /// Pixels by which it reaches beyond the picture.
    pub padding: usize,
    /// Height and width of the pictures.
    pub picture: [usize; 2],
    /// Its places, down and across.
    pub places: [usize; 2],
}

impl Window {
    fn taps(&self) -> usize {
        self.size * self.size
    }

    fn all_places(&self) -> usize {
        self.places[0] * self.places[1]
    }
}

#[backend_extension(Cube, Fusion, Autodiff)]
pub(crate) trait Patches: Backend {
    /// `[batch, height, width, channels]` → `[batch · places, taps · channels]`, zeros beyond the pictures.
    #[fusion(dtype = input, shape = Shape::new([
        input[0] * window.all_places(),
        window.taps() * input[3],
    ]))]
    fn patches(input: FloatTensor<Self>, window: Window) -> FloatTensor<Self>;

    /// `[batch · places, taps · channels]` → `[batch, height, width, channels]`: what is laid on a pixel is summed.
    #[fusion(dtype = rows, shape = Shape::new([
        rows[0] / window.all_places(),
        window.picture[0],
        window.picture[1],
        rows[1] / window.taps(),
    ]))]
    fn fold(rows: FloatTensor<Self>, window: Window) -> FloatTensor<Self>;

    /// `[a, b, c]` → `[a, c, b]`, in memory too.
    #[fusion(dtype = input, shape = Shape::new([input[0], input[2], input[1]]))]
    fn swap_last(input: FloatTensor<Self>) -> FloatTensor<Self>;
}

impl Patches for CubeBackend {
    fn patches(input: CubeTensor, window: Window) -> CubeTensor {
        let input = into_contiguous(input);
        let [batch, _, _, channels] = input.shape().dims();
        let shape = [batch * window.all_places(), window.taps() * channels];
        let output = empty_like(&input, shape);
        let (threads, width) = threads(&output, channels);
        let (count, dim) = launch_size(&output.client, threads);
        // SAFETY: the kernel reads within the pictures, and writes where there is a thread for.
        unsafe {
            patches_kernel::launch_unchecked(
                &output.client,
                count,
                dim,
                width,
                input.into_tensor_arg(),
                output.clone().into_tensor_arg(),
                window,
            );
        }
        output
    }

    fn fold(rows: CubeTensor, window: Window) -> CubeTensor {
        let rows = into_contiguous(rows);
        let [all, columns] = rows.shape().dims();
        let ([height, width], channels) = (window.picture, columns / window.taps());
        let shape = [all / window.all_places(), height, width, channels];
        let output = empty_like(&rows, shape);
        let (threads, width) = threads(&output, channels);
        let (count, dim) = launch_size(&output.client, threads);
        // SAFETY: as in `patches`.
        unsafe {
            fold_kernel::launch_unchecked(
                &output.client,
                count,
                dim,
                width,
                rows.into_tensor_arg(),
                output.clone().into_tensor_arg(),
                window,
            );
        }
        output
    }

    fn swap_last(input: CubeTensor) -> CubeTensor {
        into_contiguous(CubeBackend::float_swap_dims(input, 1, 2))
    }
}

fn empty_like<const D: usize>(tensor: &CubeTensor, shape: [usize; D]) -> CubeTensor {
    let (client, device) = (tensor.client.clone(), tensor.device.clone());
    empty_device_dtype(client, device, Shape::new(shape), tensor.dtype)
}

/// A thread for each vector of channels, and how wide that is.
fn threads(output: &CubeTensor, channels: usize) -> (usize, usize) {
    let width = vector_width(channels);
    (output.meta.num_elements() / width, width)
}

#[cube(launch_unchecked)]
fn patches_kernel<N: Size>(
    input: &Tensor<Vector<f32, N>>,
    output: &mut Tensor<Vector<f32, N>>,
    #[comptime] window: Window,
) {
    let channels = input.shape(3) / input.vector_size();
    let size = comptime![window.size];
    let padding = comptime![window.padding];
    let [height, width] = comptime![window.picture];
    let [down, across] = comptime![window.places];
    if ABSOLUTE_POS >= output.shape(0) * (size * size) * channels {
        terminate!();
    }
    let channel = ABSOLUTE_POS % channels;
    let tap = ABSOLUTE_POS / channels % (size * size);
    let place = ABSOLUTE_POS / channels / (size * size);
    let x = place % across * comptime![window.stride] + tap % size;
    let y = place / across % down * comptime![window.stride] + tap / size;
    let picture = place / (across * down);
    let mut value = Vector::<f32, N>::new(0.0);
    if y >= padding && y < height + padding && x >= padding && x < width + padding {
        let pixel = (picture * height + y - padding) * width + x - padding;
        value = input[pixel * channels + channel];
    }
    output[ABSOLUTE_POS] = value;
}

#[cube(launch_unchecked)]
fn fold_kernel<N: Size>(
    rows: &Tensor<Vector<f32, N>>,
    output: &mut Tensor<Vector<f32, N>>,
    #[comptime] window: Window,
) {
    let channels = output.shape(3) / output.vector_size();
    let size = comptime![window.size];
    let stride = comptime![window.stride];
    let [height, width] = comptime![window.picture];
    let [down, across] = comptime![window.places];
    if ABSOLUTE_POS >= output.shape(0) * (height * width) * channels {
        terminate!();
    }
    let channel = ABSOLUTE_POS % channels;
    let pixel = ABSOLUTE_POS / channels;
    let x = pixel % width + comptime![window.padding];
    let y = pixel / width % height + comptime![window.padding];
    let picture = pixel / (width * height);
    let mut sum = Vector::<f32, N>::new(0.0);
    #[unroll]
    for tap_y in 0..size {
        #[unroll]
        for tap_x in 0..size {
            if y >= tap_y && x >= tap_x {
                let from_y = y - tap_y;
                let from_x = x - tap_x;
                let place_y = from_y / stride;
                let place_x = from_x / stride;
                let is_place = place_y * stride == from_y && place_x * stride == from_x;
                if is_place && place_y < down && place_x < across {
                    let place = (picture * down + place_y) * across + place_x;
                    let tap = tap_y * size + tap_x;
                    sum += rows[(place * (size * size) + tap) * channels + channel];
                }
            }
        }
    }
    output[ABSOLUTE_POS] = sum;
}

impl<C: CheckpointStrategy> Patches for Autodiff<Cube, C> {
    fn patches(input: FloatTensor<Self>, window: Window) -> FloatTensor<Self> {
        let (input, node) = input.into_parts();
        let output = Cube::patches(input, window);
        match Unfold.prepare::<C>([node]).compute_bound().stateful() {
            OpsKind::Tracked(operation) => operation.finish(window, output),
            OpsKind::UnTracked(operation) => operation.finish(output),
        }
    }

    fn fold(rows: FloatTensor<Self>, window: Window) -> FloatTensor<Self> {
        let (rows, node) = rows.into_parts();
        let output = Cube::fold(rows, window);
        match Fold.prepare::<C>([node]).compute_bound().stateful() {
            OpsKind::Tracked(operation) => operation.finish(window, output),
            OpsKind::UnTracked(operation) => operation.finish(output),
        }
    }

    fn swap_last(input: FloatTensor<Self>) -> FloatTensor<Self> {
        let (input, node) = input.into_parts();
        let output = Cube::swap_last(input);
        match Swap.prepare::<C>([node]).compute_bound().stateful() {
            OpsKind::Tracked(operation) => operation.finish((), output),
            OpsKind::UnTracked(operation) => operation.finish(output),
        }
    }
}

#[derive(Debug)]
struct Unfold;

impl Backward<Cube, 1> for Unfold {
    type State = Window;

    fn backward(self, ops: Ops<Window, 1>, grads: &mut Gradients, _: &mut Checkpointer) {
        let gradient = grads.consume::<Cube>(&ops.node);
        if let [Some(node)] = ops.parents {
            grads.register::<Cube>(node.id, Cube::fold(gradient, ops.state));
        }
    }
}

#[derive(Debug)]
struct Fold;

impl Backward<Cube, 1> for Fold {
    type State = Window;

    fn backward(self, ops: Ops<Window, 1>, grads: &mut Gradients, _: &mut Checkpointer) {
        let gradient = grads.consume::<Cube>(&ops.node);
        if let [Some(node)] = ops.parents {
            grads.register::<Cube>(node.id, Cube::patches(gradient, ops.state));
        }
    }
}

#[derive(Debug)]
struct Swap;

impl Backward<Cube, 1> for Swap {
    type State = ();

    fn backward(self, ops: Ops<(), 1>, grads: &mut Gradients, _: &mut Checkpointer) {
        let gradient = grads.consume::<Cube>(&ops.node);
        if let [Some(node)] = ops.parents {
            grads.register::<Cube>(node.id, Cube::swap_last(gradient));
        }
    }
}
