//! The loops that take the time: small blocks of sums that stay in registers while what they are
//! sums of streams by. Each sum is taken in one fixed order.

use super::lanes::Lanes;

/// Pixels, or rows of a weight's gradient, in a block: with two vectors in each, six keep all of
/// sixteen registers at work. Browsers reckon every row's address anew, so there two rows of four
/// vectors are twice as fast.
pub(super) const ROWS: usize = if cfg!(target_family = "wasm") { 2 } else { 6 };
/// Vectors side by side in a block.
pub(super) const VECTORS: usize = if cfg!(target_family = "wasm") { 4 } else { 2 };

/// Numbers in a block's row, at most.
const BLOCK: usize = if cfg!(target_family = "wasm") { 16 } else { 32 };

/// What is done to a sum before it is written.
#[derive(Clone, Copy, Debug)]
pub struct Finish<'a> {
    /// Added to each channel.
    pub bias: Option<&'a [f32]>,
    /// Factor of what is below zero.
    pub slope: f32,
}

impl Finish<'_> {
    /// Finishes sums that are in their place: the channels from `first` on.
    #[inline(always)]
    pub(super) fn finish(&self, sums: &mut [f32], first: usize) {
        if let Some(bias) = self.bias {
            for (sum, bias) in sums.iter_mut().zip(&bias[first..]) {
                *sum += bias;
            }
        }
        if self.slope != 1.0 {
            for sum in sums {
                *sum = if *sum > 0.0 { *sum } else { *sum * self.slope };
            }
        }
    }
}

/// `M` pixels times a panel of weights: `width` output channels from `first` on, at most a block of
/// them.
///
/// - `input`: framed pictures
/// - `pixels`: each where its first tap is read and where it is written
/// - `taps`: how far behind the first each is read
/// - `panel`: `[taps, depth, block]`
#[inline(always)]
#[allow(clippy::too_many_arguments)]
pub(super) fn product<V: Lanes, const M: usize>(
    input: &[f32],
    pixels: &[[usize; 2]; M],
    taps: &[usize],
    panel: &[f32],
    depth: usize,
    (first, width): (usize, usize),
    finish: Finish,
    output: &mut [f32],
) {
    let block = VECTORS * V::COUNT;
    let mut sums = [[V::splat(0.0); VECTORS]; M];
    for (tap, weights) in taps.iter().zip(panel.chunks_exact(depth * block)) {
        let rows = pixels.map(|[read, _]| &input[read + tap..][..depth]);
        for (k, weights) in weights.chunks_exact(block).enumerate() {
            let weights: [V; VECTORS] = std::array::from_fn(|v| V::load(&weights[v * V::COUNT..]));
            for m in 0..M {
                let value = V::splat(rows[m][k]);
                for v in 0..VECTORS {
                    sums[m][v] = sums[m][v].multiply_add(value, weights[v]);
                }
            }
        }
    }
    // By way of memory: sums that a longer loop indexes would never see a register.
    let mut whole = [[0.0; BLOCK]; M];
    for m in 0..M {
        for v in 0..VECTORS {
            sums[m][v].store(&mut whole[m][v * V::COUNT..]);
        }
    }
    for (sums, [_, to]) in whole.iter().zip(pixels) {
        let to = &mut output[to + first..][..width];
        to.copy_from_slice(&sums[..width]);
        finish.finish(to, first);
    }
}

/// One channel of `M` pixels: the weights' depth is what fills the registers.
///
/// - `weights`: `[taps, depth]`
#[inline(always)]
pub(super) fn dot<V: Lanes, const M: usize>(
    input: &[f32],
    pixels: &[[usize; 2]; M],
    taps: &[usize],
    weights: &[f32],
    depth: usize,
    finish: Finish,
    output: &mut [f32],
) {
    let mut lanes = [V::splat(0.0); M];
    let mut rests = [0.0_f32; M];
    let whole = depth - depth % V::COUNT;
    for (tap, weights) in taps.iter().zip(weights.chunks_exact(depth)) {
        let rows = pixels.map(|[read, _]| &input[read + tap..][..depth]);
        for k in (0..whole).step_by(V::COUNT) {
            let weights = V::load(&weights[k..]);
            for m in 0..M {
                lanes[m] = lanes[m].multiply_add(V::load(&rows[m][k..]), weights);
            }
        }
        for k in whole..depth {
            for m in 0..M {
                rests[m] += rows[m][k] * weights[k];
            }
        }
    }
    let mut whole = [[0.0; BLOCK]; M];
    for m in 0..M {
        lanes[m].store(&mut whole[m]);
    }
    for ((numbers, rest), [_, to]) in whole.iter_mut().zip(rests).zip(pixels) {
        let mut half = V::COUNT;
        while half > 1 {
            half /= 2;
            for n in 0..half {
                numbers[n] += numbers[n + half];
            }
        }
        let to = &mut output[*to..][..1];
        to[0] = numbers[0] + rest;
        finish.finish(to, 0);
    }
}

/// Adds to `M` rows and a block of columns of a weight's gradient what each pixel gives: its large
/// side's numbers times its small side's.
///
/// - `large`: framed pictures; `pixels`: where each pixel's first number is read
/// - `small`: `[pixels, block]`
/// - `sums`: `[M, block]`
#[inline(always)]
pub(super) fn outer<V: Lanes, const M: usize>(
    large: &[f32],
    pixels: &[usize],
    small: &[f32],
    sums: &mut [f32],
) {
    let block = VECTORS * V::COUNT;
    let mut registers: [[V; VECTORS]; M] = std::array::from_fn(|m| {
        std::array::from_fn(|v| V::load(&sums[m * block + v * V::COUNT..]))
    });
    for (&pixel, row) in pixels.iter().zip(small.chunks_exact(block)) {
        let values = &large[pixel..][..M];
        let row: [V; VECTORS] = std::array::from_fn(|v| V::load(&row[v * V::COUNT..]));
        for m in 0..M {
            let value = V::splat(values[m]);
            for v in 0..VECTORS {
                registers[m][v] = registers[m][v].multiply_add(value, row[v]);
            }
        }
    }
    for m in 0..M {
        for v in 0..VECTORS {
            registers[m][v].store(&mut sums[m * block + v * V::COUNT..]);
        }
    }
}
