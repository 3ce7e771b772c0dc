//! The order in which training sees the samples of a dataset.
//!
//! A batch is gathered on the device through an index tensor and a cursor that lives there too. The
//! host acts once an epoch, when it uploads the next order. No networks, no files.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use burn::tensor::{Int, Tensor, TensorData};
use rand::seq::SliceRandom;
use rand_pcg::Pcg64;

use super::{Batch, Dataset};
use crate::device::buffer::Buffer;

/// Draws batches of one fixed size, without end.
///
/// Each epoch visits every sample once, in an order that depends on the seed and the epoch's number
/// alone; or every class as often as every other, where they are balanced: in each class all samples
/// come before one comes again. The orders of successive epochs are joined end to end, so a batch may hold the last
/// samples of one epoch and the first of the next: all batches have the same shape, and none is
/// dropped.
#[derive(Debug)]
pub(crate) struct Batches {
    dataset: Dataset,
    batch_size: usize,
    seed: u64,
    balanced: bool,
    epoch: u64,
    /// Samples drawn from the epoch's order so far, counted on the host.
    position: usize,
    /// The epoch's order and the first `batch_size` of the next. `[count + batch_size]`
    order: Buffer<1, Int>,
    /// 0, 1, …, `batch_size` − 1.
    offsets: Tensor<1, Int>,
    /// Where the next batch begins in `order`. `[1]`
    cursor: Buffer<1, Int>,
}

impl Batches {
    /// Batches of `batch_size` samples from `dataset`, shuffled from `seed`; `balanced` where classes are known.
    ///
    /// # Panics
    ///
    /// Unless `1 <= batch_size <= dataset.count()`.
    pub(crate) fn new(dataset: Dataset, batch_size: usize, seed: u64, balanced: bool) -> Self {
        assert!(
            (1..=dataset.count()).contains(&batch_size),
            "the batch size must be checked against the dataset before"
        );
        let device = dataset.device();
        let order = order(seed, 0, &dataset, batch_size, balanced);
        Self {
            order: Buffer::new(order),
            offsets: Tensor::arange(0..batch_size as i64, &device),
            cursor: Buffer::new(Tensor::zeros([1], &device)),
            dataset,
            batch_size,
            seed,
            balanced,
            epoch: 0,
            position: 0,
        }
    }

    /// The host's part of a step: counts it, and at an epoch's end uploads the next order. Call it
    /// before [`next_batch`](Self::next_batch).
    pub(crate) fn advance(&mut self) {
        let count = self.dataset.count();
        if self.position >= count {
            self.epoch += 1;
            self.position -= count;
            self.upload();
        }
        self.position += self.batch_size;
    }

    /// What the batches are drawn from.
    pub(crate) fn dataset(&self) -> &Dataset {
        &self.dataset
    }

    /// Goes on behind the first `batches` batches.
    pub(crate) fn seek(&mut self, batches: u32) {
        let count = self.dataset.count() as u64;
        let drawn = u64::from(batches) * self.batch_size as u64;
        // The epoch of the last batch's first sample: the next order is uploaded by `advance`.
        self.epoch = drawn.saturating_sub(self.batch_size as u64) / count;
        self.position = (drawn - self.epoch * count) as usize;
        self.upload();
    }

    /// Puts the epoch's order and the place in it on the device.
    fn upload(&mut self) {
        let device = self.dataset.device();
        self.order.set(order(
            self.seed,
            self.epoch,
            &self.dataset,
            self.batch_size,
            self.balanced,
        ));
        let cursor = TensorData::from([self.position as i64]);
        self.cursor.set(Tensor::from_data(cursor, &device));
    }

    /// The device's part of a step: gathers the next batch and moves the cursor on. Nothing is
    /// uploaded or read.
    ///
    /// # Shapes
    ///
    /// `batch_size` rows
    pub(crate) fn next_batch(&mut self) -> Batch {
        let cursor = self.cursor.get();
        let places = self.offsets.clone() + cursor.clone();
        self.cursor.set_later(cursor + self.batch_size as i64);
        self.dataset.select(self.order.get().select(0, places))
    }

    /// Writes the cursor back, at a step's end.
    pub(crate) fn write_back(&mut self) {
        self.cursor.write_back();
    }
}

/// An epoch's order and the beginning of the next, on the device.
fn order(
    seed: u64,
    epoch: u64,
    dataset: &Dataset,
    batch_size: usize,
    balanced: bool,
) -> Tensor<1, Int> {
    let count = dataset.count();
    let of = |epoch| {
        let drawn = shuffled(seed, epoch, count);
        match balanced && !dataset.places().is_empty() {
            true => balance(drawn, seed, epoch, dataset.places()),
            false => drawn,
        }
    };
    let mut order = of(epoch);
    order.extend(of(epoch + 1).into_iter().take(batch_size));
    Tensor::from_data(
        TensorData::new(order, [count + batch_size]),
        &dataset.device(),
    )
}

/// Samples of all classes in turn in place of an epoch's draws, which are a permutation of `0..count`.
fn balance(draws: Vec<i64>, seed: u64, epoch: u64, places: &[Vec<i64>]) -> Vec<i64> {
    let before = epoch * draws.len() as u64;
    // Of each class, by how often all of it has come.
    let mut orders = BTreeMap::new();
    let sample = |draw: i64| {
        let draw = before + draw as u64;
        let class = (draw % places.len() as u64) as usize;
        let own = &places[class];
        let [round, place] = {
            let of_class = draw / places.len() as u64;
            [of_class / own.len() as u64, of_class % own.len() as u64]
        };
        // Streams beyond those of epochs.
        let stream = ((class as u64 + 1) << 32) + round;
        let order = (orders.entry(stream)).or_insert_with(|| shuffled(seed, stream, own.len()));
        own[order[place as usize] as usize]
    };
    draws.into_iter().map(sample).collect()
}

/// A permutation of `0..count`.
fn shuffled(seed: u64, stream: u64, count: usize) -> Vec<i64> {
    let mut order: Vec<i64> = (0..count as i64).collect();
    // The second word chooses PCG's stream: one an epoch.
    let mut rng = Pcg64::new(seed.into(), stream.into());
    order.shuffle(&mut rng);
    order
}
