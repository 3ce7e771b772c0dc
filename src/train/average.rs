//! The running average of a generator's weights, from which samples are drawn.

use burn::module::{Module, ModuleMapper, ModuleVisitor, Param};
use burn::optim::GradientsParams;
use burn::tensor::{Device, Tensor};

use crate::device::buffer::{Buffer, overwrite};

/// An exponential moving average of all of a network's numbers, running statistics too.
///
/// After t steps the new weights' share is max(1 − decay, 10 / (t + 10)): a young average looks back
/// over a fraction of the run, not to its random beginning.
pub(super) struct Average {
    newest_share: f64,
    /// Steps so far. `[1]`
    pub(super) steps: Buffer<1>,
    /// Shaped as the network's parameters.
    // Burn's only public map from parameters to tensors of any rank is the one it made for gradients.
    values: GradientsParams,
}

const WARM_UP: f64 = 10.0;

impl std::fmt::Debug for Average {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Average")
    }
}

impl Average {
    /// Of `network` as it begins.
    pub(super) fn new<M: Module>(network: &M, decay: f64, device: &Device) -> Self {
        let mut average = Self {
            newest_share: 1.0 - decay,
            steps: Buffer::new(Tensor::zeros([1], &device.clone().without_autodiff())),
            values: GradientsParams::new(),
        };
        average.set(network);
        average
    }

    /// Takes in the network after a step.
    pub(super) fn update<M: Module>(&mut self, network: &M) {
        let steps = self.steps.get();
        let share = (steps.clone() + WARM_UP).recip() * WARM_UP;
        network.valid().visit(&mut Update {
            share: share.clamp_min(self.newest_share),
            values: &mut self.values,
        });
        self.steps.set(steps + 1.0);
    }

    /// Puts a network's numbers in place of the average.
    pub(super) fn set<M: Module>(&mut self, network: &M) {
        let mut copies = Copies(GradientsParams::new());
        network.visit(&mut copies);
        self.values = copies.0;
    }

    /// The network in inference form, with the averaged numbers.
    pub(super) fn apply<M: Module>(&self, network: &M) -> M {
        network.valid().map(&mut Put(&self.values))
    }
}

struct Copies(GradientsParams);

impl ModuleVisitor for Copies {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        // The product makes a copy: the average has its own memory.
        self.0.register(param.id, param.val().inner() * 1.0);
    }
}

struct Update<'a> {
    /// `[1]`
    share: Tensor<1>,
    values: &'a mut GradientsParams,
}

impl ModuleVisitor for Update<'_> {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        let old = self.values.remove::<D>(param.id);
        let old = old.expect("the network has the parameters it began with");
        let share = self.share.clone().reshape([1; D]);
        let new = old.clone() + (param.val() - old.clone()) * share;
        self.values.register(param.id, overwrite(old, new));
    }
}

struct Put<'a>(&'a GradientsParams);

impl ModuleMapper for Put<'_> {
    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let (id, _, mapper) = param.consume();
        let value = self.0.get::<D>(id);
        let value = value.expect("the network has the parameters it began with");
        // A copy: the average goes on in its own memory.
        Param::from_mapped_value(id, value * 1.0, mapper)
    }
}

/// The network in memory of its own.
pub(super) fn copy<M: Module>(network: &M) -> M {
    network.clone().map(&mut Copy)
}

struct Copy;

impl ModuleMapper for Copy {
    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let (id, value, mapper) = param.consume();
        Param::from_mapped_value(id, value * 1.0, mapper)
    }
}
