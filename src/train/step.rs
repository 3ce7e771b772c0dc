//! The adversarial step: what it computes, for both networks or for one alone.
//!
//! It uploads and reads nothing, and leaves all that outlives it where it was found, so that a
//! recording of it can be replayed. When it is taken, and how it gets to the device, is the trainer's.

use burn::module::Module;
use burn::optim::GradientsParams;
use burn::tensor::Tensor;

use super::metrics::StepReport;
use super::pairs::judged;
use super::slots::ParameterSlots;
use super::state::TrainState;
use crate::data::Batch;
use crate::device::capability::records;
use crate::device::is_cpu;
use crate::loss::l1;
use crate::model::{Discriminator, Generator};
use crate::preset::TrainConfig;

/// One of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Network {
    /// The one that makes samples.
    Generator,
    /// The one that tells them from real ones.
    Discriminator,
}

/// What one update sees: a batch of the data, and latents for as many fakes. Where pictures are made out of others, the
/// batch's inputs are the latents, and a sample is judged beside its input.
struct Minibatch {
    /// `[batch, features]`, without gradients
    real: Tensor<2>,
    /// One-hot, `[batch, classes]`
    classes: Option<Tensor<2>>,
    /// `[batch, latent]`
    latents: Tensor<2>,
    is_paired: bool,
}

impl Minibatch {
    /// A generator's samples, in training form. `[batch, features]`
    fn fake(&self, generator: &Generator) -> Tensor<2> {
        generator.forward(self.latents.clone().autodiff(), self.classes(1))
    }

    /// Real or fake samples as the discriminator judges them. `[batch, features]`
    fn judged(&self, samples: Tensor<2>) -> Tensor<2> {
        let inputs = self.is_paired.then(|| self.latents.clone().autodiff());
        judged(inputs, samples)
    }

    /// Real and fake samples as the discriminator judges them. `[2 · batch, features]`
    fn both(&self, fake: Tensor<2>) -> Tensor<2> {
        let real = self.judged(self.real.clone());
        Tensor::cat(vec![real, self.judged(fake)], 0)
    }

    /// The classes so many times, one batch after another.
    fn classes(&self, times: usize) -> Option<Tensor<2>> {
        let classes = self.classes.as_ref()?;
        let rows = match times {
            1 => classes.clone(),
            times => Tensor::cat(vec![classes.clone(); times], 0),
        };
        Some(rows.autodiff())
    }
}

/// What a discriminator gives for a batch; all plain, each `[batch, 1]`.
struct DiscriminatorOutput {
    /// Of real and of fake.
    logits: [Tensor<2>; 2],
    /// On real and on fake.
    losses: [Tensor<2>; 2],
    /// Of real and of fake.
    scores: [Tensor<2>; 2],
    accuracy: Tensor<2>,
}

/// What an update of the generator gives; all plain.
struct GeneratorUpdate {
    /// `[batch, 1]`
    loss: Tensor<2>,
    /// The gradient's length. `[1]`
    gradient: Tensor<1>,
}

/// What an update of the discriminator gives; all plain.
struct DiscriminatorUpdate {
    /// Before the update.
    output: DiscriminatorOutput,
    /// The gradient's length. `[1]`
    gradient: Tensor<1>,
}

impl TrainState {
    /// One step of both networks, or `only` of one; the other stays as it is then, to the last running
    /// statistic, and 0 is reported as its gradient's length. Data and noise go on alike.
    pub(super) fn step(&mut self, config: &TrainConfig, only: Option<Network>) {
        let is_in_place = records(&self.device);
        let learns = |network| only.is_none_or(|only| only == network);
        let generator_slots = (is_in_place && learns(Network::Generator))
            .then(|| ParameterSlots::of(&self.generator));
        let discriminator_slots = (is_in_place && learns(Network::Discriminator))
            .then(|| ParameterSlots::of(&self.discriminator));

        let report = match only {
            None => self.step_both(config),
            Some(Network::Generator) => self.step_generator(config),
            Some(Network::Discriminator) => self.step_discriminator(config),
        };

        if let Some(slots) = generator_slots {
            self.generator = slots.write_back(&self.generator);
        }
        if let Some(slots) = discriminator_slots {
            self.discriminator = slots.write_back(&self.discriminator);
        }
        if learns(Network::Generator)
            && let Some(average) = &mut self.average
        {
            average.update(&self.generator);
        }
        self.metrics.write(report);
        self.batches.write_back();
        self.noise.write_back();
        self.augmentations.write_back();
    }

    /// The discriminator learns from each minibatch, and the generator, on the same fakes as it did
    /// last, from the discriminator that this leaves.
    fn step_both(&mut self, config: &TrainConfig) -> StepReport {
        let (earlier, last) = self.minibatches(config);
        for minibatch in earlier {
            let fake = minibatch.fake(&self.generator);
            self.update_discriminator(config, &minibatch, fake.detach());
        }
        let fake = last.fake(&self.generator);
        let discriminator = self.update_discriminator(config, &last, fake.clone().detach());

        let detached = fake.clone().detach().require_grad();
        // Without gradients of its own: only the way through it to the fakes counts here.
        let frozen = self.discriminator.clone().no_grad();
        let (real_logits, fake_logits) =
            if frozen.uses_batch_statistics() || config.objective.compares() {
                let [real, fake] = self.logits_of_both(&frozen, config, &last, detached.clone());
                (Some(real), fake)
            } else {
                let fakes = self.augmentations.apply(last.judged(detached.clone()));
                (None, frozen.forward(fakes, last.classes(1)))
            };
        let loss = config.objective.generator(fake_logits, real_logits);
        let generator = self.update_generator(config, &last, fake, detached, loss);
        StepReport::of(
            discriminator.output,
            generator.loss,
            [discriminator.gradient, generator.gradient],
        )
    }

    /// The generator learns from the last minibatch that the discriminator would have seen.
    fn step_generator(&mut self, config: &TrainConfig) -> StepReport {
        let (_, last) = self.minibatches(config);
        let fake = last.fake(&self.generator);
        let detached = fake.clone().detach().require_grad();
        let frozen = apart(&self.discriminator).no_grad();
        let [real_logits, fake_logits] =
            self.logits_of_both(&frozen, config, &last, detached.clone());
        let logits = [real_logits.clone(), fake_logits.clone()].map(Tensor::inner);
        let loss = config.objective.generator(fake_logits, Some(real_logits));
        let update = self.update_generator(config, &last, fake, detached, loss);
        let [real, fake] = logits;
        let losses = discriminator_losses(config, real.clone(), fake.clone());
        let none = update.gradient.zeros_like();
        let output = DiscriminatorOutput::new(config, [real, fake], losses);
        StepReport::of(output, update.loss, [none, update.gradient])
    }

    /// The discriminator learns, as often as in a step of both.
    fn step_discriminator(&mut self, config: &TrainConfig) -> StepReport {
        let (mut minibatches, last) = self.minibatches(config);
        minibatches.push(last);
        let frozen_generator = apart(&self.generator);
        let updates = minibatches.iter().map(|minibatch| {
            let fake = minibatch.fake(&frozen_generator).detach();
            self.update_discriminator(config, minibatch, fake)
        });
        let update = updates.last().expect("a step has at least one minibatch");
        let [real, fake] = update.output.logits.clone();
        let loss = config.objective.generator(fake, Some(real));
        let none = update.gradient.zeros_like();
        StepReport::of(update.output, loss, [update.gradient, none])
    }

    /// The step's part of the data and the noise, a minibatch for each update of the discriminator: all
    /// but the last, and the last.
    fn minibatches(&mut self, config: &TrainConfig) -> (Vec<Minibatch>, Minibatch) {
        let is_paired = config.generator.input_shape().is_some();
        // The noise first: behind a gather nothing is fused.
        let noise = (!is_paired).then(|| self.noise.draw());
        let Batch {
            samples,
            classes,
            inputs,
        } = self.batches.next_batch();
        let (samples, all_latents) = match noise {
            Some(noise) => (samples, noise),
            None => {
                let inputs = inputs.expect("the data were checked to have inputs");
                self.augmentations.jitter(samples, inputs)
            }
        };
        let (count, batch_size) = (config.discriminator_steps, config.batch_size);
        let minibatch = |index: usize| {
            let rows = |rows: &Tensor<2>| match count {
                1 => rows.clone(),
                _ => rows.clone().narrow(0, index * batch_size, batch_size),
            };
            Minibatch {
                real: rows(&samples).autodiff(),
                classes: classes.as_ref().map(rows),
                latents: rows(&all_latents),
                is_paired,
            }
        };
        let last = minibatch(count - 1);
        ((0..count - 1).map(minibatch).collect(), last)
    }

    /// A frozen discriminator's logits of real and fake samples, each `[batch, 1]`.
    fn logits_of_both(
        &mut self,
        frozen: &Discriminator,
        config: &TrainConfig,
        minibatch: &Minibatch,
        fake: Tensor<2>,
    ) -> [Tensor<2>; 2] {
        let batch_size = config.batch_size;
        let halves =
            |both: Tensor<2>| [0, batch_size].map(|row| both.clone().narrow(0, row, batch_size));
        let both = self.augmentations.apply(minibatch.both(fake));
        if frozen.uses_batch_statistics() || !is_cpu(&self.device) {
            return halves(frozen.forward(both, minibatch.classes(2)));
        }
        // Apart: nobody wants the gradient at real samples. (A GPU would have more launches.)
        let [real, fake] = halves(both);
        [real.detach(), fake].map(|rows| frozen.forward(rows, minibatch.classes(1)))
    }

    /// One update of the generator.
    ///
    /// - `fake`: its samples, `[batch, features]`
    /// - `detached`: the same without their history, from which `loss` was computed
    /// - `loss`: `[batch, 1]`
    fn update_generator(
        &mut self,
        config: &TrainConfig,
        minibatch: &Minibatch,
        fake: Tensor<2>,
        detached: Tensor<2>,
        loss: Tensor<2>,
    ) -> GeneratorUpdate {
        let per_sample = 1.0 / config.batch_size as f64;
        // The chain rule in two halves, at the fakes: the loss's gradient there, then the gradient
        // of its product with the fakes. In one graph, Burn 0.22.1 on WebGPU gives a convolutional
        // generator wrong gradients behind a convolutional discriminator.
        let direction = detached
            .grad_remove(&mut (loss.clone() * per_sample).backward())
            .expect("the logits depend on the fakes");
        let mut loss = loss.inner();
        let mut surrogate = (fake.clone() * direction.autodiff()).sum_dim(1);
        if let Some(l1_weight) = &self.hyperparameters.l1_weight {
            let distance = l1(fake, minibatch.real.clone()) * l1_weight.get().autodiff();
            loss = loss + distance.clone().inner();
            surrogate = surrogate + distance * per_sample;
        }
        let gradients = GradientsParams::from_grads(surrogate.backward(), &self.generator);
        let (generator, gradient) = self.generator_optimizer.step(
            self.hyperparameters.learning_rate.get(),
            self.generator.clone(),
            gradients,
        );
        self.generator = generator;
        GeneratorUpdate { loss, gradient }
    }

    /// One update of the discriminator.
    ///
    /// - `fake`: `[batch, features]`, without gradients
    fn update_discriminator(
        &mut self,
        config: &TrainConfig,
        minibatch: &Minibatch,
        fake: Tensor<2>,
    ) -> DiscriminatorUpdate {
        let batch_size = config.batch_size;
        let learning_rate =
            self.hyperparameters.learning_rate.get() * config.discriminator_lr_ratio;
        // With no spectral norms this changes nothing.
        let discriminator = self.discriminator.clone().advance_spectral_norms();

        let both = self.augmentations.apply(minibatch.both(fake));
        let (rows, blocks) = match self.augmentations.neighbours(both.clone(), batch_size) {
            Some(neighbours) => {
                let blocks = 2 + neighbours.dims()[0] / batch_size;
                (Tensor::cat(vec![both, neighbours], 0), blocks)
            }
            None => (both, 2),
        };
        let logits = discriminator.forward(rows, minibatch.classes(blocks));
        let block = |index| logits.clone().narrow(0, index * batch_size, batch_size);
        let (real, fake) = (block(0), block(1));

        let plain = [real.clone().inner(), fake.clone().inner()];
        let [loss_real, loss_fake] = discriminator_losses(config, real.clone(), fake.clone());
        let losses = [loss_real.clone().inner(), loss_fake.clone().inner()];
        let output = DiscriminatorOutput::new(config, plain, losses);
        let mut loss = loss_real + loss_fake;
        if let Some(penalty) = config.gradient_penalty {
            let of = |here: Tensor<2>, there: Tensor<2>| (here - there).square() * penalty.weight;
            loss = loss + of(real, block(2));
            if penalty.fakes {
                loss = loss + of(fake, block(3));
            }
        }
        // Of the means: `backward` begins with ones, at every sample.
        let gradients = (loss * (1.0 / batch_size as f64)).backward();
        let gradients = GradientsParams::from_grads(gradients, &discriminator);
        let (discriminator, gradient) =
            self.discriminator_optimizer
                .step(learning_rate, discriminator, gradients);
        self.discriminator = discriminator;
        DiscriminatorUpdate { output, gradient }
    }
}

impl DiscriminatorOutput {
    /// - `logits`, `losses`: of real and of fake, plain
    fn new(config: &TrainConfig, logits: [Tensor<2>; 2], losses: [Tensor<2>; 2]) -> Self {
        let [real, fake] = logits.clone();
        Self {
            scores: config.objective.scores(real.clone(), fake.clone()),
            accuracy: real.greater(fake).float(),
            logits,
            losses,
        }
    }
}

impl StepReport {
    /// - `generator`: its loss, `[batch, 1]`
    /// - `gradients`: lengths of the discriminator's and the generator's, each `[1]`
    fn of(output: DiscriminatorOutput, generator: Tensor<2>, gradients: [Tensor<1>; 2]) -> Self {
        let [discriminator_real, discriminator_fake] = output.losses;
        let [score_real, score_fake] = output.scores;
        let [discriminator_gradient, generator_gradient] = gradients;
        Self {
            discriminator_real,
            discriminator_fake,
            generator,
            score_real,
            score_fake,
            accuracy: output.accuracy,
            discriminator_gradient,
            generator_gradient,
        }
    }
}

/// The discriminator's losses on real and fake samples, under the config's label smoothing.
///
/// - `real`, `fake`: logits, `[batch, 1]`
pub(super) fn discriminator_losses(
    config: &TrainConfig,
    real: Tensor<2>,
    fake: Tensor<2>,
) -> [Tensor<2>; 2] {
    let [loss_real, loss_fake] = config.objective.discriminator(real.clone(), fake);
    match config.label_smoothing {
        // −(1 − s)·log σ(D) − s·log(1 − σ(D)) = −log σ(D) + s·D
        Some(smoothing) => [loss_real + real * smoothing, loss_fake],
        None => [loss_real, loss_fake],
    }
}

/// The network in training form, with running statistics of its own: what moves those leaves the
/// original as it is.
fn apart<M: Module>(network: &M) -> M {
    network.valid().train()
}
