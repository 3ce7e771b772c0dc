//! `webgan classifier`.

use std::path::PathBuf;

use pollster::block_on;
use webgan::checkpoint::ClassifierFile;
use webgan::evaluate::accuracy;
use webgan::shape::SampleShape;
use webgan::train::ClassifierTrainer;

use crate::files;
use crate::numbers;
use crate::output;
use crate::progress::Progress;
use crate::{Data, On, Outcome};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Steps of 64 images.
    #[arg(long, default_value_t = 2000, value_parser = numbers::count, allow_negative_numbers = true)]
    steps: u32,
    /// Where all randomness of the run comes from.
    #[arg(long, default_value_t = 1, value_parser = numbers::seed, allow_negative_numbers = true)]
    seed: u32,
    /// Writes numbers of 16 bits.
    #[arg(long)]
    half: bool,
    /// The file, `.safetensors`.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    #[command(flatten)]
    data: Data,
    #[command(flatten)]
    on: On,
}

pub(crate) fn classifier(arguments: Arguments) -> Outcome {
    let sets = arguments.data.sets(Some(SampleShape::DIGIT), false)?;
    output::check_place(&arguments.out, output::SAFETENSORS, &sets.files)?;
    let device = arguments.on.open()?;
    let dataset = files::dataset(&sets.train, &device)?;
    let held_out = files::dataset(&sets.held_out, &device)?;
    let classes = dataset.class_count();
    let steps = arguments.steps as usize;
    let mut trainer = ClassifierTrainer::new(dataset, steps, arguments.seed, &device)?;
    let bytes = |trainer: &ClassifierTrainer| -> files::Result<_> {
        let classifier = trainer.classifier();
        let file = block_on(ClassifierFile::of(&classifier, classes, arguments.steps))?;
        Ok(file.to_bytes(arguments.half))
    };
    output::check_room(&arguments.out, &bytes(&trainer)?, 1)?;
    take(&mut trainer, steps);
    let bytes = bytes(&trainer)?;
    output::write(&arguments.out, &bytes)?;
    // As it will be read back: after rounding, if it was rounded.
    let classifier = ClassifierFile::from_bytes(&bytes)?.load(&device)?;
    let right = block_on(accuracy(&classifier, &held_out)?)?;
    let words = format!(
        "{:.2} % of {} held-out pictures are read right",
        100.0 * right,
        held_out.count()
    );
    if output::is_stream(&arguments.out) {
        output::remark(&words);
        return Ok(());
    }
    output::print(&words)
}

/// Takes all steps of a classifier that learns.
pub(crate) fn take(trainer: &mut ClassifierTrainer, steps: usize) {
    let progress = Progress::counted("classifier's step", steps, 0);
    while trainer.step_count() < steps {
        trainer.step();
        progress.reach(trainer.step_count());
    }
}
