//! `cargo bench --no-default-features`: what the parts of the crate cost on the CPU, natively.
//!
//! For differences between two versions of the code. What a reader's tab does is timed by
//! `npm run bench`.

#[path = "../tests/support/mod.rs"]
mod support;

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use webgan::data::parse_images;
use webgan::device;
use webgan::preset::{Preset, presets};
use webgan::random::NormalNoise;
use webgan::render;
use webgan::shape::SampleShape;
use webgan::train::Trainer;

fn step(criterion: &mut Criterion) {
    let dataset = support::rings(320);
    let mut group = criterion.benchmark_group("step");
    group
        .sample_size(10)
        .measurement_time(Duration::from_secs(8));
    for preset in presets() {
        let mut trainer = Trainer::new(preset.config, dataset.clone(), &device::cpu()).unwrap();
        group.bench_function(preset.id, |bencher| bencher.iter(|| trainer.step()));
        pollster::block_on(trainer.take_metrics()).unwrap();
    }
    group.finish();
}

fn sample_grid(criterion: &mut Criterion) {
    let config = Preset::by_id("mlp").unwrap().config;
    let trainer = Trainer::new(config, support::rings(64), &device::cpu()).unwrap();
    criterion.bench_function("sample grid of mlp", |bencher| {
        bencher.iter(|| {
            let samples = pollster::block_on(trainer.sample()).unwrap();
            black_box(render::grid(
                &samples,
                SampleShape::DIGIT,
                trainer.grid_columns(),
            ))
        });
    });
}

fn noise(criterion: &mut Criterion) {
    let mut noise = NormalNoise::new(64, 100, 1, &device::cpu());
    criterion.bench_function("latents, 64 of 100", |bencher| {
        bencher.iter(|| noise.draw().into_data());
    });
}

fn idx(criterion: &mut Criterion) {
    let mut file = vec![0, 0, 8, 3, 0, 0, 3, 0xe8, 0, 0, 0, 28, 0, 0, 0, 28];
    file.resize(16 + 1000 * 784, 7);
    criterion.bench_function("1,000 images from IDX", |bencher| {
        bencher.iter(|| parse_images(black_box(&file)).unwrap());
    });
}

criterion_group!(benches, step, sample_grid, noise, idx);
criterion_main!(benches);
