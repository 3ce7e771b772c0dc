//! Noise from a counter that lives on the device, and the seeds of a run's streams.
//!
//! A hash of two random words a lane and the counter gives uniform bits, Box and Muller (1958) make
//! them normal. All of it is tensor operations on buffers made before, so drawing uploads nothing, a recorded step draws
//! anew each time it is replayed, the CPU and a GPU draw the same numbers up to rounding, and two
//! streams never disturb one another (a device's own generator is shared by the whole process).

use burn::tensor::{DType, Device, Int, Tensor, TensorData};
use rand::RngExt;
use rand_pcg::Pcg64;

use crate::device::buffer::Buffer;

/// A stream of standard normal numbers in a fixed shape.
#[derive(Debug)]
pub struct NormalNoise {
    rows: usize,
    columns: usize,
    /// Two random words a lane, drawn from the seed; a pair's lanes are half the length apart. Each
    /// `[2 · pairs]`, u32
    lanes: [Tensor<1, Int>; 2],
    /// Draws so far. `[1]`, u32
    counter: Buffer<1, Int>,
}

/// Half of the golden ratio's 32-bit fraction, made odd: steps the lanes far apart.
const COUNTER_STRIDE: u32 = 0x4f1b_bcdd;
/// Multipliers of the mixing function. Below 2³¹, so that a product of two words fits the 64-bit
/// integers through which the CPU backend computes.
const MIX: [u32; 2] = [0x21f0_aaad, 0x2ca5_d269];

impl NormalNoise {
    /// A stream of `[rows, columns]` draws that depends on `seed` alone: more rows begin with the same
    /// numbers.
    ///
    /// # Panics
    ///
    /// Unless both are at least one.
    pub fn new(rows: usize, columns: usize, seed: u64, device: &Device) -> Self {
        assert!(rows > 0 && columns > 0, "noise needs a shape");
        let mut rng = Pcg64::new(seed.into(), 1);
        let pair_count = (rows * columns).div_ceil(2);
        let pairs: Vec<[[u32; 2]; 2]> = (0..pair_count).map(|_| rng.random()).collect();
        let words_of = |word: usize| {
            let of_lane = |lane: usize| pairs.iter().map(move |pair| pair[lane][word]);
            of_lane(0).chain(of_lane(1)).collect()
        };
        let lanes = [words_of(0), words_of(1)];
        let device = device.clone().without_autodiff();
        let words = |words: Vec<u32>| {
            let shape = [words.len()];
            Tensor::from_data(TensorData::new(words, shape), (&device, DType::U32))
        };
        Self {
            rows,
            columns,
            lanes: lanes.map(words),
            counter: Buffer::new(words(vec![0])),
        }
    }

    /// The next draw; nothing is uploaded or read.
    ///
    /// # Shapes
    ///
    /// `[rows, columns]`, mean 0, variance 1, at most 5.8 from 0
    pub fn draw(&mut self) -> Tensor<2> {
        let uniform = self.uniform();
        let pairs = uniform.dims()[0] / 2;
        let radius = (uniform.clone().narrow(0, 0, pairs).log() * -2.0).sqrt();
        // In [−π, π], where shaders must be good to 2⁻¹¹; outside, nothing is promised.
        let angle = (uniform.narrow(0, pairs, pairs) - 0.5) * std::f64::consts::TAU;

        let cosines = radius.clone() * angle.clone().cos();
        let sines = radius * angle.sin();
        // Both numbers of a pair side by side, so that a pair's place does not depend on how many follow.
        let pairs = Tensor::cat(
            vec![cosines.unsqueeze_dim::<2>(1), sines.unsqueeze_dim(1)],
            1,
        );
        pairs
            .flatten::<1>(0, 1)
            .narrow(0, 0, self.rows * self.columns)
            .reshape([self.rows, self.columns])
    }

    /// The next draw as uniform numbers.
    ///
    /// # Shapes
    ///
    /// `[rows, columns]`, above 0 and below 1
    pub(crate) fn draw_uniform(&mut self) -> Tensor<2> {
        let count = self.rows * self.columns;
        let uniform = self.uniform().narrow(0, 0, count);
        uniform.reshape([self.rows, self.columns])
    }

    /// One number a lane, above 0 and below 1.
    fn uniform(&mut self) -> Tensor<1> {
        let counter = self.counter.get();
        let words = hash(&self.lanes, counter.clone());
        self.counter.set_later(counter + 1_u32);
        share(words)
    }

    /// Goes on behind the first `draws` draws, or back there.
    pub(crate) fn seek(&mut self, draws: u32) {
        let device = self.lanes[0].device();
        let words = TensorData::new(vec![draws], [1]);
        self.counter
            .set(Tensor::from_data(words, (&device, DType::U32)));
    }

    /// Writes the counter back, at a step's end.
    pub(crate) fn write_back(&mut self) {
        self.counter.write_back();
    }
}

/// Words whose bits look independent between lanes and between counts: rounds of xor-shift and
/// multiplication, as in MurmurHash3's finaliser (Appleby 2011).
///
/// Of the first word alone, all lanes would walk along one sequence, each from another place, and of
/// a hundred thousand some soon repeat what others drew. So the second word comes in behind the first
/// round; two more make lanes differ throughout whose second words differ in one bit.
fn hash([first, second]: &[Tensor<1, Int>; 2], counter: Tensor<1, Int>) -> Tensor<1, Int> {
    let fold = |words: Tensor<1, Int>, shift: u32| {
        let shifted = words.clone().bitwise_right_shift_scalar(shift);
        words.bitwise_xor(shifted)
    };
    let words = fold(first.clone() + counter * COUNTER_STRIDE, 16) * MIX[0];
    let words = fold(words.bitwise_xor(second.clone()), 15) * MIX[1];
    fold(fold(words, 16) * MIX[0], 15)
}

/// Words as numbers above 0 and below 1. Of 23 bits and a half: those 24 fill an f32's significand,
/// so that nothing is rounded, and the half keeps a logarithm's argument above 0.
fn share(words: Tensor<1, Int>) -> Tensor<1> {
    (words.bitwise_right_shift_scalar(9_u32).float() + 0.5) * (1.0 / f64::from(1_u32 << 23))
}

/// What is drawn: one seed, many streams, so that what a run draws for one purpose has nothing to do
/// with what it draws for another.
#[derive(Clone, Copy)]
pub(crate) enum Stream {
    Generator,
    Discriminator,
    Order,
    Noise,
    FixedLatents,
    Validation,
    InstanceNoise,
    GradientPenalty,
    Translation,
    Classifier,
    Colour,
    Cutout,
}

impl Stream {
    /// The seed of this stream in a run of that seed.
    pub(crate) fn seed(self, run: u32) -> u64 {
        u64::from(run) << 8 | self as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device;

    fn words(words: &[u32]) -> Tensor<1, Int> {
        let words = TensorData::new(words.to_vec(), [words.len()]);
        Tensor::from_data(words, (&device::cpu(), DType::U32))
    }

    fn read(numbers: Tensor<1>) -> Vec<f32> {
        numbers.into_data().try_into_vec().unwrap()
    }

    #[test]
    fn shares_are_above_0_and_below_1_and_none_is_a_move_too_far() {
        let ends = read(share(words(&[0, u32::MAX])));
        assert!(ends[0] > 0.0 && ends[1] < 1.0, "{ends:?}");
        // What a translation by up to 27 pixels makes of them.
        for moves in 1..28 {
            let choices = (2 * moves + 1) as f32;
            assert_eq!((ends[1] * choices).floor(), choices - 1.0);
        }
    }

    #[test]
    fn no_lane_repeats_what_another_drew() {
        // Of one sequence of 2³², some 20 of so many stretches would overlap.
        let (lanes, draws) = (20_000, 200);
        let mut noise = NormalNoise::new(lanes, 1, 6, &device::cpu());
        let mut last = read(noise.uniform());
        let mut pairs = Vec::new();
        for _ in 1..draws {
            let next = read(noise.uniform());
            pairs.extend(
                last.iter()
                    .zip(&next)
                    .map(|(a, b)| (a.to_bits(), b.to_bits())),
            );
            last = next;
        }
        pairs.sort_unstable();
        // By chance (4·10⁶)² / 2 of 2⁴⁶: 0.1. An overlap would repeat a hundred of them.
        let repeats = pairs.windows(2).filter(|pair| pair[0] == pair[1]).count();
        assert!(
            repeats < 5,
            "{repeats} pairs of successive draws occur twice"
        );
    }

    #[test]
    fn lanes_that_meet_in_their_first_word_go_on_apart() {
        // Two lanes, the second five counts behind the first, at 4,096 counts each.
        let behind = 9_u32.wrapping_sub(COUNTER_STRIDE.wrapping_mul(5));
        let draws = |first: u32, second: u32, from: u32| {
            let counts = words(&(from..from + 4096).collect::<Vec<_>>());
            read(share(hash(&[words(&[first]), words(&[second])], counts)))
        };
        for bit in 0..32 {
            let ahead = draws(9, 7, 0);
            let after = draws(behind, 7 ^ (1 << bit), 5);
            // Differences of independent shares, modulo 1, are uniform: 16 bins, 15 degrees of
            // freedom, a standard deviation of √30.
            let mut bins = [0_u32; 16];
            for (a, b) in ahead.iter().zip(&after) {
                bins[((a - b).rem_euclid(1.0) * 16.0) as usize % 16] += 1;
            }
            let expected = 4096.0 / 16.0;
            let chi: f64 = bins
                .iter()
                .map(|&found| (f64::from(found) - expected).powi(2) / expected)
                .sum();
            assert!(chi < 15.0 + 6.0 * f64::sqrt(30.0), "bit {bit}: {bins:?}");
        }
    }
}
