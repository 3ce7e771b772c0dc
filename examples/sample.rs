//! Draws with the generator of a run or of a generator's file, as a PNG.
//!
//! `cargo run --release --no-default-features --features png --example sample -- FILE.safetensors PICTURE.png`: the
//! trained generators of the page, `www/models/`, do too.

use std::{env, error::Error, fs};

use pollster::block_on;
use webgan::checkpoint::{Checkpoint, GeneratorFile};
use webgan::{device, render};

/// Samples, and those in a row.
const COUNT: usize = 64;
const COLUMNS: usize = 8;

fn main() -> Result<(), Box<dyn Error>> {
    run(&env::args().skip(1).collect::<Vec<_>>())
}

/// What is done with what stands behind the program's name.
pub fn run(arguments: &[String]) -> Result<(), Box<dyn Error>> {
    let [file, picture] = arguments else {
        return Err("name a run's or a generator's file, and the picture".into());
    };
    let bytes = fs::read(file)?;
    let exported = match Checkpoint::from_bytes(&bytes) {
        Ok(run) => run.export(),
        Err(_) => GeneratorFile::from_bytes(&bytes)?,
    };
    let generator = exported.load(&device::cpu())?;

    // The same numbers for the same seed; `decode` draws for latents and classes of one's own.
    let samples = block_on(generator.sample(COUNT, 7))?;
    let grid = render::grid(&samples, generator.config().shape(), COLUMNS);
    fs::write(picture, grid.to_png())?;
    println!("{} × {} pixels", grid.width, grid.height);
    Ok(())
}
