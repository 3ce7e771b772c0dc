//! Generators and discriminators, each config beside its network.
//!
//! All of them take and give flat rows: a generator turns latents `[batch, latent]` into samples
//! `[batch, features]` in [-1, 1], a discriminator turns samples into logits `[batch, 1]` (no
//! sigmoid: the losses take logits). Convolutional networks reshape inside. Conditional networks
//! also take each sample's class, as a one-hot row. No losses, no data.

mod classifier;
mod conv_critic;
mod dcgan;
mod eyes;
mod init;
mod layer;
mod layers;
mod mlp;
mod patch;
mod projection;
mod spectral;
mod unet;
mod upsample;

use burn::module::Module;
use burn::tensor::{Device, Tensor};
use serde::{Deserialize, Serialize};

use crate::shape::SampleShape;

pub use classifier::{Classifier, ClassifierOutput};
pub use conv_critic::{ConvCritic, ConvCriticConfig};
pub use dcgan::{
    DcganDiscriminator, DcganDiscriminatorConfig, DcganGenerator, DcganGeneratorConfig,
};
pub use eyes::{Eyes, RandomFeatures};
pub use layer::{CountedLayer, Layer, Size, Structure};
pub(crate) use layers::{stages, unet_stages};
pub use mlp::{Activation, HiddenLayer, Mlp, MlpConfig};
pub use patch::{PatchDiscriminator, PatchDiscriminatorConfig};
pub(crate) use projection::MINIBATCH;
pub use projection::{ProjectionDiscriminator, ProjectionDiscriminatorConfig};
pub use unet::{UNetGenerator, UNetGeneratorConfig};
pub use upsample::{UpsampleGenerator, UpsampleGeneratorConfig};

/// Which generator, and its sizes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum GeneratorConfig {
    /// Dense layers.
    Mlp(MlpConfig),
    /// Dense layers, then transposed convolutions.
    Dcgan(DcganGeneratorConfig),
    /// A dense layer, then upsampling and convolutions; conditional if it has classes.
    Upsample(UpsampleGeneratorConfig),
    /// Pictures out of pictures: these are its latents.
    #[serde(rename = "u-net")]
    UNet(UNetGeneratorConfig),
}

/// Which discriminator, and its sizes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum DiscriminatorConfig {
    /// Dense layers.
    Mlp(MlpConfig),
    /// Strided convolutions and one dense layer.
    Dcgan(DcganDiscriminatorConfig),
    /// One convolution with batch normalisation and two dense layers.
    ConvCritic(ConvCriticConfig),
    /// Strided convolutions without batch normalisation; conditional if it has classes.
    Projection(ProjectionDiscriminatorConfig),
    /// Strided convolutions of pairs, with a logit for each patch.
    Patch(PatchDiscriminatorConfig),
}

/// Turns latents into samples; see [`Generator::forward`].
// One of each exists, and it is moved once a step: a box would cost more than it saves.
#[allow(clippy::large_enum_variant)]
#[derive(Module, Debug)]
pub enum Generator {
    /// Dense layers.
    Mlp(Mlp),
    /// Dense layers, then transposed convolutions.
    Dcgan(DcganGenerator),
    /// A dense layer, then upsampling and convolutions.
    Upsample(UpsampleGenerator),
    /// Pictures out of pictures.
    UNet(UNetGenerator),
}

/// Tells real samples from fakes; see [`Discriminator::forward`].
// As above.
#[allow(clippy::large_enum_variant)]
#[derive(Module, Debug)]
pub enum Discriminator {
    /// Dense layers.
    Mlp(Mlp),
    /// Strided convolutions and one dense layer.
    Dcgan(DcganDiscriminator),
    /// One convolution with batch normalisation and two dense layers.
    ConvCritic(ConvCritic),
    /// Strided convolutions without batch normalisation.
    Projection(ProjectionDiscriminator),
    /// Strided convolutions of pairs.
    Patch(PatchDiscriminator),
}

impl GeneratorConfig {
    /// The network with weights drawn from `seed`: the same on every device. Weights are Glorot
    /// uniform and biases zero, as in Keras (Glorot & Bengio 2010).
    pub fn init(&self, seed: u64, device: &Device) -> Generator {
        let network = match self {
            Self::Mlp(config) => Generator::Mlp(config.init(device)),
            Self::Dcgan(config) => Generator::Dcgan(config.init(device)),
            Self::Upsample(config) => Generator::Upsample(config.init(device)),
            Self::UNet(config) => Generator::UNet(config.init(device)),
        };
        init::draw_weights(network, seed, device)
    }

    /// Its layers, as data.
    pub fn structure(&self) -> Structure {
        let layers = match self {
            Self::Mlp(config) => config.layers(),
            Self::Dcgan(config) => config.layers(),
            Self::Upsample(config) => config.layers(),
            Self::UNet(config) => config.layers(),
        };
        Structure {
            input: self.latent_size(),
            output: self.features(),
            classes: self.classes(),
            joins_classes: self.classes() > 0,
            layers,
        }
    }

    /// What it asks for; counted, so that nothing needs to be allocated to find out.
    pub fn size(&self) -> Size {
        self.structure().size()
    }

    /// Whether it normalises over the batch.
    pub(crate) fn uses_batch_norm(&self) -> bool {
        match self {
            Self::Mlp(config) => config.uses_batch_norm(),
            Self::Dcgan(_) | Self::Upsample(_) | Self::UNet(_) => true,
        }
    }

    /// Of the pictures that it makes others of, if it does: these stand in the place of latents.
    pub fn input_shape(&self) -> Option<SampleShape> {
        match self {
            Self::UNet(config) => Some(config.input),
            _ => None,
        }
    }

    /// Numbers in each latent vector.
    pub fn latent_size(&self) -> usize {
        match self {
            Self::Mlp(config) => config.input,
            Self::Dcgan(config) => config.latent,
            Self::Upsample(config) => config.latent,
            Self::UNet(config) => config.input.features(),
        }
    }

    /// Classes it draws on demand; 0 if it takes none.
    pub fn classes(&self) -> usize {
        match self {
            Self::Mlp(_) | Self::Dcgan(_) | Self::UNet(_) => 0,
            Self::Upsample(config) => config.classes,
        }
    }

    /// The classes of `count` samples, in turn: 0, 1, … and again. `None` if it takes none.
    pub fn labels(&self, count: usize) -> Option<Vec<u8>> {
        let classes = self.classes();
        (classes > 0).then(|| (0..count).map(|index| (index % classes) as u8).collect())
    }

    /// Of each sample that it makes.
    pub fn shape(&self) -> SampleShape {
        match self {
            Self::Mlp(config) => config.shape_of(config.output),
            Self::Dcgan(_) => SampleShape::DIGIT,
            Self::Upsample(config) => config.shape,
            Self::UNet(config) => config.shape,
        }
    }

    /// Numbers in each sample.
    pub fn features(&self) -> usize {
        match self {
            Self::Mlp(config) => config.output,
            _ => self.shape().features(),
        }
    }
}

impl DiscriminatorConfig {
    /// The network with weights drawn from `seed`; see [`GeneratorConfig::init`].
    pub fn init(&self, seed: u64, device: &Device) -> Discriminator {
        let network = match self {
            Self::Mlp(config) => Discriminator::Mlp(config.init(device)),
            Self::Dcgan(config) => Discriminator::Dcgan(config.init(device)),
            Self::ConvCritic(config) => Discriminator::ConvCritic(config.init(device)),
            Self::Projection(config) => Discriminator::Projection(config.init(device)),
            Self::Patch(config) => Discriminator::Patch(config.init(device)),
        };
        init::draw_weights(network, seed, device)
    }

    /// Its layers, as data.
    pub fn structure(&self) -> Structure {
        let layers = match self {
            Self::Mlp(config) => config.layers(),
            Self::Dcgan(config) => config.layers(),
            Self::ConvCritic(config) => config.layers(),
            Self::Projection(config) => config.layers(),
            Self::Patch(config) => config.layers(),
        };
        Structure {
            input: self.features(),
            output: 1,
            classes: self.classes(),
            joins_classes: false,
            layers,
        }
    }

    /// What it asks for.
    pub fn size(&self) -> Size {
        self.structure().size()
    }

    /// Whether it normalises over the batch.
    pub(crate) fn uses_batch_norm(&self) -> bool {
        match self {
            Self::Mlp(config) => config.uses_batch_norm(),
            Self::Dcgan(_) | Self::Projection(_) | Self::Patch(_) => false,
            Self::ConvCritic(_) => true,
        }
    }

    /// Of each sample that it takes; of pairs, all channels.
    pub fn shape(&self) -> SampleShape {
        match self {
            Self::Mlp(config) => config.shape_of(config.input),
            Self::Dcgan(_) | Self::ConvCritic(_) => SampleShape::DIGIT,
            Self::Projection(config) => config.shape,
            Self::Patch(config) => config.pair(),
        }
    }

    /// Numbers in each sample it takes.
    pub fn features(&self) -> usize {
        match self {
            Self::Mlp(config) => config.input,
            _ => self.shape().features(),
        }
    }

    /// Classes it is told; 0 if it is told none.
    pub fn classes(&self) -> usize {
        match self {
            Self::Mlp(_) | Self::Dcgan(_) | Self::ConvCritic(_) | Self::Patch(_) => 0,
            Self::Projection(config) => config.classes,
        }
    }
}

impl Generator {
    /// Samples for latents.
    ///
    /// Batch normalisation uses the batch's statistics (and moves its running ones) on an autodiff
    /// device, the running ones after [`Module::valid`].
    ///
    /// # Shapes
    ///
    /// - `latents`: `[batch, latent_size]`
    /// - `classes`: one-hot, `[batch, classes]`, for a conditional generator
    /// - output: `[batch, features]`, in [-1, 1] for images
    pub fn forward(&self, latents: Tensor<2>, classes: Option<Tensor<2>>) -> Tensor<2> {
        match self {
            Self::Mlp(network) => network.forward(latents),
            Self::Dcgan(network) => network.forward(latents),
            Self::Upsample(network) => network.forward(latents, classes),
            Self::UNet(network) => network.forward(latents),
        }
    }
}

impl Discriminator {
    /// Logits for samples: above zero where the network takes a sample for real.
    ///
    /// # Shapes
    ///
    /// - `samples`: `[batch, features]`
    /// - `classes`: one-hot, `[batch, classes]`, for a conditional discriminator
    /// - output: `[batch, 1]`
    pub fn forward(&self, samples: Tensor<2>, classes: Option<Tensor<2>>) -> Tensor<2> {
        match self {
            Self::Mlp(network) => network.forward(samples),
            Self::Dcgan(network) => network.forward(samples),
            Self::ConvCritic(network) => network.forward(samples),
            Self::Projection(network) => network.forward(samples, classes),
            Self::Patch(network) => network.forward(samples),
        }
    }

    /// One power iteration of every spectral norm, once a step.
    pub(crate) fn advance_spectral_norms(self) -> Self {
        match self {
            Self::Projection(network) => Self::Projection(network.advance()),
            other => other,
        }
    }

    /// Whether a sample's logit depends, in training form, on the batch around it.
    pub(crate) fn uses_batch_statistics(&self) -> bool {
        match self {
            Self::Mlp(network) => network.uses_batch_statistics(),
            Self::Dcgan(_) | Self::Projection(_) | Self::Patch(_) => false,
            Self::ConvCritic(_) => true,
        }
    }
}

/// Rows of the grids of samples that a run shows.
pub const GRID_ROWS: usize = 8;

/// Columns of a grid that can still be seen side by side.
const MOST_COLUMNS: usize = 32;

/// Columns of a grid of samples with so many rows: a column a class, where there are no more than 32, and of few
/// classes several in turn, up to 8; or else as many as rows.
pub fn grid_columns(classes: usize, rows: usize) -> usize {
    match classes {
        1..=MOST_COLUMNS => classes * (GRID_ROWS / classes).max(1),
        _ => rows,
    }
}
