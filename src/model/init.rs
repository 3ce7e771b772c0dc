//! Initial weights, drawn on the host from a seed.
//!
//! Burn draws them on the device, from a generator that the whole process shares and that differs
//! between devices. Drawn here, they are the same on the CPU and on a GPU, and two trainers do not
//! disturb one another. Not for biases and batch normalisation: they begin at their constants.

use burn::module::{Module, ModuleMapper, Param};
use burn::nn::Initializer;
use burn::tensor::{Device, Tensor, TensorData};
use rand::RngExt;
use rand_pcg::Pcg64;

/// What networks are built with before [`draw_weights`]: biases stay so, weights are replaced.
pub(super) const BLANK: Initializer = Initializer::Zeros;

/// Replaces every weight matrix and kernel by Glorot-uniform draws: U(−b, b) with
/// b = √(6 / (fan in + fan out)) (Glorot & Bengio 2010).
pub(super) fn draw_weights<M: Module>(network: M, seed: u64, device: &Device) -> M {
    network.map(&mut GlorotUniform {
        rng: Pcg64::new(seed.into(), 0),
        device: device.clone(),
    })
}

struct GlorotUniform {
    rng: Pcg64,
    device: Device,
}

impl ModuleMapper for GlorotUniform {
    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let shape = param.lazy_shape();
        let dims = shape.as_slice();
        // Linear is [in, out], convolutions [out, in, k, k] or [in, out, k, k]: the sum of the
        // fans is the same either way round. What has one dimension is a bias or a scale.
        let [a, b, ref kernel @ ..] = *dims else {
            return param;
        };
        let fans = (a + b) * kernel.iter().product::<usize>();
        let bound = (6.0 / fans as f32).sqrt();
        let values: Vec<f32> = (0..shape.num_elements())
            .map(|_| self.rng.random_range(-bound..bound))
            .collect();
        let weights = Tensor::from_data(TensorData::new(values, shape), &self.device);
        Param::initialized(param.id, weights).set_require_grad(true)
    }
}
