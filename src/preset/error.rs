//! What can be wrong with a config, or with what is asked of a network.

use super::check::{MAX_ACTIVATIONS, MAX_BATCH_SIZE, MAX_CHANGES, MAX_L1_WEIGHT, MAX_WEIGHTS};
use super::config::Schedule;
use super::ids;
use crate::error::ErrorKind;
use crate::loss::Objective;
use crate::model::MINIBATCH;
use crate::shape::SampleShape;

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
    #[error("{}", shapes(*generator, *discriminator, *data))]
    Features {
        generator: SampleShape,
        discriminator: SampleShape,
        data: SampleShape,
    },
    #[error("{}", inputs(*expected, *found))]
    Inputs {
        expected: SampleShape,
        found: Option<SampleShape>,
    },
    #[error(
        "this GAN makes pictures out of others: it draws none at random, and needs one to begin with"
    )]
    NeedsInput,
    #[error("this GAN makes no pictures out of others, and pairs tell nothing of it")]
    NoInput,
    #[error(
        "colours are not changed in pairs: what is made would no longer be of what it is made of"
    )]
    ColourOfPairs,
    #[error("a step takes {needed} samples, more than there are to train on: {sample_count}")]
    BatchBeyondData { needed: usize, sample_count: usize },
    #[error(
        "a network of the config has {found} weights, or a layer without any, expected 1 to {MAX_WEIGHTS}"
    )]
    Weights { found: u64 },
    #[error(
        "a step, or a grid of samples, would make {found} numbers, expected at most {MAX_ACTIVATIONS}: smaller layers or batches"
    )]
    Activations { found: u64 },
    #[error(
        "batch normalisation compares the samples of a batch, and the batch size is 1, expected at least 2"
    )]
    BatchNorm,
    #[error("a network's sizes have “{part}”, expected {expected}")]
    Plan { part: String, expected: String },
    #[error("{name} is {found}, expected {expected}")]
    Range {
        name: &'static str,
        found: f64,
        expected: String,
    },
    #[error("label smoothing is for cross-entropies, not for {objective:?}")]
    Smoothing { objective: Objective },
    #[error(
        "minibatch standard deviation compares {MINIBATCH} samples each, which do not divide batches of {found}"
    )]
    Minibatch { found: usize },
    #[error("these samples are of {found} numbers, and no pictures")]
    NoImages { found: SampleShape },
    #[error("the classifier reads pictures of {expected}, and these samples are {found}")]
    Unread {
        expected: SampleShape,
        found: SampleShape,
    },
    #[error("the shape is {found}, expected {features} numbers, in 1 or 3 channels")]
    Shape { found: SampleShape, features: usize },
    #[error("the shape is {found}, expected 28, 32, 48 or 64 pixels a side, in 1 or 3 channels")]
    Side { found: SampleShape },
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
    #[error("the generator is asked for no classes, and no classifier reads its pictures")]
    Unasked,
    #[error(
        "only learning rate and λ can change while a run goes on, all else when it starts over"
    )]
    Fixed,
}

impl ErrorKind for ConfigError {
    fn code(&self) -> &'static str {
        match self {
            Self::Preset { .. } => "config.preset",
            Self::Json(_) => "config.json",
            Self::BatchSize { .. } | Self::BatchBeyondData { .. } => "config.batch_size",
            Self::LearningRate { .. } => "config.learning_rate",
            Self::L1Weight { .. } | Self::NoL1Term { .. } => "config.l1_weight",
            Self::Features { .. } => "config.features",
            Self::Inputs { .. } | Self::NeedsInput | Self::NoInput => "config.inputs",
            Self::Weights { .. } => "config.weights",
            Self::Activations { .. } => "config.activations",
            Self::BatchNorm => "config.batch_norm",
            Self::Plan { .. } => "config.plan",
            Self::Range { .. } | Self::Smoothing { .. } | Self::ColourOfPairs => "config.range",
            Self::Minibatch { .. } => "config.batch_size",
            Self::NoImages { .. }
            | Self::Unread { .. }
            | Self::Shape { .. }
            | Self::Side { .. } => "config.features",
            Self::Networks { .. } | Self::Classes { .. } | Self::Unlabelled | Self::Unasked => {
                "config.classes"
            }
            Self::Latents { .. } => "config.latents",
            Self::LabelCount { .. } | Self::Label { .. } => "config.labels",
            Self::Schedule { .. } => "config.schedule",
            Self::Fixed => "config.fixed",
            Self::Changes | Self::ChangeOrder => "config.changes",
        }
    }
}

/// What networks and data disagree about.
fn shapes(generator: SampleShape, taken: SampleShape, data: SampleShape) -> String {
    if generator == taken {
        return format!(
            "the data has samples of {data} numbers, and this GAN learns those of {taken} numbers"
        );
    }
    format!(
        "the generator makes samples of {generator} numbers, the discriminator takes {taken} \
         numbers and the data has {data} numbers"
    )
}

/// What a network that makes pictures out of others lacks.
fn inputs(expected: SampleShape, found: Option<SampleShape>) -> String {
    let has = match found {
        None => "has none to begin with: pairs are made of any pictures".into(),
        Some(found) => format!("has some of {found}"),
    };
    format!("this GAN makes pictures out of others of {expected}, and the data {has}")
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
