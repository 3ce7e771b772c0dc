//! Adam and RMSProp for one network, their state in buffers that a recorded step advances by itself.

use burn::module::{Module, ModuleMapper, ModuleVisitor, Param};
use burn::optim::GradientsParams;
use burn::tensor::{Device, Tensor};

use crate::device::buffer::Buffer;
use crate::device::is_cpu;
use crate::kernels;
use crate::preset::Optimizer;

const EPSILON: f64 = 1e-8;

/// A network's optimiser and its state.
///
/// RMSProp is Adam without a first moment and without bias correction.
///
/// All parameters' numbers lie end to end, in the order in which the network is visited: a GPU then
/// takes a few launches for a step in place of a few for each parameter.
#[derive(Debug)]
pub(super) struct Adam {
    betas: [f64; 2],
    corrects_bias: bool,
    clip: Clip,
    /// β₁ᵗ and β₂ᵗ after t steps. Each `[1]`
    pub(super) powers: [Buffer<1>; 2],
    /// Running means of the gradient and of its square. A mean without decay is the newest value:
    /// there is nothing to keep. Each `[parameters]`
    pub(super) moments: [Option<Buffer<1>>; 2],
}

/// What is cut off.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Clip {
    /// The longest gradient, over all parameters.
    pub(super) gradient: Option<f64>,
    /// The largest number of the network, up or down.
    pub(super) weight: Option<f64>,
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
        let mut size = Size(0);
        network.visit(&mut size);
        let moments =
            betas.map(|beta| (beta > 0.0).then(|| Buffer::new(Tensor::zeros([size.0], &device))));
        Self {
            betas,
            corrects_bias,
            clip,
            powers: [one(), one()],
            moments,
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
        let mut rows = Rows {
            gradients,
            rows: Vec::new(),
        };
        network.visit(&mut rows);
        let mut gradient = Tensor::cat(rows.rows, 0);
        let length = gradient.clone().square().sum().sqrt();
        if let Some(longest) = self.clip.gradient {
            let scale = (length.clone() + EPSILON).recip() * longest;
            gradient = gradient * scale.clamp_max(1.0);
        }

        let powers: [Tensor<1>; 2] = std::array::from_fn(|i| self.powers[i].get() * self.betas[i]);
        // θ ← θ − α/(1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε), without the corrections where there are
        // none.
        let factors = if self.corrects_bias {
            let [bias_1, bias_2] = powers.clone().map(|power| -power + 1.0);
            [bias_2.sqrt().recip(), learning_rate / bias_1]
        } else {
            [learning_rate.ones_like(), learning_rate]
        };
        let changes = self.changes(gradient, factors);
        let network = network.map(&mut Descent {
            changes,
            offset: 0,
            weight_clip: self.clip.weight,
        });

        for moment in self.moments.iter_mut().flatten() {
            moment.write_back();
        }
        for (buffer, power) in self.powers.iter_mut().zip(powers) {
            buffer.set(power);
        }
        (network, length)
    }

    /// What is to be subtracted from the parameters. The moments that belong to it are kept, but not
    /// yet in their place.
    fn changes(&mut self, gradient: Tensor<1>, [second_factor, rate]: [Tensor<1>; 2]) -> Tensor<1> {
        let [beta_1, beta_2] = self.betas;
        let [first, second] = &mut self.moments;
        if is_cpu(&gradient.device()) {
            let kept = |moment: &Option<Buffer<1>>| match moment {
                Some(moment) => moment.get(),
                // Nothing of it stays.
                None => gradient.clone(),
            };
            let moments = [kept(first), kept(second)];
            let factors = [second_factor, rate];
            let (changes, new) = kernels::adam(gradient, moments, factors, self.betas, EPSILON);
            for (moment, new) in [first, second].into_iter().zip(new) {
                if let Some(moment) = moment {
                    moment.set_later(new);
                }
            }
            return changes;
        }
        let second = mean(second, beta_2, gradient.clone().square());
        let first = mean(first, beta_1, gradient);
        first / (second.sqrt() * second_factor + EPSILON) * rate
    }
}

/// The running mean with a new value in it, which is kept, but not yet in its place.
fn mean(kept: &mut Option<Buffer<1>>, beta: f64, new: Tensor<1>) -> Tensor<1> {
    let Some(kept) = kept else {
        return new;
    };
    let mean = kept.get() * beta + new * (1.0 - beta);
    kept.set_later(mean.clone());
    mean
}

/// Counts the numbers that a network trains.
struct Size(usize);

impl ModuleVisitor for Size {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        if param.is_require_grad() {
            self.0 += param.lazy_shape().num_elements();
        }
    }
}

/// Lays all gradients out in rows, to be joined.
///
/// On a GPU a convolution's weight gradient comes as a permuted view of its channels-last form, and
/// Burn 0.22.1 with kernel fusion reads such a view with the wrong strides where a dimension is 1
/// (the generator's last convolution, with its one output channel). Flattening makes a copy in the
/// right order.
struct Rows {
    gradients: GradientsParams,
    rows: Vec<Tensor<1>>,
}

impl ModuleVisitor for Rows {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        if param.is_require_grad() {
            let gradient = self.gradients.remove::<D>(param.id);
            // What the loss does not depend on does not move.
            let gradient = gradient.unwrap_or_else(|| param.val().inner().zeros_like());
            let count = gradient.shape().num_elements();
            self.rows.push(gradient.reshape([count]));
        }
    }
}

/// Subtracts from each parameter its part of the changes.
struct Descent {
    /// `[parameters]`
    changes: Tensor<1>,
    /// Where the next parameter's part begins.
    offset: usize,
    weight_clip: Option<f64>,
}

impl ModuleMapper for Descent {
    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        if !param.is_require_grad() {
            return param;
        }
        let (id, weights, mapper) = param.consume();
        let shape = weights.shape();
        let count = shape.num_elements();
        let change = self.changes.clone().narrow(0, self.offset, count);
        self.offset += count;
        let mut weights = weights.inner() - change.reshape(shape);
        if let Some(bound) = self.weight_clip {
            weights = weights.clamp(-bound, bound);
        }
        let weights = Tensor::from_inner(weights).require_grad();
        Param::from_mapped_value(id, weights, mapper)
    }
}
