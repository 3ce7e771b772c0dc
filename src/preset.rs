//! The table of presets: each GAN as a config.
//!
//! Every default lives here and nowhere else. No networks, no training, and no words: whoever shows a
//! preset has its own about it.

mod changes;
mod check;
mod check_data;
mod config;
mod error;
mod fit;
mod overrides;
mod pairs;
mod plan;

pub use check::{MAX_BATCH_SIZE, MAX_CHANGES};
pub(crate) use check_data::{check_images, check_labels, check_read};
pub use config::{
    Change, GradientPenalty, LiveSetting, Optimizer, Progress, Schedule, Structures, TrainConfig,
};
pub(crate) use error::ConfigError;
pub use overrides::Overrides;
pub use pairs::pix2pix;

use crate::Error;
use crate::loss::Objective;
use crate::model::{
    Activation, ConvCriticConfig, DcganDiscriminatorConfig, DcganGeneratorConfig,
    DiscriminatorConfig, GeneratorConfig, HiddenLayer, MlpConfig, ProjectionDiscriminatorConfig,
    UpsampleGeneratorConfig,
};
use crate::shape::SampleShape;

/// A GAN to begin with: a tutorial's, or one of those found since.
#[derive(Clone, Debug)]
pub struct Preset {
    /// The name it is asked for by.
    pub id: &'static str,
    /// Whether the discriminator's loss on held-out images is measured each epoch.
    pub validation: bool,
    /// What is trained.
    pub config: TrainConfig,
}

fn ids() -> Vec<&'static str> {
    all().map(|preset| preset.id).collect()
}

/// Those for images, the one for points and the one for pairs.
fn all() -> impl Iterator<Item = Preset> {
    presets().into_iter().chain([points(), pix2pix()])
}

impl Preset {
    /// The preset of that name.
    ///
    /// # Errors
    ///
    /// `config.preset`.
    pub fn by_id(id: &str) -> Result<Self, Error> {
        let found = all().find(|preset| preset.id == id);
        Ok(found.ok_or_else(|| ConfigError::Preset { found: id.into() })?)
    }

    /// The preset that has this config once a user has changed what a user may change; its schedule may
    /// have been another then.
    pub fn of(config: &TrainConfig) -> Option<Self> {
        let overrides = Overrides::of(config);
        let is_named = |preset: &Self| match &config.preset {
            Some(id) => id == preset.id,
            None => preset.config.has_networks_of(config),
        };
        all().filter(is_named).find(|preset| {
            let own = TrainConfig {
                schedule: config.schedule,
                preset: config.preset.clone(),
                ..preset.config.clone()
            };
            let (shape, classes) = (config.generator.shape(), config.generator.classes());
            let own = match config.generator.input_shape() {
                Some(input) => TrainConfig {
                    preset: config.preset.clone(),
                    ..own.fitted(shape, classes).fitted_to_pairs(input)
                },
                None => own,
            };
            (own.with_for(&overrides, shape, classes)).is_ok_and(|own| own == *config)
        })
    }
}

/// Numbers in each latent vector, in all five articles.
const LATENT: usize = 100;

/// Every preset for images, in the order in which they are shown.
pub fn presets() -> Vec<Preset> {
    vec![
        modern(),
        mlp(),
        dense(),
        least_squares(),
        dcgan(),
        conv_critic(),
        hinge_sn(),
        wgan_clip(),
    ]
}

/// The preset for points in the plane, such as a [`Toy`](crate::data::Toy)'s: the recipe of
/// `modern` with small dense networks. Latents have two numbers, so that the generator is a map from
/// one plane into another; the L1 term has a weight of 0, to be raised.
pub fn points() -> Preset {
    let layers = |input, output| MlpConfig {
        input,
        hidden: vec![plain(64); 3],
        activation: LEAKY,
        output,
        tanh: false,
        shape: None,
    };
    Preset {
        id: "points",
        validation: false,
        config: TrainConfig {
            preset: None,
            l1_weight: Some(0.0),
            gradient_penalty: Some(GradientPenalty {
                weight: 1.0,
                deviation: 0.05,
                fakes: true,
            }),
            optimizer: Optimizer::Adam {
                beta_1: 0.0,
                beta_2: 0.99,
            },
            learning_rate: 1e-3,
            average_decay: Some(0.9),
            batch_size: 128,
            schedule: Schedule::Steps { count: 4000 },
            ..TrainConfig::new(
                GeneratorConfig::Mlp(layers(2, 2)),
                DiscriminatorConfig::Mlp(layers(2, 1)),
                Objective::Relativistic,
            )
        },
    }
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
        output: SampleShape::DIGIT.features(),
        tanh: true,
        shape: None,
    })
}

fn discriminator(hidden: Vec<HiddenLayer>, activation: Activation) -> DiscriminatorConfig {
    DiscriminatorConfig::Mlp(MlpConfig {
        input: SampleShape::DIGIT.features(),
        hidden,
        activation,
        output: 1,
        tanh: false,
        shape: None,
    })
}

const LEAKY: Activation = Activation::LeakyRelu { slope: 0.2 };

/// Digits.
const CLASSES: usize = 10;

/// The networks of [`modern`], with or without classes.
fn upsample(classes: usize) -> GeneratorConfig {
    GeneratorConfig::Upsample(UpsampleGeneratorConfig {
        latent: 64,
        classes,
        channels: vec![64, 32, 16],
        shape: SampleShape::DIGIT,
    })
}

fn projection(classes: usize, spectral_norm: bool) -> DiscriminatorConfig {
    DiscriminatorConfig::Projection(ProjectionDiscriminatorConfig {
        classes,
        channels: vec![32, 64, 128],
        shape: SampleShape::DIGIT,
        spectral_norm,
        minibatch_deviation: false,
    })
}

/// What has been learned since the articles: classes in both networks (a projection, Miyato & Koyama
/// 2018), growing by repeated pixels and convolutions, pairs of one class (R3GAN, Huang et al. 2024),
/// approximated R1 and R2 (Lin et al. 2025), an averaged generator.
fn modern() -> Preset {
    Preset {
        id: "modern",
        validation: false,
        config: TrainConfig {
            preset: None,
            gradient_penalty: Some(GradientPenalty::MODERN),
            optimizer: Optimizer::Adam {
                beta_1: 0.0,
                beta_2: 0.99,
            },
            learning_rate: 2e-3,
            average_decay: Some(0.995),
            batch_size: 32,
            schedule: Schedule::Steps { count: 2000 },
            ..TrainConfig::new(
                upsample(CLASSES),
                projection(CLASSES, false),
                Objective::Relativistic,
            )
        },
    }
}

/// Spectral norm and the hinge loss (Miyato et al. 2018).
fn hinge_sn() -> Preset {
    Preset {
        id: "hinge-sn",
        validation: false,
        config: TrainConfig {
            preset: None,
            optimizer: Optimizer::Adam {
                beta_1: 0.0,
                beta_2: 0.99,
            },
            learning_rate: 5e-4,
            average_decay: Some(0.995),
            batch_size: 32,
            schedule: Schedule::Steps { count: 2000 },
            ..TrainConfig::new(upsample(0), projection(0, true), Objective::Hinge)
        },
    }
}

/// A Wasserstein critic with clipped weights, five steps for one of the generator (Arjovsky et al.
/// 2017).
fn wgan_clip() -> Preset {
    Preset {
        id: "wgan-clip",
        validation: false,
        config: TrainConfig {
            preset: None,
            weight_clip: Some(0.01),
            discriminator_steps: 5,
            optimizer: Optimizer::RmsProp { decay: 0.99 },
            learning_rate: 2e-4,
            average_decay: Some(0.995),
            batch_size: 32,
            schedule: Schedule::Steps { count: 2000 },
            ..TrainConfig::new(upsample(0), projection(0, false), Objective::Wasserstein)
        },
    }
}

/// Dense layers with batch normalisation against one hidden layer: the article's networks, losses and
/// schedule. The loss takes logits: the article's sigmoid and logarithm overflow.
fn mlp() -> Preset {
    Preset {
        id: "mlp",
        validation: false,
        config: TrainConfig {
            preset: None,
            schedule: Schedule::Epochs { count: 100 },
            ..TrainConfig::new(
                generator(vec![plain(256), normalised(512)], LEAKY),
                discriminator(vec![plain(512)], LEAKY),
                Objective::NonSaturating,
            )
        },
    }
}

/// One hidden layer in each network. The article's generator ends in 128 values and reshapes them to
/// 784: here a last layer makes 784, through tanh. With the usual β₁ of 0.9 all pictures end as one
/// blot; here it is 0.5.
fn dense() -> Preset {
    Preset {
        id: "dense",
        validation: true,
        config: TrainConfig {
            preset: None,
            learning_rate: 1e-3,
            batch_size: 32,
            schedule: Schedule::Epochs { count: 10 },
            ..TrainConfig::new(
                generator(vec![plain(128)], Activation::Relu),
                discriminator(vec![plain(128)], Activation::Relu),
                Objective::NonSaturating,
            )
        },
    }
}

/// Squared errors and an L1 term. The article's discriminator never sees a real image and its generator
/// has the L1 term alone, which can only learn an average: here the discriminator learns from both, and
/// the adversarial term leads. The article names no layers and no optimiser.
fn least_squares() -> Preset {
    Preset {
        id: "least-squares",
        validation: false,
        config: TrainConfig {
            preset: None,
            l1_weight: Some(0.1),
            batch_size: 10,
            schedule: Schedule::EpochsOfSteps {
                count: 100,
                steps: 100,
            },
            ..TrainConfig::new(
                generator(vec![plain(256), plain(512)], LEAKY),
                discriminator(vec![plain(512), plain(256)], LEAKY),
                Objective::LeastSquares,
            )
        },
    }
}

/// Convolutions in both networks. The article doubles 4×4 to 16×16, and reshapes 128 values to 2,048:
/// here a dense layer makes 7×7×128. Stride 2 and batch normalisation are the DCGAN paper's (Radford et
/// al. 2016); without the latter all latents give one picture for 2,000 steps.
fn dcgan() -> Preset {
    Preset {
        id: "dcgan",
        validation: false,
        config: TrainConfig {
            preset: None,
            batch_size: 32,
            schedule: Schedule::Epochs { count: 100 },
            ..TrainConfig::new(
                GeneratorConfig::Dcgan(DcganGeneratorConfig {
                    latent: LATENT,
                    hidden: 128,
                    channels: [128, 64, 32],
                }),
                DiscriminatorConfig::Dcgan(DcganDiscriminatorConfig { channels: [32, 64] }),
                Objective::NonSaturating,
            )
        },
    }
}

/// A dense generator against a critic with a convolution and a wide dense layer. Stride 2 leaves 13
/// million weights of 51. The critic sees all images under noise, real and fake in one batch, the
/// generator has batch normalisation, and the wide layer takes smaller steps: without any of these the
/// critic wins, or all latents give one picture.
fn conv_critic() -> Preset {
    Preset {
        id: "conv-critic",
        validation: false,
        config: TrainConfig {
            preset: None,
            instance_noise: Some(1.5),
            learning_rate: 1e-3,
            batch_size: 100,
            schedule: Schedule::Steps { count: 10_000 },
            ..TrainConfig::new(
                generator(vec![normalised(128), normalised(128)], Activation::Relu),
                DiscriminatorConfig::ConvCritic(ConvCriticConfig {
                    channels: 64,
                    hidden: 1024,
                }),
                Objective::NonSaturating,
            )
        },
    }
}
