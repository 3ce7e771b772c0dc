//! Exported generators: written, read back, and left for `tests/export_forward.py`, which draws the
//! same pictures in NumPy from the documented tensor names alone, for `tests/torch_step.py`, and, as ONNX and as pages,
//! for `scripts/check-onnx.mjs`.

mod support;
#[path = "support/pairs.rs"]
mod support_pairs;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use burn::module::Module;
use burn::tensor::Tensor;
use pollster::block_on;
use webgan::checkpoint::{GeneratorFile, Values};
use webgan::data::{Dataset, Toy, one_hot};
use webgan::device;
use webgan::preset::{Preset, pix2pix, points, presets};
use webgan::random::NormalNoise;
use webgan::shape::SampleShape;
use webgan::train::Trainer;

const COUNT: usize = 10;

fn values<const D: usize>(tensor: Tensor<D>) -> Values {
    let shape = tensor.dims().to_vec();
    Values::new(shape, tensor.into_data().try_into_vec::<f32>().unwrap()).unwrap()
}

#[test]
fn an_exported_generator_draws_what_the_trained_one_draws() {
    let own = presets().into_iter().chain([points(), pix2pix()]);
    let own = own.map(|Preset { id, config, .. }| (id.to_string(), config));
    // In colours, with one doubling more.
    let colours = SampleShape::square(48, 3);
    let fitted = Preset::by_id("modern").unwrap().config.fitted(colours, 0);
    // Of a side that is odd after two halvings.
    let of_28 = SampleShape::square(28, 3);
    let pairs = pix2pix().config.fitted(of_28, 0);
    let pairs = pairs.fitted_to_pairs(SampleShape::square(28, 1));
    let fitted = [("modern-48".into(), fitted), ("pix2pix-28".into(), pairs)];
    for (id, mut config) in own.chain(fitted) {
        let device = device::cpu();
        config.batch_size = 8;
        let shape = config.generator.shape();
        let data = if config.generator.input_shape().is_some() {
            let squares = support_pairs::squares(shape.height, 64, 3);
            Dataset::from_images(&squares, &device).unwrap()
        } else if shape == colours {
            let samples = (0..64 * shape.features()).map(|i| (i as f32).sin());
            Dataset::from_samples(samples.collect(), shape, &device).unwrap()
        } else if shape.is_image() {
            support::rings(64)
        } else {
            Dataset::from_toy(&Toy::by_id("ring").unwrap(), &device).unwrap()
        };
        let mut trainer = Trainer::new(config, data, &device).unwrap();
        for _ in 0..3 {
            trainer.step();
        }
        let config = trainer.config().generator.clone();
        let latents = NormalNoise::new(COUNT, config.latent_size(), 7, &device).draw();
        let labels: Vec<u8> = (0..COUNT).map(|i| (i % 10) as u8).collect();
        let classes = (config.classes() > 0).then(|| one_hot(&labels, 10, &device));
        let pixels = trainer
            .averaged()
            .network()
            .forward(latents.clone(), classes.clone());

        let critic = trainer.discriminator().valid();
        let judged = match config.input_shape() {
            Some(_) => Tensor::cat(vec![latents.clone(), pixels.clone()], 1),
            None => pixels.clone(),
        };
        let logits = critic.forward(judged, classes.clone());

        let file = block_on(trainer.export()).unwrap();
        let checkpoint = block_on(trainer.checkpoint()).unwrap();
        let run = checkpoint.to_bytes();
        assert_eq!(checkpoint.export(), file, "{id}: out of a checkpoint");
        let drawn = |half, tolerance: f32| {
            let bytes = file.to_bytes(half);
            let read = GeneratorFile::from_bytes(&bytes).unwrap();
            assert_eq!((&read.config, read.step), (&config, 3));
            let generator = read.load(&device).unwrap();
            let found = generator
                .network()
                .forward(latents.clone(), classes.clone());
            let difference = (found - pixels.clone()).abs().max().into_scalar::<f32>();
            assert!(difference <= tolerance, "{id}, half {half}: {difference}");
            bytes
        };
        let bytes = drawn(false, 0.0);
        drawn(true, 0.02);

        let folder = folder("export");
        fs::write(folder.join(format!("{id}.safetensors")), bytes).unwrap();
        fs::write(folder.join(format!("{id}.run.safetensors")), run).unwrap();
        let logits = ("logits".to_string(), values(logits));
        leave(
            &folder,
            &id,
            &file,
            [latents, pixels],
            classes,
            BTreeMap::from([logits]),
        );
    }
}

/// Where Python finds what is left for it.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Leaves a generator for other programs, and what it draws of some latents.
fn leave(
    folder: &Path,
    id: &str,
    file: &GeneratorFile,
    [latents, pixels]: [Tensor<2>; 2],
    classes: Option<Tensor<2>>,
    mut io: BTreeMap<String, Values>,
) {
    let given = match file.config.input_shape() {
        Some(shape) => {
            let [count, _] = latents.dims();
            let pictures = latents.reshape([count, shape.channels, shape.height, shape.width]);
            ("inputs", values(pictures))
        }
        None => ("latents", values(latents)),
    };
    let class_count = classes.as_ref().map_or(0, |classes| classes.dims()[1]);
    let names: Vec<String> = (0..class_count).map(|label| format!("<{label}>")).collect();
    io.insert(given.0.into(), given.1);
    io.insert("pixels".into(), values(pixels));
    io.extend(classes.map(|classes| ("classes".to_string(), values(classes))));
    let io = GeneratorFile {
        tensors: io,
        ..file.clone()
    };
    let blueprint = serde_json::to_string(&file.blueprint()).unwrap();
    let weights = file.to_bytes(false);
    let write = |ending: &str, bytes: &[u8]| {
        fs::write(folder.join(format!("{id}.{ending}")), bytes).unwrap();
    };
    write("io.safetensors", &io.to_bytes(false));
    write("onnx", &webgan_export::onnx(&blueprint, &weights).unwrap());
    let page = webgan_export::page(&blueprint, &weights, id, &names);
    let refused = |words: &str| {
        let error = page.as_ref().unwrap_err().to_string();
        assert!(error.contains(words), "{id}: {error}");
    };
    if file.config.input_shape().is_some() {
        return refused("is given a picture");
    }
    match file.config.shape().is_image() {
        true => {
            let page = page.unwrap();
            assert!(
                page.len() <= webgan_export::MAX_BYTES,
                "{id}: {}",
                page.len()
            );
            assert_eq!(page.contains(r"\u003c7>"), class_count > 7, "{id}");
            write("html", page.as_bytes());
        }
        false => refused("draws no pictures"),
    }
}

#[test]
fn every_preset_comes_with_a_trained_generator() {
    let device = device::cpu();
    for preset in presets() {
        let path = format!("www/models/{}.safetensors", preset.id);
        let bytes = fs::read(&path).expect(&path);
        let file = GeneratorFile::from_bytes(&bytes).expect(&path);
        assert_eq!(file.config, preset.config.generator, "{path}");
        assert!(file.step >= 1000, "{path}: {} steps", file.step);
        let generator = file.clone().load(&device).expect(&path);

        let config = &file.config;
        let latents = NormalNoise::new(COUNT, config.latent_size(), 7, &device).draw();
        let labels = config.labels(COUNT);
        let classes = labels.map(|labels| one_hot(&labels, config.classes(), &device));
        let pixels = generator
            .network()
            .forward(latents.clone(), classes.clone());
        let drawn = [latents, pixels];
        leave(
            &folder("shipped"),
            preset.id,
            &file,
            drawn,
            classes,
            BTreeMap::new(),
        );
    }
}

#[test]
fn a_file_of_another_kind_is_refused() {
    let device = device::cpu();
    let config = Preset::by_id("mlp").unwrap().config;
    let trainer = Trainer::new(config, support::rings(64), &device).unwrap();
    let checkpoint = block_on(trainer.checkpoint()).unwrap().to_bytes();
    let error = GeneratorFile::from_bytes(&checkpoint).unwrap_err();
    assert_eq!(error.code(), "checkpoint.foreign");

    let mut file = block_on(trainer.export()).unwrap();
    file.tensors.pop_last();
    let error = file.load(&device).unwrap_err();
    assert_eq!(error.code(), "checkpoint.tensors");
}
