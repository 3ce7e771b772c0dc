//! Adam for one network, its state in buffers that a recorded step advances by itself.

use burn::module::{Module, ModuleMapper, ModuleVisitor, Param};
use burn::optim::GradientsParams;
use burn::tensor::{Device, Tensor};

use crate::device::buffer::{Buffer, overwrite};

const BETA_2: f64 = 0.999;
const EPSILON: f64 = 1e-8;

/// A network's Adam (Kingma & Ba 2015) with β₂ 0.999 and ε 1e-8, and its moments.
pub(super) struct Adam {
    betas: [f64; 2],
    /// β₁ᵗ and β₂ᵗ after t steps. Each `[1]`
    pub(super) powers: [Buffer<1>; 2],
    /// Running means of each parameter's gradient and of its square, shaped as the parameter.
    // Burn's only public map from parameters to tensors of any rank is the one it made for gradients.
    pub(super) moments: [GradientsParams; 2],
}

impl std::fmt::Debug for Adam {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Adam")
    }
}

impl Adam {
    /// At step 0, for what `network` trains.
    pub(super) fn new<M: Module>(network: &M, beta_1: f32, device: &Device) -> Self {
        let device = device.clone().without_autodiff();
        let one = || Buffer::new(Tensor::ones([1], &device));
        let mut zeros = Zeros([GradientsParams::new(), GradientsParams::new()]);
        network.visit(&mut zeros);
        Self {
            betas: [f64::from(beta_1), BETA_2],
            powers: [one(), one()],
            moments: zeros.0,
        }
    }

    /// The network after one step down the gradients.
    ///
    /// What the next step needs is written back after all else: kernel fusion stops at each write.
    ///
    /// - `learning_rate`: `[1]`, plain
    pub(super) fn step<M: Module>(
        &mut self,
        learning_rate: Tensor<1>,
        network: M,
        gradients: GradientsParams,
    ) -> M {
        let powers: [Tensor<1>; 2] = std::array::from_fn(|i| self.powers[i].get() * self.betas[i]);
        let [bias_1, bias_2] = powers.clone().map(|power| -power + 1.0);
        let mut descent = Descent {
            betas: self.betas,
            step_size: learning_rate / bias_1,
            second_scale: bias_2.sqrt().recip(),
            gradients,
            moments: &self.moments,
            moved: [GradientsParams::new(), GradientsParams::new()],
        };
        let network = network.map(&mut descent);
        let mut keep = Keep {
            moved: descent.moved,
            moments: &mut self.moments,
        };
        network.visit(&mut keep);
        for (buffer, power) in self.powers.iter_mut().zip(powers) {
            buffer.set(power);
        }
        network
    }
}

struct Zeros([GradientsParams; 2]);

impl ModuleVisitor for Zeros {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        if param.is_require_grad() {
            for moments in &mut self.0 {
                moments.register(param.id, param.val().inner().zeros_like());
            }
        }
    }
}

/// One step: θ ← θ − α/(1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε).
struct Descent<'a> {
    betas: [f64; 2],
    /// α/(1 − β₁ᵗ). `[1]`
    step_size: Tensor<1>,
    /// 1/√(1 − β₂ᵗ). `[1]`
    second_scale: Tensor<1>,
    gradients: GradientsParams,
    moments: &'a [GradientsParams; 2],
    /// The moments after the step.
    moved: [GradientsParams; 2],
}

impl ModuleMapper for Descent<'_> {
    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let (id, weights, mapper) = param.consume();
        let [first, second] = self.moments;
        let (Some(gradient), Some(first), Some(second)) = (
            self.gradients.remove::<D>(id),
            first.get::<D>(id),
            second.get::<D>(id),
        ) else {
            return Param::from_mapped_value(id, weights, mapper);
        };
        let gradient = row_major(gradient);
        let [beta_1, beta_2] = self.betas;
        let first = first * beta_1 + gradient.clone() * (1.0 - beta_1);
        let second = second * beta_2 + gradient.square() * (1.0 - beta_2);
        let size = second.clone().sqrt() * self.second_scale.clone().reshape([1; D]) + EPSILON;
        let change = first.clone() / size * self.step_size.clone().reshape([1; D]);
        let [moved_first, moved_second] = &mut self.moved;
        moved_first.register(id, first);
        moved_second.register(id, second);
        let weights = Tensor::from_inner(weights.inner() - change).require_grad();
        Param::from_mapped_value(id, weights, mapper)
    }
}

/// Puts moments where they were.
struct Keep<'a> {
    moved: [GradientsParams; 2],
    moments: &'a mut [GradientsParams; 2],
}

impl ModuleVisitor for Keep<'_> {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        for (moments, moved) in self.moments.iter_mut().zip(&mut self.moved) {
            if let Some(moved) = moved.remove::<D>(param.id) {
                let old = moments.remove::<D>(param.id);
                let old = old.expect("what moved was there before");
                moments.register(param.id, overwrite(old, moved));
            }
        }
    }
}

/// The gradient in row-major order.
///
/// On a GPU a convolution's weight gradient comes as a permuted view of its channels-last form, and
/// Burn 0.22.1 with kernel fusion reads such a view with the wrong strides where a dimension is 1
/// (the generator's last convolution, with its one output channel). Flattening makes a copy in the
/// right order; on the CPU it costs nothing.
fn row_major<const D: usize>(gradient: Tensor<D>) -> Tensor<D> {
    if D <= 2 {
        return gradient;
    }
    let shape = gradient.shape();
    gradient.reshape([shape.num_elements()]).reshape(shape)
}
