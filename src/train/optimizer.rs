//! Adam for one network, its state in buffers that a recorded step advances by itself.

use std::collections::HashMap;

use burn::module::{Module, ModuleMapper, ModuleVisitor, Param, ParamId};
use burn::optim::GradientsParams;
use burn::tensor::{Device, Tensor};

use crate::device::buffer::Buffer;

const BETA_2: f32 = 0.999;
const EPSILON: f64 = 1e-8;

/// A network's Adam (Kingma & Ba 2015) with β₂ 0.999 and ε 1e-8, and its moments.
#[derive(Debug)]
pub(super) struct Adam {
    beta_1: f64,
    /// β₁ᵗ and β₂ᵗ after t steps. Each `[1]`
    powers: [Buffer<1>; 2],
    moments: HashMap<ParamId, Moments>,
}

/// Running means of one parameter's gradient and of its square. Each `[numbers]`
#[derive(Debug)]
struct Moments {
    first: Buffer<1>,
    second: Buffer<1>,
}

impl Adam {
    /// At step 0, for what `network` trains.
    pub(super) fn new<M: Module>(network: &M, beta_1: f32, device: &Device) -> Self {
        let device = device.clone().without_autodiff();
        let mut zeros = ZeroMoments {
            moments: HashMap::new(),
            device: device.clone(),
        };
        network.visit(&mut zeros);
        let one = || Buffer::new(Tensor::ones([1], &device));
        Self {
            beta_1: f64::from(beta_1),
            powers: [one(), one()],
            moments: zeros.moments,
        }
    }

    /// The network after one step down the gradients.
    ///
    /// - `learning_rate`: `[1]`, plain
    pub(super) fn step<M: Module>(
        &mut self,
        learning_rate: Tensor<1>,
        network: M,
        gradients: GradientsParams,
    ) -> M {
        let betas = [self.beta_1, f64::from(BETA_2)];
        let [bias_1, bias_2] = std::array::from_fn(|i| {
            let power = self.powers[i].get() * betas[i];
            self.powers[i].set(power.clone());
            -power + 1.0
        });
        network.map(&mut Descent {
            betas,
            step_size: learning_rate / bias_1,
            second_scale: bias_2.sqrt().recip(),
            moments: &mut self.moments,
            gradients,
        })
    }
}

struct ZeroMoments {
    moments: HashMap<ParamId, Moments>,
    device: Device,
}

impl ModuleVisitor for ZeroMoments {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        if !param.is_require_grad() {
            return;
        }
        let count = param.shape().num_elements();
        let zeros = || Buffer::new(Tensor::zeros([count], &self.device));
        let moments = Moments {
            first: zeros(),
            second: zeros(),
        };
        self.moments.insert(param.id, moments);
    }
}

/// One step: θ ← θ − α/(1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε).
struct Descent<'a> {
    betas: [f64; 2],
    /// α/(1 − β₁ᵗ). `[1]`
    step_size: Tensor<1>,
    /// 1/√(1 − β₂ᵗ). `[1]`
    second_scale: Tensor<1>,
    moments: &'a mut HashMap<ParamId, Moments>,
    gradients: GradientsParams,
}

impl ModuleMapper for Descent<'_> {
    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let (id, weights, mapper) = param.consume();
        let (Some(gradient), Some(moments)) =
            (self.gradients.remove::<D>(id), self.moments.get_mut(&id))
        else {
            return Param::from_mapped_value(id, weights, mapper);
        };
        let weights = weights.inner();
        let shape = weights.shape();
        // Flat, in row-major order. On a GPU a convolution's weight gradient comes as a permuted
        // view of its channels-last form, and Burn 0.22.1 with kernel fusion reads such a view with
        // the wrong strides where a dimension is 1 (the generator's last convolution, with its one
        // output channel). Flattening makes a copy in the right order.
        let gradient: Tensor<1> = gradient.reshape([shape.num_elements()]);
        let [beta_1, beta_2] = self.betas;
        let first = moments.first.get() * beta_1 + gradient.clone() * (1.0 - beta_1);
        let second = moments.second.get() * beta_2 + gradient.square() * (1.0 - beta_2);
        let size = second.clone().sqrt() * self.second_scale.clone() + EPSILON;
        let change = first.clone() / size * self.step_size.clone();
        moments.first.set(first);
        moments.second.set(second);
        let weights = Tensor::from_inner(weights - change.reshape(shape)).require_grad();
        Param::from_mapped_value(id, weights, mapper)
    }
}
