//! A config fitted to what it is to learn: the samples' shape and their classes. Whether it may then be is `check`'s
//! to say.

use super::{Preset, TrainConfig};
use crate::model::{
    DiscriminatorConfig, GeneratorConfig, PatchDiscriminatorConfig, ProjectionDiscriminatorConfig,
    UNetGeneratorConfig, UpsampleGeneratorConfig, stages, unet_stages,
};
use crate::shape::SampleShape;

/// Channels for pictures of a shape: the first ones stand once more before them, so many as is said of those behind.
fn with_first(channels: &[usize], shape: SampleShape, further: fn(usize) -> usize) -> Vec<usize> {
    let mut channels = channels.to_vec();
    while channels.len() < stages(shape) && !channels.is_empty() {
        channels.insert(0, further(channels[0]).max(1));
    }
    channels
}

impl TrainConfig {
    /// The config for samples of such a shape, of so many classes. Networks of upsampling and projection are made
    /// for it by rule, where it is one of [`SampleShape::is_made_for`]: a preset's first channels stand once more
    /// before them, half as many in the discriminator, where the images have one doubling more; and if they are
    /// told classes, then these. Sets in colours are taken for small ones. All else stays, and may not fit: so do channels
    /// for larger images than these.
    ///
    /// ```
    /// use webgan::{preset::Preset, shape::SampleShape};
    ///
    /// # fn main() -> Result<(), webgan::Error> {
    /// let config = Preset::by_id("modern")?.config.fitted(SampleShape::square(64, 3), 4);
    /// assert_eq!(config.generator.features(), 64 * 64 * 3);
    /// assert_eq!(config.discriminator.classes(), 4);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn fitted(self, shape: SampleShape, classes: usize) -> Self {
        if !shape.is_made_for() {
            return self;
        }
        if let Some(input) = self.generator.input_shape() {
            let input = SampleShape {
                channels: input.channels,
                ..shape
            };
            return self.of_pairs(input, shape);
        }
        let (GeneratorConfig::Upsample(generator), DiscriminatorConfig::Projection(discriminator)) =
            (&self.generator, &self.discriminator)
        else {
            return self;
        };
        // One class tells nothing.
        let classes = match generator.classes {
            0 => 0,
            _ if classes > 1 => classes,
            _ => 0,
        };
        let generator = GeneratorConfig::Upsample(UpsampleGeneratorConfig {
            classes,
            channels: with_first(&generator.channels, shape, |first| first),
            shape,
            ..generator.clone()
        });
        let discriminator = DiscriminatorConfig::Projection(ProjectionDiscriminatorConfig {
            classes,
            channels: with_first(&discriminator.channels, shape, |first| first / 2),
            shape,
            ..discriminator.clone()
        });
        let fitted = Self {
            generator,
            discriminator,
            ..self.clone()
        };
        match shape.channels {
            1 => fitted,
            // Was it fitted before, what was changed since stays.
            _ if fitted.balanced => fitted,
            _ => fitted.for_few(shape),
        }
        .made_from(&self)
    }

    /// What pays where samples are a thousand or two in uneven classes, as sets in colours are: the discriminator
    /// sees them moved, classes come equally often, and samples are drawn from a longer average.
    fn for_few(self, shape: SampleShape) -> Self {
        Self {
            balanced: true,
            translation: self.translation.or(Some((shape.height / 32).max(1))),
            average_decay: self.average_decay.map(|decay| decay.max(0.998)),
            ..self
        }
    }

    /// The config for pictures of a shape that are to be made out of others, of the same side, of such a shape.
    /// Networks that do so are made for both by rule; others stay as they are.
    #[must_use]
    pub fn fitted_to_pairs(self, input: SampleShape) -> Self {
        let shape = self.generator.shape();
        match shape.is_made_for() && input.is_made_for() && input.is_as_large_as(shape) {
            true => self.of_pairs(input, shape),
            false => self,
        }
    }

    /// A U-Net's last channels stand once more behind them where there is one halving more.
    fn of_pairs(self, input: SampleShape, shape: SampleShape) -> Self {
        let (GeneratorConfig::UNet(generator), DiscriminatorConfig::Patch(discriminator)) =
            (&self.generator, &self.discriminator)
        else {
            return self;
        };
        let mut channels = generator.channels.clone();
        if let Some(&last) = channels.last()
            && channels.len() < unet_stages(shape)
        {
            channels.resize(unet_stages(shape), last);
        }
        let generator = GeneratorConfig::UNet(UNetGeneratorConfig {
            channels,
            input,
            shape,
        });
        let channels = with_first(&discriminator.channels, shape, |first| first / 2);
        let discriminator = DiscriminatorConfig::Patch(PatchDiscriminatorConfig {
            channels,
            input,
            shape,
        });
        Self {
            generator,
            discriminator,
            ..self.clone()
        }
        .made_from(&self)
    }

    /// Whether its networks are of those that [`fitted`](Self::fitted) makes for other samples.
    pub fn adapts(&self) -> bool {
        matches!(
            (&self.generator, &self.discriminator),
            (
                GeneratorConfig::Upsample(_),
                DiscriminatorConfig::Projection(_)
            ) | (GeneratorConfig::UNet(_), DiscriminatorConfig::Patch(_))
        )
    }

    /// Remembers its preset where its networks differ from those of a config that it was made from.
    pub(super) fn made_from(mut self, other: &Self) -> Self {
        if self.preset.is_none() && !self.has_networks_of(other) {
            self.preset = Preset::of(other).map(|preset| preset.id.into());
        }
        self
    }

    /// The config for samples of this shape: dense networks take any of as many numbers, and remember
    /// which.
    pub(crate) fn shaped(mut self, shape: SampleShape) -> Self {
        let generator = match &mut self.generator {
            GeneratorConfig::Mlp(network) => Some((network.output, &mut network.shape)),
            _ => None,
        };
        let discriminator = match &mut self.discriminator {
            DiscriminatorConfig::Mlp(network) => Some((network.input, &mut network.shape)),
            _ => None,
        };
        for (features, own) in [generator, discriminator].into_iter().flatten() {
            let is_plain = own.is_none() && features == shape.features();
            if is_plain && shape != features.into() {
                *own = Some(shape);
            }
        }
        self
    }
}
