//! The table of presets: each tutorial's GAN as a config, and the words shown about it.
//!
//! Every default lives here and nowhere else. No networks, no training.

use serde::{Deserialize, Serialize};

use crate::Error;
use crate::loss::Objective;
use crate::model::{
    Activation, ConvCriticConfig, DcganDiscriminatorConfig, DcganGeneratorConfig,
    DiscriminatorConfig, GeneratorConfig, HiddenLayer, MlpConfig,
};

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
    /// Standard deviation of the Gaussian noise under which the discriminator sees real and fake
    /// samples while it trains: what hides in the noise tells it nothing (Sønderby et al. 2017).
    pub instance_noise: Option<f64>,
    /// Adam's step size, for both networks.
    pub learning_rate: f64,
    /// Adam's decay of the first moment, for both networks.
    pub beta_1: f32,
    /// Samples in a batch.
    pub batch_size: usize,
    /// Where all randomness of the run comes from.
    pub seed: u32,
    /// How long to train.
    pub schedule: Schedule,
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

    /// Where a run stands after `step` steps of `batch_size` samples on `sample_count` samples.
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

/// A tutorial's GAN: its config and the words shown about it.
#[derive(Clone, Debug)]
pub struct Preset {
    /// The name it is asked for by.
    pub id: &'static str,
    /// The name people see.
    pub title: &'static str,
    /// What the article builds.
    pub article: &'static str,
    /// What was changed against the article, or chosen where it is silent, and why.
    pub changes: &'static [&'static str],
    /// The loss in words.
    pub objective: &'static str,
    /// The schedule in words.
    pub schedule: &'static str,
    /// Whether the discriminator's loss on held-out images is measured each epoch.
    pub validation: bool,
    /// What is trained.
    pub config: TrainConfig,
}

/// Settings that a user may change; what is absent keeps the preset's value.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Overrides {
    /// Samples in a batch, 1 to 1,024.
    pub batch_size: Option<usize>,
    /// Adam's step size, above 0 and at most 1.
    pub learning_rate: Option<f64>,
    /// Weight of the L1 term, 0 to 1,000; only for presets that have the term.
    pub l1_weight: Option<f64>,
    /// Where all randomness of the run comes from.
    pub seed: Option<u32>,
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
    #[error(
        "the generator makes samples of {generator} numbers, the discriminator takes {discriminator} and the data has {data}"
    )]
    Features {
        generator: usize,
        discriminator: usize,
        data: usize,
    },
    #[error(
        "the batch size is {batch_size}, but there are only {sample_count} samples to train on"
    )]
    BatchBeyondData {
        batch_size: usize,
        sample_count: usize,
    },
    #[error(
        "a network of the config has {found} weights, or a layer without any, expected 1 to {MAX_WEIGHTS}"
    )]
    Weights { found: u64 },
    #[error("β₁ is {found}, expected a number from 0 to below 1")]
    Beta { found: f32 },
    #[error("the instance noise has standard deviation {found}, expected a number above 0")]
    InstanceNoise { found: f64 },
    #[error("the schedule is {found:?}, expected counts from 1 to {}", u32::MAX)]
    Schedule { found: Schedule },
    #[error("batch size and seed cannot change while a run goes on, only when it starts over")]
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
            Self::Beta { .. } => "config.beta_1",
            Self::InstanceNoise { .. } => "config.instance_noise",
            Self::Schedule { .. } => "config.schedule",
            Self::Fixed => "config.fixed",
        }
    }
}

/// The largest batch: beyond it a convolutional preset outgrows a tab's memory.
pub const MAX_BATCH_SIZE: usize = 1024;
const MAX_L1_WEIGHT: f64 = 1000.0;
/// The largest network, in weights: with its moments and gradients it fits a tab's memory.
const MAX_WEIGHTS: u64 = 50_000_000;

impl TrainConfig {
    /// The config with the settings a user changed.
    ///
    /// # Errors
    ///
    /// `config.batch_size`, `config.learning_rate` or `config.l1_weight` for a value out of range;
    /// nothing is clamped.
    pub fn with(mut self, overrides: &Overrides) -> Result<Self, Error> {
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
        self.check()?;
        Ok(self)
    }

    /// Checks all that can be checked without the data.
    pub(crate) fn check(&self) -> Result<(), ConfigError> {
        let weights = [
            self.generator.weight_count(),
            self.discriminator.weight_count(),
        ];
        let is_out_of_bounds = |count: &u64| !(1..=MAX_WEIGHTS).contains(count);
        if let Some(found) = weights.into_iter().find(is_out_of_bounds) {
            return Err(ConfigError::Weights { found });
        }
        if !(0.0..1.0).contains(&self.beta_1) {
            return Err(ConfigError::Beta { found: self.beta_1 });
        }
        if let Some(found) = self.instance_noise
            && !(found > 0.0 && found.is_finite())
        {
            return Err(ConfigError::InstanceNoise { found });
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
        if !(self.learning_rate > 0.0 && self.learning_rate <= 1.0) {
            return Err(ConfigError::LearningRate {
                found: self.learning_rate,
            });
        }
        match self.l1_weight {
            Some(found) if !(0.0..=MAX_L1_WEIGHT).contains(&found) => {
                Err(ConfigError::L1Weight { found })
            }
            _ => Ok(()),
        }
    }

    /// Checks that the config can train on samples of this shape and number.
    pub(crate) fn check_data(&self, features: usize, sample_count: usize) -> Result<(), Error> {
        self.check()?;
        self.check_features(features)?;
        if self.batch_size > sample_count {
            return Err(ConfigError::BatchBeyondData {
                batch_size: self.batch_size,
                sample_count,
            }
            .into());
        }
        Ok(())
    }

    /// Checks that samples are of the size the networks are made for.
    pub(crate) fn check_features(&self, features: usize) -> Result<(), Error> {
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
        Ok(())
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

    /// Refuses what a running trainer cannot change: its buffers have their sizes.
    pub(crate) fn check_live(&self) -> Result<(), Error> {
        match self {
            Self {
                batch_size: None,
                seed: None,
                ..
            } => Ok(()),
            _ => Err(ConfigError::Fixed.into()),
        }
    }
}

fn ids() -> Vec<&'static str> {
    presets().iter().map(|preset| preset.id).collect()
}

impl Preset {
    /// The preset of that name.
    ///
    /// # Errors
    ///
    /// `config.preset`.
    pub fn by_id(id: &str) -> Result<Self, Error> {
        let found = presets().into_iter().find(|preset| preset.id == id);
        Ok(found.ok_or_else(|| ConfigError::Preset { found: id.into() })?)
    }
}

/// Numbers in each latent vector, in all five articles.
const LATENT: usize = 100;
/// Pixels of an MNIST image.
const PIXELS: usize = 28 * 28;

/// Every preset, in the order in which they are shown.
pub fn presets() -> Vec<Preset> {
    vec![mlp(), dense(), least_squares(), dcgan(), conv_critic()]
}

/// A hidden layer without batch normalisation.
fn plain(width: usize) -> HiddenLayer {
    HiddenLayer {
        width,
        batch_norm: false,
    }
}

/// A hidden layer with batch normalisation.
fn normalised(width: usize) -> HiddenLayer {
    HiddenLayer {
        width,
        batch_norm: true,
    }
}

fn generator(hidden: Vec<HiddenLayer>, activation: Activation) -> GeneratorConfig {
    GeneratorConfig::Mlp(MlpConfig {
        input: LATENT,
        hidden,
        activation,
        output: PIXELS,
        tanh: true,
    })
}

fn discriminator(hidden: Vec<HiddenLayer>, activation: Activation) -> DiscriminatorConfig {
    DiscriminatorConfig::Mlp(MlpConfig {
        input: PIXELS,
        hidden,
        activation,
        output: 1,
        tanh: false,
    })
}

const LEAKY: Activation = Activation::LeakyRelu { slope: 0.2 };

fn mlp() -> Preset {
    Preset {
        id: "mlp",
        title: "MLP with batch norm",
        article: "A generator of dense layers with LeakyReLU and batch normalisation against a \
                  discriminator with one hidden layer. The quickest of the five to show digits.",
        changes: &[
            "The networks, the losses and the schedule are the article's.",
            "The discriminator gives a logit and the loss contains the sigmoid, which is the same \
             function computed without overflow.",
        ],
        objective: "Binary cross-entropy, non-saturating; Adam 2e-4, β₁ 0.5",
        schedule: "batch 64, 100 epochs",
        validation: false,
        config: TrainConfig {
            generator: generator(vec![plain(256), normalised(512)], LEAKY),
            discriminator: discriminator(vec![plain(512)], LEAKY),
            objective: Objective::NonSaturating,
            l1_weight: None,
            instance_noise: None,
            learning_rate: 2e-4,
            beta_1: 0.5,
            batch_size: 64,
            seed: 1,
            schedule: Schedule::Epochs { count: 100 },
        },
    }
}

fn dense() -> Preset {
    Preset {
        id: "dense",
        title: "Dense GAN",
        article: "The first GAN of many readers: one hidden layer in the generator, one in the \
                  discriminator, and a loss on held-out images after each epoch.",
        changes: &[
            "The article's generator ends in 128 values and reshapes them to 28×28 = 784, which \
             has no solution. Here a last dense layer makes 784 values, through tanh.",
            "Adam's β₁ is 0.5 in place of the usual 0.9. With 0.9 the two networks chase each other \
             and all pictures end as the same grey blot.",
            "Pixels are scaled to [-1, 1], the range of tanh.",
        ],
        objective: "Binary cross-entropy, non-saturating; Adam 1e-3, β₁ 0.5",
        schedule: "batch 32, 10 epochs",
        validation: true,
        config: TrainConfig {
            generator: generator(vec![plain(128)], Activation::Relu),
            discriminator: discriminator(vec![plain(128)], Activation::Relu),
            objective: Objective::NonSaturating,
            l1_weight: None,
            instance_noise: None,
            learning_rate: 1e-3,
            beta_1: 0.5,
            batch_size: 32,
            seed: 1,
            schedule: Schedule::Epochs { count: 10 },
        },
    }
}

fn least_squares() -> Preset {
    Preset {
        id: "least-squares",
        title: "Least squares + L1",
        article: "Squared errors in place of cross-entropy, and an L1 term that pulls the \
                  generator's pictures towards the batch of real ones.",
        changes: &[
            "The article's discriminator never sees a real image, so it cannot tell what one \
             looks like. Here it learns from real and fake alike.",
            "The article's generator has the L1 term alone. A latent vector has no real image of \
             its own, so that loss can only learn one average digit. Here the adversarial term \
             leads and λ weighs the L1 term: raise λ and watch the digits melt into that average.",
            "The article names no layers: both networks are dense here, 256 and 512 units in the \
             generator, 512 and 256 in the discriminator, with LeakyReLU 0.2.",
            "Adam with 2e-4 and β₁ 0.5, as the article names no settings.",
        ],
        objective: "Least squares for both, + λ·L1 for the generator; Adam 2e-4, β₁ 0.5",
        schedule: "batch 10, 100 epochs of 100 batches",
        validation: false,
        config: TrainConfig {
            generator: generator(vec![plain(256), plain(512)], LEAKY),
            discriminator: discriminator(vec![plain(512), plain(256)], LEAKY),
            objective: Objective::LeastSquares,
            l1_weight: Some(0.1),
            instance_noise: None,
            learning_rate: 2e-4,
            beta_1: 0.5,
            batch_size: 10,
            seed: 1,
            schedule: Schedule::EpochsOfSteps {
                count: 100,
                steps: 100,
            },
        },
    }
}

fn dcgan() -> Preset {
    Preset {
        id: "dcgan",
        title: "DCGAN",
        article: "Convolutions in both networks: the generator grows a small picture by transposed \
                  convolutions, the discriminator shrinks it again.",
        changes: &[
            "The article starts from 4×4, which two doublings make 16×16, not 28×28, and reshapes \
             128 values to 4·4·128 = 2,048, which has no solution. Here a dense layer makes \
             7·7·128 values, and 7 doubles to 14 and 28.",
            "The discriminator's convolutions have stride 2, as the DCGAN paper asks (Radford et \
             al. 2016): a fifteenth of the work of full-size ones.",
            "The generator has batch normalisation before each ReLU, as the DCGAN paper's has. \
             Without it all latents give the same picture, even after 2,000 steps.",
            "Adam with 2e-4 and β₁ 0.5, the paper's settings, as the article names none.",
        ],
        objective: "Binary cross-entropy, non-saturating; Adam 2e-4, β₁ 0.5",
        schedule: "batch 32, 100 epochs",
        validation: false,
        config: TrainConfig {
            generator: GeneratorConfig::Dcgan(DcganGeneratorConfig {
                latent: LATENT,
                hidden: 128,
                channels: [128, 64, 32],
            }),
            discriminator: DiscriminatorConfig::Dcgan(DcganDiscriminatorConfig {
                channels: [32, 64],
            }),
            objective: Objective::NonSaturating,
            l1_weight: None,
            instance_noise: None,
            learning_rate: 2e-4,
            beta_1: 0.5,
            batch_size: 32,
            seed: 1,
            schedule: Schedule::Epochs { count: 100 },
        },
    }
}

fn conv_critic() -> Preset {
    Preset {
        id: "conv-critic",
        title: "Dense generator, convolutional critic",
        article: "A generator of dense layers against a critic with a convolution, batch \
                  normalisation and a wide dense layer; the three losses are reported apart.",
        changes: &[
            "The convolution has stride 2. Without it the dense layer of 1,024 units would have 51 \
             million weights; with it, it has 13 million, which fit a tab.",
            "The critic sees all images, real and fake, under Gaussian noise of standard deviation \
             1.5 while it trains. Without it the critic knows every fake by its speckles within 20 \
             steps, and the generator learns one grey blot; with half as much all latents give one \
             picture.",
            "The generator's hidden layers have batch normalisation, and the critic's wide layer \
             takes smaller steps.",
            "Real and fake images share the critic's batch normalisation: each batch alone would \
             hide from it how bright its pictures are.",
            "Adam with 1e-3 and β₁ 0.5, as the article names no settings.",
        ],
        objective: "Binary cross-entropy, non-saturating; Adam 1e-3, β₁ 0.5",
        schedule: "batch 100, 10,000 iterations",
        validation: false,
        config: TrainConfig {
            generator: generator(vec![normalised(128), normalised(128)], Activation::Relu),
            discriminator: DiscriminatorConfig::ConvCritic(ConvCriticConfig {
                channels: 64,
                hidden: 1024,
            }),
            objective: Objective::NonSaturating,
            l1_weight: None,
            instance_noise: Some(1.5),
            learning_rate: 1e-3,
            beta_1: 0.5,
            batch_size: 100,
            seed: 1,
            schedule: Schedule::Steps { count: 10_000 },
        },
    }
}
