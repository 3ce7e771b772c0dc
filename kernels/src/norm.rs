//! Batch normalisation with the activation behind it, and its gradients, on plain numbers: rows of
//! channels. Sums are taken block by block, so their error does not grow with the batch.

use super::parallel;

/// Rows whose sums are taken together.
const BLOCK: usize = 512;

/// What a batch is normalised by, a number a channel each.
#[derive(Clone, Debug)]
pub struct Statistics {
    pub mean: Vec<f32>,
    /// Mean of squares of distances from the mean.
    pub variance: Vec<f32>,
}

/// A batch normalisation's own numbers.
#[derive(Clone, Copy, Debug)]
pub struct Affine<'a> {
    pub gamma: &'a [f32],
    pub beta: &'a [f32],
    pub epsilon: f32,
    /// Factor of what is below zero afterwards.
    pub slope: f32,
}

/// - `rows`: `[rows, channels]`
pub fn statistics(rows: &[f32], channels: usize) -> Statistics {
    let count = (rows.len() / channels) as f64;
    let mean = sums(rows, channels, |_, number| number).map(|sum| (sum / count) as f32);
    let mean: Vec<f32> = mean.collect();
    let variance = sums(rows, channels, |channel, number| {
        let distance = number - mean[channel];
        distance * distance
    });
    let variance = variance.map(|sum| (sum / count) as f32).collect();
    Statistics { mean, variance }
}

/// Each channel's sum of a function of its numbers.
fn sums(
    rows: &[f32],
    channels: usize,
    each: impl Fn(usize, f32) -> f32 + Send + Sync,
) -> impl Iterator<Item = f64> {
    let length = BLOCK * channels;
    let blocks = parallel::map(rows.len().div_ceil(length), |index| {
        let mut block = vec![0.0_f32; channels];
        for row in piece(rows, index, length).chunks_exact(channels) {
            for (channel, (sum, &number)) in block.iter_mut().zip(row).enumerate() {
                *sum += each(channel, number);
            }
        }
        block
    });
    total(&blocks, channels).into_iter()
}

/// The piece of that index, the last of which may be shorter.
fn piece(rows: &[f32], index: usize, length: usize) -> &[f32] {
    let start = index * length;
    &rows[start..rows.len().min(start + length)]
}

fn total(blocks: &[Vec<f32>], channels: usize) -> Vec<f64> {
    let mut total = vec![0.0; channels];
    for block in blocks {
        for (total, &sum) in total.iter_mut().zip(block) {
            *total += f64::from(sum);
        }
    }
    total
}

/// The batch, normalised and activated.
pub fn apply(rows: &[f32], statistics: &Statistics, affine: Affine) -> Vec<f32> {
    let scale: Vec<f32> = scales(statistics, affine).collect();
    let channels = scale.len();
    let length = BLOCK * channels;
    let mut output = vec![0.0; rows.len()];
    parallel::fill(
        &mut output,
        length,
        || (),
        |(), index, output| {
            let rows = piece(rows, index, length).chunks_exact(channels);
            for (output, row) in output.chunks_exact_mut(channels).zip(rows) {
                let own = statistics.mean.iter().zip(&scale).zip(affine.beta);
                let numbers = row.iter().zip(own);
                for (output, (number, ((mean, scale), beta))) in output.iter_mut().zip(numbers) {
                    // The mean first: far from zero the difference is what is exact.
                    let normal = (number - mean) * scale + beta;
                    *output = if normal > 0.0 {
                        normal
                    } else {
                        normal * affine.slope
                    };
                }
            }
        },
    );
    output
}

/// γ / √(variance + ε)
fn scales(statistics: &Statistics, affine: Affine) -> impl Iterator<Item = f32> {
    let pairs = affine.gamma.iter().zip(&statistics.variance);
    pairs.map(move |(gamma, variance)| gamma / (variance + affine.epsilon).sqrt())
}

/// The gradients of the batch, of γ and of β. The statistics are the batch's own.
///
/// - `rows`, `output`, `gradient`: `[rows, channels]`
pub fn gradients(
    rows: &[f32],
    output: &[f32],
    gradient: &[f32],
    statistics: &Statistics,
    affine: Affine,
) -> [Vec<f32>; 3] {
    let channels = affine.gamma.len();
    let count = (rows.len() / channels) as f64;
    let before = |output: f32, gradient: f32| {
        if output > 0.0 {
            gradient
        } else {
            gradient * affine.slope
        }
    };
    let mean = &statistics.mean;
    // Sums of the gradients before the activation, and of their products with centred numbers.
    let length = BLOCK * channels;
    let blocks = parallel::map(rows.len().div_ceil(length), |index| {
        let mut plain = vec![0.0_f32; channels];
        let mut centred = vec![0.0_f32; channels];
        let [rows, output, gradient] = [rows, output, gradient]
            .map(|numbers| piece(numbers, index, length).chunks_exact(channels));
        for ((row, output), gradient) in rows.zip(output).zip(gradient) {
            let sums = plain.iter_mut().zip(&mut centred).zip(mean);
            let numbers = row.iter().zip(output).zip(gradient);
            for (((plain, centred), mean), ((number, output), gradient)) in sums.zip(numbers) {
                let gradient = before(*output, *gradient);
                *plain += gradient;
                *centred += gradient * (number - mean);
            }
        }
        (plain, centred)
    });
    let (plain, centred): (Vec<_>, Vec<_>) = blocks.into_iter().unzip();
    let (plain, centred) = (total(&plain, channels), total(&centred, channels));
    // dx = s·(g − Σg/n − x̂·Σ(g·x̂)/n) with x̂ = (x − mean)·r: linear in g and x − mean.
    let mut of_gradient = Vec::with_capacity(channels);
    let mut of_distance = Vec::with_capacity(channels);
    let mut constant = Vec::with_capacity(channels);
    let mut gamma = Vec::with_capacity(channels);
    for (channel, scale) in scales(statistics, affine).enumerate() {
        let (plain, centred) = (plain[channel], centred[channel]);
        let inverse =
            1.0 / (f64::from(statistics.variance[channel]) + f64::from(affine.epsilon)).sqrt();
        let scale = f64::from(scale);
        of_gradient.push(scale as f32);
        of_distance.push((-scale * inverse * inverse * centred / count) as f32);
        constant.push((-scale * plain / count) as f32);
        gamma.push((centred * inverse) as f32);
    }
    let mut batch = vec![0.0; rows.len()];
    parallel::fill(
        &mut batch,
        length,
        || (),
        |(), index, batch| {
            let [rows, output, gradient] = [rows, output, gradient]
                .map(|numbers| piece(numbers, index, length).chunks_exact(channels));
            let lines = rows.zip(output).zip(gradient);
            for (batch, ((row, output), gradient)) in batch.chunks_exact_mut(channels).zip(lines) {
                let factors = of_gradient.iter().zip(&of_distance).zip(&constant);
                let numbers = row.iter().zip(mean).zip(output).zip(gradient);
                for (batch, (factors, numbers)) in batch.iter_mut().zip(factors.zip(numbers)) {
                    let ((of_gradient, of_distance), constant) = factors;
                    let (((number, mean), output), gradient) = numbers;
                    let through_statistics = of_distance * (number - mean) + constant;
                    *batch = of_gradient * before(*output, *gradient) + through_statistics;
                }
            }
        },
    );
    let beta = plain.iter().map(|&plain| plain as f32).collect();
    [batch, gamma, beta]
}
