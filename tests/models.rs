//! The networks: shapes, ranges, initial weights, and batch normalisation's two forms.

use burn::module::{Module, ModuleVisitor, Param};
use burn::tensor::Tensor;
use webgan::device;
use webgan::model::{Activation, GeneratorConfig, HiddenLayer, MlpConfig};
use webgan::preset::{Preset, presets};
use webgan::train::NormalNoise;

/// Every weight of a module, with its shape.
#[derive(Default)]
struct Weights(Vec<(Vec<usize>, Vec<f32>)>);

impl ModuleVisitor for Weights {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        let tensor = param.val();
        let values = tensor.clone().into_data().try_into_vec().unwrap();
        self.0.push((tensor.dims().to_vec(), values));
    }
}

fn weights<M: Module>(module: &M) -> Vec<(Vec<usize>, Vec<f32>)> {
    let mut weights = Weights::default();
    module.visit(&mut weights);
    weights.0
}

#[test]
fn every_preset_makes_images_and_judges_them() {
    let device = device::cpu();
    for Preset { id, config, .. } in presets() {
        let generator = config.generator.init(1, &device);
        let discriminator = config.discriminator.init(2, &device);
        for batch in [1, 3] {
            let latents = NormalNoise::new(batch, 100, 3, &device).draw();
            let images = generator.forward(latents);
            assert_eq!(images.dims(), [batch, 784], "{id}");
            let values = images.clone().into_data().try_into_vec::<f32>().unwrap();
            assert!(values.iter().all(|value| value.abs() <= 1.0), "{id}");
            assert!(values.iter().any(|value| value.abs() > 1e-3), "{id}");
            let logits = discriminator.forward(images);
            assert_eq!(logits.dims(), [batch, 1], "{id}");
        }
    }
}

#[test]
fn presets_have_the_tutorials_sizes() {
    let device = device::cpu();
    // By hand: weights + biases layer by layer, + 4 numbers a channel of batch normalisation (the
    // running statistics are counted by `num_params` too).
    let sizes = [
        (
            "mlp",
            100 * 256 + 256 + 256 * 512 + 512 + 4 * 512 + 512 * 784 + 784,
            784 * 512 + 512 + 512 + 1,
        ),
        (
            "dense",
            100 * 128 + 128 + 128 * 784 + 784,
            784 * 128 + 128 + 128 + 1,
        ),
        (
            "least-squares",
            100 * 256 + 256 + 256 * 512 + 512 + 512 * 784 + 784,
            784 * 512 + 512 + 512 * 256 + 256 + 256 + 1,
        ),
        (
            "dcgan",
            (100 * 128 + 128 + 128 * 6272 + 6272)
                + (128 * 64 * 16 + 64 * 32 * 16 + 32 * 16 + 1)
                + 4 * (6272 + 64 + 32),
            9 * 32 + 32 + 32 * 64 * 9 + 64 + 3136 + 1,
        ),
        (
            "conv-critic",
            100 * 128 + 128 + 128 * 128 + 128 + 8 * 128 + 128 * 784 + 784,
            25 * 64 + 64 + 4 * 64 + 12_544 * 1024 + 1024 + 1024 + 1,
        ),
    ];
    for (id, generator, discriminator) in sizes {
        let config = Preset::by_id(id).unwrap().config;
        assert_eq!(
            config.generator.init(1, &device).num_params(),
            generator,
            "{id}"
        );
        assert_eq!(
            config.discriminator.init(1, &device).num_params(),
            discriminator,
            "{id}"
        );
    }
}

#[test]
fn initial_weights_are_glorot_uniform_and_biases_zero() {
    let config = Preset::by_id("dcgan").unwrap().config;
    let network = config.generator.init(5, &device::cpu());
    for (shape, values) in weights(&network) {
        if let [inputs, outputs, ref kernel @ ..] = shape[..] {
            // Of U(−b, b): bound b, variance b²/3.
            let fans = (inputs + outputs) * kernel.iter().product::<usize>();
            let bound = (6.0 / fans as f32).sqrt();
            assert!(values.iter().all(|value| value.abs() <= bound), "{shape:?}");
            let square: f32 =
                values.iter().map(|value| value * value).sum::<f32>() / values.len() as f32;
            let expected = bound * bound / 3.0;
            let error = 5.0 * (0.8 / values.len() as f32).sqrt();
            assert!(
                (square / expected - 1.0).abs() < error,
                "{shape:?}: variance {square}, expected {expected}"
            );
        } else {
            // Biases, shifts and means at 0, scales and variances at 1.
            let first = values[0];
            assert!(first == 0.0 || first == 1.0, "{shape:?}: {first}");
            assert!(values.iter().all(|&value| value == first), "{shape:?}");
        }
    }
}

#[test]
fn a_seed_gives_the_same_weights_and_another_others() {
    let config = Preset::by_id("mlp").unwrap().config.discriminator;
    let init = |seed| weights(&config.init(seed, &device::cpu()));
    assert_eq!(init(1), init(1));
    assert_ne!(init(1), init(2));
}

/// A generator of one batch-normalised layer.
fn normalised() -> GeneratorConfig {
    GeneratorConfig::Mlp(MlpConfig {
        input: 4,
        hidden: vec![HiddenLayer {
            width: 8,
            batch_norm: true,
        }],
        activation: Activation::Relu,
        output: 2,
        tanh: true,
    })
}

#[test]
fn a_samples_picture_depends_on_its_batch_in_training_form_only() {
    let device = device::cpu();
    let generator = normalised().init(1, &device.clone().autodiff());
    let latents = NormalNoise::new(6, 4, 2, &device).draw();
    let first = |batch: Tensor<2>| {
        batch
            .narrow(0, 0, 1)
            .into_data()
            .try_into_vec::<f32>()
            .unwrap()
    };

    let whole = generator.forward(latents.clone().autodiff());
    let half = generator.forward(latents.clone().narrow(0, 0, 3).autodiff());
    assert_ne!(first(whole), first(half), "training form");

    let inference = generator.valid();
    let whole = inference.forward(latents.clone());
    let half = inference.forward(latents.narrow(0, 0, 3));
    assert_eq!(first(whole), first(half), "inference form");
}
