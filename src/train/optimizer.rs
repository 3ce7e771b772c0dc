//! Adam for one network: Burn's, behind a guard against one of its faults.

use burn::module::Module;
use burn::optim::{Adam, AdamConfig, AdamState, GradientsParams, ModuleOptimizer, Optimizer};
use burn::tensor::{Device, Tensor};

/// A network's Adam (Kingma & Ba 2015) with β₂ 0.999 and ε 1e-8, and its moments.
#[derive(Clone)]
pub(super) struct NetworkAdam(ModuleOptimizer);

impl NetworkAdam {
    pub(super) fn new(beta_1: f32) -> Self {
        let adam = AdamConfig::new()
            .with_beta_1(beta_1)
            .with_beta_2(0.999)
            .with_epsilon(1e-8)
            .build();
        Self(ModuleOptimizer::from(RowMajorAdam(adam)))
    }

    /// The network after one step down the gradients.
    pub(super) fn step<M: Module>(
        &mut self,
        learning_rate: f64,
        network: M,
        gradients: GradientsParams,
    ) -> M {
        self.0.step(learning_rate, network, gradients)
    }
}

impl std::fmt::Debug for NetworkAdam {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("NetworkAdam")
    }
}

/// Adam on gradients in row-major order.
///
/// On a GPU a convolution's weight gradient comes as a permuted view of its channels-last form.
/// Burn 0.22.1 with kernel fusion reads such a view with the wrong strides where a dimension is 1
/// (the generator's last convolution, with its one output channel). Flattening makes a copy in the
/// right order; on the CPU it costs nothing.
#[derive(Clone)]
struct RowMajorAdam(Adam);

impl Optimizer for RowMajorAdam {
    type State<const D: usize> = AdamState<D>;

    fn step<const D: usize>(
        &self,
        learning_rate: f64,
        weights: Tensor<D>,
        gradient: Tensor<D>,
        state: Option<AdamState<D>>,
    ) -> (Tensor<D>, Option<AdamState<D>>) {
        let shape = gradient.shape();
        let gradient = gradient.reshape([shape.num_elements()]).reshape(shape);
        self.0.step(learning_rate, weights, gradient, state)
    }

    fn to_device<const D: usize>(state: AdamState<D>, device: &Device) -> AdamState<D> {
        Adam::to_device(state, device)
    }
}
