//! Trains a GAN on MNIST's digits, and keeps the run as a file.
//!
//! `cargo run --release --no-default-features --example train -- FOLDER RUN.safetensors [STEPS]`, with MNIST's files,
//! as `npm run data` leaves them in `www/data/mnist/`, in the folder.

use std::{env, error::Error, fs, path::Path};

use pollster::block_on;
use webgan::data::{Dataset, ImageSet};
use webgan::{device, preset::Preset, train::Trainer};

fn main() -> Result<(), Box<dyn Error>> {
    run(&env::args().skip(1).collect::<Vec<_>>())
}

/// What is done with what stands behind the program's name.
pub fn run(arguments: &[String]) -> Result<(), Box<dyn Error>> {
    let [folder, run, steps @ ..] = arguments else {
        return Err("name MNIST's folder, and the file to write".into());
    };
    let steps: usize = steps.first().map_or(Ok(1_000), |steps| steps.parse())?;

    let device = device::cpu();
    let images = fs::read(Path::new(folder).join("train-images-idx3-ubyte.gz"))?;
    let dataset = Dataset::from_images(&ImageSet::from_idx(&images, None)?, &device)?;

    let mut trainer = Trainer::new(Preset::by_id("mlp")?.config, dataset, &device)?;
    for step in 1..=steps {
        trainer.step();
        if step % 50 == 0 || step == steps {
            // One readback for all steps since the last one.
            let metrics = block_on(trainer.take_metrics())?;
            let last = metrics.last().ok_or("a step reports")?;
            let discriminator = last.discriminator_real + last.discriminator_fake;
            println!("step {step}: D {discriminator:.3}, G {:.3}", last.generator);
        }
    }
    fs::write(run, block_on(trainer.checkpoint())?.to_bytes())?;
    Ok(())
}
