//! The sizes of a network as a user writes them, in one short text: `z100-256n-512n-leaky0.2` is a latent size, hidden
//! layers in their order and what follows each. Which kind of network, and all else of it, is the preset's. What a
//! text may hold is its kind's; what sizes are sound is `check`'s to say.

use std::fmt::{self, Display};
use std::ops::RangeInclusive;

use super::error::ConfigError;
use crate::model::{Activation, DiscriminatorConfig, GeneratorConfig, HiddenLayer, MlpConfig};

/// What a text can say.
#[derive(Default)]
struct Plan {
    /// `z100`
    latent: Option<usize>,
    /// `256`, or `256n` with batch normalisation: units, or channels.
    layers: Vec<HiddenLayer>,
    /// `relu`, or `leaky0.2` with its slope.
    activation: Option<Activation>,
    /// `sn`
    spectral_norm: bool,
    /// `md`
    minibatch_deviation: bool,
}

/// What a kind of network has.
struct Form {
    has_latent: bool,
    /// How many hidden layers, of these or more; none: a dense network's, with batch normalisation and an activation
    /// of choice.
    widths: Option<RangeInclusive<usize>>,
    /// Whether spectral normalisation and minibatch standard deviation are of choice.
    has_extras: bool,
}

/// Channels of networks made by rule: for 28 and 32 pixels a side three, beyond four.
const BY_RULE: RangeInclusive<usize> = 3..=4;
/// Channels of a U-Net, which has its pictures' own side and one side more than a generator of the other kind.
const BY_RULE_OF_UNET: RangeInclusive<usize> = 5..=6;
/// Hidden layers of a dense network that a text may ask for.
const MAX_LAYERS: usize = 8;

impl Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.has_latent {
            write!(f, "z and the latent size, then ")?;
        }
        match &self.widths {
            None => write!(
                f,
                "the widths of up to {MAX_LAYERS} layers, each with an n where batch normalisation follows, then relu, or \
                 leaky and a slope from 0 to 1"
            )?,
            Some(counts) if counts.start() == counts.end() => write!(f, "{} widths", counts.end())?,
            Some(counts) => write!(f, "{} or {} widths", counts.start(), counts.end())?,
        }
        if self.has_extras {
            write!(
                f,
                ", then sn for spectral normalisation and md for minibatch standard deviation, or neither"
            )?;
        }
        write!(f, ", with - between")
    }
}

impl Plan {
    fn read(text: &str, form: &Form) -> Result<Self, ConfigError> {
        let mut plan = Self::default();
        for part in text.split('-') {
            plan.add(part, form).ok_or_else(|| ConfigError::Plan {
                part: part.into(),
                expected: form.to_string(),
            })?;
        }
        let is_whole = plan.latent.is_some() == form.has_latent
            && plan.activation.is_some() == form.widths.is_none()
            && (form.widths.as_ref()).is_none_or(|counts| counts.contains(&plan.layers.len()));
        match is_whole {
            true => Ok(plan),
            false => Err(ConfigError::Plan {
                part: text.into(),
                expected: form.to_string(),
            }),
        }
    }

    /// Nothing where it may not stand there.
    fn add(&mut self, part: &str, form: &Form) -> Option<()> {
        let is_dense = form.widths.is_none();
        if let Some(size) = part.strip_prefix('z') {
            let is_first = form.has_latent && self.latent.is_none() && self.layers.is_empty();
            self.latent = Some(whole(size).filter(|_| is_first)?);
        } else if part == "sn" {
            (form.has_extras && !self.spectral_norm).then_some(())?;
            self.spectral_norm = true;
        } else if part == "md" {
            (form.has_extras && !self.minibatch_deviation).then_some(())?;
            self.minibatch_deviation = true;
        } else if let Some(slope) = part.strip_prefix("leaky") {
            let slope = serde_json::from_str(slope)
                .ok()
                .filter(|slope| (0.0..=1.0).contains(slope))?;
            let is_new = is_dense && self.activation.is_none();
            self.activation = Some(Activation::LeakyRelu { slope }).filter(|_| is_new);
            self.activation?;
        } else if part == "relu" {
            let is_new = is_dense && self.activation.is_none();
            self.activation = Some(Activation::Relu).filter(|_| is_new);
            self.activation?;
        } else {
            let width = part.strip_suffix('n').unwrap_or(part);
            let batch_norm = width != part;
            let fits = self.activation.is_none()
                && (is_dense || !batch_norm)
                && self.layers.len()
                    < form
                        .widths
                        .as_ref()
                        .map_or(MAX_LAYERS, |counts| *counts.end());
            let width = whole(width).filter(|_| fits)?;
            self.layers.push(HiddenLayer { width, batch_norm });
        }
        Some(())
    }

    /// The widths, where a form asked for so many.
    fn widths<const COUNT: usize>(&self) -> [usize; COUNT] {
        std::array::from_fn(|i| self.layers[i].width)
    }

    fn all_widths(&self) -> Vec<usize> {
        self.layers.iter().map(|layer| layer.width).collect()
    }

    fn write(&self) -> String {
        let latent = self.latent.map(|size| format!("z{size}"));
        let layers = self.layers.iter().map(|layer| {
            let norm = if layer.batch_norm { "n" } else { "" };
            format!("{}{norm}", layer.width)
        });
        let activation = self.activation.map(|activation| match activation {
            Activation::Relu => "relu".into(),
            Activation::LeakyRelu { slope } => format!("leaky{slope}"),
        });
        let extras = [(self.spectral_norm, "sn"), (self.minibatch_deviation, "md")];
        let extras = extras
            .iter()
            .filter(|(is, _)| *is)
            .map(|(_, name)| (*name).into());
        let parts: Vec<String> = latent
            .into_iter()
            .chain(layers)
            .chain(activation)
            .chain(extras)
            .collect();
        parts.join("-")
    }

    fn of_dense(config: &MlpConfig, latent: Option<usize>) -> Self {
        Self {
            latent,
            layers: config.hidden.clone(),
            activation: Some(config.activation),
            ..Self::default()
        }
    }

    fn of_widths(widths: &[usize], latent: Option<usize>) -> Self {
        let layer = |&width: &usize| HiddenLayer {
            width,
            batch_norm: false,
        };
        Self {
            latent,
            layers: widths.iter().map(layer).collect(),
            ..Self::default()
        }
    }

    fn put_into(self, config: &mut MlpConfig) {
        config.hidden = self.layers;
        config.activation = self.activation.unwrap_or(config.activation);
    }
}

/// A number as this writes it: no sign, no zero in front.
fn whole(text: &str) -> Option<usize> {
    let value: usize = text.parse().ok()?;
    (value.to_string() == text).then_some(value)
}

/// A generator's sizes in one text.
pub(super) fn of_generator(config: &GeneratorConfig) -> String {
    let latent = config.input_shape().is_none().then(|| config.latent_size());
    let plan = match config {
        GeneratorConfig::Mlp(config) => Plan::of_dense(config, latent),
        GeneratorConfig::Dcgan(config) => {
            let [c7, c14, c28] = config.channels;
            Plan::of_widths(&[config.hidden, c7, c14, c28], latent)
        }
        GeneratorConfig::Upsample(config) => Plan::of_widths(&config.channels, latent),
        GeneratorConfig::UNet(config) => Plan::of_widths(&config.channels, latent),
    };
    plan.write()
}

/// A discriminator's sizes in one text.
pub(super) fn of_discriminator(config: &DiscriminatorConfig) -> String {
    let plan = match config {
        DiscriminatorConfig::Mlp(config) => Plan::of_dense(config, None),
        DiscriminatorConfig::Dcgan(config) => Plan::of_widths(&config.channels, None),
        DiscriminatorConfig::ConvCritic(config) => {
            Plan::of_widths(&[config.channels, config.hidden], None)
        }
        DiscriminatorConfig::Patch(config) => Plan::of_widths(&config.channels, None),
        DiscriminatorConfig::Projection(config) => Plan {
            spectral_norm: config.spectral_norm,
            minibatch_deviation: config.minibatch_deviation,
            ..Plan::of_widths(&config.channels, None)
        },
    };
    plan.write()
}

/// Gives a generator the sizes of a text.
pub(super) fn into_generator(config: &mut GeneratorConfig, text: &str) -> Result<(), ConfigError> {
    let has_latent = config.input_shape().is_none();
    let form = |widths| Form {
        has_latent,
        widths,
        has_extras: false,
    };
    let read = |widths| Plan::read(text, &form(widths));
    match config {
        GeneratorConfig::Mlp(config) => {
            let plan = read(None)?;
            config.input = plan.latent.unwrap_or(config.input);
            plan.put_into(config);
        }
        GeneratorConfig::Dcgan(config) => {
            let plan = read(Some(4..=4))?;
            config.latent = plan.latent.unwrap_or(config.latent);
            let [hidden, c7, c14, c28] = plan.widths();
            (config.hidden, config.channels) = (hidden, [c7, c14, c28]);
        }
        GeneratorConfig::Upsample(config) => {
            let plan = read(Some(BY_RULE))?;
            config.latent = plan.latent.unwrap_or(config.latent);
            config.channels = plan.all_widths();
        }
        GeneratorConfig::UNet(config) => {
            config.channels = read(Some(BY_RULE_OF_UNET))?.all_widths();
        }
    }
    Ok(())
}

/// Gives a discriminator the sizes of a text.
pub(super) fn into_discriminator(
    config: &mut DiscriminatorConfig,
    text: &str,
) -> Result<(), ConfigError> {
    let form = |widths, has_extras| Form {
        has_latent: false,
        widths,
        has_extras,
    };
    let read = |widths, has_extras| Plan::read(text, &form(widths, has_extras));
    match config {
        DiscriminatorConfig::Mlp(config) => read(None, false)?.put_into(config),
        DiscriminatorConfig::Dcgan(config) => config.channels = read(Some(2..=2), false)?.widths(),
        DiscriminatorConfig::ConvCritic(config) => {
            [config.channels, config.hidden] = read(Some(2..=2), false)?.widths();
        }
        DiscriminatorConfig::Patch(config) => {
            config.channels = read(Some(BY_RULE), false)?.all_widths();
        }
        DiscriminatorConfig::Projection(config) => {
            let plan = read(Some(BY_RULE), true)?;
            config.channels = plan.all_widths();
            config.spectral_norm = plan.spectral_norm;
            config.minibatch_deviation = plan.minibatch_deviation;
        }
    }
    Ok(())
}
