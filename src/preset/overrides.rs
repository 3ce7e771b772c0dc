//! The settings that a user may change, whatever the preset: one table, of which overriding, reading
//! back, comparing, JSON and `--set` are made. What is sound is `check`'s to say.

use serde::{Deserialize, Serialize};

use super::config::{Change, GradientPenalty, LiveSetting, TrainConfig};
use super::error::ConfigError;
use super::plan;
use crate::Error;
use crate::loss::Objective;
use crate::shape::SampleShape;

/// For each setting: its field, its type, its name in JSON, how it stands in a config (`None` where
/// there is nothing to say of it), and how it is put there.
macro_rules! settings {
    ($($(#[$about:meta])* $field:ident: $type:ty, $name:literal, $of:expr, $put:expr;)*) => {
        /// Settings that a user may change; what is absent keeps the preset's value.
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct Overrides {
            $($(#[$about])*
            #[serde(rename = $name, skip_serializing_if = "Option::is_none")]
            pub $field: Option<$type>,)*
        }

        impl Overrides {
            /// Every setting's name in JSON.
            pub const NAMES: &[&str] = &[$($name),*];

            /// All that a user may change, as it stands in a config.
            pub fn of(config: &TrainConfig) -> Self {
                $(let $field: fn(&TrainConfig) -> Option<$type> = $of;)*
                Self { $($field: $field(config)),* }
            }

            /// Only those that change something in a config, if any does.
            pub(crate) fn beyond(self, config: &TrainConfig) -> Option<Self> {
                let now = Self::of(config);
                let changes = Self {
                    $($field: self.$field.filter(|new| now.$field.as_ref() != Some(new))),*
                };
                (changes != Self::default()).then_some(changes)
            }

            /// Puts them into a config, which may be unsound then.
            pub(super) fn put(&self, config: &mut TrainConfig) -> Result<(), ConfigError> {
                type Put<T> = fn(&mut TrainConfig, &T) -> Result<(), ConfigError>;
                $(if let Some(value) = &self.$field {
                    let put: Put<$type> = $put;
                    put(config, value)?;
                })*
                Ok(())
            }
        }
    };
}

/// A setting that is a field of every config.
macro_rules! plain {
    (of $field:ident) => {
        |config| Some(config.$field)
    };
    (put $field:ident) => {
        |config, &value| {
            config.$field = value;
            Ok(())
        }
    };
}

settings! {
    /// What both networks minimise.
    objective: Objective, "objective", plain!(of objective), plain!(put objective);
    /// Weight of the gradient penalty, 0 to 10,000; at 0 there is none. A preset without one gets
    /// that of `modern`. In JSON `penalty`.
    gradient_penalty_weight: f64, "penalty",
        |config| Some(config.gradient_penalty.map_or(0.0, |penalty| penalty.weight)),
        |config, &weight| {
            let penalty = config.gradient_penalty.unwrap_or(GradientPenalty::MODERN);
            config.gradient_penalty =
                (weight != 0.0).then_some(GradientPenalty { weight, ..penalty });
            Ok(())
        };
    /// Steps of the discriminator for one of the generator, 1 to 16.
    discriminator_steps: usize, "discriminatorSteps",
        plain!(of discriminator_steps), plain!(put discriminator_steps);
    /// The discriminator's step size in units of the generator's, above 0 and at most 10,000. In JSON
    /// `discriminatorRate`.
    discriminator_lr_ratio: f64, "discriminatorRate",
        plain!(of discriminator_lr_ratio), plain!(put discriminator_lr_ratio);
    /// Samples in a batch, 1 to 1,024.
    batch_size: usize, "batchSize", plain!(of batch_size), plain!(put batch_size);
    /// The generator's step size, above 0 and at most 1.
    learning_rate: f64, "learningRate", plain!(of learning_rate), plain!(put learning_rate);
    /// Weight of the L1 term, 0 to 1,000; only for presets that have the term.
    l1_weight: f64, "l1Weight",
        |config| config.l1_weight,
        |config, &found| {
            *config.l1_weight.as_mut().ok_or(ConfigError::NoL1Term { found })? = found;
            Ok(())
        };
    /// Where all randomness of the run comes from.
    seed: u32, "seed", plain!(of seed), plain!(put seed);
    /// The generator's sizes in one text, of the kind that the preset's is: `z100-256n-512n-leaky0.2` for a dense
    /// one (latent size; hidden layers, n for batch normalisation; what follows each), `z64-64-32-16` for a
    /// convolutional one (channels, before which a DCGAN's has the units of its dense layer).
    generator: String, "generator",
        |config| Some(plan::of_generator(&config.generator)),
        |config, text| plan::into_generator(&mut config.generator, text);
    /// The discriminator's, likewise and without a latent size; `sn` and `md` behind the channels of a projection
    /// discriminator are spectral normalisation and minibatch standard deviation.
    discriminator: String, "discriminator",
        |config| Some(plan::of_discriminator(&config.discriminator)),
        |config, text| plan::into_discriminator(&mut config.discriminator, text);
    /// What changes while the run goes on, all of it.
    changes: Vec<Change>, "changes",
        |config| (!config.changes.is_empty()).then(|| config.changes.clone()),
        |config, changes| {
            config.changes.clone_from(changes);
            Ok(())
        };
}

impl TrainConfig {
    /// The config with the settings a user changed.
    ///
    /// # Errors
    ///
    /// `config.batch_size`, `config.learning_rate`, `config.l1_weight` or `config.range` for a value
    /// out of range, `config.plan`, `config.weights` or `config.activations` for networks that cannot be; nothing is
    /// clamped.
    pub fn with(self, overrides: &Overrides) -> Result<Self, Error> {
        let (shape, classes) = (self.generator.shape(), self.generator.classes());
        self.with_for(overrides, shape, classes)
    }

    /// The same, [`fitted`](Self::fitted) to samples of such a shape, of so many classes.
    ///
    /// # Errors
    ///
    /// As [`with`](Self::with).
    pub fn with_for(
        self,
        overrides: &Overrides,
        shape: SampleShape,
        classes: usize,
    ) -> Result<Self, Error> {
        let mut config = self.clone();
        overrides.put(&mut config)?;
        let config = config.made_from(&self).fitted(shape, classes);
        config.check()?;
        Ok(config)
    }

    /// Whether both networks are alike.
    pub(super) fn has_networks_of(&self, other: &Self) -> bool {
        self.generator == other.generator && self.discriminator == other.discriminator
    }
}

impl Overrides {
    /// Reads settings from a JSON object. Unknown keys are refused.
    ///
    /// # Errors
    ///
    /// `config.json`.
    pub fn from_json(json: &str) -> Result<Self, Error> {
        Ok(serde_json::from_str(json).map_err(ConfigError::from)?)
    }

    /// The one that changes while a run goes on.
    pub(crate) fn live(setting: LiveSetting, value: f64) -> Self {
        let mut overrides = Self::default();
        match setting {
            LiveSetting::LearningRate => overrides.learning_rate = Some(value),
            LiveSetting::L1Weight => overrides.l1_weight = Some(value),
        }
        overrides
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
