//! Numbers that a step changes, kept where a recorded step finds them again.
//!
//! A recording repeats its launches on the memory they were recorded with, so on a GPU whatever
//! outlives a step is written back into the memory it was read from. The CPU records nothing, and
//! there a new tensor takes the old one's place.

use burn::tensor::kind::Basic;
use burn::tensor::{Device, Float, Tensor};

use super::cpu;

/// A tensor that stays in its memory, whatever is put into it.
#[derive(Clone, Debug)]
pub(crate) struct Buffer<const D: usize, K = Float>(Tensor<D, K>)
where
    K: Basic;

impl<const D: usize, K: Basic> Buffer<D, K> {
    pub(crate) fn new(tensor: Tensor<D, K>) -> Self {
        Self(tensor)
    }

    pub(crate) fn get(&self) -> Tensor<D, K> {
        self.0.clone()
    }

    /// Puts numbers of the same shape in place of the old ones.
    pub(crate) fn set(&mut self, value: Tensor<D, K>) {
        let old = std::mem::replace(&mut self.0, value.clone());
        self.0 = overwrite(old, value);
    }
}

/// `value`, in the memory of `old` where the device records steps.
///
/// That holds if nobody else holds `old`: Burn then writes in place; it copies if somebody does.
pub(crate) fn overwrite<const D: usize, K: Basic>(
    old: Tensor<D, K>,
    value: Tensor<D, K>,
) -> Tensor<D, K> {
    if !records(&old.device()) {
        return value;
    }
    let whole = old.dims().map(|size| 0..size);
    old.slice_assign(whole, value)
}

/// Whether steps on this device can be recorded.
pub(crate) fn records(device: &Device) -> bool {
    device.clone().without_autodiff() != cpu()
}
