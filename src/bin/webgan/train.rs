//! `webgan train` and `webgan classifier`.

use std::fmt::Write;
use std::path::PathBuf;
use std::time::Instant;

use clap::value_parser;
use indicatif::{ProgressBar, ProgressStyle};
use pollster::block_on;
use webgan::checkpoint::{Checkpoint, ClassifierFile};
use webgan::preset::{Preset, TrainConfig};
use webgan::quality::accuracy;
use webgan::train::{ClassifierTrainer, StepLosses, Trainer};

use crate::files::{self, Digits, Result};
use crate::{Data, On, Outcome};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// What to train.
    #[arg(long, default_value = "modern")]
    preset: String,
    /// Changes one field of the preset's config: a path and a JSON value, such as
    /// `learning_rate=0.001` or `smoothness.weight=10`.
    #[arg(long = "set", value_name = "PATH=VALUE")]
    settings: Vec<String>,
    /// Steps in all; the preset's schedule by default.
    #[arg(long, value_parser = value_parser!(u32).range(1..))]
    steps: Option<u32>,
    /// Where all randomness of the run comes from.
    #[arg(long)]
    seed: Option<u32>,
    /// A checkpoint to go on from; its config stands.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["preset", "settings", "seed"])]
    resume: Option<PathBuf>,
    /// A picture and a checkpoint are written every so many steps, and at the end.
    #[arg(long, default_value_t = 1000, value_parser = value_parser!(u32).range(1..))]
    every: u32,
    /// The folder for losses, pictures and checkpoints.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    #[command(flatten)]
    data: Data,
    #[command(flatten)]
    on: On,
}

/// Steps whose losses wait on the device for one readback.
const READ_EVERY: usize = 50;
const COLUMNS: &str = "step,discriminator_real,discriminator_fake,generator,opinion_real,\
                       opinion_fake,accuracy,discriminator_gradient,generator_gradient\n";

pub(crate) fn train(arguments: Arguments) -> Outcome {
    let out = files::folder(arguments.out)?;
    let device = arguments.on.open()?;
    let digits = Digits::read(&arguments.data.data)?;
    let dataset = files::dataset(&digits.train, &device)?;
    let mut trainer = match &arguments.resume {
        Some(path) => {
            let checkpoint = Checkpoint::from_bytes(&files::read(path)?)?;
            Trainer::resume(checkpoint, dataset, &device)?
        }
        None => {
            let mut config = changed(
                Preset::by_id(&arguments.preset)?.config,
                &arguments.settings,
            )?;
            config.seed = arguments.seed.unwrap_or(config.seed);
            Trainer::new(config, dataset, &device)?
        }
    };
    let first = trainer.progress().step;
    let last = match arguments.steps {
        Some(steps) => steps as usize,
        None => trainer.progress().step_count,
    };
    if last <= first {
        return Err(
            format!("the run has taken {first} steps already, and --steps is {last}").into(),
        );
    }
    let bar = ProgressBar::new(last as u64).with_position(first as u64);
    bar.set_style(ProgressStyle::with_template(
        "{bar:30} step {pos} of {len}, {per_sec}, {eta} left {msg}",
    )?);
    let path = out.join("losses.csv");
    let mut csv = match first {
        0 => COLUMNS.into(),
        _ => earlier(&path, first)?,
    };
    let every = arguments.every as usize;
    let begun = Instant::now();
    for step in first + 1..=last {
        trainer.step();
        let pauses = step % every == 0 || step == last;
        if step % READ_EVERY == 0 || pauses {
            let losses = block_on(trainer.take_losses())?;
            let from = step + 1 - losses.len();
            for (index, losses) in losses.iter().enumerate() {
                line(&mut csv, from + index, *losses)?;
            }
            bar.set_position(step as u64);
        }
        if pauses {
            let samples = block_on(trainer.sample())?;
            let columns = trainer.grid_columns();
            files::picture(&out.join(format!("step-{step}.png")), &samples, columns)?;
            let checkpoint = block_on(trainer.checkpoint())?;
            files::write(&out.join("checkpoint.safetensors"), &checkpoint.to_bytes())?;
            files::write(&path, csv.as_bytes())?;
        }
    }
    bar.finish();
    let seconds = begun.elapsed().as_secs_f64();
    println!(
        "{} steps in {seconds:.1} s: {}",
        last - first,
        out.display()
    );
    Ok(())
}

/// The config with fields changed.
fn changed(config: TrainConfig, settings: &[String]) -> Result<TrainConfig> {
    let mut json = serde_json::to_value(config)?;
    for setting in settings {
        let (path, value) = setting
            .split_once('=')
            .ok_or_else(|| format!("\"{setting}\" is no PATH=VALUE"))?;
        let field = json
            .pointer_mut(&format!("/{}", path.replace('.', "/")))
            .ok_or_else(|| format!("the config has no \"{path}\""))?;
        *field = serde_json::from_str(value)
            .map_err(|error| format!("\"{value}\" is no JSON: {error}"))?;
    }
    Ok(serde_json::from_value(json)?)
}

fn line(csv: &mut String, step: usize, losses: StepLosses) -> Result<()> {
    write!(csv, "{step}")?;
    for number in losses.to_array() {
        write!(csv, ",{number}")?;
    }
    csv.push('\n');
    Ok(())
}

/// The lines of the steps up to `last`: a run that is resumed in its folder goes on there.
fn earlier(path: &std::path::Path, last: usize) -> Result<String> {
    if !path.exists() {
        return Ok(COLUMNS.into());
    }
    let text = String::from_utf8(files::read(path)?)?;
    Ok(text.split_inclusive('\n').take(1 + last).collect())
}

#[derive(clap::Args)]
pub(crate) struct ClassifierArguments {
    /// Steps of 64 images.
    #[arg(long, default_value_t = 2000, value_parser = value_parser!(u32).range(1..))]
    steps: u32,
    /// Where all randomness of the run comes from.
    #[arg(long, default_value_t = 1)]
    seed: u32,
    /// Writes numbers of 16 bits.
    #[arg(long)]
    half: bool,
    /// The file.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    #[command(flatten)]
    data: Data,
    #[command(flatten)]
    on: On,
}

pub(crate) fn classifier(arguments: ClassifierArguments) -> Outcome {
    let device = arguments.on.open()?;
    let digits = Digits::read(&arguments.data.data)?;
    let dataset = files::dataset(&digits.train, &device)?;
    let held_out = files::dataset(&digits.held_out, &device)?;
    let classes = dataset.class_count();
    let steps = arguments.steps as usize;
    let mut trainer = ClassifierTrainer::new(dataset, steps, arguments.seed, &device)?;
    let bar = ProgressBar::new(arguments.steps.into());
    while trainer.step_count() < steps {
        trainer.step();
        bar.inc(1);
    }
    bar.finish();
    let file = block_on(ClassifierFile::of(
        &trainer.classifier(),
        classes,
        arguments.steps,
    ))?;
    let bytes = file.to_bytes(arguments.half);
    files::write(&arguments.out, &bytes)?;
    // As it will be read back: after rounding, if it was rounded.
    let classifier = ClassifierFile::from_bytes(&bytes)?.load(&device)?;
    let right = block_on(accuracy(&classifier, &held_out)?)?;
    println!(
        "{:.2} % of {} held-out digits are read right",
        100.0 * right,
        held_out.count()
    );
    Ok(())
}
