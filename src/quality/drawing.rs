//! Samples of a generator that no longer learns, drawn some at a time. Nothing is measured here.

use std::vec::IntoIter;

use burn::tensor::{Device, Tensor};

use crate::data::{Batch, one_hot};
use crate::model::{Generator, GeneratorConfig};
use crate::random::NormalNoise;
use crate::train::PASS;

/// Samples that are still to be drawn: each call of `next` draws some of them.
#[derive(Debug)]
pub(super) struct Drawing {
    generator: Generator,
    /// Latents and, for a conditional generator, one-hot classes.
    waiting: IntoIter<(Tensor<2>, Option<Tensor<2>>)>,
}

impl Drawing {
    /// Of `count` samples for latents drawn from `seed`, their classes in turn where there are any.
    pub(super) fn new(
        generator: &Generator,
        config: &GeneratorConfig,
        count: usize,
        seed: u32,
        device: &Device,
    ) -> Self {
        let latents = NormalNoise::new(count, config.latent_size(), seed.into(), device).draw();
        let latents = latents.split(PASS, 0);
        let classes = match config.labels(count) {
            None => vec![None; latents.len()],
            Some(labels) => labels
                .chunks(PASS)
                .map(|labels| Some(one_hot(labels, config.classes(), device)))
                .collect(),
        };
        let waiting: Vec<_> = latents.into_iter().zip(classes).collect();
        Self {
            generator: generator.clone(),
            waiting: waiting.into_iter(),
        }
    }
}

impl Iterator for Drawing {
    /// At most [`PASS`] samples.
    type Item = Batch;

    fn next(&mut self) -> Option<Batch> {
        let (latents, classes) = self.waiting.next()?;
        let samples = self.generator.forward(latents, classes.clone());
        Some(Batch { samples, classes })
    }
}

/// `count` samples for latents drawn from `seed`, their classes in turn where there are any.
///
/// # Shapes
///
/// `[count, features]`
pub fn samples(
    generator: &Generator,
    config: &GeneratorConfig,
    count: usize,
    seed: u32,
    device: &Device,
) -> Tensor<2> {
    let drawing = Drawing::new(generator, config, count, seed, device);
    Tensor::cat(drawing.map(|batch| batch.samples).collect(), 0)
}
