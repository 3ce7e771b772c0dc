//! Samples of another shape than digits', from data to pictures and back out of files; and files from
//! before there were shapes.

use pollster::block_on;
use serde_json::json;
use webgan::checkpoint::{Checkpoint, GeneratorFile};
use webgan::data::Dataset;
use webgan::device;
use webgan::loss::Objective;
use webgan::model::{Activation, DiscriminatorConfig, GeneratorConfig, HiddenLayer, MlpConfig};
use webgan::preset::{GradientPenalty, Overrides, Preset, TrainConfig, points, presets};
use webgan::render;
use webgan::shape::SampleShape;
use webgan::train::Trainer;

const COLOURS: SampleShape = SampleShape {
    height: 16,
    width: 12,
    channels: 3,
};

/// A dense pair for samples of that shape, which the configs do not mention.
fn pair(features: usize) -> TrainConfig {
    let layers = |input, output, tanh| MlpConfig {
        input,
        hidden: vec![HiddenLayer {
            width: 16,
            batch_norm: false,
        }],
        activation: Activation::LeakyRelu { slope: 0.2 },
        output,
        tanh,
        shape: None,
    };
    TrainConfig {
        translation: Some(3),
        instance_noise: Some(0.1),
        gradient_penalty: Some(GradientPenalty {
            weight: 1.0,
            deviation: 0.1,
            fakes: true,
        }),
        average_decay: Some(0.9),
        learning_rate: 5e-3,
        batch_size: 8,
        ..TrainConfig::new(
            GeneratorConfig::Mlp(layers(4, features, true)),
            DiscriminatorConfig::Mlp(layers(features, 1, false)),
            Objective::Relativistic,
        )
    }
}

/// Samples that are red above and blue below.
fn data(shape: SampleShape) -> Dataset {
    let pixels = shape.height * shape.width;
    let number = |index: usize| match (index / pixels, index % pixels < pixels / 2) {
        (0, true) | (2, false) => 0.9,
        _ => -0.9,
    };
    let sample = (0..shape.features()).map(number);
    let samples: Vec<f32> = (0..40).flat_map(|_| sample.clone()).collect();
    Dataset::from_samples(samples, shape, &device::cpu()).unwrap()
}

#[test]
fn colours_are_learned_drawn_and_kept() {
    let dataset = data(COLOURS);
    assert_eq!(dataset.shape(), COLOURS);
    let mut trainer = Trainer::new(pair(576), dataset.clone(), &device::cpu()).unwrap();
    let config = trainer.config().clone();
    assert_eq!(config.generator.shape(), COLOURS);
    assert_eq!(config.discriminator.shape(), COLOURS);
    for _ in 0..300 {
        trainer.step();
    }
    let metrics = block_on(trainer.take_metrics()).unwrap();
    assert!(metrics.iter().all(|step| step.generator.is_finite()));

    let samples = block_on(trainer.sample()).unwrap();
    let picture = render::grid(&samples, COLOURS, trainer.grid_columns());
    assert_eq!((picture.width, picture.height), (8 * 13 - 1, 8 * 17 - 1));
    let pixel = |x: usize, y: usize| &picture.rgba[4 * (y * picture.width + x)..][..4];
    let (above, below) = (pixel(6, 4), pixel(6, 12));
    assert!(above[0] > 128 && above[1] < 128, "{above:?}");
    assert!(below[2] > 128 && below[1] < 128, "{below:?}");

    let checkpoint = block_on(trainer.checkpoint()).unwrap();
    let checkpoint = Checkpoint::from_bytes(&checkpoint.to_bytes()).unwrap();
    assert_eq!(checkpoint.config, config);
    let exported = checkpoint.clone().export().to_bytes(false);
    let generator = GeneratorFile::from_bytes(&exported).unwrap();
    assert_eq!(generator.config.shape(), COLOURS);
    let mut resumed = Trainer::resume(checkpoint, dataset, &device::cpu()).unwrap();
    trainer.step();
    resumed.step();
    let [one, other] = [trainer, resumed].map(|run| block_on(run.sample()).unwrap());
    assert!(one == other);
}

#[test]
fn samples_of_as_many_numbers_in_another_shape_are_refused() {
    let shape = Some(COLOURS);
    let mut config = pair(576);
    if let GeneratorConfig::Mlp(network) = &mut config.generator {
        network.shape = shape;
    }
    if let DiscriminatorConfig::Mlp(network) = &mut config.discriminator {
        network.shape = shape;
    }
    let refused = |config: &TrainConfig, shape: SampleShape| {
        let error = Trainer::new(config.clone(), data(shape), &device::cpu()).unwrap_err();
        assert_eq!(error.code(), "config.features");
        error.to_string()
    };
    assert!(Trainer::new(config.clone(), data(COLOURS), &device::cpu()).is_ok());
    let lying = SampleShape {
        height: 12,
        width: 16,
        ..COLOURS
    };
    let words = refused(&config, lying);
    assert!(
        words.contains("12×16×3") && words.contains("16×12×3"),
        "{words}"
    );
    assert!(refused(&config, 576.into()).contains("24×24"));
    // Convolutions are made for digits.
    let flat = SampleShape {
        height: 1,
        width: 784,
        channels: 1,
    };
    refused(&Preset::by_id("dcgan").unwrap().config, flat);
    // A shape has as many numbers as the network.
    for height in [15, 0, usize::MAX] {
        let GeneratorConfig::Mlp(network) = &mut config.generator else {
            unreachable!()
        };
        network.shape = Some(SampleShape { height, ..COLOURS });
        let error = config.clone().with(&Overrides::default()).unwrap_err();
        assert_eq!(error.code(), "config.features");
    }
}

#[test]
fn what_was_written_before_there_were_shapes_is_of_digits_or_points() {
    let mlp = json!({
        "kind": "mlp", "input": 100, "hidden": [{ "width": 8, "batch_norm": false }],
        "activation": { "leaky-relu": { "slope": 0.2 } }, "output": 784, "tanh": true,
    });
    let old: GeneratorConfig = serde_json::from_value(mlp.clone()).unwrap();
    assert_eq!(old.shape(), SampleShape::DIGIT);
    // And what needs no shape is written as it was.
    assert_eq!(serde_json::to_value(&old).unwrap(), mlp);
    for preset in presets() {
        let (generator, discriminator) = (preset.config.generator, preset.config.discriminator);
        let shapes = [generator.shape(), discriminator.shape()];
        assert_eq!(shapes, [SampleShape::DIGIT; 2], "{}", preset.id);
        assert_eq!(generator.features(), 784);
    }
    assert!(!points().config.generator.shape().is_image());
}
