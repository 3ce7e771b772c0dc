//! A network's weights and running statistics, kept in their memory over a step.
//!
//! Burn moves a network through its updates: each gives new tensors. A recorded step must find its
//! numbers where it left them.

use burn::module::{Module, ModuleMapper, ModuleVisitor, Param};
use burn::optim::GradientsParams;
use burn::tensor::Tensor;

use crate::device::buffer::overwrite;

/// Where a network's numbers were before a step.
// Burn's only public map from parameters to tensors of any rank is the one it made for gradients.
pub(super) struct ParameterSlots(GradientsParams);

impl ParameterSlots {
    pub(super) fn of<M: Module>(network: &M) -> Self {
        let mut slots = Self(GradientsParams::new());
        network.visit(&mut slots);
        slots
    }

    /// The network with its new numbers in these slots.
    pub(super) fn write_back<M: Module>(mut self, network: &M) -> M {
        // Burn holds a running statistic's last update back until somebody asks for the inference
        // form.
        drop(network.valid());
        network.clone().map(&mut self)
    }
}

impl ModuleVisitor for ParameterSlots {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        self.0.register(param.id, param.val().inner());
    }
}

impl ModuleMapper for ParameterSlots {
    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let (id, value, mapper) = param.consume();
        let trains = value.is_require_grad();
        let value = match self.0.remove::<D>(id) {
            Some(old) => Tensor::from_inner(overwrite(old, value.inner())).set_require_grad(trains),
            None => value,
        };
        Param::from_mapped_value(id, value, mapper)
    }
}
