//! Whole training steps against a second implementation that shares no code with the first.
//!
//! Plain f64 arithmetic on vectors: forward passes written out, gradients by central differences,
//! Adam as in Kingma & Ba's algorithm 1. What is checked is a whole run of steps: which batch each
//! network sees, which gradients reach which weights, in which order the two are updated, and all
//! that is reported. Only the random numbers come from the code under test.

use burn::module::{Module, ModuleVisitor, Param};
use burn::tensor::Tensor;

use super::{StepMetrics, Trainer};
use crate::data::Dataset;
use crate::device;
use crate::loss::Objective;
use crate::model::{Activation, DiscriminatorConfig, GeneratorConfig, HiddenLayer, MlpConfig};
use crate::preset::{GradientPenalty, Optimizer, TrainConfig};
use crate::random::NormalNoise;

type Matrix = Vec<Vec<f64>>;

#[derive(Default)]
struct Weights(Vec<f64>);

impl ModuleVisitor for Weights {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        self.0.extend(numbers(param.val()));
    }
}

fn weights<M: Module>(module: &M) -> Vec<f64> {
    let mut weights = Weights::default();
    // A running statistic shows its last update only in inference form.
    module.valid().visit(&mut weights);
    weights.0
}

fn numbers<const D: usize>(tensor: Tensor<D>) -> Vec<f64> {
    let values = tensor.into_data().try_into_vec::<f32>().unwrap();
    values.into_iter().map(f64::from).collect()
}

fn matrix(tensor: Tensor<2>) -> Matrix {
    let [_, columns] = tensor.dims();
    numbers(tensor)
        .chunks(columns)
        .map(<[f64]>::to_vec)
        .collect()
}

/// What a batch-normalised layer adds to the weights: γ, β and two running statistics a unit.
struct RunningStatistics {
    /// Where the running mean begins in the flat weights.
    start: usize,
    mean: Vec<f64>,
    variance: Vec<f64>,
}

/// A dense network on flat weights, in the order in which Burn visits them. Also gives the batch
/// statistics of its normalised layers.
fn forward(
    config: &MlpConfig,
    weights: &[f64],
    input: &Matrix,
) -> (Matrix, Vec<RunningStatistics>) {
    let mut at = 0;
    let mut take = |count: usize| {
        at += count;
        at - count
    };
    let dense = |x: &Matrix, start: usize, inputs: usize, outputs: usize| -> Matrix {
        x.iter()
            .map(|row| {
                (0..outputs)
                    .map(|output| {
                        let bias = weights[start + inputs * outputs + output];
                        let products =
                            (0..inputs).map(|i| row[i] * weights[start + i * outputs + output]);
                        bias + products.sum::<f64>()
                    })
                    .collect()
            })
            .collect()
    };
    let mut statistics = Vec::new();
    let mut x = input.clone();
    let mut inputs = config.input;
    for layer in &config.hidden {
        let width = layer.width;
        x = dense(&x, take(inputs * width + width), inputs, width);
        if layer.batch_norm {
            let start = take(4 * width);
            let count = x.len() as f64;
            let mut mean = vec![0.0; width];
            let mut variance = vec![0.0; width];
            for unit in 0..width {
                mean[unit] = x.iter().map(|row| row[unit]).sum::<f64>() / count;
                let squares = x.iter().map(|row| (row[unit] - mean[unit]).powi(2));
                variance[unit] = squares.sum::<f64>() / count;
                for row in &mut x {
                    let normal = (row[unit] - mean[unit]) / (variance[unit] + 1e-5).sqrt();
                    row[unit] = normal * weights[start + unit] + weights[start + width + unit];
                }
            }
            statistics.push(RunningStatistics {
                start: start + 2 * width,
                mean,
                variance,
            });
        }
        let slope = match config.activation {
            Activation::Relu => 0.0,
            Activation::LeakyRelu { slope } => slope,
        };
        for value in x.iter_mut().flatten() {
            *value = if *value > 0.0 { *value } else { slope * *value };
        }
        inputs = width;
    }
    x = dense(
        &x,
        take(inputs * config.output + config.output),
        inputs,
        config.output,
    );
    if config.tanh {
        for value in x.iter_mut().flatten() {
            *value = value.tanh();
        }
    }
    assert_eq!(at, weights.len(), "the flat weights are laid out otherwise");
    (x, statistics)
}

fn mean(values: impl IntoIterator<Item = f64>) -> f64 {
    let values: Vec<f64> = values.into_iter().collect();
    values.iter().sum::<f64>() / values.len() as f64
}

fn softplus(x: f64) -> f64 {
    x.max(0.0) + (-x.abs()).exp().ln_1p()
}

fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// Logits, one a sample.
type Logits = Vec<f64>;

fn each(logits: &Logits, f: impl Fn(f64) -> f64) -> f64 {
    mean(logits.iter().map(|&x| f(x)))
}

fn pairs(first: &Logits, second: &Logits, f: impl Fn(f64, f64) -> f64) -> f64 {
    mean(first.iter().zip(second).map(|(&x, &y)| f(x, y)))
}

fn discriminator_losses(config: &TrainConfig, real: &Logits, fake: &Logits) -> [f64; 2] {
    let smoothing = config.label_smoothing.unwrap_or(0.0);
    match config.objective {
        Objective::NonSaturating | Objective::Minimax => [
            each(real, |x| {
                (1.0 - smoothing) * softplus(-x) + smoothing * softplus(x)
            }),
            each(fake, softplus),
        ],
        Objective::LeastSquares => [
            each(real, |x| 0.5 * (x - 1.0).powi(2)),
            each(fake, |x| 0.5 * x * x),
        ],
        Objective::Hinge => [
            each(real, |x| (1.0 - x).max(0.0)),
            each(fake, |x| (1.0 + x).max(0.0)),
        ],
        Objective::Wasserstein => [each(real, |x| -x), each(fake, |x| x)],
        Objective::Relativistic => [pairs(real, fake, |x, y| 0.5 * softplus(y - x)); 2],
    }
}

fn generator_loss(objective: Objective, real: &Logits, fake: &Logits) -> f64 {
    match objective {
        Objective::NonSaturating => each(fake, |x| softplus(-x)),
        Objective::Minimax => -each(fake, softplus),
        Objective::LeastSquares => each(fake, |x| 0.5 * (x - 1.0).powi(2)),
        Objective::Hinge | Objective::Wasserstein => each(fake, |x| -x),
        Objective::Relativistic => pairs(fake, real, |x, y| softplus(y - x)),
    }
}

fn scores(objective: Objective, real: &Logits, fake: &Logits) -> [f64; 2] {
    match objective {
        Objective::NonSaturating | Objective::Minimax => [real, fake].map(|x| each(x, sigmoid)),
        Objective::Relativistic => {
            let lead = |x: f64, y: f64| sigmoid(x - y);
            [pairs(real, fake, lead), pairs(fake, real, lead)]
        }
        _ => [real, fake].map(|x| each(x, |x| x)),
    }
}

/// Adam, or RMSProp in the form of Tieleman & Hinton's lecture.
struct Optimiser {
    first: Vec<f64>,
    second: Vec<f64>,
    time: i32,
}

impl Optimiser {
    fn new(count: usize) -> Self {
        Self {
            first: vec![0.0; count],
            second: vec![0.0; count],
            time: 0,
        }
    }

    /// One step. Gives the gradient's length.
    fn step(
        &mut self,
        config: &TrainConfig,
        learning_rate: f64,
        weights: &mut [f64],
        loss: impl Fn(&[f64]) -> f64,
    ) -> f64 {
        self.time += 1;
        let gradient: Vec<f64> = (0..weights.len())
            .map(|index| {
                let at = |shift: f64| {
                    let mut weights = weights.to_vec();
                    weights[index] += shift;
                    loss(&weights)
                };
                let difference = (at(1e-6) - at(-1e-6)) / 2e-6;
                // Weights without influence have no gradient. Less than this is rounding.
                if difference.abs() < 1e-8 {
                    0.0
                } else {
                    difference
                }
            })
            .collect();
        let length = gradient.iter().map(|x| x * x).sum::<f64>().sqrt();
        let scale = match config.gradient_clip {
            Some(longest) if length > longest => longest / length,
            _ => 1.0,
        };
        for (index, weight) in weights.iter_mut().enumerate() {
            let gradient = gradient[index] * scale;
            let second = &mut self.second[index];
            *weight -= learning_rate
                * match config.optimizer {
                    Optimizer::Adam { beta_1, beta_2 } => {
                        let first = &mut self.first[index];
                        *first = beta_1 * *first + (1.0 - beta_1) * gradient;
                        *second = beta_2 * *second + (1.0 - beta_2) * gradient.powi(2);
                        let first = *first / (1.0 - beta_1.powi(self.time));
                        let second = *second / (1.0 - beta_2.powi(self.time));
                        first / (second.sqrt() + 1e-8)
                    }
                    Optimizer::RmsProp { decay } => {
                        *second = decay * *second + (1.0 - decay) * gradient.powi(2);
                        gradient / (second.sqrt() + 1e-8)
                    }
                };
        }
        length
    }
}

/// A power of two: where real and fake cancel in a critic's last bias, they then do so exactly.
const BATCH: usize = 8;

/// A small run. Batch normalisation, if any, is in the last hidden layer of either network.
fn config(objective: Objective, batch_norm: bool) -> TrainConfig {
    let layer = |width, batch_norm| HiddenLayer { width, batch_norm };
    let mlp = |input, hidden, output, tanh| MlpConfig {
        input,
        hidden,
        activation: Activation::LeakyRelu { slope: 0.2 },
        output,
        tanh,
        shape: None,
    };
    let generator = mlp(3, vec![layer(5, false), layer(4, batch_norm)], 2, true);
    let discriminator = mlp(2, vec![layer(6, batch_norm)], 1, false);
    TrainConfig {
        learning_rate: 0.01,
        batch_size: BATCH,
        // With some seeds the first gradient of a hidden bias is nothing but rounding, as real and fake
        // cancel in it, and its first step of any direction.
        seed: 3,
        ..TrainConfig::new(
            GeneratorConfig::Mlp(generator),
            DiscriminatorConfig::Mlp(discriminator),
            objective,
        )
    }
}

/// The next draw, if there is noise at all, times its standard deviation.
fn draw(noise: Option<&mut NormalNoise>, deviation: f64) -> Matrix {
    let mut draw = noise.map_or(Vec::new(), |noise| matrix(noise.draw()));
    for value in draw.iter_mut().flatten() {
        *value *= deviation;
    }
    draw
}

/// Samples one after another, under as much noise as there is.
fn under(noise: &Matrix, samples: &[&Matrix]) -> Matrix {
    let mut rows: Matrix = samples.iter().copied().flatten().cloned().collect();
    for (value, noise) in rows.iter_mut().flatten().zip(noise.iter().flatten()) {
        *value += noise;
    }
    rows
}

fn check(config: TrainConfig) {
    let GeneratorConfig::Mlp(generator) = config.generator.clone() else {
        unreachable!()
    };
    let DiscriminatorConfig::Mlp(discriminator) = config.discriminator.clone() else {
        unreachable!()
    };
    let objective = config.objective;
    let values = (0..40).map(|i| (i as f32 * 0.37).sin()).collect();
    let dataset = Dataset::from_samples(values, 2, &device::cpu()).unwrap();
    let mut trainer = Trainer::new(config.clone(), dataset.clone(), &device::cpu()).unwrap();
    // Draws the same batches, latents and noise as the trainer under test.
    let mut source = Trainer::new(config.clone(), dataset, &device::cpu()).unwrap();

    let mut g = weights(trainer.generator());
    let mut d = weights(trainer.discriminator());
    let mut average = g.clone();
    let mut g_optimiser = Optimiser::new(g.len());
    let mut d_optimiser = Optimiser::new(d.len());
    let mut running = [Vec::new(), Vec::new()];
    let mut expected = Vec::new();
    let step_count = 5;
    for step in 0..step_count {
        trainer.step();

        source.state.batches.advance();
        let all_real = matrix(source.state.batches.next_batch().samples);
        let all_latents = matrix(source.state.noise.draw());
        assert_eq!(all_real.len(), BATCH * config.discriminator_steps);
        // Both networks' logits of one batch after another.
        let judge = |d: &[f64], rows: &Matrix| {
            let (logits, statistics) = forward(&discriminator, d, rows);
            let blocks: Vec<Logits> = logits.chunks(BATCH).map(<[_]>::concat).collect();
            (blocks, statistics)
        };
        let mut instance_noise = || {
            let noise = source.state.augmentations.instance_noise.as_mut();
            let deviation = config.instance_noise.unwrap_or(0.0);
            draw(noise.map(|(noise, _)| noise), deviation)
        };
        let mut report = [0.0; StepMetrics::COUNT];
        let turns = all_real.chunks(BATCH).zip(all_latents.chunks(BATCH));
        for (turn, (real, latents)) in turns.enumerate() {
            let (real, latents) = (real.to_vec(), latents.to_vec());
            let (fake, g_statistics) = forward(&generator, &g, &latents);

            // Real and fake go through the discriminator as one batch, their neighbours too.
            let mut rows = under(&instance_noise(), &[&real, &fake]);
            if let Some(penalty) = config.gradient_penalty {
                let noise = source
                    .state
                    .augmentations
                    .gradient_penalty
                    .as_mut()
                    .map(|(noise, _)| noise);
                let noise = draw(noise, penalty.deviation);
                let neighbours = under(&noise, &[&rows[..noise.len()].to_vec()]);
                rows.extend(neighbours);
            }
            let (blocks, statistics) = judge(&d, &rows);
            let (real_logits, fake_logits) = (&blocks[0], &blocks[1]);
            let is_right = |x, y| f64::from(u8::from(x > y));
            let [loss_real, loss_fake] = discriminator_losses(&config, real_logits, fake_logits);
            let [score_real, score_fake] = scores(objective, real_logits, fake_logits);
            let accuracy = pairs(real_logits, fake_logits, is_right);
            let rate = config.learning_rate * config.discriminator_lr_ratio;
            let d_length = d_optimiser.step(&config, rate, &mut d, |d| {
                let (blocks, _) = judge(d, &rows);
                let losses = discriminator_losses(&config, &blocks[0], &blocks[1]);
                let squares: f64 = blocks[2..]
                    .iter()
                    .zip(&blocks)
                    .map(|(there, here)| pairs(here, there, |x, y| (x - y).powi(2)))
                    .sum();
                let weight = config
                    .gradient_penalty
                    .map_or(0.0, |penalty| penalty.weight);
                losses[0] + losses[1] + weight * squares
            });
            if let Some(bound) = config.weight_clip {
                assert!(statistics.is_empty(), "only what is trained is clipped");
                for weight in &mut d {
                    *weight = weight.clamp(-bound, bound);
                }
            }
            for statistics in &statistics {
                move_running(&mut d, statistics);
            }
            running[1] = statistics;

            let is_last = turn + 1 == config.discriminator_steps;
            if is_last {
                let noise = instance_noise();
                // Without batch normalisation real samples change nothing, and where none are
                // compared with them, none are drawn noise for.
                let sees_real = !running[1].is_empty() || objective.compares();
                let judge_fakes = |fake: &Matrix| {
                    if sees_real {
                        let (mut blocks, statistics) = judge(&d, &under(&noise, &[&real, fake]));
                        let fake = blocks.remove(1);
                        (blocks.remove(0), fake, statistics)
                    } else {
                        let (mut blocks, statistics) = judge(&d, &under(&noise, &[fake]));
                        (Vec::new(), blocks.remove(0), statistics)
                    }
                };
                let g_loss = |g: &[f64]| {
                    let (fake, _) = forward(&generator, g, &latents);
                    let (real_logits, fake_logits, _) = judge_fakes(&fake);
                    let distance = pairs(&fake.concat(), &real.concat(), |x, y| (x - y).abs());
                    generator_loss(objective, &real_logits, &fake_logits)
                        + config.l1_weight.unwrap_or(0.0) * distance
                };
                let loss_generator = g_loss(&g);
                let g_length = g_optimiser.step(&config, config.learning_rate, &mut g, g_loss);
                let (_, _, statistics) = judge_fakes(&fake);
                for statistics in &statistics {
                    move_running(&mut d, statistics);
                }
                report = [
                    loss_real,
                    loss_fake,
                    loss_generator,
                    score_real,
                    score_fake,
                    accuracy,
                    d_length,
                    g_length,
                ];
            }
            for statistics in &g_statistics {
                move_running(&mut g, statistics);
            }
            running[0] = g_statistics;
        }
        expected.push(report);
        let share = match config.average_decay {
            Some(decay) => f64::max(1.0 - decay, 10.0 / (f64::from(step) + 10.0)),
            None => 1.0,
        };
        for (average, weight) in average.iter_mut().zip(&g) {
            *average += share * (weight - *average);
        }
    }
    if let Some(bound) = config.weight_clip {
        assert!(d.iter().any(|weight| weight.abs() == bound), "no clipping");
    }
    if let Some(longest) = config.gradient_clip {
        let is_clipped = |report: &[f64; StepMetrics::COUNT]| [6, 7].map(|at| report[at] > longest);
        let clipped = expected.iter().map(is_clipped);
        let found: Vec<bool> = clipped.flatten().collect();
        assert!(
            found.contains(&true) && found.contains(&false),
            "{expected:?}"
        );
    }

    let found = pollster::block_on(trainer.take_metrics()).unwrap();
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.into_iter().map(StepMetrics::to_array).zip(&expected) {
        for (index, (found, expected)) in found.iter().zip(expected).enumerate() {
            assert!(
                (f64::from(*found) - expected).abs() < 1e-4,
                "{objective:?}: number {index} of the report is {found}, expected {expected}"
            );
        }
    }
    let [g_running, d_running] = &running;
    let found = [
        weights(trainer.generator()),
        weights(trainer.averaged().network()),
        weights(trainer.discriminator()),
    ];
    let expected = [
        ("generator", g, &g_optimiser, g_running),
        ("averaged generator", average, &g_optimiser, g_running),
        ("discriminator", d, &d_optimiser, d_running),
    ];
    for (found, (name, expected, optimiser, running)) in found.iter().zip(expected) {
        assert_eq!(found.len(), expected.len());
        for (index, (found, expected)) in found.iter().zip(&expected).enumerate() {
            // A bias that batch normalisation or a comparison takes away again has a gradient of
            // nothing but rounding, which Adam scales up to a drift of a step each.
            let drifts = optimiser.second[index] < 1e-12;
            // The running mean follows that drift; the running variance does not see it.
            let is_variance = running.iter().any(|layer| {
                let start = layer.start + layer.mean.len();
                (start..start + layer.variance.len()).contains(&index)
            });
            let tolerance = if drifts && !is_variance {
                6.0 * config.learning_rate
            } else {
                2e-4
            };
            assert!(
                (found - expected).abs() < tolerance,
                "{objective:?}: {name} weight {index} is {found}, expected {expected}"
            );
        }
    }
}

/// Burn's momentum of 0.1, with the batch's biased variance.
fn move_running(weights: &mut [f64], statistics: &RunningStatistics) {
    let width = statistics.mean.len();
    for unit in 0..width {
        let mean = &mut weights[statistics.start + unit];
        *mean = 0.9 * *mean + 0.1 * statistics.mean[unit];
        let variance = &mut weights[statistics.start + width + unit];
        *variance = 0.9 * *variance + 0.1 * statistics.variance[unit];
    }
}

#[test]
fn non_saturating_steps_match_the_reference() {
    check(config(Objective::NonSaturating, true));
}

#[test]
fn steps_under_instance_noise_match_the_reference() {
    check(TrainConfig {
        instance_noise: Some(0.5),
        ..config(Objective::NonSaturating, true)
    });
}

#[test]
fn minimax_steps_match_the_reference() {
    check(config(Objective::Minimax, true));
}

#[test]
fn least_squares_steps_with_l1_match_the_reference() {
    check(TrainConfig {
        l1_weight: Some(0.7),
        ..config(Objective::LeastSquares, true)
    });
}

#[test]
fn relativistic_steps_around_smooth_samples_match_the_reference() {
    for (fakes, batch_norm) in [(true, false), (false, true)] {
        check(TrainConfig {
            gradient_penalty: Some(GradientPenalty {
                weight: 3.0,
                deviation: 0.4,
                fakes,
            }),
            instance_noise: Some(0.2),
            ..config(Objective::Relativistic, batch_norm)
        });
    }
}

#[test]
fn hinge_steps_at_two_rates_match_the_reference() {
    check(TrainConfig {
        discriminator_lr_ratio: 2.5,
        optimizer: Optimizer::Adam {
            beta_1: 0.0,
            beta_2: 0.9,
        },
        // So that some logits are beyond ±1. Within, real and fake cancel in the last bias.
        instance_noise: Some(2.0),
        ..config(Objective::Hinge, false)
    });
}

#[test]
fn steps_with_smoothed_labels_match_the_reference() {
    check(TrainConfig {
        label_smoothing: Some(0.3),
        ..config(Objective::NonSaturating, true)
    });
}

#[test]
fn steps_with_clipped_gradients_match_the_reference() {
    check(TrainConfig {
        gradient_clip: Some(0.25),
        // So that Adam, blind to a constant factor, sees which step was scaled by how much.
        optimizer: Optimizer::Adam {
            beta_1: 0.9,
            beta_2: 0.5,
        },
        ..config(Objective::NonSaturating, false)
    });
}

#[test]
fn wasserstein_steps_with_rms_prop_and_a_clipped_critic_match_the_reference() {
    check(TrainConfig {
        weight_clip: Some(0.25),
        discriminator_steps: 2,
        optimizer: Optimizer::RmsProp { decay: 0.9 },
        instance_noise: Some(0.2),
        ..config(Objective::Wasserstein, false)
    });
}

#[test]
fn the_averaged_generator_matches_the_reference() {
    // The new weights' share is 1, 10/11, 10/12, and from then on 10/13, or what the decay leaves.
    for decay in [0.2, 0.99] {
        check(TrainConfig {
            average_decay: Some(decay),
            learning_rate: 0.05,
            ..config(Objective::NonSaturating, true)
        });
    }
}
