//! Measures a generator beside real digits, with the classifier of this repository.
//!
//! `cargo run --release --no-default-features --example evaluate -- FOLDER FILE.safetensors`, with MNIST's four files
//! in the folder, and a run's or a generator's file.

use std::{env, error::Error, fs, path::Path};

use pollster::block_on;
use webgan::checkpoint::{Checkpoint, ClassifierFile, GeneratorFile};
use webgan::data::{Dataset, ImageSet};
use webgan::device;
use webgan::evaluate::{Evaluator, without_pause};

/// It reads 10 digits; `webgan classifier` trains such a one.
const CLASSIFIER: &[u8] = include_bytes!("../www/models/classifier.safetensors");

fn main() -> Result<(), Box<dyn Error>> {
    run(&env::args().skip(1).collect::<Vec<_>>())
}

/// What is done with what stands behind the program's name.
pub fn run(arguments: &[String]) -> Result<(), Box<dyn Error>> {
    let [folder, file] = arguments else {
        return Err("name MNIST's folder, and a run's or a generator's file".into());
    };
    let device = device::cpu();
    let part = |part: &str| -> Result<Dataset, Box<dyn Error>> {
        let of = |what: &str| fs::read(Path::new(folder).join(format!("{part}-{what}-ubyte.gz")));
        let images = ImageSet::from_idx(&of("images-idx3")?, Some(&of("labels-idx1")?))?;
        Ok(Dataset::from_images(&images, &device)?)
    };
    let (train, held_out) = (part("train")?, part("t10k")?);

    let bytes = fs::read(file)?;
    let exported = match Checkpoint::from_bytes(&bytes) {
        Ok(run) => run.export(),
        Err(_) => GeneratorFile::from_bytes(&bytes)?,
    };
    let generator = exported.load(&device)?;

    let classifier = ClassifierFile::from_bytes(CLASSIFIER)?.load(&device)?;
    let evaluator = block_on(Evaluator::new(classifier, &train, &held_out, without_pause))?;
    let quality = block_on(evaluator.measure(&generator, 1, without_pause))?;
    for (name, measured) in [("generated", &quality), ("real", &evaluator.of_real)] {
        // Nothing where fewer than 65 pictures are held out.
        if let (Some(frechet), Some(score)) = (measured.classifier_frechet, measured.score) {
            println!("{name}: classifier-Fréchet distance {frechet:.2}, MNIST score {score:.2}");
        }
    }
    Ok(())
}
