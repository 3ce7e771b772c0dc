//! `webgan evaluate` and `webgan sample`.

use std::path::{Path, PathBuf};

use pollster::block_on;
use webgan::evaluate::{Evaluator, Fakes, Quality, Verdict, accuracy, pair_quality, without_pause};
use webgan::generator::TrainedGenerator;
use webgan::model::grid_columns;

use crate::files::{self, Named, Reader, Result};
use crate::progress::Progress;
use crate::{Data, On, Outcome, classifier, data, numbers, output, pairs};

/// Steps of a classifier that learns from generated pictures.
const GAN_TRAIN_STEPS: usize = 1500;
/// Samples that are looked at before anything is measured.
const FIRST: usize = 100;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A checkpoint or an exported generator.
    file: PathBuf,
    /// What the samples are drawn from.
    #[arg(long, default_value_t = 1, value_parser = numbers::seed, allow_negative_numbers = true)]
    seed: u32,
    /// Also trains a classifier on as many generated pictures as there are training pictures, and
    /// tests it on the held-out ones.
    #[arg(long)]
    gan_train: bool,
    /// Prints JSON in place of words.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    reader: Reader,
    #[command(flatten)]
    data: Data,
    #[command(flatten)]
    on: On,
}

pub(crate) fn evaluate(arguments: Arguments) -> Outcome {
    let classifier = arguments.reader.file()?;
    let generator = files::generator_file(&arguments.file)?;
    let is_paired = generator.config.input_shape().is_some();
    let shape = generator.config.shape();
    let sets = arguments.data.sets(Some(shape), is_paired)?;
    if is_paired {
        pairs::given(&sets.train)?;
    }
    let device = arguments.on.open()?;
    let train = files::dataset(&sets.train, &device)?;
    let held_out = files::dataset(&sets.held_out, &device)?;
    let generator = generator.load(&device).named(&arguments.file)?;
    if is_paired {
        let quality = block_on(pair_quality(&generator, &train, &held_out));
        return pairs::tell(&quality.named(&arguments.file)?, arguments.json);
    }
    let (reader, read_by) = arguments.reader.load(classifier, &held_out, &device)?;
    // Of numbers that are none a classifier may still make some.
    drawn(&generator, FIRST, arguments.seed, &arguments.file)?;
    let progress = Progress::of("reading real pictures");
    let evaluator = block_on(Evaluator::new(reader, &train, &held_out, without_pause))?;
    drop(progress);
    let progress = Progress::of("measuring samples");
    let quality = block_on(evaluator.measure(&generator, arguments.seed, without_pause))
        .named(&arguments.file)?;
    drop(progress);
    let learned = if arguments.gan_train {
        let (count, seed) = (train.count(), arguments.seed);
        let mut fakes = Fakes::new(&evaluator, &generator, count, seed)
            .map_err(|error| format!("{error}: give one by --classifier"))?;
        let progress = Progress::counted("drawing sample", count, 0);
        while fakes.draw() {
            progress.reach(fakes.count());
        }
        drop(progress);
        let mut trainer = fakes.train(GAN_TRAIN_STEPS, seed)?;
        classifier::take(&mut trainer, GAN_TRAIN_STEPS);
        Some(block_on(accuracy(&trainer.classifier(), &held_out)?)?)
    } else {
        None
    };
    if arguments.json {
        let all = serde_json::json!({
            "readBy": read_by,
            "samples": quality,
            "real": evaluator.of_real,
            "verdict": evaluator.verdict(&quality),
            "ganTrain": learned,
        });
        return output::print(&all.to_string());
    }
    let count = quality.count;
    let mut lines = vec![format!("{count} samples, {count} real ones, by {read_by}")];
    lines.extend(words("samples", &quality));
    lines.extend(words("real", &evaluator.of_real));
    lines.push(verdict(
        evaluator.verdict(&quality),
        &quality,
        &evaluator.of_real,
    ));
    if let Some(learned) = learned {
        lines.push(format!("GAN-train accuracy {:.1} %", 100.0 * learned));
    }
    output::print(&lines.join("\n"))
}

fn words(name: &str, quality: &Quality) -> Vec<String> {
    let Quality {
        classifier_frechet,
        score,
        modes,
        agreement,
        precision_recall,
        nearest,
        detail,
        count: _,
    } = quality;
    let lines = [
        Some(format!("{name}:")),
        classifier_frechet.map(|distance| format!("  Fréchet distance {distance:.3}")),
        score.map(|score| format!("  classifier score {score:.2}")),
        modes.as_ref().map(|modes| {
            format!(
                "  modes {} of {}, divergence from uniform {:.4}",
                modes.covered,
                modes.shares.len(),
                modes.divergence
            )
        }),
        precision_recall.map(|found| format!("  precision {:.3}", found.precision)),
        precision_recall.map(|found| format!("  recall {:.3}", found.recall)),
        Some(format!(
            "  distance to the nearest training picture {nearest:.2}"
        )),
        Some(format!("  detail {detail:.4}")),
        agreement.map(|share| format!("  read as asked {:.1} %", 100.0 * share)),
        classifier_frechet.is_none().then(|| {
            "  more than copies and mud cannot be told of fewer than 65 held-out pictures".into()
        }),
    ];
    lines.into_iter().flatten().collect()
}

/// Which of the three samples are, and the numbers that it rests on.
fn verdict(verdict: Option<Verdict>, samples: &Quality, real: &Quality) -> String {
    let words = match verdict {
        None => {
            return "too few pictures are held out, or these are copies, to tell copies, mud and variations apart"
                .into();
        }
        Some(Verdict::Copies) => "copies: samples are training pictures again",
        Some(Verdict::Mud) => "mud: samples are blurred, noise, or far from all training pictures",
        Some(Verdict::Variations) => {
            "neither copies nor mud, by these two numbers; they do not say whether the pictures are good"
        }
    };
    format!(
        "{words} (from training pictures {:.2} times as far as {} held-out ones, with {:.2} times the detail)",
        samples.nearest / real.nearest,
        real.count,
        samples.detail / real.detail
    )
}

#[derive(clap::Args)]
pub(crate) struct SampleArguments {
    /// A checkpoint or an exported generator.
    file: PathBuf,
    /// Rows of the grid; its columns are a conditional generator's classes, of another as many as rows.
    #[arg(long, default_value_t = 8, value_parser = numbers::whole(1..=100), allow_negative_numbers = true)]
    rows: u32,
    /// What the samples are drawn from.
    #[arg(long, default_value_t = 1, value_parser = numbers::seed, allow_negative_numbers = true)]
    seed: u32,
    /// The picture out of which one is to be made, by a generator that does so, such as pix2pix's.
    #[arg(long, value_name = "PICTURE", conflicts_with_all = ["rows", "seed"])]
    input: Option<PathBuf>,
    /// The PNG file, `.png`.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    #[command(flatten)]
    on: On,
}

/// Samples of a generator, if they are numbers.
fn drawn(generator: &TrainedGenerator, count: usize, seed: u32, file: &Path) -> Result<Vec<f32>> {
    let samples = block_on(generator.sample(count, seed))?;
    output::check_finite(&samples).named(file)?;
    Ok(samples)
}

pub(crate) fn sample(arguments: SampleArguments) -> Outcome {
    let mut read = vec![arguments.file.clone()];
    read.extend(arguments.input.clone());
    output::check_place(&arguments.out, output::PNG, &read)?;
    let device = arguments.on.open()?;
    let generator = files::generator(&arguments.file, &device)?;
    let shape = generator.config().shape();
    let input = match (&arguments.input, generator.config().input_shape()) {
        (None, None) => None,
        (Some(path), Some(shape)) => Some(data::picture(path, shape)?),
        (None, Some(_)) => {
            return Err("it makes pictures out of others: --input names one")
                .named(&arguments.file);
        }
        (Some(_), None) => {
            return Err("it makes no pictures out of others, and --input is for those that do")
                .named(&arguments.file);
        }
    };
    if let Some(input) = input {
        let made = block_on(generator.decode(&input, &[])?)?;
        return output::picture(&arguments.out, &made, shape, 1);
    }
    let rows = arguments.rows as usize;
    let columns = grid_columns(generator.config().classes(), rows);
    let samples = drawn(&generator, rows * columns, arguments.seed, &arguments.file)?;
    output::picture(&arguments.out, &samples, shape, columns)
}
