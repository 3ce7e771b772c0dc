//! The settings that a user may change, whatever the preset.

use serde::{Deserialize, Serialize};

use super::config::{Change, GradientPenalty, TrainConfig};
use super::error::ConfigError;
use crate::Error;
use crate::loss::Objective;

/// Settings that a user may change; what is absent keeps the preset's value.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Overrides {
    /// What both networks minimise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub objective: Option<Objective>,
    /// Weight of the gradient penalty, 0 to 10,000; at 0 there is none. A preset without one gets
    /// that of `modern`. In JSON `penalty`.
    #[serde(rename = "penalty", skip_serializing_if = "Option::is_none")]
    pub gradient_penalty_weight: Option<f64>,
    /// Steps of the discriminator for one of the generator, 1 to 16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discriminator_steps: Option<usize>,
    /// The discriminator's step size in units of the generator's, above 0 and at most 10,000. In JSON
    /// `discriminatorRate`.
    #[serde(rename = "discriminatorRate", skip_serializing_if = "Option::is_none")]
    pub discriminator_lr_ratio: Option<f64>,
    /// Samples in a batch, 1 to 1,024.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub batch_size: Option<usize>,
    /// The generator's step size, above 0 and at most 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub learning_rate: Option<f64>,
    /// Weight of the L1 term, 0 to 1,000; only for presets that have the term.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub l1_weight: Option<f64>,
    /// Where all randomness of the run comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seed: Option<u32>,
    /// What changes while the run goes on, all of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changes: Option<Vec<Change>>,
}

impl TrainConfig {
    /// The config with the settings a user changed.
    ///
    /// # Errors
    ///
    /// `config.batch_size`, `config.learning_rate`, `config.l1_weight` or `config.range` for a value
    /// out of range; nothing is clamped.
    pub fn with(mut self, overrides: &Overrides) -> Result<Self, Error> {
        if let Some(objective) = overrides.objective {
            self.objective = objective;
        }
        if let Some(weight) = overrides.gradient_penalty_weight {
            let penalty = self.gradient_penalty.unwrap_or(GradientPenalty::MODERN);
            self.gradient_penalty =
                (weight != 0.0).then_some(GradientPenalty { weight, ..penalty });
        }
        if let Some(steps) = overrides.discriminator_steps {
            self.discriminator_steps = steps;
        }
        if let Some(rate) = overrides.discriminator_lr_ratio {
            self.discriminator_lr_ratio = rate;
        }
        if let Some(batch_size) = overrides.batch_size {
            self.batch_size = batch_size;
        }
        if let Some(learning_rate) = overrides.learning_rate {
            self.learning_rate = learning_rate;
        }
        if let Some(weight) = overrides.l1_weight {
            let term = self
                .l1_weight
                .as_mut()
                .ok_or(ConfigError::NoL1Term { found: weight })?;
            *term = weight;
        }
        if let Some(seed) = overrides.seed {
            self.seed = seed;
        }
        if let Some(changes) = &overrides.changes {
            self.changes.clone_from(changes);
        }
        self.check()?;
        Ok(self)
    }
}

impl Overrides {
    /// All that a user may change, as it stands in a config.
    pub fn of(config: &TrainConfig) -> Self {
        Self {
            objective: Some(config.objective),
            gradient_penalty_weight: Some(
                config
                    .gradient_penalty
                    .map_or(0.0, |penalty| penalty.weight),
            ),
            discriminator_steps: Some(config.discriminator_steps),
            discriminator_lr_ratio: Some(config.discriminator_lr_ratio),
            batch_size: Some(config.batch_size),
            learning_rate: Some(config.learning_rate),
            l1_weight: config.l1_weight,
            seed: Some(config.seed),
            changes: (!config.changes.is_empty()).then(|| config.changes.clone()),
        }
    }

    /// Only those that change something in a config, if any does.
    pub(crate) fn beyond(self, config: &TrainConfig) -> Option<Self> {
        let now = Self::of(config);
        fn other<T: PartialEq>(new: Option<T>, now: &Option<T>) -> Option<T> {
            if new == *now { None } else { new }
        }
        let changes = Self {
            objective: other(self.objective, &now.objective),
            gradient_penalty_weight: other(
                self.gradient_penalty_weight,
                &now.gradient_penalty_weight,
            ),
            discriminator_steps: other(self.discriminator_steps, &now.discriminator_steps),
            discriminator_lr_ratio: other(self.discriminator_lr_ratio, &now.discriminator_lr_ratio),
            batch_size: other(self.batch_size, &now.batch_size),
            learning_rate: other(self.learning_rate, &now.learning_rate),
            l1_weight: other(self.l1_weight, &now.l1_weight),
            seed: other(self.seed, &now.seed),
            changes: other(self.changes, &now.changes),
        };
        (changes != Self::default()).then_some(changes)
    }

    /// Reads settings from a JSON object. Unknown keys are refused.
    ///
    /// # Errors
    ///
    /// `config.json`.
    pub fn from_json(json: &str) -> Result<Self, Error> {
        Ok(serde_json::from_str(json).map_err(ConfigError::from)?)
    }

    /// Refuses what a running trainer cannot change: its buffers have their sizes.
    pub(crate) fn check_live(&self) -> Result<(), Error> {
        let fixed = Self {
            learning_rate: None,
            l1_weight: None,
            changes: None,
            ..self.clone()
        };
        match fixed == Self::default() {
            true => Ok(()),
            false => Err(ConfigError::Fixed.into()),
        }
    }
}
