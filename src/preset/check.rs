//! What a config must be before anything is made of it: whatever passes trains, and asks for no more
//! memory than the bounds here.

use std::fmt::Display;

use super::check_data::check_images;
use super::config::{GradientPenalty, Optimizer, TrainConfig};
use super::error::ConfigError;
use crate::model::{
    Activation, DiscriminatorConfig, GRID_ROWS, GeneratorConfig, MINIBATCH, MlpConfig, Size,
    grid_columns, stages, unet_stages,
};
use crate::shape::SampleShape;

/// The largest batch: beyond it a convolutional preset outgrows a tab's memory.
pub const MAX_BATCH_SIZE: usize = 1024;
/// The most changes of a run: a link holds them all.
pub const MAX_CHANGES: usize = 200;
pub(super) const MAX_L1_WEIGHT: f64 = 1000.0;
const MAX_DISCRIMINATOR_STEPS: usize = 16;
/// The largest penalty's weight, and the largest ratio of step sizes.
const MAX_FACTOR: f64 = 10_000.0;
/// The largest network, in weights, before anything is made of it: with its moments and gradients it
/// fits a tab's memory. What a run may have in all is less: its checkpoint must be read again.
pub(super) const MAX_WEIGHTS: u64 = 50_000_000;
/// Numbers that layers make in a step, or for a grid, at most: every preset's batch of 1,024 has fewer.
pub(super) const MAX_ACTIVATIONS: u64 = 1 << 27;
/// Labels are bytes.
const MAX_CLASSES: usize = 256;
/// Hidden layers of a dense network.
const MAX_LAYERS: usize = 64;

impl TrainConfig {
    /// Checks all that can be checked without the data.
    pub(crate) fn check(&self) -> Result<(), ConfigError> {
        self.generator.check()?;
        self.discriminator.check()?;
        let moves = self.translation.is_some() || self.mirror || self.zoom.is_some();
        if moves || self.colour || self.cutout.is_some() {
            // Of a pair, as many channels as its two pictures have.
            check_images(match self.generator.input_shape() {
                Some(_) => self.generator.shape(),
                None => self.discriminator.shape(),
            })?;
        }
        if self.colour && self.generator.input_shape().is_some() {
            return Err(ConfigError::ColourOfPairs);
        }
        self.check_ranges()?;
        if !self.schedule.is_sound() {
            let found = self.schedule;
            return Err(ConfigError::Schedule { found });
        }
        if self.label_smoothing.is_some() && !self.objective.is_cross_entropy() {
            let objective = self.objective;
            return Err(ConfigError::Smoothing { objective });
        }
        self.check_batch()?;
        check_activations(self.activations())
    }

    fn check_batch(&self) -> Result<(), ConfigError> {
        let found = self.batch_size;
        if !(1..=MAX_BATCH_SIZE).contains(&found) {
            return Err(ConfigError::BatchSize { found });
        }
        if let DiscriminatorConfig::Projection(network) = &self.discriminator
            && network.minibatch_deviation
            && !found.is_multiple_of(MINIBATCH)
        {
            return Err(ConfigError::Minibatch { found });
        }
        match found < self.least_batch_size() {
            true => Err(ConfigError::BatchNorm),
            false => Ok(()),
        }
    }

    /// The smallest batch that its networks can learn from: batch normalisation compares samples.
    pub fn least_batch_size(&self) -> usize {
        match self.generator.uses_batch_norm() || self.discriminator.uses_batch_norm() {
            true => 2,
            false => 1,
        }
    }

    /// Numbers that a step draws, gathers and makes, or that drawing a grid and its scores does: the
    /// larger.
    pub fn activations(&self) -> u64 {
        let samples = self.generator.features().max(self.discriminator.features()) as u64;
        let made = self.generator.size().activations;
        let discriminated = (self.discriminator.size().activations).saturating_add(samples);
        // Real and fake, and their neighbours.
        let batches = match self.gradient_penalty {
            None => 2,
            Some(GradientPenalty { fakes: false, .. }) => 3,
            Some(GradientPenalty { fakes: true, .. }) => 4,
        };
        let latents = self.generator.latent_size() as u64;
        let given = latents.saturating_add(samples);
        let step = made
            .saturating_add(discriminated.saturating_mul(batches))
            .saturating_add(given.saturating_mul(self.discriminator_steps as u64))
            .saturating_mul(self.batch_size as u64);
        let grid = made
            .saturating_add(discriminated)
            .saturating_add(latents)
            .saturating_mul(self.generator.drawn());
        step.max(grid)
    }

    /// Checks what can change while a run goes on.
    pub(super) fn check_live(&self) -> Result<(), ConfigError> {
        let found = self.learning_rate;
        if !(found > 0.0 && found <= 1.0) {
            return Err(ConfigError::LearningRate { found });
        }
        let found = self.l1_weight.unwrap_or(0.0);
        match (0.0..=MAX_L1_WEIGHT).contains(&found) {
            true => Ok(()),
            false => Err(ConfigError::L1Weight { found }),
        }
    }

    fn check_ranges(&self) -> Result<(), ConfigError> {
        let share = "a number from 0 to below 1";
        let positive = "a number above 0";
        // On the device numbers have 32 bits.
        let is_share = |found: f64| found >= 0.0 && (found as f32) < 1.0;
        let is_positive = |found: f64| found as f32 > 0.0 && (found as f32).is_finite();
        self.check_live()?;
        self.check_changes()?;
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
        let found = self.zoom.unwrap_or(0.5);
        let holds = found > 0.0 && found < 1.0;
        check("the zoom", found, "a number between 0 and 1", holds)?;
        let found = self.cutout.unwrap_or(0.5);
        let holds = found > 0.0 && found <= 1.0;
        check(
            "cutout's share",
            found,
            "a number above 0 and at most 1",
            holds,
        )?;
        for (name, value) in [
            ("instance noise's standard deviation", self.instance_noise),
            (
                "smoothness's standard deviation",
                self.gradient_penalty.map(|s| s.deviation),
            ),
            ("weight clipping's bound", self.weight_clip),
            ("gradient clipping's bound", self.gradient_clip),
        ] {
            let found = value.unwrap_or(1.0);
            check(name, found, positive, is_positive(found))?;
        }
        for (name, value) in [
            (
                "smoothness's weight",
                self.gradient_penalty.map(|s| s.weight),
            ),
            (
                "the discriminator's rate",
                Some(self.discriminator_lr_ratio),
            ),
        ] {
            let found = value.unwrap_or(1.0);
            let expected = "a number above 0 and at most 10,000";
            check(name, found, expected, found > 0.0 && found <= MAX_FACTOR)?;
        }
        let moves = self.translation.unwrap_or(1);
        let shape = self.discriminator.shape();
        let most = shape.height.min(shape.width).saturating_sub(1);
        let holds = self.translation.is_none() || (1..=most).contains(&moves);
        let expected = format_args!("a whole number from 1 to {most}");
        check("the translation", moves as f64, expected, holds)?;
        let steps = self.discriminator_steps;
        let holds = (1..=MAX_DISCRIMINATOR_STEPS).contains(&steps);
        let expected = "a whole number from 1 to 16";
        check("the discriminator's steps", steps as f64, expected, holds)
    }
}

impl GeneratorConfig {
    /// Checks that it can be made and can draw a grid.
    pub(crate) fn check(&self) -> Result<(), ConfigError> {
        let latent_size = self.latent_size();
        let expected = "a whole number from 1 on";
        check(
            "the latent size",
            latent_size as f64,
            expected,
            latent_size > 0,
        )?;
        check_classes(self.classes())?;
        match self {
            Self::Mlp(config) => check_mlp(config, config.output)?,
            Self::Dcgan(_) => {}
            Self::Upsample(config) => {
                check_rule(config.shape, &config.channels, stages(config.shape))?;
            }
            Self::UNet(config) => {
                check_pair(config.input, config.shape)?;
                check_rule(config.shape, &config.channels, unet_stages(config.shape))?;
            }
        }
        let size = self.size();
        check_weights(size)?;
        check_activations(size.activations.saturating_mul(self.drawn()))
    }

    /// Samples that are drawn at once, to be shown: a grid, or the points of `plane`.
    fn drawn(&self) -> u64 {
        match self.features() {
            2 => 4096,
            _ => (GRID_ROWS * grid_columns(self.classes(), GRID_ROWS)) as u64,
        }
    }
}

impl DiscriminatorConfig {
    /// Checks that it can be made, and gives one logit.
    fn check(&self) -> Result<(), ConfigError> {
        check_classes(self.classes())?;
        match self {
            Self::Mlp(config) => {
                check_mlp(config, config.input)?;
                let name = "the discriminator's output";
                check(name, config.output as f64, "1", config.output == 1)?;
            }
            Self::Dcgan(_) | Self::ConvCritic(_) => {}
            Self::Projection(config) => {
                check_rule(config.shape, &config.channels, stages(config.shape))?;
            }
            Self::Patch(config) => {
                check_pair(config.input, config.shape)?;
                check_rule(config.shape, &config.channels, stages(config.shape))?;
            }
        }
        check_weights(self.size())
    }
}

/// - `features`: numbers in each sample
fn check_mlp(config: &MlpConfig, features: usize) -> Result<(), ConfigError> {
    if let Some(found) = config.shape
        && (found.features() != features || !matches!(found.channels, 1 | 3))
    {
        return Err(ConfigError::Shape { found, features });
    }
    let layers = config.hidden.len();
    let name = "the number of hidden layers";
    check(name, layers as f64, "at most 64", layers <= MAX_LAYERS)?;
    let slope = match config.activation {
        Activation::Relu => 0.0,
        Activation::LeakyRelu { slope } => slope,
    };
    let holds = (0.0..=1.0).contains(&slope);
    check("LeakyReLU's slope", slope, "a number from 0 to 1", holds)
}

/// Checks that a network can be made for such images, and has as many channels as they ask for.
fn check_rule(shape: SampleShape, channels: &[usize], expected: usize) -> Result<(), ConfigError> {
    if !shape.is_made_for() {
        return Err(ConfigError::Side { found: shape });
    }
    let name = "the number of a network's channels";
    check(
        name,
        channels.len() as f64,
        expected,
        channels.len() == expected,
    )
}

/// Checks that pictures can be made out of others pixel by pixel.
fn check_pair(input: SampleShape, shape: SampleShape) -> Result<(), ConfigError> {
    match input.is_made_for() && input.is_as_large_as(shape) {
        true => Ok(()),
        false => Err(ConfigError::Side { found: input }),
    }
}

fn check_classes(classes: usize) -> Result<(), ConfigError> {
    let expected = "a whole number up to 256";
    check(
        "the number of classes",
        classes as f64,
        expected,
        classes <= MAX_CLASSES,
    )
}

fn check_weights(size: Size) -> Result<(), ConfigError> {
    let found = size.weights;
    match (1..=MAX_WEIGHTS).contains(&found) {
        true => Ok(()),
        false => Err(ConfigError::Weights { found }),
    }
}

fn check_activations(found: u64) -> Result<(), ConfigError> {
    match found <= MAX_ACTIVATIONS {
        true => Ok(()),
        false => Err(ConfigError::Activations { found }),
    }
}

/// Refuses a number by its name.
fn check(
    name: &'static str,
    found: f64,
    expected: impl Display,
    holds: bool,
) -> Result<(), ConfigError> {
    match holds {
        true => Ok(()),
        false => Err(ConfigError::Range {
            name,
            found,
            expected: expected.to_string(),
        }),
    }
}
