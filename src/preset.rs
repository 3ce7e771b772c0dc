//! The table of presets: each GAN as a config, and the words shown about it.
//!
//! Every default lives here and nowhere else. No networks, no training.

mod config;

pub(crate) use config::{ConfigError, check_images, check_labels, check_weights};
pub use config::{
    MAX_BATCH_SIZE, Optimizer, Overrides, Progress, Schedule, Smoothness, TrainConfig,
};

use crate::Error;
use crate::loss::Objective;
use crate::model::{
    Activation, ConvCriticConfig, DcganDiscriminatorConfig, DcganGeneratorConfig,
    DiscriminatorConfig, GeneratorConfig, HiddenLayer, IMAGE_SIDE, MlpConfig,
    ProjectionDiscriminatorConfig, UpsampleGeneratorConfig,
};

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

fn ids() -> Vec<&'static str> {
    all().map(|preset| preset.id).collect()
}

/// Those for images and the one for points.
fn all() -> impl Iterator<Item = Preset> {
    presets().into_iter().chain([points()])
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
        all().find(|preset| {
            let schedule = config.schedule;
            let own = preset.config.clone().with(&overrides);
            own.is_ok_and(|own| TrainConfig { schedule, ..own } == *config)
        })
    }
}

/// Numbers in each latent vector, in all five articles.
const LATENT: usize = 100;
/// Pixels of an MNIST image.
const PIXELS: usize = IMAGE_SIDE * IMAGE_SIDE;

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

/// The preset for points in the plane, such as a [`Toy`](crate::data::Toy)'s.
pub fn points() -> Preset {
    let layers = |input, output| MlpConfig {
        input,
        hidden: vec![plain(64); 3],
        activation: LEAKY,
        output,
        tanh: false,
    };
    Preset {
        id: "points",
        title: "Points in the plane",
        article: "Two small dense networks, and samples of two numbers: points. All that goes on \
                  between a generator and a discriminator can be seen at once, and within seconds.",
        changes: &[
            "The recipe is that of “Modern”: pairs, a penalty on steepness, an averaged generator. \
             Choose another loss, or take the penalty away, and compare.",
            "Latents have two numbers, so that the generator is a map from one plane into another \
             and can be drawn as a bent net.",
            "The L1 term is there with a weight of 0, to be raised and seen.",
        ],
        objective: "Relativistic pairs, approximated R1 and R2; Adam 1e-3, β₁ 0",
        schedule: "batch 128, 4,000 iterations",
        validation: false,
        config: TrainConfig {
            l1_weight: Some(0.0),
            smoothness: Some(Smoothness {
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

/// Digits.
const CLASSES: usize = 10;

/// The networks of [`modern`], with or without classes.
fn upsample(classes: usize) -> GeneratorConfig {
    GeneratorConfig::Upsample(UpsampleGeneratorConfig {
        latent: 64,
        classes,
        channels: [64, 32, 16],
    })
}

fn projection(classes: usize, spectral_norm: bool) -> DiscriminatorConfig {
    DiscriminatorConfig::Projection(ProjectionDiscriminatorConfig {
        classes,
        channels: [32, 64, 128],
        spectral_norm,
        minibatch_deviation: false,
    })
}

fn modern() -> Preset {
    Preset {
        id: "modern",
        title: "Modern",
        article: "What has been learned since the articles were written, in one small GAN that draws \
                  the digit it is asked for. Good digits after some hundred steps.",
        changes: &[
            "Both networks are told the class: the generator beside its latents, the discriminator \
             by a projection (Miyato & Koyama 2018).",
            "The generator doubles its pictures by repeating pixels and smooths them by 3×3 \
             convolutions, which leaves no checkerboards; the discriminator has no batch \
             normalisation.",
            "The discriminator judges pairs, a real digit and a fake one of the same class: which is \
             the real one? (R3GAN, Huang et al. 2024.)",
            "It must give a digit and the same digit under a little noise the same value, real and \
             fake: an approximation of gradient penalties R1 and R2 (Lin et al. 2025).",
            "What you see is drawn by a running average of the generator's weights.",
        ],
        objective: "Relativistic pairs, approximated R1 and R2; Adam 2e-3, β₁ 0",
        schedule: "batch 32, 2,000 iterations",
        validation: false,
        config: TrainConfig {
            smoothness: Some(Smoothness::MODERN),
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

fn hinge_sn() -> Preset {
    Preset {
        id: "hinge-sn",
        title: "Spectral norm + hinge",
        article: "A discriminator whose every layer is divided by its largest singular value, so \
                  that it cannot become steep, and the hinge loss (Miyato et al. 2018).",
        changes: &[],
        objective: "Hinge; Adam 5e-4, β₁ 0",
        schedule: "batch 32, 2,000 iterations",
        validation: false,
        config: TrainConfig {
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

fn wgan_clip() -> Preset {
    Preset {
        id: "wgan-clip",
        title: "Wasserstein critic, clipped",
        article: "A critic that measures a distance between distributions, kept from becoming steep \
                  by cutting its weights off, with five steps for one of the generator (Arjovsky et \
                  al. 2017).",
        changes: &[],
        objective: "Wasserstein, weights clipped at ±0.01; RMSProp 2e-4",
        schedule: "batch 32, 2,000 iterations",
        validation: false,
        config: TrainConfig {
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
            schedule: Schedule::Epochs { count: 100 },
            ..TrainConfig::new(
                generator(vec![plain(256), normalised(512)], LEAKY),
                discriminator(vec![plain(512)], LEAKY),
                Objective::NonSaturating,
            )
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
