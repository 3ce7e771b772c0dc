//! Pictures that can be made without files: what networks can learn in a few steps.

use rand::RngExt;
use rand_pcg::Pcg64;
use webgan::data::{Dataset, ImageSet, Images};
use webgan::device;

/// Images of 28×28 pixels with one bright ring each, of random place and size, on the CPU. Their
/// sizes are of ten classes, in turn.
pub fn rings(count: usize) -> Dataset {
    let mut rng = Pcg64::new(17, 0);
    let mut pixels = Vec::with_capacity(count * 784);
    let labels: Vec<u8> = (0..count).map(|index| (index % 10) as u8).collect();
    for &label in &labels {
        let [x, y] = [(); 2].map(|()| rng.random_range(11.0..17.0_f32));
        let radius = 4.0 + 0.5 * (f32::from(label) + rng.random_range(0.0..1.0));
        for row in 0..28_u8 {
            for column in 0..28_u8 {
                let distance = (f32::from(row) - y).hypot(f32::from(column) - x);
                let level = 255.0 * (2.0 - (distance - radius).abs()).clamp(0.0, 1.0);
                pixels.push(level as u8);
            }
        }
    }
    let images = Images {
        count,
        rows: 28,
        columns: 28,
        channels: 1,
        pixels,
    };
    let images = ImageSet::new(images, Some(labels)).unwrap();
    Dataset::from_images(&images, &device::cpu()).unwrap()
}
