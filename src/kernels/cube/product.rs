//! The product of two matrices on a GPU, as an operation of Burn with its gradients.
//!
//! Burn's own kernel keeps tiles in arrays that are indexed in loops, which cost most where a browser checks
//! every index, and cuts its loops by barriers, which cost most where threads are emulated. This one sums
//! in registers and has neither. No layers, no choice of device.

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

#[backend_extension(Cube, Fusion, Autodiff)]
pub(super) trait Products: Backend {
    /// `[rows, inner]` times `[inner, columns]`.
    ///
    /// - `turned`: which of the factors lie the other way round
    #[fusion(dtype = left, shape = Shape::new([
        left[usize::from(turned[0])],
        right[usize::from(!turned[1])],
    ]))]
    fn product(
        left: FloatTensor<Self>,
        right: FloatTensor<Self>,
        turned: [bool; 2],
    ) -> FloatTensor<Self>;
}

/// Rows of the output that a thread sums, in one vector of columns.
const ROWS: usize = 4;
/// Threads of a workgroup along columns and rows.
const ACROSS: u32 = 16;
const DOWN: u32 = 4;

/// With as many threads a GPU is busy.
const MANY: usize = 1 << 13;
/// Vectors of the inner dimension that a thread sums at least, where it is shared out among several.
const LEAST: usize = 64;
/// Threads among which the inner dimension is shared out at most.
const MOST_PARTS: usize = 16;

impl Products for CubeBackend {
    fn product(left: CubeTensor, right: CubeTensor, turned: [bool; 2]) -> CubeTensor {
        let rows_first = |factor: CubeTensor, is_turned| {
            into_contiguous(if is_turned {
                CubeBackend::float_swap_dims(factor, 0, 1)
            } else {
                factor
            })
        };
        let (left, right) = (rows_first(left, turned[0]), rows_first(right, turned[1]));
        let [rows, inner] = left.shape().dims();
        let [_, columns] = right.shape().dims();
        let [inner_width, column_width] = [inner, columns].map(vector_width);
        let (across, down) = (columns / column_width, rows.div_ceil(ROWS));
        let parts = match inner / inner_width / LEAST {
            shares if across * down < MANY => shares.clamp(1, MOST_PARTS),
            _ => 1,
        };
        let empty = |shape| {
            let (client, device) = (left.client.clone(), left.device.clone());
            empty_device_dtype(client, device, shape, left.dtype)
        };
        let client = left.client.clone();
        let sums = empty(Shape::new([parts * rows, columns]));
        let count = CubeCount::new_3d(
            across.div_ceil(ACROSS as usize) as u32,
            down.div_ceil(DOWN as usize) as u32,
            parts as u32,
        );
        // SAFETY: the kernel reads and writes within the matrices' shapes.
        unsafe {
            product_kernel::launch_unchecked(
                &client,
                count,
                CubeDim::new_2d(ACROSS, DOWN),
                inner_width,
                column_width,
                left.clone().into_tensor_arg(),
                right.into_tensor_arg(),
                sums.clone().into_tensor_arg(),
                parts,
            );
        }
        if parts == 1 {
            return sums;
        }
        let output = empty(Shape::new([rows, columns]));
        let threads = rows * across;
        let (count, dim) = launch_size(&client, threads);
        // SAFETY: as above.
        unsafe {
            sum_kernel::launch_unchecked(
                &client,
                count,
                dim,
                column_width,
                sums.into_tensor_arg(),
                output.clone().into_tensor_arg(),
                parts,
            );
        }
        output
    }
}

/// - `output`: `[parts · rows, columns]`, of each part of the inner dimension a product of its own
#[cube(launch_unchecked)]
fn product_kernel<K: Size, N: Size>(
    left: &Tensor<Vector<f32, K>>,
    right: &Tensor<Vector<f32, N>>,
    output: &mut Tensor<Vector<f32, N>>,
    #[comptime] parts: usize,
) {
    let width = left.vector_size();
    let rows = left.shape(0);
    let inner = left.shape(1) / width;
    let columns = right.shape(1) / right.vector_size();
    let column = ABSOLUTE_POS_X as usize;
    let row = ABSOLUTE_POS_Y as usize * ROWS;
    if column >= columns || row >= rows {
        terminate!();
    }
    let part = CUBE_POS_Z as usize;
    let share = inner.div_ceil(parts);
    // Below the last row its sums are made again, and not written.
    let last = rows - 1;
    let start_0 = row * inner;
    let start_1 = min(row + 1, last) * inner;
    let start_2 = min(row + 2, last) * inner;
    let start_3 = min(row + 3, last) * inner;

    let mut sum_0 = Vector::<f32, N>::new(0.0);
    let mut sum_1 = Vector::<f32, N>::new(0.0);
    let mut sum_2 = Vector::<f32, N>::new(0.0);
    let mut sum_3 = Vector::<f32, N>::new(0.0);
    for at in part * share..min((part + 1) * share, inner) {
        let left_0 = left[start_0 + at];
        let left_1 = left[start_1 + at];
        let left_2 = left[start_2 + at];
        let left_3 = left[start_3 + at];
        #[unroll]
        for i in 0..width {
            let factor = right[(at * width + i) * columns + column];
            sum_0 += Vector::new(left_0.extract(i)) * factor;
            sum_1 += Vector::new(left_1.extract(i)) * factor;
            sum_2 += Vector::new(left_2.extract(i)) * factor;
            sum_3 += Vector::new(left_3.extract(i)) * factor;
        }
    }

    let place = (part * rows + row) * columns + column;
    output[place] = sum_0;
    if row + 1 < rows {
        output[place + columns] = sum_1;
    }
    if row + 2 < rows {
        output[place + 2 * columns] = sum_2;
    }
    if row + 3 < rows {
        output[place + 3 * columns] = sum_3;
    }
}

/// `[parts · rows, columns]` → `[rows, columns]`
#[cube(launch_unchecked)]
fn sum_kernel<N: Size>(
    sums: &Tensor<Vector<f32, N>>,
    output: &mut Tensor<Vector<f32, N>>,
    #[comptime] parts: usize,
) {
    let count = output.shape(0) * (output.shape(1) / output.vector_size());
    if ABSOLUTE_POS >= count {
        terminate!();
    }
    let mut sum = sums[ABSOLUTE_POS];
    #[unroll]
    for part in 1..parts {
        sum += sums[part * count + ABSOLUTE_POS];
    }
    output[ABSOLUTE_POS] = sum;
}

impl<C: CheckpointStrategy> Products for Autodiff<Cube, C> {
    fn product(
        left: FloatTensor<Self>,
        right: FloatTensor<Self>,
        turned: [bool; 2],
    ) -> FloatTensor<Self> {
        let (left, left_node) = left.into_parts();
        let (right, right_node) = right.into_parts();
        let output = Cube::product(left.clone(), right.clone(), turned);
        match Product
            .prepare::<C>([left_node, right_node])
            .compute_bound()
            .stateful()
        {
            OpsKind::Tracked(operation) => operation.finish((left, right, turned), output),
            OpsKind::UnTracked(operation) => operation.finish(output),
        }
    }
}

#[derive(Debug)]
struct Product;

impl Backward<Cube, 2> for Product {
    type State = (FloatTensor<Cube>, FloatTensor<Cube>, [bool; 2]);

    fn backward(self, ops: Ops<Self::State, 2>, grads: &mut Gradients, _: &mut Checkpointer) {
        let gradient = grads.consume::<Cube>(&ops.node);
        let (left, right, [left_turned, right_turned]) = ops.state;
        let [of_left, of_right] = ops.parents.map(|parent| parent.map(|node| node.id));
        if let Some(node) = of_left {
            let (gradient, right) = (gradient.clone(), right.clone());
            let to_left = if left_turned {
                Cube::product(right, gradient, [right_turned, true])
            } else {
                Cube::product(gradient, right, [false, !right_turned])
            };
            grads.register::<Cube>(node, to_left);
        }
        if let Some(node) = of_right {
            let to_right = if right_turned {
                Cube::product(gradient, left, [true, left_turned])
            } else {
                Cube::product(left, gradient, [!left_turned, false])
            };
            grads.register::<Cube>(node, to_right);
        }
    }
}
