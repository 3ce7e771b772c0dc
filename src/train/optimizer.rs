//! Adam and RMSProp for one network, their state in buffers that a recorded step advances by itself.

use burn::module::{Module, ModuleMapper, ModuleVisitor, Param};
use burn::optim::GradientsParams;
use burn::tensor::{Device, Tensor};

use crate::device::buffer::{Buffer, overwrite};
use crate::preset::Optimizer;

const EPSILON: f64 = 1e-8;

/// A network's optimiser and its state.
///
/// RMSProp is Adam without a first moment and without bias correction.
pub(super) struct Adam {
    betas: [f64; 2],
    corrects_bias: bool,
    clip: Clip,
    /// β₁ᵗ and β₂ᵗ after t steps. Each `[1]`
    pub(super) powers: [Buffer<1>; 2],
    /// Running means of each parameter's gradient and of its square, shaped as the parameter.
    // Burn's only public map from parameters to tensors of any rank is the one it made for gradients.
    pub(super) moments: [GradientsParams; 2],
}

/// What is cut off.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Clip {
    /// The longest gradient, over all parameters.
    pub(super) gradient: Option<f64>,
    /// The largest number of the network, up or down.
    pub(super) weight: Option<f64>,
}

impl std::fmt::Debug for Adam {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Adam")
    }
}

impl Adam {
    /// At step 0, for what `network` trains.
    pub(super) fn new<M: Module>(
        network: &M,
        optimizer: Optimizer,
        clip: Clip,
        device: &Device,
    ) -> Self {
        let device = device.clone().without_autodiff();
        let one = || Buffer::new(Tensor::ones([1], &device));
        let (betas, corrects_bias) = match optimizer {
            Optimizer::Adam { beta_1, beta_2 } => ([beta_1, beta_2], true),
            Optimizer::RmsProp { decay } => ([0.0, decay], false),
        };
        let mut zeros = Zeros {
            betas,
            moments: [GradientsParams::new(), GradientsParams::new()],
        };
        network.visit(&mut zeros);
        Self {
            betas,
            corrects_bias,
            clip,
            powers: [one(), one()],
            moments: zeros.moments,
        }
    }

    /// The network after one step down the gradients, and the length of the gradient, over all
    /// parameters, before any clipping: `[1]`, plain.
    ///
    /// What the next step needs is written back after all else: kernel fusion stops at each write.
    ///
    /// - `learning_rate`: `[1]`, plain
    pub(super) fn step<M: Module>(
        &mut self,
        learning_rate: Tensor<1>,
        network: M,
        gradients: GradientsParams,
    ) -> (M, Tensor<1>) {
        let mut squares = Squares {
            gradients: &gradients,
            sum: None,
        };
        network.visit(&mut squares);
        let length = squares.sum.expect("a network has parameters").sqrt();
        let powers: [Tensor<1>; 2] = std::array::from_fn(|i| self.powers[i].get() * self.betas[i]);
        let [bias_1, bias_2] = powers.clone().map(|power| -power + 1.0);
        let (step_size, second_scale) = if self.corrects_bias {
            (learning_rate / bias_1, Some(bias_2.sqrt().recip()))
        } else {
            (learning_rate, None)
        };
        let mut descent = Descent {
            betas: self.betas,
            step_size,
            second_scale,
            gradient_scale: self
                .clip
                .gradient
                .map(|longest| ((length.clone() + EPSILON).recip() * longest).clamp_max(1.0)),
            weight_clip: self.clip.weight,
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
        (network, length)
    }
}

/// Sums the squares of all gradients.
struct Squares<'a> {
    gradients: &'a GradientsParams,
    /// `[1]`
    sum: Option<Tensor<1>>,
}

impl ModuleVisitor for Squares<'_> {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        if let Some(gradient) = self.gradients.get::<D>(param.id) {
            let squares = row_major(gradient).square().sum();
            self.sum = Some(match self.sum.take() {
                Some(sum) => sum + squares,
                None => squares,
            });
        }
    }
}

struct Zeros {
    betas: [f64; 2],
    moments: [GradientsParams; 2],
}

impl ModuleVisitor for Zeros {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        if param.is_require_grad() {
            for (moments, beta) in self.moments.iter_mut().zip(self.betas) {
                // A mean without decay is the newest value: there is nothing to keep.
                if beta > 0.0 {
                    moments.register(param.id, param.val().inner().zeros_like());
                }
            }
        }
    }
}

/// One step: θ ← θ − α/(1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε), without the corrections where there
/// are none.
struct Descent<'a> {
    betas: [f64; 2],
    /// α/(1 − β₁ᵗ). `[1]`
    step_size: Tensor<1>,
    /// 1/√(1 − β₂ᵗ). `[1]`
    second_scale: Option<Tensor<1>>,
    /// `[1]`
    gradient_scale: Option<Tensor<1>>,
    weight_clip: Option<f64>,
    gradients: GradientsParams,
    moments: &'a [GradientsParams; 2],
    /// The moments after the step.
    moved: [GradientsParams; 2],
}

impl ModuleMapper for Descent<'_> {
    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let (id, weights, mapper) = param.consume();
        let [first, second] = self.moments;
        let Some(gradient) = self.gradients.remove::<D>(id) else {
            return Param::from_mapped_value(id, weights, mapper);
        };
        let mut gradient = row_major(gradient);
        if let Some(scale) = &self.gradient_scale {
            gradient = gradient * scale.clone().reshape([1; D]);
        }
        let [beta_1, beta_2] = self.betas;
        let [moved_first, moved_second] = &mut self.moved;
        let mean =
            |old: Option<Tensor<D>>, beta: f64, new: Tensor<D>, moved: &mut GradientsParams| {
                let Some(old) = old else {
                    return new;
                };
                let mean = old * beta + new * (1.0 - beta);
                moved.register(id, mean.clone());
                mean
            };
        let square = gradient.clone().square();
        let second = mean(second.get(id), beta_2, square, moved_second);
        let first = mean(first.get(id), beta_1, gradient, moved_first);
        let mut size = second.sqrt();
        if let Some(scale) = &self.second_scale {
            size = size * scale.clone().reshape([1; D]);
        }
        let change = first / (size + EPSILON) * self.step_size.clone().reshape([1; D]);
        let mut weights = weights.inner() - change;
        if let Some(bound) = self.weight_clip {
            weights = weights.clamp(-bound, bound);
        }
        let weights = Tensor::from_inner(weights).require_grad();
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
