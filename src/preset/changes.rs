//! Settings that change while a run goes on, each at a step: they belong to the run's config.

use super::check::{MAX_CHANGES, check_l1_weight, check_learning_rate};
use super::config::{Change, LiveSetting, TrainConfig};
use super::error::ConfigError;
use crate::Error;

impl TrainConfig {
    /// The config as it is in force once so many steps are taken, without changes.
    pub fn at(&self, step: usize) -> Self {
        let mut now = Self {
            changes: Vec::new(),
            ..self.clone()
        };
        for change in &self.changes {
            if change.step <= step {
                now.put(change.setting, change.value);
            }
        }
        now
    }

    /// The config of a run in which a setting changes once so many steps are taken. What was to change
    /// it later no longer does.
    ///
    /// # Errors
    ///
    /// Those of [`with`](Self::with), and `config.changes` for more than [`MAX_CHANGES`].
    pub(crate) fn changed(
        mut self,
        step: usize,
        setting: LiveSetting,
        value: f64,
    ) -> Result<Self, Error> {
        if setting == LiveSetting::L1Weight && self.l1_weight.is_none() {
            return Err(ConfigError::NoL1Term { found: value }.into());
        }
        self.changes
            .retain(|change| change.setting != setting || change.step < step);
        let now = self.at(step);
        let mut then = now.clone();
        then.put(setting, value);
        if step == 0 {
            self.put(setting, value);
        } else if then != now {
            let place = self.changes.partition_point(|change| change.step <= step);
            let change = Change {
                step,
                setting,
                value,
            };
            self.changes.insert(place, change);
        }
        self.check()?;
        Ok(self)
    }

    fn put(&mut self, setting: LiveSetting, value: f64) {
        match setting {
            LiveSetting::LearningRate => self.learning_rate = value,
            LiveSetting::L1Weight => self.l1_weight = self.l1_weight.map(|_| value),
        }
    }

    pub(super) fn check_changes(&self) -> Result<(), ConfigError> {
        if self.changes.len() > MAX_CHANGES {
            return Err(ConfigError::Changes);
        }
        let mut last = 1;
        for &Change {
            step,
            setting,
            value,
        } in &self.changes
        {
            if step < last {
                return Err(ConfigError::ChangeOrder);
            }
            last = step;
            match setting {
                LiveSetting::LearningRate => check_learning_rate(value)?,
                LiveSetting::L1Weight if self.l1_weight.is_none() => {
                    return Err(ConfigError::NoL1Term { found: value });
                }
                LiveSetting::L1Weight => check_l1_weight(value)?,
            }
        }
        Ok(())
    }
}
