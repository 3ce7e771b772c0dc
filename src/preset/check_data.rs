//! What data must be for a config, and for who reads or draws them. What the config itself must be: `check`.

use super::config::TrainConfig;
use super::error::ConfigError;
use crate::Error;
use crate::shape::SampleShape;

impl TrainConfig {
    /// Checks that the config can train on such samples.
    pub(crate) fn check_data(
        &self,
        shape: SampleShape,
        input: Option<SampleShape>,
        labels: &[u8],
        sample_count: usize,
    ) -> Result<(), Error> {
        self.check()?;
        self.check_samples(shape, input, labels)?;
        let needed = self.batch_size * self.discriminator_steps;
        if needed > sample_count {
            return Err(ConfigError::BatchBeyondData {
                needed,
                sample_count,
            }
            .into());
        }
        Ok(())
    }

    /// Checks that samples are of the shape that the networks are made for, with the classes they want, each
    /// of which has a label.
    ///
    /// - `input`: of what they are to be made of, where that is known
    pub(crate) fn check_samples(
        &self,
        shape: SampleShape,
        input: Option<SampleShape>,
        labels: &[u8],
    ) -> Result<(), Error> {
        let generator = self.generator.shape();
        let discriminator = self.discriminator.shape();
        let taken = self.generator.input_shape();
        if let Some(expected) = taken
            && input != taken
            && generator == shape
        {
            return Err(ConfigError::Inputs {
                expected,
                found: input,
            }
            .into());
        }
        let judged = taken.map_or(shape, |input| shape.behind(input));
        if generator != shape || discriminator != judged {
            return Err(ConfigError::Features {
                generator,
                discriminator,
                data: shape,
            }
            .into());
        }
        let (generator, discriminator) = (self.generator.classes(), self.discriminator.classes());
        if generator != discriminator {
            return Err(ConfigError::Networks {
                generator,
                discriminator,
            }
            .into());
        }
        if generator > 0 && generator != labels.len() {
            let labels = labels.to_vec();
            return Err(ConfigError::Classes { generator, labels }.into());
        }
        Ok(())
    }
}

/// Checks that a generator of so many classes has these.
pub(crate) fn check_labels(labels: &[u8], classes: usize) -> Result<(), ConfigError> {
    match labels.iter().find(|&&label| usize::from(label) >= classes) {
        Some(&found) => Err(ConfigError::Label { found, classes }),
        None => Ok(()),
    }
}

/// Checks that samples are pictures.
pub(crate) fn check_images(found: SampleShape) -> Result<(), ConfigError> {
    match found.is_image() {
        true => Ok(()),
        false => Err(ConfigError::NoImages { found }),
    }
}

/// Checks that samples are pictures as a classifier reads them.
pub(crate) fn check_read(expected: SampleShape, found: SampleShape) -> Result<(), ConfigError> {
    match found == expected {
        true => Ok(()),
        false => Err(ConfigError::Unread { expected, found }),
    }
}
