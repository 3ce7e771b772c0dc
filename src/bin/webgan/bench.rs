//! `webgan bench`: what a training step costs on a device, and how far its numbers lie from the CPU's.
//!
//! One line of JSON for each preset and way of taking steps, for scripts that make tables of them.

use std::time::{Duration, Instant};

use burn::tensor::{Device, Distribution, Tensor};
use pollster::block_on;
use serde_json::json;
use webgan::data::ImageSet;
use webgan::device;
use webgan::train::Trainer;

use crate::files::{self, Result};
use crate::{Data, On, Outcome, numbers, output, settings};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// What to train; may be given several times.
    #[arg(long, default_values = ["mlp", "dcgan", "modern"], value_parser = settings::ids())]
    preset: Vec<String>,
    /// Times that are measured; their median is told.
    #[arg(long, default_value_t = 5, value_parser = numbers::count, allow_negative_numbers = true)]
    rounds: u32,
    /// About so many seconds for each of them, at most 3600.
    #[arg(long, default_value = "1", value_parser = duration, allow_negative_numbers = true)]
    seconds: Duration,
    #[command(flatten)]
    data: Data,
    #[command(flatten)]
    on: On,
}

/// Steps before any is timed, in which kernels are compiled and the step is recorded.
const WARM_UP: usize = 8;
/// Steps after which losses and samples are compared with the CPU's: later, rounding has grown.
const COMPARED: usize = 4;
/// Steps whose losses fit on the device, see `Trainer::take_metrics`.
const AT_ONCE: usize = 250;

/// How steps are taken.
#[derive(Clone, Copy, PartialEq)]
enum Execution {
    Eager,
    Recorded,
}

fn duration(seconds: &str) -> std::result::Result<Duration, String> {
    match seconds.parse::<f64>() {
        Ok(seconds @ 0.001..=3600.0) => Ok(Duration::from_secs_f64(seconds)),
        _ => Err("expected seconds, 0.001 to 3600".into()),
    }
}

pub(crate) fn bench(arguments: Arguments) -> Outcome {
    let device = arguments.on.open()?;
    let images = arguments.data.training(None)?;
    let product = product_gflops(&device)?;
    let name = device::name(&device);
    for preset in &arguments.preset {
        let expected = trainer(preset, &images, &device::cpu(), Execution::Eager)?;
        let expected = first_steps(expected)?;
        for execution in [Execution::Eager, Execution::Recorded] {
            if execution == Execution::Recorded && !device::records(&device) {
                continue;
            }
            let found = first_steps(trainer(preset, &images, &device, execution)?)?;
            let [losses, samples] =
                std::array::from_fn(|index| distance(&expected[index], &found[index]));
            let times = time(
                trainer(preset, &images, &device, execution)?,
                arguments.rounds,
                arguments.seconds,
            )?;
            let line = json!({
                "preset": preset,
                "device": name,
                "execution": match execution {
                    Execution::Eager => "eager",
                    Execution::Recorded => "recorded",
                },
                "stepMs": times.whole_ms,
                "issueMs": times.issue_ms,
                "steps": times.steps,
                "lossesDiffer": losses,
                "samplesDiffer": samples,
                "productGflops": product,
            });
            output::print(&line.to_string())?;
        }
    }
    Ok(())
}

fn trainer(
    preset: &str,
    images: &ImageSet,
    device: &Device,
    execution: Execution,
) -> Result<Trainer> {
    let dataset = files::dataset(images, device)?;
    let config = settings::config(preset, &[], images)?;
    let trainer = Trainer::new(config, dataset, device)
        .map_err(|error| settings::with_cure(&error, images.shape()))?;
    Ok(match execution {
        Execution::Eager => trainer.without_recording(),
        Execution::Recorded => trainer,
    })
}

/// The losses of the first steps, and what the generator draws behind them.
fn first_steps(mut trainer: Trainer) -> Result<[Vec<f32>; 2]> {
    for _ in 0..COMPARED {
        trainer.step();
    }
    let losses = block_on(trainer.take_metrics())?;
    let losses = losses.iter().flat_map(|losses| losses.to_array());
    Ok([losses.collect(), block_on(trainer.sample())?])
}

/// The largest difference.
fn distance(expected: &[f32], found: &[f32]) -> f32 {
    let differences = expected.iter().zip(found).map(|(x, y)| (x - y).abs());
    differences.fold(0.0, |most, next| if next > most { next } else { most })
}

struct Times {
    /// Inside the calls that take a step, for one.
    issue_ms: f64,
    /// Until the losses are there, for one.
    whole_ms: f64,
    /// In each round.
    steps: usize,
}

fn time(mut trainer: Trainer, rounds: u32, duration: Duration) -> Result<Times> {
    round(&mut trainer, WARM_UP)?;
    let (_, once) = round(&mut trainer, WARM_UP)?;
    let steps = (duration.as_secs_f64() * 1000.0 / once).ceil() as usize;
    let steps = steps.clamp(4, 20 * AT_ONCE);
    let mut measured = Vec::new();
    for _ in 0..rounds {
        measured.push(round(&mut trainer, steps)?);
    }
    let median = |of: fn(&(f64, f64)) -> f64| {
        let mut times: Vec<f64> = measured.iter().map(of).collect();
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    };
    Ok(Times {
        issue_ms: median(|times| times.0),
        whole_ms: median(|times| times.1),
        steps,
    })
}

/// Milliseconds a step: in the calls, and in all.
fn round(trainer: &mut Trainer, steps: usize) -> Result<(f64, f64)> {
    let begun = Instant::now();
    let mut issued = Duration::ZERO;
    let mut left = steps;
    while left > 0 {
        let now = left.min(AT_ONCE);
        let from = Instant::now();
        for _ in 0..now {
            trainer.step();
        }
        issued += from.elapsed();
        block_on(trainer.take_metrics())?;
        left -= now;
    }
    let each = |time: Duration| 1000.0 * time.as_secs_f64() / steps as f64;
    Ok((each(issued), each(begun.elapsed())))
}

/// What the device reaches in a product of two large matrices: the measure of what a step leaves
/// unused. Billions of floating-point operations a second; none where what it computes so fast is wrong.
fn product_gflops(device: &Device) -> Result<Option<f64>> {
    let side = if device::records(device) { 4096 } else { 1024 };
    let draw = || Tensor::<2>::random([side, side], Distribution::Default, device);
    let (left, right) = (draw(), draw());
    let read = |sum: Tensor<1>| -> Result<f64> {
        let data = block_on(sum.into_data_async()).map_err(|error| format!("{error:?}"))?;
        Ok(data.iter::<f64>().sum())
    };
    let product = || read(left.clone().matmul(right.clone()).sum());
    // The sum of a product's elements, from the sums of its factors' columns and rows.
    let columns = left.clone().sum_dim(0);
    let expected = read((columns * right.clone().sum_dim(1).transpose()).sum())?;
    let mut best = f64::INFINITY;
    let mut found = 0.0;
    for _ in 0..6 {
        let from = Instant::now();
        found = product()?;
        best = best.min(from.elapsed().as_secs_f64());
    }
    let is_right = (found / expected - 1.0).abs() < 1e-3;
    Ok(is_right.then(|| 2.0 * (side as f64).powi(3) / best / 1e9))
}
