//! Settings that change while a run goes on, each at a step: they belong to the run's config.

use super::check::MAX_CHANGES;
use super::config::{Change, LiveSetting, TrainConfig};
use super::error::ConfigError;
use super::overrides::Overrides;
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
                // Without a term to weigh, as `check` refuses, nothing changes.
                let _ = now.put(change.setting, change.value);
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
        self.changes
            .retain(|change| change.setting != setting || change.step < step);
        let now = self.at(step);
        let mut then = now.clone();
        then.put(setting, value)?;
        if step == 0 {
            self.put(setting, value)?;
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

    fn put(&mut self, setting: LiveSetting, value: f64) -> Result<(), ConfigError> {
        Overrides::live(setting, value).put(self)
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
            let mut then = self.at(0);
            then.put(setting, value)?;
            then.check_live()?;
        }
        Ok(())
    }
}
