//! Whole training steps against a second implementation that shares no code with the first.
//!
//! Plain f64 arithmetic on vectors: forward passes written out, gradients by central differences,
//! Adam as in Kingma & Ba's algorithm 1. What is checked is a whole run of steps: which batch each
//! network sees, which gradients reach which weights, in which order the two are updated.

use burn::module::{Module, ModuleVisitor, Param};
use burn::tensor::Tensor;

use super::Trainer;
use crate::data::Dataset;
use crate::device;
use crate::loss::Objective;
use crate::model::{Activation, DiscriminatorConfig, GeneratorConfig, HiddenLayer, MlpConfig};
use crate::preset::{Schedule, TrainConfig};
use crate::train::StepLosses;

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

fn mean(logits: &Matrix, f: impl Fn(f64) -> f64) -> f64 {
    logits.iter().map(|row| f(row[0])).sum::<f64>() / logits.len() as f64
}

fn softplus(x: f64) -> f64 {
    x.max(0.0) + (-x.abs()).exp().ln_1p()
}

fn real_loss(objective: Objective, logits: &Matrix) -> f64 {
    match objective {
        Objective::LeastSquares => mean(logits, |x| 0.5 * (x - 1.0).powi(2)),
        _ => mean(logits, |x| softplus(-x)),
    }
}

fn fake_loss(objective: Objective, logits: &Matrix) -> f64 {
    match objective {
        Objective::LeastSquares => mean(logits, |x| 0.5 * x * x),
        _ => mean(logits, softplus),
    }
}

fn generator_loss(objective: Objective, logits: &Matrix) -> f64 {
    match objective {
        Objective::Minimax => -mean(logits, softplus),
        _ => real_loss(objective, logits),
    }
}

fn opinion(objective: Objective, logits: &Matrix) -> f64 {
    match objective {
        Objective::LeastSquares => mean(logits, |x| x),
        _ => mean(logits, |x| 1.0 / (1.0 + (-x).exp())),
    }
}

struct Adam {
    first: Vec<f64>,
    second: Vec<f64>,
    time: i32,
}

impl Adam {
    fn new(count: usize) -> Self {
        Self {
            first: vec![0.0; count],
            second: vec![0.0; count],
            time: 0,
        }
    }

    fn step(&mut self, config: &TrainConfig, weights: &mut [f64], loss: impl Fn(&[f64]) -> f64) {
        self.time += 1;
        let (beta_1, beta_2) = (f64::from(config.beta_1), f64::from(0.999_f32));
        let before = weights.to_vec();
        for index in 0..weights.len() {
            let at = |shift: f64| {
                let mut weights = before.clone();
                weights[index] += shift;
                loss(&weights)
            };
            let gradient = (at(1e-6) - at(-1e-6)) / 2e-6;
            self.first[index] = beta_1 * self.first[index] + (1.0 - beta_1) * gradient;
            self.second[index] = beta_2 * self.second[index] + (1.0 - beta_2) * gradient.powi(2);
            let first = self.first[index] / (1.0 - beta_1.powi(self.time));
            let second = self.second[index] / (1.0 - beta_2.powi(self.time));
            // Weights without influence, such as running statistics, have a gradient of exactly 0.
            weights[index] -= config.learning_rate * first / (second.sqrt() + 1e-8);
        }
    }
}

fn check(objective: Objective, l1_weight: Option<f64>, instance_noise: Option<f64>) {
    let layer = |width, batch_norm| HiddenLayer { width, batch_norm };
    let generator = MlpConfig {
        input: 3,
        hidden: vec![layer(5, false), layer(4, true)],
        activation: Activation::LeakyRelu { slope: 0.2 },
        output: 2,
        tanh: true,
    };
    let discriminator = MlpConfig {
        input: 2,
        hidden: vec![layer(6, true)],
        activation: Activation::LeakyRelu { slope: 0.2 },
        output: 1,
        tanh: false,
    };
    let config = TrainConfig {
        generator: GeneratorConfig::Mlp(generator.clone()),
        discriminator: DiscriminatorConfig::Mlp(discriminator.clone()),
        objective,
        l1_weight,
        instance_noise,
        learning_rate: 0.01,
        beta_1: 0.5,
        batch_size: 7,
        seed: 4,
        schedule: Schedule::Steps { count: 5 },
    };
    let values = (0..40).map(|i| (i as f32 * 0.37).sin()).collect();
    let dataset = Dataset::from_samples(values, 2, &device::cpu()).unwrap();
    let mut trainer = Trainer::new(config.clone(), dataset.clone(), &device::cpu()).unwrap();
    // Draws the same batches and latents as the trainer under test.
    let mut source = Trainer::new(config.clone(), dataset, &device::cpu()).unwrap();

    let mut g = weights(trainer.generator());
    let mut d = weights(trainer.discriminator());
    let mut g_adam = Adam::new(g.len());
    let mut d_adam = Adam::new(d.len());
    let mut expected = Vec::new();
    let step_count = 5;
    for _ in 0..step_count {
        trainer.step();

        source.batches.advance();
        let real = matrix(source.batches.next_batch());
        let latents = matrix(source.noise.draw());
        // Real and fake go through the discriminator as one batch.
        let [first_noise, second_noise] = [(); 2].map(|()| match &mut source.instance_noise {
            Some(noise) => matrix(noise.draw() * instance_noise.unwrap()),
            None => vec![vec![0.0; 2]; 14],
        });
        let judge = |d: &[f64], fake: &Matrix, noise: &Matrix| {
            let mut both = [real.clone(), fake.clone()].concat();
            for (value, noise) in both.iter_mut().flatten().zip(noise.iter().flatten()) {
                *value += noise;
            }
            let (mut logits, statistics) = forward(&discriminator, d, &both);
            let fake_logits = logits.split_off(real.len());
            (logits, fake_logits, statistics)
        };
        let (fake, g_statistics) = forward(&generator, &g, &latents);
        let (real_logits, fake_logits, first_statistics) = judge(&d, &fake, &first_noise);
        let mut losses = [
            real_loss(objective, &real_logits),
            fake_loss(objective, &fake_logits),
            0.0,
            opinion(objective, &real_logits),
            opinion(objective, &fake_logits),
        ];

        d_adam.step(&config, &mut d, |d| {
            let (real_logits, fake_logits, _) = judge(d, &fake, &first_noise);
            real_loss(objective, &real_logits) + fake_loss(objective, &fake_logits)
        });
        let (_, _, second_statistics) = judge(&d, &fake, &second_noise);
        let expected_g_loss = |g: &[f64]| {
            let (fake, _) = forward(&generator, g, &latents);
            let distance = fake
                .concat()
                .iter()
                .zip(real.concat())
                .map(|(fake, real)| (fake - real).abs())
                .sum::<f64>()
                / (fake.len() * fake[0].len()) as f64;
            generator_loss(objective, &judge(&d, &fake, &second_noise).1)
                + l1_weight.unwrap_or(0.0) * distance
        };
        let before = g.clone();
        g_adam.step(&config, &mut g, expected_g_loss);
        losses[2] = expected_g_loss(&before);
        expected.push(losses);

        for statistics in g_statistics {
            move_running(&mut g, &statistics);
        }
        for statistics in first_statistics.iter().chain(&second_statistics) {
            move_running(&mut d, statistics);
        }
    }

    let found = pollster::block_on(trainer.take_losses()).unwrap();
    assert_eq!(found.len(), step_count);
    for (found, expected) in found.into_iter().map(StepLosses::to_array).zip(&expected) {
        for (found, expected) in found.iter().zip(expected) {
            assert!(
                (f64::from(*found) - expected).abs() < 1e-4,
                "{objective:?}: losses {found}, expected {expected}"
            );
        }
    }
    for (name, found, expected, adam, variances) in [
        ("generator", weights(trainer.generator()), g, g_adam, 56..60),
        (
            "discriminator",
            weights(trainer.discriminator()),
            d,
            d_adam,
            36..42,
        ),
    ] {
        for (index, (found, expected)) in found.iter().zip(&expected).enumerate() {
            // A bias that batch normalisation takes away again has a gradient of nothing but
            // rounding, which Adam scales up to a drift of a step each.
            let drifts = adam.second[index] < 1e-12;
            // The running mean follows that drift; the running variance does not see it.
            let tolerance = if drifts && !variances.contains(&index) {
                0.06
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
    check(Objective::NonSaturating, None, None);
}

#[test]
fn steps_under_instance_noise_match_the_reference() {
    check(Objective::NonSaturating, None, Some(0.5));
}

#[test]
fn minimax_steps_match_the_reference() {
    check(Objective::Minimax, None, None);
}

#[test]
fn least_squares_steps_with_l1_match_the_reference() {
    check(Objective::LeastSquares, Some(0.7), None);
}
