//! Noise from a counter that lives on the device.
//!
//! A hash of (lane, counter) gives uniform bits, Box and Muller (1958) make them normal. All of it
//! is tensor operations on buffers made before, so drawing uploads nothing, a recorded step draws
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
    /// One random word a lane, drawn from the seed. `[2 · pairs]`, u32
    lanes: Tensor<1, Int>,
    /// Draws so far. `[1]`, u32
    counter: Buffer<1, Int>,
}

/// Half of the golden ratio's 32-bit fraction, made odd: steps the lanes far apart.
const COUNTER_STRIDE: u32 = 0x4f1b_bcdd;
/// Multipliers of the mixing function. Below 2³¹, so that a product of two words fits the 64-bit
/// integers through which the CPU backend computes.
const MIX: [u32; 2] = [0x21f0_aaad, 0x2ca5_d269];

impl NormalNoise {
    /// A stream of `[rows, columns]` draws that depends on `seed` alone.
    ///
    /// # Panics
    ///
    /// Unless both are at least one.
    pub fn new(rows: usize, columns: usize, seed: u64, device: &Device) -> Self {
        assert!(rows > 0 && columns > 0, "noise needs a shape");
        let mut rng = Pcg64::new(seed.into(), 1);
        let lane_count = 2 * (rows * columns).div_ceil(2);
        let lanes: Vec<u32> = (0..lane_count).map(|_| rng.random()).collect();
        let device = device.clone().without_autodiff();
        let words = |words: Vec<u32>| {
            let shape = [words.len()];
            Tensor::from_data(TensorData::new(words, shape), (&device, DType::U32))
        };
        Self {
            rows,
            columns,
            lanes: words(lanes),
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
        Tensor::cat(vec![cosines, sines], 0)
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

    /// One number a lane.
    fn uniform(&mut self) -> Tensor<1> {
        let counter = self.counter.get();
        let words = self.lanes.clone() + counter.clone() * COUNTER_STRIDE;
        self.counter.set_later(counter + 1_u32);
        // 24 bits fill an f32's significand; the half keeps a logarithm's argument above 0.
        (mix(words).bitwise_right_shift_scalar(8_u32).float() + 0.5)
            * (1.0 / f64::from(1_u32 << 24))
    }

    /// Goes on behind the first `draws` draws, or back there.
    pub(crate) fn seek(&mut self, draws: u32) {
        let device = self.lanes.device();
        let words = TensorData::new(vec![draws], [1]);
        self.counter
            .set(Tensor::from_data(words, (&device, DType::U32)));
    }

    /// Writes the counter back, at a step's end.
    pub(crate) fn settle(&mut self) {
        self.counter.settle();
    }
}

/// Spreads every input bit over the word: two rounds of xor-shift and multiplication, the form of
/// MurmurHash3's finaliser (Appleby 2011).
fn mix(words: Tensor<1, Int>) -> Tensor<1, Int> {
    let fold = |words: Tensor<1, Int>, shift: u32| {
        let shifted = words.clone().bitwise_right_shift_scalar(shift);
        words.bitwise_xor(shifted)
    };
    let words = fold(words, 16) * MIX[0];
    let words = fold(words, 15) * MIX[1];
    fold(words, 15)
}
