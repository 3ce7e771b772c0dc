//! Does a device compute what the CPU computes?
//!
//! A small network with every kind of layer the presets use runs forward and backward on both, and
//! the loss and every gradient are compared. Finds shaders that were skipped, miscompiled or cut
//! short; no test of speed, and no substitute for the tests of the networks themselves.

use burn::tensor::module::{conv_transpose2d, conv2d};
use burn::tensor::ops::{ConvOptions, ConvTransposeOptions};
use burn::tensor::{DType, Device, Int, Tensor, TensorData, Transaction, activation};

/// How far a number may lie from the CPU's, in units of the largest of its tensor. Sums of some
/// hundred f32 in another order differ by 1e-6; a wrong kernel by more than 1e-1.
const TOLERANCE: f32 = 1e-3;

/// Compares `device` with the CPU.
///
/// # Errors
///
/// A sentence that says which numbers differ.
pub(super) async fn run(device: &Device) -> Result<(), String> {
    let expected = compute(&super::cpu()).await?;
    let found = compute(device).await?;
    compare(&expected, &found)
}

/// What is compared, in the order in which [`compute`] gives it.
const NAMES: [&str; 8] = [
    "the gathered batch",
    "the loss",
    "the input's gradient",
    "the convolution's gradient",
    "the transposed convolution's gradient",
    "the scale's gradient",
    "the dense layer's gradient",
    "the hashed integers",
];

async fn compute(device: &Device) -> Result<Vec<Vec<f32>>, String> {
    let device = device.clone().autodiff();
    let weights = |shape: [usize; 4], seed| smooth(shape, seed, &device).require_grad();

    // A batch of 4 from 6 images of 8×8.
    let images = smooth([6, 1, 8, 8], 1, &device);
    let indices = Tensor::<1, Int>::from_data([5, 0, 3, 3], &device);
    let input = images.select(0, indices).detach().require_grad();

    let down = weights([6, 1, 3, 3], 2);
    let up = weights([6, 4, 4, 4], 3);
    let scale = weights([1, 4, 1, 1], 4);
    let dense = weights([1, 1, 256, 3], 5);

    let x = conv2d(
        input.clone(),
        down.clone(),
        None,
        ConvOptions::new([2, 2], [1, 1], [1, 1], 1),
    );
    let x = activation::leaky_relu(x, 0.2);
    let x = conv_transpose2d(
        x,
        up.clone(),
        None,
        ConvTransposeOptions::new([2, 2], [1, 1], [0, 0], [1, 1], 1),
    );
    // Batch normalisation, written out.
    let mean = x.clone().mean_dim(0).mean_dim(2).mean_dim(3);
    let centred = x - mean;
    let variance = centred.clone().square().mean_dim(0).mean_dim(2).mean_dim(3);
    let x = (centred / (variance + 1e-5).sqrt() * scale.clone()).tanh();
    let logits = x.reshape([1, 1, 4, 256]).matmul(dense.clone());
    let loss = -activation::log_sigmoid(logits).mean();

    let gradients = loss.backward();
    let gradient = |tensor: &Tensor<4>| {
        tensor
            .grad(&gradients)
            .ok_or_else(|| "a gradient is missing".to_string())
    };
    // A round of the noise's hash, which wraps around in 32 bits, up to what an f32 holds.
    let words = Tensor::<1, Int>::from_data(
        TensorData::new(vec![0x0123_4567_u32, 0x89ab_cdef, 5, u32::MAX], [4]),
        (&device.clone().without_autodiff(), DType::U32),
    );
    let words = words.clone() + words.clone() * 0x4f1b_bcdd_u32;
    let folded = words
        .clone()
        .bitwise_xor(words.bitwise_right_shift_scalar(15_u32));
    let hashed = (folded * 0x2ca5_d269_u32).bitwise_right_shift_scalar(9_u32);

    let data = Transaction::default()
        .register(input.clone().inner())
        .register(loss.clone().inner())
        .register(gradient(&input)?)
        .register(gradient(&down)?)
        .register(gradient(&up)?)
        .register(gradient(&scale)?)
        .register(gradient(&dense)?)
        .register(hashed.float())
        .execute_async()
        .await
        .map_err(|error| format!("it gave no results back ({error})"))?;
    data.into_iter()
        .map(|data| data.try_into_vec().map_err(|error| format!("{error:?}")))
        .collect()
}

/// Deterministic numbers in [-1, 1] that need no random generator.
fn smooth(shape: [usize; 4], seed: usize, device: &Device) -> Tensor<4> {
    let count = shape.iter().product();
    let values: Vec<f32> = (0..count)
        .map(|index| ((index * 7 + seed * 31) as f32 * 0.618).sin())
        .collect();
    Tensor::from_data(TensorData::new(values, shape), device)
}

fn compare(expected: &[Vec<f32>], found: &[Vec<f32>]) -> Result<(), String> {
    for ((name, expected), found) in NAMES.iter().zip(expected).zip(found) {
        if expected.len() != found.len() {
            return Err(format!(
                "{name} has {} numbers, expected {}",
                found.len(),
                expected.len()
            ));
        }
        let largest = expected.iter().fold(0.0_f32, |max, x| max.max(x.abs()));
        let far = expected
            .iter()
            .zip(found)
            .find(|&(x, y)| y.is_nan() || (x - y).abs() > TOLERANCE * largest);
        if let Some((expected, found)) = far {
            return Err(format!("{name} holds {found}, expected {expected}"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cpu_agrees_with_itself() {
        pollster::block_on(run(&crate::device::cpu())).unwrap();
    }

    #[test]
    fn every_number_of_the_test_matters() {
        let expected = pollster::block_on(compute(&crate::device::cpu())).unwrap();
        assert_eq!(expected.len(), NAMES.len());
        for (index, name) in NAMES.iter().enumerate() {
            let largest = expected[index]
                .iter()
                .fold(0.0_f32, |max, x| max.max(x.abs()));
            assert!(largest > 1e-3, "{name} is all but zero");
            for wrong in [f32::NAN, f32::INFINITY, 0.0, 2.0 * largest] {
                let mut found = expected.clone();
                found[index].fill(wrong);
                let error = compare(&expected, &found).unwrap_err();
                assert!(error.starts_with(name), "{error}");
            }
        }
    }

    #[test]
    fn a_cut_short_result_is_refused() {
        let expected = pollster::block_on(compute(&crate::device::cpu())).unwrap();
        let mut found = expected.clone();
        found[2].pop();
        assert!(
            compare(&expected, &found)
                .unwrap_err()
                .contains("expected 256")
        );
    }
}
