//! What a training run needs to know. No checks; the defaults are in the presets.

use serde::{Deserialize, Serialize};

use crate::loss::Objective;
use crate::model::{DiscriminatorConfig, GeneratorConfig, Structure};

/// All a training run needs to know, besides its data and its device.
///
/// ```
/// use webgan::{loss::Objective, preset::{Overrides, Preset, TrainConfig}};
///
/// # fn main() -> Result<(), webgan::Error> {
/// // A preset's, with what a user may change in any.
/// let config = Preset::by_id("dcgan")?.config.with(&Overrides {
///     learning_rate: Some(1e-3),
///     ..Overrides::default()
/// })?;
/// // And with what nobody but a program changes.
/// let config = TrainConfig { label_smoothing: Some(0.1), ..config };
/// assert_eq!(config.objective, Objective::NonSaturating);
///
/// let error = config.with(&Overrides::from_json(r#"{ "batchSize": 0 }"#)?).unwrap_err();
/// assert_eq!(error.code(), "config.batch_size");
/// # Ok(())
/// # }
/// ```
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
    /// Keeps the discriminator smooth around its samples. In files `smoothness`.
    #[serde(rename = "smoothness")]
    pub gradient_penalty: Option<GradientPenalty>,
    /// Every class is learned as often as every other, however many samples it has, where the generator draws classes.
    #[serde(default)]
    pub balanced: bool,
    /// The discriminator sees every sample, real and fake, moved by up to so many pixels, anew each
    /// time: DiffAugment's translation (Zhao et al. 2020).
    pub translation: Option<usize>,
    /// And half of them mirrored, left to right. Pairs are moved and mirrored before anything is made of them, each as
    /// one: as pix2pix has it (Isola et al. 2017).
    #[serde(default)]
    pub mirror: bool,
    /// And all scaled about their middle, by factors from 1 − `zoom` to 1 + `zoom`, between 0 and 1: what pix2pix's
    /// jitter does to pairs.
    #[serde(default)]
    pub zoom: Option<f64>,
    /// The discriminator sees every sample, real and fake, with other brightness, saturation and contrast, anew each
    /// time: DiffAugment's colour.
    #[serde(default)]
    pub colour: bool,
    /// And with a square wiped out, of this share of its sides: DiffAugment's cutout.
    #[serde(default)]
    pub cutout: Option<f64>,
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
    /// The discriminator's step size, in units of the generator's. In files `discriminator_rate`.
    #[serde(rename = "discriminator_rate")]
    pub discriminator_lr_ratio: f64,
    /// Decay of the running average of the generator's weights that samples are drawn from; without
    /// one they are drawn from the weights themselves.
    pub average_decay: Option<f64>,
    /// Samples in a batch.
    pub batch_size: usize,
    /// Where all randomness of the run comes from.
    pub seed: u32,
    /// How long to train.
    pub schedule: Schedule,
    /// What changes while the run goes on, by step: at most [`MAX_CHANGES`](super::MAX_CHANGES). `learning_rate` and
    /// `l1_weight` are what it starts with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
    /// Id of the preset that it was made from, where a user has changed the networks' sizes: without it several could
    /// have been.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preset: Option<String>,
}

/// A setting that takes another value while the run goes on.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// Steps taken before it acts: at least 1.
    pub step: usize,
    /// Which.
    pub setting: LiveSetting,
    /// What it is from then on.
    pub value: f64,
}

/// What can change while a run goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LiveSetting {
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
pub struct GradientPenalty {
    /// λ.
    pub weight: f64,
    /// σ.
    pub deviation: f64,
    /// Whether it holds around fakes too (R2), not around real samples alone (R1).
    pub fakes: bool,
}

impl GradientPenalty {
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

/// The two networks of a [`TrainConfig`] as data.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Structures {
    /// From latents to samples.
    pub generator: Structure,
    /// From samples to logits.
    pub discriminator: Structure,
}

impl TrainConfig {
    /// A plain run: Adam with 2e-4 and β₁ 0.5, batches of 64, one step of the discriminator
    /// for one of the generator, no averaging, 1,000 steps from seed 1.
    pub fn new(
        generator: GeneratorConfig,
        discriminator: DiscriminatorConfig,
        objective: Objective,
    ) -> Self {
        Self {
            preset: None,
            generator,
            discriminator,
            objective,
            l1_weight: None,
            label_smoothing: None,
            gradient_penalty: None,
            balanced: false,
            translation: None,
            mirror: false,
            zoom: None,
            colour: false,
            cutout: None,
            instance_noise: None,
            weight_clip: None,
            gradient_clip: None,
            discriminator_steps: 1,
            optimizer: Optimizer::adam(0.5),
            learning_rate: 2e-4,
            discriminator_lr_ratio: 1.0,
            average_decay: None,
            batch_size: 64,
            seed: 1,
            schedule: Schedule::Steps { count: 1000 },
            changes: Vec::new(),
        }
    }

    /// Its networks, layer by layer.
    pub fn structures(&self) -> Structures {
        Structures {
            generator: self.generator.structure(),
            discriminator: self.discriminator.structure(),
        }
    }

    /// Multiplications of one step on paper, each added to something: what a device that does so many a second takes
    /// for it. Passes through the networks and back, and no gradient that is not needed; the counting stands in
    /// DESIGN.md.
    pub fn multiplications(&self) -> u64 {
        let [generator, latents] = self.generator.structure().multiplications();
        let [discriminator, samples] = self.discriminator.structure().multiplications();
        let steps = self.discriminator_steps as u64;
        // Forward, the weights' gradients, those between the layers: none for what comes in.
        let learning = |all: u64, first: u64| all.saturating_mul(3) - first;
        // Real and fake, and their neighbours where the gradient penalty is taken at them.
        let batches = match self.gradient_penalty {
            None => 2,
            Some(GradientPenalty { fakes: false, .. }) => 3,
            Some(GradientPenalty { fakes: true, .. }) => 4,
        };
        // The fakes are made once for the first step of each; a pair needs a real sample beside a fake one.
        let pairs = u64::from(self.objective.compares());
        let generators = [
            learning(generator, latents),
            generator.saturating_mul(steps.saturating_sub(1)),
            discriminator.saturating_mul(2 + pairs),
        ];
        let discriminators = learning(discriminator, samples)
            .saturating_mul(batches)
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
    pub(super) fn is_sound(self) -> bool {
        let (count, steps) = match self {
            Self::Epochs { count } | Self::Steps { count } => (count, 1),
            Self::EpochsOfSteps { count, steps } => (count, steps),
        };
        let is_sound = |count| (1..=u32::MAX as usize).contains(&count);
        is_sound(count) && is_sound(steps)
    }

    /// Where a run stands after `step` steps, each of `batch_size` samples, on `sample_count` samples.
    pub fn progress(self, step: usize, batch_size: usize, sample_count: usize) -> Progress {
        // In 64 bits everywhere: WebAssembly's `usize` has 32.
        let [batch_size, sample_count] = [batch_size as u64, sample_count as u64];
        let of = |count: usize, each: u64| (count as u64).saturating_mul(each);
        // Samples seen, and samples in an epoch.
        let (seen, epoch_size) = match self {
            Self::EpochsOfSteps { steps, .. } => (step as u64, steps as u64),
            Self::Epochs { .. } | Self::Steps { .. } => (of(step, batch_size), sample_count),
        };
        let (step_count, epoch_count) = match self {
            Self::Epochs { count } => (of(count, sample_count).div_ceil(batch_size), count as u64),
            Self::EpochsOfSteps { count, steps } => (of(count, steps as u64), count as u64),
            Self::Steps { count } => (count as u64, of(count, batch_size).div_ceil(sample_count)),
        };
        let number = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
        Progress {
            step,
            step_count: number(step_count),
            epoch: number(seen / epoch_size),
            epoch_count: number(epoch_count),
            epoch_progress: (seen % epoch_size) as f64 / epoch_size as f64,
        }
    }
}
