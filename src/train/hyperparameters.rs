//! What may change while a run goes on: on the device for the step, and in the config with the step
//! it came at.

use burn::tensor::{Device, Tensor};

use super::Trainer;
use crate::Error;
use crate::device::buffer::Buffer;
use crate::preset::{LiveSetting, Overrides, TrainConfig};

/// The values in force, where a recorded step reads them.
#[derive(Debug)]
pub(super) struct LiveHyperparameters {
    /// `[1]`
    pub(super) learning_rate: Buffer<1>,
    /// λ, where the config has one. `[1, 1]`
    pub(super) l1_weight: Option<Buffer<2>>,
}

impl LiveHyperparameters {
    pub(super) fn new(config: &TrainConfig, device: &Device) -> Self {
        let device = device.clone().without_autodiff();
        let one = |value: f64| Tensor::from_floats([value as f32], &device);
        Self {
            learning_rate: Buffer::new(one(config.learning_rate)),
            l1_weight: config
                .l1_weight
                .map(|weight| Buffer::new(one(weight).unsqueeze())),
        }
    }

    /// Takes what is in force.
    pub(super) fn set(&mut self, config: &TrainConfig) {
        let new = Self::new(config, &self.learning_rate.get().device());
        self.learning_rate.set(new.learning_rate.get());
        if let (Some(old), Some(new)) = (&mut self.l1_weight, new.l1_weight) {
            old.set(new.get());
        }
    }
}

impl Trainer {
    /// Changes learning rate and λ from the next step on, and remembers at which step: a run of the
    /// config that this leaves repeats this one. Overrides with `changes` say all of it, from step 0 on.
    ///
    /// # Errors
    ///
    /// Those of [`TrainConfig::with`], `config.changes` for more changes than a run can have, and
    /// `config.fixed` for a setting that only a new trainer can take; nothing is changed then.
    pub fn update(&mut self, overrides: &Overrides) -> Result<(), Error> {
        overrides.check_live()?;
        let mut config = self.config.clone();
        if overrides.changes.is_some() {
            config = config.with(overrides)?;
        } else {
            for (setting, value) in [
                (LiveSetting::LearningRate, overrides.learning_rate),
                (LiveSetting::L1Weight, overrides.l1_weight),
            ] {
                if let Some(value) = value {
                    config = config.changed(self.step_count, setting, value)?;
                }
            }
        }
        self.config = config;
        self.state.hyperparameters.set(&self.config_in_force());
        Ok(())
    }

    /// What is to change before the next step does.
    pub(super) fn follow_changes(&mut self) {
        let step = self.step_count;
        if self.config.changes.iter().any(|change| change.step == step) {
            self.state.hyperparameters.set(&self.config_in_force());
        }
    }

    /// The config with the values of the next step.
    pub fn config_in_force(&self) -> TrainConfig {
        self.config.at(self.step_count)
    }
}
