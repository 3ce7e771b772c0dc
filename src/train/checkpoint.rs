//! A run as a checkpoint, and a trainer that goes on from one.

use std::collections::BTreeMap;

use burn::module::Module;
use burn::tensor::{Device, Tensor};

use super::Trainer;
use super::optimizer::Adam;
use super::state::{TrainState, learned};
use crate::Error;
use crate::checkpoint::{
    AVERAGE, Checkpoint, CheckpointError, DISCRIMINATOR, Extent, GENERATOR, GeneratorFile, POWERS,
    Snapshot, Values, finish, restore, restore_network, take,
};
use crate::data::Dataset;
use crate::device::buffer::Buffer;

impl Trainer {
    /// The run as it is now, to be gone on with by [`resume`](Self::resume).
    ///
    /// The future does not borrow the trainer, so steps can go on while it waits.
    ///
    /// # Errors
    ///
    /// `checkpoint.tensors` if a number is not finite: nobody could go on from there;
    /// `train.readback`.
    pub fn checkpoint(&self) -> impl Future<Output = Result<Checkpoint, Error>> + use<> {
        let tensors = self.state.snapshot().read();
        let config = self.config.clone();
        let step = self.step_count as u32;
        let data = self.dataset().fingerprint();
        async move {
            Ok(Checkpoint {
                config,
                step,
                data,
                rounded: false,
                tensors: tensors.await?,
            })
        }
    }

    /// A trainer where the checkpoint's one was: given the same data, on the CPU, its next steps are
    /// exactly those that the other one would have taken.
    ///
    /// # Errors
    ///
    /// Those of [`new`](Self::new), and `checkpoint.tensors` if the checkpoint lacks a tensor of its
    /// networks, has one of another shape or one too many.
    pub fn resume(
        checkpoint: Checkpoint,
        dataset: Dataset,
        device: &Device,
    ) -> Result<Self, Error> {
        let mut trainer = Self::new(checkpoint.config, dataset, device)?;
        trainer.state = trainer.state.restored(checkpoint.tensors)?;
        trainer.state.seek(checkpoint.step, &trainer.config);
        trainer.step_count = checkpoint.step as usize;
        let in_force = trainer.config_in_force();
        trainer.state.hyperparameters.set(&in_force);
        Ok(trainer)
    }

    /// Checks that a checkpoint's run learned from these data, as far as its file tells.
    ///
    /// # Errors
    ///
    /// `checkpoint.data`.
    pub fn check_data(checkpoint: &Checkpoint, dataset: &Dataset) -> Result<(), Error> {
        let own = learned(&checkpoint.config, dataset.clone()).fingerprint();
        match checkpoint.data.is_none() || checkpoint.data == own {
            true => Ok(()),
            false => Err(CheckpointError::OtherData.into()),
        }
    }

    /// The generator that samples are drawn from, as a file.
    ///
    /// The future does not borrow the trainer.
    ///
    /// # Errors
    ///
    /// Those of [`checkpoint`](Self::checkpoint).
    pub fn export(&self) -> impl Future<Output = Result<GeneratorFile, Error>> + use<> {
        let mut snapshot = Snapshot::default();
        snapshot.add_network(&[GENERATOR], self.averaged().network());
        let tensors = snapshot.read();
        let config = self.config().generator.clone();
        let step = self.progress().step as u32;
        async move {
            Ok(GeneratorFile {
                config,
                step,
                tensors: tensors.await?,
            })
        }
    }
}

impl TrainState {
    /// How large a checkpoint is.
    pub(super) fn extent(&self) -> Extent {
        let mut extent = Extent::default();
        add_extent(&mut extent, &self.generator, &self.generator_optimizer);
        add_extent(
            &mut extent,
            &self.discriminator,
            &self.discriminator_optimizer,
        );
        if self.average.is_some() {
            extent.add_network(&self.generator);
        }
        extent
    }

    fn snapshot(&self) -> Snapshot {
        let mut snapshot = Snapshot::default();
        add(
            &mut snapshot,
            GENERATOR,
            &self.generator,
            &self.generator_optimizer,
        );
        add(
            &mut snapshot,
            DISCRIMINATOR,
            &self.discriminator,
            &self.discriminator_optimizer,
        );
        if let Some(average) = &self.average {
            let averaged = average.apply(&self.generator);
            snapshot.add_network(&[AVERAGE, GENERATOR], &averaged);
            snapshot.add(format!("{AVERAGE}.steps"), average.steps.get());
        }
        snapshot
    }

    /// With a checkpoint's numbers, all of them.
    fn restored(mut self, mut from: BTreeMap<String, Values>) -> Result<Self, CheckpointError> {
        let optimizer = &mut self.generator_optimizer;
        self.generator = restore_both(
            GENERATOR,
            self.generator,
            optimizer,
            &mut from,
            &self.device,
        )?;
        let optimizer = &mut self.discriminator_optimizer;
        self.discriminator = restore_both(
            DISCRIMINATOR,
            self.discriminator,
            optimizer,
            &mut from,
            &self.device,
        )?;
        if let Some(average) = &mut self.average {
            // Not a clone: that would share the network's running statistics.
            let averaged = self.generator.valid();
            let path = [AVERAGE, GENERATOR];
            average.set(&restore_network(&path, averaged, &mut from, &self.device)?);
            let steps = take(&mut from, &format!("{AVERAGE}.steps"), &[1])?;
            set(&mut average.steps, &steps);
        }
        finish(from)?;
        Ok(self)
    }
}

fn add_extent<M: Module>(extent: &mut Extent, network: &M, optimizer: &Adam) {
    extent.add_network(network);
    for moment in optimizer.moments.iter().flatten() {
        extent.add_moment(network, moment.get().dims()[0]);
    }
}

/// Adds a network and its optimiser.
fn add<M: Module>(snapshot: &mut Snapshot, name: &str, network: &M, optimizer: &Adam) {
    // The inference form holds the running statistics as the last step left them.
    snapshot.add_network(&[name], &network.valid());
    let moments = optimizer.moments.each_ref();
    let moments = moments.map(|moment| moment.as_ref().map(Buffer::get));
    snapshot.add_moments(&[name], network, moments);
    let powers = optimizer.powers.each_ref().map(Buffer::get);
    snapshot.add(format!("{POWERS}.{name}"), Tensor::cat(powers.to_vec(), 0));
}

/// The network with a checkpoint's numbers, and its optimiser with the checkpoint's moments. What is
/// used is taken out of the checkpoint.
fn restore_both<M: Module>(
    name: &str,
    network: M,
    optimizer: &mut Adam,
    tensors: &mut BTreeMap<String, Values>,
    device: &Device,
) -> Result<M, CheckpointError> {
    let moments = optimizer.moments.each_ref();
    let moments = moments.map(|moment| moment.as_ref().map(|_| Vec::new()));
    let (network, moments) = restore(&[name], network, moments, tensors, device)?;
    for (buffer, numbers) in optimizer.moments.iter_mut().zip(moments) {
        if let (Some(buffer), Some(numbers)) = (buffer, numbers) {
            set(buffer, &numbers);
        }
    }
    let shape = [optimizer.powers.len()];
    let powers = take(tensors, &format!("{POWERS}.{name}"), &shape)?;
    for (buffer, power) in optimizer.powers.iter_mut().zip(powers) {
        set(buffer, &[power]);
    }
    Ok(network)
}

fn set(buffer: &mut Buffer<1>, numbers: &[f32]) {
    let device = buffer.get().device();
    buffer.set(Tensor::from_floats(numbers, &device));
}

#[cfg(test)]
mod tests {
    use pollster::block_on;

    use crate::data::Dataset;
    use crate::device;
    use crate::preset::presets;
    use crate::train::Trainer;

    #[test]
    fn a_checkpoint_is_no_larger_than_was_foretold_and_hardly_smaller() {
        let pixels = vec![0.0; 784 * 160];
        let images = Dataset::from_samples(pixels, 784, &device::cpu()).unwrap();
        for mut preset in presets() {
            if preset.config.generator.classes() > 0 {
                continue;
            }
            preset.config.batch_size = 4;
            let trainer = Trainer::new(preset.config, images.clone(), &device::cpu()).unwrap();
            let foretold = trainer.state.extent().bytes() as usize;
            let size = block_on(trainer.checkpoint()).unwrap().to_bytes().len();
            let id = preset.id;
            assert!(
                (size..size + 20_000).contains(&foretold),
                "{id}: {size}, {foretold}"
            );
        }
    }
}
