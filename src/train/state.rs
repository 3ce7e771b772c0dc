//! All that a step reads and moves on: on the device, but for counts of the host's own.

use burn::tensor::Device;

use super::augmentations::Augmentations;
use super::average::Average;
use super::hyperparameters::LiveHyperparameters;
use super::metrics::MetricsRing;
use super::optimizer::{Adam, Clip};
use crate::data::{Batches, Dataset};
use crate::model::{Discriminator, Generator};
use crate::preset::TrainConfig;
use crate::random::{NormalNoise, Stream};

/// Networks, optimisers, data and noise; what a step does with them: [`step`](Self::step).
#[derive(Debug)]
pub(super) struct TrainState {
    pub(super) device: Device,
    pub(super) generator: Generator,
    pub(super) discriminator: Discriminator,
    pub(super) generator_optimizer: Adam,
    pub(super) discriminator_optimizer: Adam,
    /// From which samples are drawn, if the config wants it.
    pub(super) average: Option<Average>,
    pub(super) batches: Batches,
    pub(super) noise: NormalNoise,
    pub(super) augmentations: Augmentations,
    pub(super) hyperparameters: LiveHyperparameters,
    pub(super) metrics: MetricsRing,
}

impl TrainState {
    /// Before the first step of a config that was checked against the data.
    ///
    /// - `device`: with autodiff
    pub(super) fn new(config: &TrainConfig, dataset: Dataset, device: &Device) -> Self {
        let seed = |stream: Stream| stream.seed(config.seed);
        let generator = config.generator.init(seed(Stream::Generator), device);
        let discriminator = config
            .discriminator
            .init(seed(Stream::Discriminator), device);
        let clip = Clip {
            gradient: config.gradient_clip,
            weight: None,
        };
        let discriminator_clip = Clip {
            weight: config.weight_clip,
            ..clip
        };
        let optimizer = config.optimizer;
        let dataset = learned(config, dataset);
        let rows = config.batch_size * config.discriminator_steps;
        let latent_size = config.generator.latent_size();
        Self {
            generator_optimizer: Adam::new(&generator, optimizer, clip, device),
            discriminator_optimizer: Adam::new(
                &discriminator,
                optimizer,
                discriminator_clip,
                device,
            ),
            average: config
                .average_decay
                .map(|decay| Average::new(&generator, decay, device)),
            generator,
            discriminator,
            batches: Batches::new(dataset, rows, seed(Stream::Order), config.balanced),
            noise: NormalNoise::new(rows, latent_size, seed(Stream::Noise), device),
            augmentations: Augmentations::new(config, device),
            hyperparameters: LiveHyperparameters::new(config, device),
            metrics: MetricsRing::new(device),
            device: device.clone(),
        }
    }

    /// The host's part of a step, before it.
    pub(super) fn advance(&mut self) {
        self.batches.advance();
        self.metrics.advance();
    }

    /// Puts data and noise behind so many steps of the run.
    pub(super) fn seek(&mut self, step: u32, config: &TrainConfig) {
        self.batches.seek(step);
        self.noise.seek(step);
        self.augmentations
            .seek(step, config.discriminator_steps as u32);
        self.metrics.seek(step as usize);
    }
}

/// What of some data a run learns: their classes and inputs only where its networks take them.
pub(super) fn learned(config: &TrainConfig, dataset: Dataset) -> Dataset {
    let dataset = match config.generator.classes() {
        0 => dataset.without_classes(),
        _ => dataset,
    };
    match config.generator.input_shape() {
        None => dataset.without_inputs(),
        Some(_) => dataset,
    }
}
