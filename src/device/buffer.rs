//! Numbers that a step changes, kept where a recorded step finds them again.
//!
//! A recording repeats its launches on the memory they were recorded with, so on a GPU whatever
//! outlives a step is written back into the memory it was read from. The CPU records nothing, and
//! there a new tensor takes the old one's place.

use burn::tensor::kind::Basic;
use burn::tensor::{Float, Tensor};

use super::capability::records;

/// A tensor that stays in its memory, whatever is put into it.
#[derive(Clone, Debug)]
pub(crate) struct Buffer<const D: usize, K = Float>
where
    K: Basic,
{
    value: Tensor<D, K>,
    /// The memory that `value` belongs into, where it is not there yet.
    place: Option<Tensor<D, K>>,
}

impl<const D: usize, K: Basic> Buffer<D, K> {
    pub(crate) fn new(value: Tensor<D, K>) -> Self {
        Self { value, place: None }
    }

    pub(crate) fn get(&self) -> Tensor<D, K> {
        self.value.clone()
    }

    /// Puts numbers of the same shape in place of the old ones.
    pub(crate) fn set(&mut self, value: Tensor<D, K>) {
        self.set_later(value);
        self.write_back();
    }

    /// As [`set`](Self::set), but the memory is written by the next [`write_back`](Self::write_back):
    /// kernel fusion stops at each write, so a step keeps them all for its end.
    pub(crate) fn set_later(&mut self, value: Tensor<D, K>) {
        let old = std::mem::replace(&mut self.value, value);
        if records(&old.device()) {
            self.place.get_or_insert(old);
        }
    }

    /// Writes what [`set_later`](Self::set_later) was given.
    pub(crate) fn write_back(&mut self) {
        if let Some(place) = self.place.take() {
            self.value = overwrite(place, self.value.clone());
        }
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
