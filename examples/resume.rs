//! Goes on with a run that `train`, the page or the command line kept, with other settings from here on.
//!
//! `cargo run --release --no-default-features --example resume -- FOLDER RUN.safetensors [STEPS]`, with the data that
//! it began with in the folder. The file becomes that of the longer run.

use std::{env, error::Error, fs, path::Path};

use pollster::block_on;
use webgan::checkpoint::Checkpoint;
use webgan::data::{Dataset, ImageSet};
use webgan::{device, preset::Overrides, train::Trainer};

fn main() -> Result<(), Box<dyn Error>> {
    run(&env::args().skip(1).collect::<Vec<_>>())
}

/// What is done with what stands behind the program's name.
pub fn run(arguments: &[String]) -> Result<(), Box<dyn Error>> {
    let [folder, run, steps @ ..] = arguments else {
        return Err("name MNIST's folder, and the run's file".into());
    };
    let steps: usize = steps.first().map_or(Ok(1_000), |steps| steps.parse())?;

    let device = device::cpu();
    let images = fs::read(Path::new(folder).join("train-images-idx3-ubyte.gz"))?;
    let dataset = Dataset::from_images(&ImageSet::from_idx(&images, None)?, &device)?;

    let checkpoint = Checkpoint::from_bytes(&fs::read(run)?)?;
    let begun = checkpoint.step;
    let mut trainer = Trainer::resume(checkpoint, dataset, &device)?;
    // From the next step on; the file keeps at which it was.
    let halved = trainer.config_in_force().learning_rate / 2.0;
    trainer.update(&Overrides {
        learning_rate: Some(halved),
        ..Overrides::default()
    })?;
    for _ in 0..steps {
        trainer.step();
    }
    let metrics = block_on(trainer.take_metrics())?;
    let checkpoint = block_on(trainer.checkpoint())?;
    println!(
        "steps {begun} to {}, {} reports",
        checkpoint.step,
        metrics.len()
    );
    fs::write(run, checkpoint.to_bytes())?;
    Ok(())
}
