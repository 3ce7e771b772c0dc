//! `webgan evaluate`, `webgan sample` and `webgan export`.

use std::path::PathBuf;

use clap::value_parser;
use pollster::block_on;
use webgan::checkpoint::Checkpoint;
use webgan::quality::{self, Fakes, Quality, Yardstick, accuracy, at_once};

use crate::digits::Digits;
use crate::files;
use crate::{Data, On, Outcome};

/// Steps of a classifier that learns from generated digits.
const GAN_TRAIN_STEPS: usize = 1500;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A checkpoint or an exported generator.
    file: PathBuf,
    /// The classifier.
    #[arg(
        long,
        value_name = "FILE",
        default_value = "www/models/classifier.safetensors"
    )]
    classifier: PathBuf,
    /// What the samples are drawn from.
    #[arg(long, default_value_t = 1)]
    seed: u32,
    /// Also trains a classifier on as many generated digits as there are training digits, and
    /// tests it on the held-out ones.
    #[arg(long)]
    gan_train: bool,
    /// Prints JSON in place of words.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    data: Data,
    #[command(flatten)]
    on: On,
}

pub(crate) fn evaluate(arguments: Arguments) -> Outcome {
    let device = arguments.on.open()?;
    let digits = Digits::read(&arguments.data.data)?;
    let train = files::dataset(&digits.train, &device)?;
    let held_out = files::dataset(&digits.held_out, &device)?;
    let classifier = files::classifier(&arguments.classifier, &device)?;
    let file = files::generator(&arguments.file)?;
    let config = file.config.clone();
    let generator = file.load(&device)?;
    let yardstick = block_on(Yardstick::new(classifier, &train, &held_out, at_once))?;
    let quality = block_on(yardstick.measure(&generator, &config, arguments.seed, at_once))?;
    let learned = if arguments.gan_train {
        let (count, seed) = (train.count(), arguments.seed);
        let mut fakes = Fakes::new(&yardstick, &generator, &config, count, seed);
        let mut trainer = fakes.train(GAN_TRAIN_STEPS, seed)?;
        while trainer.step_count() < GAN_TRAIN_STEPS {
            trainer.step();
        }
        Some(block_on(accuracy(&trainer.classifier(), &held_out)?)?)
    } else {
        None
    };
    if arguments.json {
        let all = serde_json::json!({
            "samples": quality,
            "real": yardstick.of_real,
            "ganTrain": learned,
        });
        println!("{all}");
    } else {
        println!("{} samples, {} real digits", quality.count, quality.count);
        say("samples", &quality);
        say("real", &yardstick.of_real);
        if let Some(learned) = learned {
            println!("GAN-train accuracy {:.1} %", 100.0 * learned);
        }
    }
    Ok(())
}

fn say(name: &str, quality: &Quality) {
    let Quality {
        classifier_frechet,
        score,
        modes,
        agreement,
        precision_recall,
        nearest,
        ..
    } = quality;
    println!("{name}:");
    println!("  classifier-Fréchet distance {classifier_frechet:.2}");
    println!("  MNIST score {score:.2}");
    println!(
        "  modes {} of {}, divergence from uniform {:.4}",
        modes.covered,
        modes.shares.len(),
        modes.divergence
    );
    println!("  precision {:.3}", precision_recall.precision);
    println!("  recall {:.3}", precision_recall.recall);
    println!("  distance to the nearest training digit {nearest:.2}");
    if let Some(agreement) = agreement {
        println!("  read as asked {:.1} %", 100.0 * agreement);
    }
}

#[derive(clap::Args)]
pub(crate) struct SampleArguments {
    /// A checkpoint or an exported generator.
    file: PathBuf,
    /// Rows of the grid; a conditional generator's columns are its classes.
    #[arg(long, default_value_t = 8, value_parser = value_parser!(u16).range(1..=100))]
    rows: u16,
    /// What the samples are drawn from.
    #[arg(long, default_value_t = 1)]
    seed: u32,
    /// The PNG file.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    #[command(flatten)]
    on: On,
}

pub(crate) fn sample(arguments: SampleArguments) -> Outcome {
    let device = arguments.on.open()?;
    let file = files::generator(&arguments.file)?;
    let config = file.config.clone();
    let generator = file.load(&device)?;
    let rows = usize::from(arguments.rows);
    let columns = config.grid_columns(rows);
    let samples = quality::samples(&generator, &config, rows * columns, arguments.seed, &device);
    let samples = block_on(quality::numbers(samples))?;
    files::picture(&arguments.out, &samples, columns)
}

#[derive(clap::Args)]
pub(crate) struct ExportArguments {
    /// A checkpoint.
    file: PathBuf,
    /// Writes numbers of 16 bits.
    #[arg(long)]
    half: bool,
    /// The safetensors file.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

pub(crate) fn export(arguments: ExportArguments) -> Outcome {
    let checkpoint = Checkpoint::from_bytes(&files::read(&arguments.file)?)?;
    files::write(
        &arguments.out,
        &checkpoint.export().to_bytes(arguments.half),
    )
}
