//! Trains on pictures of one's own, in colours, with classes: `modern` is made for what they are.
//!
//! `cargo run --release --no-default-features --example own_data -- [STEPS]`. Here the pictures are drawn, bright
//! discs in two colours; of files, any reader of pictures gives the same bytes.

use std::{env, error::Error};

use pollster::block_on;
use webgan::data::{Dataset, ImageSet, Images};
use webgan::{device, preset::Preset, train::Trainer};

const COUNT: usize = 200;
/// 28, 32, 48 or 64.
const SIDE: usize = 32;

/// One picture, a pixel after another, each red, green and blue.
fn disc(index: usize) -> impl Iterator<Item = u8> {
    let middle = 10 + index % 12;
    let colour = [[230, 60, 40], [40, 120, 230]][index % 2];
    (0..SIDE * SIDE).flat_map(move |pixel| {
        let (x, y) = (pixel % SIDE, pixel / SIDE);
        let is_inside = x.abs_diff(middle).pow(2) + y.abs_diff(middle).pow(2) < 64;
        if is_inside { colour } else { [255; 3] }
    })
}

fn main() -> Result<(), Box<dyn Error>> {
    run(&env::args().skip(1).collect::<Vec<_>>())
}

/// What is done with what stands behind the program's name.
pub fn run(arguments: &[String]) -> Result<(), Box<dyn Error>> {
    let steps: usize = arguments.first().map_or(Ok(500), |steps| steps.parse())?;

    let images = Images {
        count: COUNT,
        rows: SIDE,
        columns: SIDE,
        channels: 3,
        pixels: (0..COUNT).flat_map(disc).collect(),
    };
    // Any bytes are labels; classes are those that occur, in order.
    let labels = (0..COUNT).map(|index| (index % 2) as u8).collect();
    let device = device::cpu();
    let dataset = Dataset::from_images(&ImageSet::new(images, Some(labels))?, &device)?;

    let config = Preset::by_id("modern")?.config;
    let config = config.fitted(dataset.shape(), dataset.class_count());
    let mut trainer = Trainer::new(config, dataset, &device)?;
    for _ in 0..steps {
        trainer.step();
    }
    let metrics = block_on(trainer.take_metrics())?;
    println!(
        "{} steps of {} took place",
        metrics.len(),
        trainer.config().generator.shape()
    );

    let generator = trainer.averaged();
    let latents = block_on(generator.latents(4, 7))?;
    let blue = block_on(generator.decode(&latents, &[1; 4])?)?;
    println!("{} numbers in [-1, 1] for four blue discs", blue.len());
    Ok(())
}
