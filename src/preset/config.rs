//! What a training run needs to know, and its checks. The defaults are in the presets.

use serde::{Deserialize, Serialize};

use super::ids;
use crate::Error;
use crate::loss::Objective;
use crate::model::{DiscriminatorConfig, GeneratorConfig, IMAGE_SIDE, Layer, MINIBATCH};

/// All a training run needs to know, besides its data and its device.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrainConfig {
    /// The generator.
    pub generator: GeneratorConfig,
    /// The discriminator.
    pub discriminator: DiscriminatorConfig,
    /// What both minimise.
    pub objective: Objective,
    /// Weight λ of the L1 term between fakes and the batch in the generator's loss; without one,
    /// the term is not computed.
    pub l1_weight: Option<f64>,
    /// One-sided label smoothing: the target for real samples is 1 minus this (Salimans et al.
    /// 2016). For cross-entropies.
    pub label_smoothing: Option<f64>,
    /// Keeps the discriminator smooth around its samples.
    pub smoothness: Option<Smoothness>,
    /// The discriminator sees every sample, real and fake, moved by up to so many pixels, anew each
    /// time: DiffAugment's translation (Zhao et al. 2020).
    pub translation: Option<usize>,
    /// Standard deviation of the Gaussian noise under which the discriminator sees real and fake
    /// samples while it trains: what hides in the noise tells it nothing (Sønderby et al. 2017).
    pub instance_noise: Option<f64>,
    /// After each of its steps, every number of the discriminator is cut off at ± this (Arjovsky et
    /// al. 2017).
    pub weight_clip: Option<f64>,
    /// A network's gradient that is longer than this is scaled down to it.
    pub gradient_clip: Option<f64>,
    /// Steps of the discriminator, each on a new batch, for one of the generator.
    pub discriminator_steps: usize,
    /// How gradients become steps, for both networks.
    pub optimizer: Optimizer,
    /// The generator's step size.
    pub learning_rate: f64,
    /// The discriminator's step size, in units of the generator's.
    pub discriminator_rate: f64,
    /// Decay of the running average of the generator's weights that samples are drawn from; without
    /// one they are drawn from the weights themselves.
    pub average_decay: Option<f64>,
    /// Samples in a batch.
    pub batch_size: usize,
    /// Where all randomness of the run comes from.
    pub seed: u32,
    /// How long to train.
    pub schedule: Schedule,
    /// What changes while the run goes on, by step: at most [`MAX_CHANGES`]. `learning_rate` and
    /// `l1_weight` are what it starts with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
}

/// A setting that takes another value while the run goes on.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// Steps taken before it acts: at least 1.
    pub step: usize,
    /// Which.
    pub setting: Live,
    /// What it is from then on.
    pub value: f64,
}

/// What can change while a run goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Live {
    /// [`TrainConfig::learning_rate`].
    LearningRate,
    /// [`TrainConfig::l1_weight`].
    L1Weight,
}

/// An approximated gradient penalty, λ·(D(x) − D(x + σε))² with Gaussian ε (Lin et al. 2025): it
/// needs no second derivatives.
///
/// In expectation it is λσ²·‖∇D(x)‖² for small σ, R1 of Mescheder et al. 2018 with γ = 2λσ².
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Smoothness {
    /// λ.
    pub weight: f64,
    /// σ.
    pub deviation: f64,
    /// Whether it holds around fakes too (R2), not around real samples alone (R1).
    pub fakes: bool,
}

impl Smoothness {
    /// The penalty of the preset `modern`.
    pub(super) const MODERN: Self = Self {
        weight: 10.0,
        deviation: 0.1,
        fakes: true,
    };
}

/// How gradients become steps.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Optimizer {
    /// Kingma & Ba 2015, with ε 1e-8.
    Adam {
        /// Decay of the gradient's running mean.
        beta_1: f64,
        /// Decay of the running mean of its square.
        beta_2: f64,
    },
    /// Tieleman & Hinton 2012, with ε 1e-8.
    RmsProp {
        /// Decay of the running mean of the gradient's square.
        decay: f64,
    },
}

impl Optimizer {
    /// Adam with the usual β₂ of 0.999.
    pub fn adam(beta_1: f64) -> Self {
        Self::Adam {
            beta_1,
            beta_2: 0.999,
        }
    }
}

impl TrainConfig {
    /// A run without aids: Adam with 2e-4 and β₁ 0.5, batches of 64, one step of the discriminator
    /// for one of the generator, no averaging, 1,000 steps from seed 1.
    pub fn new(
        generator: GeneratorConfig,
        discriminator: DiscriminatorConfig,
        objective: Objective,
    ) -> Self {
        Self {
            generator,
            discriminator,
            objective,
            l1_weight: None,
            label_smoothing: None,
            smoothness: None,
            translation: None,
            instance_noise: None,
            weight_clip: None,
            gradient_clip: None,
            discriminator_steps: 1,
            optimizer: Optimizer::adam(0.5),
            learning_rate: 2e-4,
            discriminator_rate: 1.0,
            average_decay: None,
            batch_size: 64,
            seed: 1,
            schedule: Schedule::Steps { count: 1000 },
            changes: Vec::new(),
        }
    }
}

impl TrainConfig {
    /// Multiplications of one step on paper, each added to something: what a device that does so many a second takes
    /// for it. Passes through the networks and back, and no gradient that is not needed; the counting stands in
    /// DESIGN.md.
    pub fn multiplications(&self) -> u64 {
        let sum = |layers: Vec<Layer>| {
            let all = layers.iter().map(|layer| layer.multiplications());
            let first = layers.first().map_or(0, |layer| layer.multiplications());
            (all.fold(0, u64::saturating_add), first)
        };
        let (generator, latents) = sum(self.generator.layers());
        let (discriminator, samples) = sum(self.discriminator.layers());
        let steps = self.discriminator_steps as u64;
        // Forward, the weights' gradients, those between the layers: none for what comes in.
        let learning = |all: u64, first: u64| all.saturating_mul(3) - first;
        // Real and fake, and what is near to each where steepness is penalised.
        let judged = match self.smoothness {
            None => 2,
            Some(Smoothness { fakes: false, .. }) => 3,
            Some(Smoothness { fakes: true, .. }) => 4,
        };
        // The fakes are made once for the first step of each; a pair needs a real sample beside a fake one.
        let pairs = u64::from(self.objective.compares());
        let generators = [
            learning(generator, latents),
            generator.saturating_mul(steps.saturating_sub(1)),
            discriminator.saturating_mul(2 + pairs),
        ];
        let discriminators = learning(discriminator, samples)
            .saturating_mul(judged)
            .saturating_mul(steps);
        let each = generators
            .into_iter()
            .fold(discriminators, u64::saturating_add);
        each.saturating_mul(self.batch_size as u64)
    }
}

/// How long to train, and what counts as an epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Schedule {
    /// So many passes over the data.
    Epochs {
        /// Number of passes.
        count: usize,
    },
    /// So many epochs of so many steps, whatever the size of the data.
    EpochsOfSteps {
        /// Number of epochs.
        count: usize,
        /// Steps in each.
        steps: usize,
    },
    /// So many steps; an epoch is a pass over the data.
    Steps {
        /// Number of steps.
        count: usize,
    },
}

/// Where a run stands in its schedule.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    /// Steps taken.
    pub step: usize,
    /// Steps in the schedule. A run may go on beyond it.
    pub step_count: usize,
    /// Epochs finished.
    pub epoch: usize,
    /// Epochs in the schedule, the last one perhaps begun only.
    pub epoch_count: usize,
    /// How much of the current epoch is done, 0 to 1.
    pub epoch_progress: f64,
}

impl Schedule {
    fn is_sound(self) -> bool {
        let (count, steps) = match self {
            Self::Epochs { count } | Self::Steps { count } => (count, 1),
            Self::EpochsOfSteps { count, steps } => (count, steps),
        };
        let is_sound = |count| (1..=u32::MAX as usize).contains(&count);
        is_sound(count) && is_sound(steps)
    }

    /// Where a run stands after `step` steps, each of `batch_size` samples, on `sample_count` samples.
    pub fn progress(self, step: usize, batch_size: usize, sample_count: usize) -> Progress {
        // Samples seen, and samples in an epoch.
        let (seen, epoch_size) = match self {
            Self::EpochsOfSteps { steps, .. } => (step, steps),
            Self::Epochs { .. } | Self::Steps { .. } => (step * batch_size, sample_count),
        };
        let (step_count, epoch_count) = match self {
            Self::Epochs { count } => ((count * sample_count).div_ceil(batch_size), count),
            Self::EpochsOfSteps { count, steps } => (count * steps, count),
            Self::Steps { count } => (count, (count * batch_size).div_ceil(sample_count)),
        };
        Progress {
            step,
            step_count,
            epoch: seen / epoch_size,
            epoch_count,
            epoch_progress: (seen % epoch_size) as f64 / epoch_size as f64,
        }
    }
}

/// Settings that a user may change; what is absent keeps the preset's value.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Overrides {
    /// What both networks minimise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub objective: Option<Objective>,
    /// Weight of the smoothness penalty, 0 to 10,000; at 0 there is none. A preset without one gets
    /// that of `modern`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub penalty: Option<f64>,
    /// Steps of the discriminator for one of the generator, 1 to 16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discriminator_steps: Option<usize>,
    /// The discriminator's step size in units of the generator's, above 0 and at most 10,000.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discriminator_rate: Option<f64>,
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

/// A setting that cannot be.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ConfigError {
    #[error("there is no preset \"{found}\", expected one of {}", ids().join(", "))]
    Preset { found: String },
    #[error("the settings are not understood: {0}")]
    Json(#[from] serde_json::Error),
    #[error("the batch size is {found}, expected 1 to {MAX_BATCH_SIZE}")]
    BatchSize { found: usize },
    #[error("the learning rate is {found}, expected a number above 0 and at most 1")]
    LearningRate { found: f64 },
    #[error("λ is {found}, expected a number from 0 to {MAX_L1_WEIGHT}")]
    L1Weight { found: f64 },
    #[error("λ is {found}, but this GAN has no L1 term to weigh")]
    NoL1Term { found: f64 },
    #[error("{}", sizes(*generator, *discriminator, *data))]
    Features {
        generator: usize,
        discriminator: usize,
        data: usize,
    },
    #[error("a step takes {needed} samples, but there are only {sample_count} to train on")]
    BatchBeyondData { needed: usize, sample_count: usize },
    #[error(
        "a network of the config has {found} weights, or a layer without any, expected 1 to {MAX_WEIGHTS}"
    )]
    Weights { found: u64 },
    #[error("{name} is {found}, expected {expected}")]
    Range {
        name: &'static str,
        found: f64,
        expected: &'static str,
    },
    #[error("label smoothing is for cross-entropies, not for {objective:?}")]
    Smoothing { objective: Objective },
    #[error(
        "minibatch standard deviation compares {MINIBATCH} samples each, which do not divide batches of {found}"
    )]
    Minibatch { found: usize },
    #[error("images have 28×28 numbers, and these samples have {}", size(*found))]
    NoImages { found: usize },
    #[error("the generator takes {generator} classes, and the discriminator {discriminator}")]
    Networks {
        generator: usize,
        discriminator: usize,
    },
    #[error(
        "the data has {}; this GAN draws {generator} classes on demand",
        told(labels)
    )]
    Classes { generator: usize, labels: Vec<u8> },
    #[error("the schedule is {found:?}, expected counts from 1 to {}", u32::MAX)]
    Schedule { found: Schedule },
    #[error(
        "learning rate and λ have changed {MAX_CHANGES} times in this run, and no more changes are kept"
    )]
    Changes,
    #[error("the changes are not in the order of their steps, or one comes before the first step")]
    ChangeOrder,
    #[error("there are {found} latent numbers, expected samples of {latent_size}, at least one")]
    Latents { found: usize, latent_size: usize },
    #[error("there are {labels} labels for {samples} samples")]
    LabelCount { labels: usize, samples: usize },
    #[error("class {found} was asked for, but the generator has {classes} classes")]
    Label { found: u8, classes: usize },
    #[error("the data has no labels")]
    Unlabelled,
    #[error(
        "only learning rate and λ can change while a run goes on, all else when it starts over"
    )]
    Fixed,
}

impl ConfigError {
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Preset { .. } => "config.preset",
            Self::Json(_) => "config.json",
            Self::BatchSize { .. } | Self::BatchBeyondData { .. } => "config.batch_size",
            Self::LearningRate { .. } => "config.learning_rate",
            Self::L1Weight { .. } | Self::NoL1Term { .. } => "config.l1_weight",
            Self::Features { .. } => "config.features",
            Self::Weights { .. } => "config.weights",
            Self::Range { .. } | Self::Smoothing { .. } => "config.range",
            Self::Minibatch { .. } => "config.batch_size",
            Self::NoImages { .. } => "config.features",
            Self::Networks { .. } | Self::Classes { .. } | Self::Unlabelled => "config.classes",
            Self::Latents { .. } => "config.latents",
            Self::LabelCount { .. } | Self::Label { .. } => "config.labels",
            Self::Schedule { .. } => "config.schedule",
            Self::Fixed => "config.fixed",
            Self::Changes | Self::ChangeOrder => "config.changes",
        }
    }
}

/// The largest batch: beyond it a convolutional preset outgrows a tab's memory.
pub const MAX_BATCH_SIZE: usize = 1024;
/// The most changes of a run: a link holds them all.
pub const MAX_CHANGES: usize = 200;
const MAX_L1_WEIGHT: f64 = 1000.0;
const MAX_DISCRIMINATOR_STEPS: usize = 16;
/// The largest penalty's weight, and the largest ratio of step sizes.
const MAX_FACTOR: f64 = 10_000.0;
/// Side of the images that can be moved.
/// The largest network, in weights: with its moments and gradients it fits a tab's memory.
const MAX_WEIGHTS: u64 = 50_000_000;

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
        if let Some(weight) = overrides.penalty {
            let smoothness = self.smoothness.unwrap_or(Smoothness::MODERN);
            self.smoothness = (weight != 0.0).then_some(Smoothness {
                weight,
                ..smoothness
            });
        }
        if let Some(steps) = overrides.discriminator_steps {
            self.discriminator_steps = steps;
        }
        if let Some(rate) = overrides.discriminator_rate {
            self.discriminator_rate = rate;
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
    pub(crate) fn changed(mut self, step: usize, setting: Live, value: f64) -> Result<Self, Error> {
        if setting == Live::L1Weight && self.l1_weight.is_none() {
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

    fn put(&mut self, setting: Live, value: f64) {
        match setting {
            Live::LearningRate => self.learning_rate = value,
            Live::L1Weight => self.l1_weight = self.l1_weight.map(|_| value),
        }
    }

    /// Checks all that can be checked without the data.
    pub(crate) fn check(&self) -> Result<(), ConfigError> {
        check_weights([
            self.generator.weight_count(),
            self.discriminator.weight_count(),
        ])?;
        self.check_ranges()?;
        if self.label_smoothing.is_some() && !self.objective.is_cross_entropy() {
            let objective = self.objective;
            return Err(ConfigError::Smoothing { objective });
        }
        if let DiscriminatorConfig::Projection(network) = &self.discriminator
            && network.minibatch_deviation
            && !self.batch_size.is_multiple_of(MINIBATCH)
        {
            let found = self.batch_size;
            return Err(ConfigError::Minibatch { found });
        }
        let features = self.discriminator.features();
        if self.translation.is_some() {
            check_images(features)?;
        }
        if !self.schedule.is_sound() {
            let found = self.schedule;
            return Err(ConfigError::Schedule { found });
        }
        if !(1..=MAX_BATCH_SIZE).contains(&self.batch_size) {
            return Err(ConfigError::BatchSize {
                found: self.batch_size,
            });
        }
        check_learning_rate(self.learning_rate)?;
        check_l1_weight(self.l1_weight.unwrap_or(0.0))?;
        self.check_changes()
    }

    fn check_changes(&self) -> Result<(), ConfigError> {
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
                Live::LearningRate => check_learning_rate(value)?,
                Live::L1Weight if self.l1_weight.is_none() => {
                    return Err(ConfigError::NoL1Term { found: value });
                }
                Live::L1Weight => check_l1_weight(value)?,
            }
        }
        Ok(())
    }

    fn check_ranges(&self) -> Result<(), ConfigError> {
        let check = |name, found: f64, expected, holds: bool| {
            if holds {
                return Ok(());
            }
            Err(ConfigError::Range {
                name,
                found,
                expected,
            })
        };
        let share = "a number from 0 to below 1";
        let positive = "a number above 0";
        let is_share = |found: f64| (0.0..1.0).contains(&found);
        let is_positive = |found: f64| found > 0.0 && found.is_finite();
        let betas = match self.optimizer {
            Optimizer::Adam { beta_1, beta_2 } => [("β₁", beta_1), ("β₂", beta_2)],
            Optimizer::RmsProp { decay } => [("RMSProp's decay", decay); 2],
        };
        for (name, beta) in betas {
            check(name, beta, share, is_share(beta))?;
        }
        for (name, value) in [
            ("label smoothing", self.label_smoothing),
            ("the average's decay", self.average_decay),
        ] {
            let found = value.unwrap_or(0.0);
            check(name, found, share, is_share(found))?;
        }
        for (name, value) in [
            ("instance noise's standard deviation", self.instance_noise),
            (
                "smoothness's standard deviation",
                self.smoothness.map(|s| s.deviation),
            ),
            ("weight clipping's bound", self.weight_clip),
            ("gradient clipping's bound", self.gradient_clip),
        ] {
            let found = value.unwrap_or(1.0);
            check(name, found, positive, is_positive(found))?;
        }
        for (name, value) in [
            ("smoothness's weight", self.smoothness.map(|s| s.weight)),
            ("the discriminator's rate", Some(self.discriminator_rate)),
        ] {
            let found = value.unwrap_or(1.0);
            let expected = "a number above 0 and at most 10,000";
            check(name, found, expected, found > 0.0 && found <= MAX_FACTOR)?;
        }
        let moves = self.translation.unwrap_or(1);
        let holds = (1..IMAGE_SIDE).contains(&moves);
        let expected = "a whole number from 1 to 27";
        check("the translation", moves as f64, expected, holds)?;
        let steps = self.discriminator_steps;
        let holds = (1..=MAX_DISCRIMINATOR_STEPS).contains(&steps);
        let expected = "a whole number from 1 to 16";
        check("the discriminator's steps", steps as f64, expected, holds)
    }

    /// Checks that the config can train on such samples.
    pub(crate) fn check_data(
        &self,
        features: usize,
        labels: &[u8],
        sample_count: usize,
    ) -> Result<(), Error> {
        self.check()?;
        self.check_samples(features, labels)?;
        let needed = self.batch_size * self.discriminator_steps;
        if needed > sample_count {
            return Err(ConfigError::BatchBeyondData {
                needed,
                sample_count,
            }
            .into());
        }
        Ok(())
    }

    /// Checks that samples are of the size the networks are made for, with the classes they want, each
    /// of which has a label.
    pub(crate) fn check_samples(&self, features: usize, labels: &[u8]) -> Result<(), Error> {
        let generator = self.generator.features();
        let discriminator = self.discriminator.features();
        if generator != features || discriminator != features {
            return Err(ConfigError::Features {
                generator,
                discriminator,
                data: features,
            }
            .into());
        }
        let (generator, discriminator) = (self.generator.classes(), self.discriminator.classes());
        if generator != discriminator {
            return Err(ConfigError::Networks {
                generator,
                discriminator,
            }
            .into());
        }
        if generator > 0 && generator != labels.len() {
            let labels = labels.to_vec();
            return Err(ConfigError::Classes { generator, labels }.into());
        }
        Ok(())
    }
}

/// The size of a sample in words: most are square pictures.
fn size(features: usize) -> String {
    match features.isqrt() {
        side if side > 1 && side * side == features => format!("{side}×{side} numbers"),
        _ => format!("{features} numbers"),
    }
}

/// What networks and data disagree about.
fn sizes(generator: usize, discriminator: usize, data: usize) -> String {
    let [data, taken] = [data, discriminator].map(size);
    if generator == discriminator {
        return format!("the data has samples of {data}, and this GAN learns those of {taken}");
    }
    let made = size(generator);
    format!(
        "the generator makes samples of {made}, the discriminator takes {taken} and the data has {data}"
    )
}

/// Classes in words, by their labels in ascending order.
fn told(labels: &[u8]) -> String {
    const LISTED: usize = 8;
    let count = labels.len();
    match *labels {
        [] => "no labels".into(),
        [label] => format!("1 class, label {label}"),
        [first, .., last] if usize::from(last - first) + 1 == count => {
            format!("{count} classes, labels {first} to {last}")
        }
        [first, .., last] if count > LISTED => {
            format!("{count} classes, labels between {first} and {last}")
        }
        _ => {
            let labels: Vec<_> = labels.iter().map(u8::to_string).collect();
            format!("{count} classes, labels {}", labels.join(", "))
        }
    }
}

fn check_learning_rate(found: f64) -> Result<(), ConfigError> {
    match found > 0.0 && found <= 1.0 {
        true => Ok(()),
        false => Err(ConfigError::LearningRate { found }),
    }
}

fn check_l1_weight(found: f64) -> Result<(), ConfigError> {
    match (0.0..=MAX_L1_WEIGHT).contains(&found) {
        true => Ok(()),
        false => Err(ConfigError::L1Weight { found }),
    }
}

/// Checks that a generator of so many classes has these.
pub(crate) fn check_labels(labels: &[u8], classes: usize) -> Result<(), ConfigError> {
    match labels.iter().find(|&&label| usize::from(label) >= classes) {
        Some(&found) => Err(ConfigError::Label { found, classes }),
        None => Ok(()),
    }
}

/// Checks that samples of so many numbers are images.
pub(crate) fn check_images(features: usize) -> Result<(), ConfigError> {
    match features == IMAGE_SIDE * IMAGE_SIDE {
        true => Ok(()),
        false => Err(ConfigError::NoImages { found: features }),
    }
}

/// Checks that networks of so many weights are no nonsense.
pub(crate) fn check_weights<const N: usize>(weights: [u64; N]) -> Result<(), ConfigError> {
    let is_out_of_bounds = |count: &u64| !(1..=MAX_WEIGHTS).contains(count);
    match weights.into_iter().find(is_out_of_bounds) {
        Some(found) => Err(ConfigError::Weights { found }),
        None => Ok(()),
    }
}

impl Overrides {
    /// All that a user may change, as it stands in a config.
    pub fn of(config: &TrainConfig) -> Self {
        Self {
            objective: Some(config.objective),
            penalty: Some(config.smoothness.map_or(0.0, |penalty| penalty.weight)),
            discriminator_steps: Some(config.discriminator_steps),
            discriminator_rate: Some(config.discriminator_rate),
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
            penalty: other(self.penalty, &now.penalty),
            discriminator_steps: other(self.discriminator_steps, &now.discriminator_steps),
            discriminator_rate: other(self.discriminator_rate, &now.discriminator_rate),
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
        match self {
            Self {
                objective: None,
                penalty: None,
                discriminator_steps: None,
                discriminator_rate: None,
                batch_size: None,
                seed: None,
                changes: _,
                learning_rate: _,
                l1_weight: _,
            } => Ok(()),
            _ => Err(ConfigError::Fixed.into()),
        }
    }
}
