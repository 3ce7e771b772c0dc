//! Random changes to what the discriminator sees while it trains, and to pairs before anything is made of them, where
//! the config has them. No losses.

use burn::tensor::{Device, Tensor};

use super::colour::Colour;
use super::cutout::Cutout;
use super::pairs::pairs;
use super::translation::Translation;
use crate::preset::{GradientPenalty, TrainConfig};
use crate::random::{NormalNoise, Stream};

#[derive(Debug)]
pub(super) struct Augmentations {
    colour: Option<Colour>,
    translation: Option<Translation>,
    cutout: Option<Cutout>,
    /// Of pairs, in place of `translation`.
    jitter: Option<Translation>,
    pub(super) instance_noise: Option<(NormalNoise, f64)>,
    pub(super) gradient_penalty: Option<(NormalNoise, GradientPenalty)>,
}

impl Augmentations {
    pub(super) fn new(config: &TrainConfig, device: &Device) -> Self {
        let features = config.discriminator.features();
        let is_paired = config.generator.input_shape().is_some();
        let both = 2 * config.batch_size;
        let seed = |stream: Stream| stream.seed(config.seed);
        let shape = config.discriminator.shape();
        let noise = |rows, stream| NormalNoise::new(rows, features, seed(stream), device);
        let moves = |rows| {
            let is_asked = config.translation.is_some() || config.mirror || config.zoom.is_some();
            is_asked.then(|| {
                let (moves, seed) = (config.translation.unwrap_or(0), seed(Stream::Translation));
                Translation::new(rows, shape, moves, config.mirror, config.zoom, seed, device)
            })
        };
        let batch = config.batch_size * config.discriminator_steps;
        Self {
            colour: (config.colour).then(|| Colour::new(both, shape, seed(Stream::Colour), device)),
            translation: (!is_paired).then(|| moves(both)).flatten(),
            jitter: is_paired.then(|| moves(batch)).flatten(),
            cutout: config
                .cutout
                .map(|share| Cutout::new(both, shape, share, seed(Stream::Cutout), device)),
            instance_noise: config
                .instance_noise
                .map(|deviation| (noise(both, Stream::InstanceNoise), deviation)),
            gradient_penalty: config.gradient_penalty.map(|penalty| {
                let rows = if penalty.fakes {
                    both
                } else {
                    config.batch_size
                };
                (noise(rows, Stream::GradientPenalty), penalty)
            }),
        }
    }

    /// Pairs as a step learns from them: each moved and mirrored as one.
    ///
    /// # Shapes
    ///
    /// `[rows, features]` and `[rows, input features]` → the same, plain
    pub(super) fn jitter(
        &mut self,
        samples: Tensor<2>,
        inputs: Tensor<2>,
    ) -> (Tensor<2>, Tensor<2>) {
        let Some(jitter) = &mut self.jitter else {
            return (samples, inputs);
        };
        let (width, input_width) = (samples.dims()[1], inputs.dims()[1]);
        let moved = jitter.apply(pairs(inputs, samples).autodiff()).inner();
        let part = |from, size| moved.clone().narrow(1, from, size);
        (part(input_width, width), part(0, input_width))
    }

    /// Samples as the discriminator sees them while it trains: in DiffAugment's order, then under noise.
    pub(super) fn apply(&mut self, samples: Tensor<2>) -> Tensor<2> {
        let mut samples = samples;
        if let Some(colour) = &mut self.colour {
            samples = colour.apply(samples);
        }
        if let Some(translation) = &mut self.translation {
            samples = translation.apply(samples);
        }
        if let Some(cutout) = &mut self.cutout {
            samples = cutout.apply(samples);
        }
        if let Some((noise, deviation)) = &mut self.instance_noise {
            let [rows, _] = samples.dims();
            samples = samples + noise.draw().narrow(0, 0, rows).autodiff() * *deviation;
        }
        samples
    }

    /// The neighbours x + σε at which the gradient penalty is taken: of the real half of the samples,
    /// or of all.
    pub(super) fn neighbours(&mut self, both: Tensor<2>, batch_size: usize) -> Option<Tensor<2>> {
        let (noise, penalty) = self.gradient_penalty.as_mut()?;
        let samples = if penalty.fakes {
            both
        } else {
            both.narrow(0, 0, batch_size)
        };
        Some(samples + noise.draw().autodiff() * penalty.deviation)
    }

    /// Goes on behind the first `steps` steps, each with so many updates of the discriminator and one
    /// of the generator.
    pub(super) fn seek(&mut self, steps: u32, discriminator_updates: u32) {
        let passes = steps.wrapping_mul(discriminator_updates + 1);
        if let Some(colour) = &mut self.colour {
            colour.seek(passes);
        }
        if let Some(translation) = &mut self.translation {
            translation.seek(passes);
        }
        if let Some(jitter) = &mut self.jitter {
            jitter.seek(steps);
        }
        if let Some(cutout) = &mut self.cutout {
            cutout.seek(passes);
        }
        if let Some((noise, _)) = &mut self.instance_noise {
            noise.seek(passes);
        }
        if let Some((noise, _)) = &mut self.gradient_penalty {
            noise.seek(steps.wrapping_mul(discriminator_updates));
        }
    }

    /// Writes back what the step has moved on.
    pub(super) fn write_back(&mut self) {
        if let Some(colour) = &mut self.colour {
            colour.write_back();
        }
        if let Some(translation) = &mut self.translation {
            translation.write_back();
        }
        if let Some(jitter) = &mut self.jitter {
            jitter.write_back();
        }
        if let Some(cutout) = &mut self.cutout {
            cutout.write_back();
        }
        if let Some((noise, _)) = &mut self.instance_noise {
            noise.write_back();
        }
        if let Some((noise, _)) = &mut self.gradient_penalty {
            noise.write_back();
        }
    }
}

#[cfg(test)]
mod tests {
    use burn::tensor::Tensor;

    use super::Augmentations;
    use crate::device;
    use crate::preset::{TrainConfig, pix2pix};

    #[test]
    fn a_picture_is_mirrored_with_what_it_is_made_of() {
        let device = device::cpu().autodiff();
        let config = TrainConfig {
            batch_size: 32,
            translation: None,
            zoom: None,
            ..pix2pix().config
        };
        let size = 32 * 32;
        // No two pixels alike.
        let plane: Vec<f32> = (0..size).map(|index| (index as f32 * 0.7).sin()).collect();
        let rows = |times: usize| {
            let row = Tensor::<1>::from_floats(&*plane.repeat(times), &device).inner();
            row.reshape([1, times * size]).repeat_dim(0, 32)
        };
        let mut augmentations = Augmentations::new(&config, &device);
        let (pictures, inputs) = augmentations.jitter(rows(3), rows(1));
        let numbers = |rows: Tensor<2>| rows.into_data().try_into_vec::<f32>().unwrap();
        let (pictures, inputs) = (numbers(pictures), numbers(inputs));
        let mut mirrored = 0;
        for (picture, input) in pictures.chunks(3 * size).zip(inputs.chunks(size)) {
            assert_eq!(picture, input.repeat(3));
            mirrored += usize::from(input != plane);
        }
        assert!((8..=24).contains(&mirrored), "{mirrored} of 32");
    }
}
