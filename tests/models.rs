//! The networks: shapes, ranges, initial weights, and batch normalisation's two forms.

use burn::module::{Module, ModuleMapper, ModuleVisitor, Param};
use burn::tensor::Tensor;
use webgan::data::one_hot;
use webgan::device;
use webgan::model::{
    Activation, Discriminator, DiscriminatorConfig, GeneratorConfig, HiddenLayer, MlpConfig,
    ProjectionDiscriminatorConfig, UpsampleGeneratorConfig,
};
use webgan::preset::{Preset, presets};
use webgan::random::NormalNoise;
use webgan::shape::SampleShape;

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
            let latent_size = config.generator.latent_size();
            let latents = NormalNoise::new(batch, latent_size, 3, &device).draw();
            assert_eq!(config.generator.classes(), config.discriminator.classes());
            let classes = match config.generator.classes() {
                0 => None,
                count => Some(one_hot(&vec![4; batch], count, &device)),
            };
            let images = generator.forward(latents, classes.clone());
            assert_eq!(images.dims(), [batch, 784], "{id}");
            let values = images.clone().into_data().try_into_vec::<f32>().unwrap();
            assert!(values.iter().all(|value| value.abs() <= 1.0), "{id}");
            assert!(values.iter().any(|value| value.abs() > 1e-3), "{id}");
            let logits = discriminator.forward(images, classes);
            assert_eq!(logits.dims(), [batch, 1], "{id}");
        }
    }
}

#[test]
fn presets_have_the_sizes_they_name() {
    let device = device::cpu();
    // By hand: weights + biases layer by layer, + 4 numbers a channel of batch normalisation (the
    // running statistics are counted by `num_params` too).
    let upsample = |input: usize| {
        (input * 64 * 49 + 64 * 49) + (64 * 32 * 9 + 32 * 16 * 9 + 16 * 9 + 1) + 4 * (64 + 32 + 16)
    };
    let projection = |output: usize| 9 * 32 + 32 + 32 * 64 * 9 + 64 + 64 * 128 * 9 + 128 + output;
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
        (
            "modern",
            upsample(64 + 10),
            projection(2048 * (1 + 10) + 1 + 10),
        ),
        // A spectral norm keeps one number a row of its weight.
        (
            "hinge-sn",
            upsample(64),
            projection(2048 + 1) + 32 + 64 + 128 + 2048,
        ),
        ("wgan-clip", upsample(64), projection(2048 + 1)),
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
        shape: None,
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

    let whole = generator.forward(latents.clone().autodiff(), None);
    let half = generator.forward(latents.clone().narrow(0, 0, 3).autodiff(), None);
    assert_ne!(first(whole), first(half), "training form");

    let inference = generator.valid();
    let whole = inference.forward(latents.clone(), None);
    let half = inference.forward(latents.narrow(0, 0, 3), None);
    assert_eq!(first(whole), first(half), "inference form");
}

fn numbers(tensor: Tensor<2>) -> Vec<f32> {
    tensor.into_data().try_into_vec().unwrap()
}

#[test]
fn a_conditional_generator_draws_other_pictures_for_other_classes() {
    let device = device::cpu();
    let config = GeneratorConfig::Upsample(UpsampleGeneratorConfig {
        latent: 6,
        classes: 3,
        shape: SampleShape::DIGIT,
        channels: vec![4, 3, 2],
    });
    assert_eq!((config.latent_size(), config.classes()), (6, 3));
    let generator = config.init(1, &device);
    let latent = NormalNoise::new(1, 6, 2, &device).draw().repeat_dim(0, 4);
    let classes = one_hot(&[0, 1, 2, 1], 3, &device);
    let pictures = numbers(generator.forward(latent, Some(classes)));
    let pictures: Vec<_> = pictures.chunks(784).collect();
    assert!(pictures[0] != pictures[1] && pictures[1] != pictures[2]);
    assert_eq!(pictures[1], pictures[3], "same latent, same class");
}

/// A small discriminator, and six images in which no two pixels are alike.
fn projection(
    classes: usize,
    spectral_norm: bool,
    minibatch_deviation: bool,
) -> (Discriminator, Tensor<2>) {
    let device = device::cpu();
    let config = DiscriminatorConfig::Projection(ProjectionDiscriminatorConfig {
        classes,
        shape: SampleShape::DIGIT,
        channels: vec![3, 4, 5],
        spectral_norm,
        minibatch_deviation,
    });
    let images = NormalNoise::new(6, 784, 5, &device).draw();
    (config.init(1, &device), images)
}

#[test]
fn a_projection_adds_what_the_class_says_to_what_no_class_needs() {
    let device = device::cpu();
    let (discriminator, images) = projection(3, false, false);
    let image = images.narrow(0, 0, 1);
    let judge = |classes| {
        let classes = Tensor::<2>::from_floats([classes], &device);
        numbers(discriminator.forward(image.clone(), Some(classes)))[0]
    };
    let alone = judge([0.0, 0.0, 0.0]);
    let of_class = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]].map(judge);
    assert!(of_class[0] != of_class[1] && of_class[1] != of_class[2]);
    let all = judge([1.0, 1.0, 1.0]);
    let sum: f32 = of_class.iter().map(|logit| logit - alone).sum();
    assert!((all - alone - sum).abs() < 1e-5, "{all}, {alone} and {sum}");
}

struct Scale(f32);

impl ModuleMapper for Scale {
    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        // Not biases and vectors.
        if D == 1 {
            return param;
        }
        param.map(|weight| weight * self.0)
    }
}

#[test]
fn a_spectral_norm_takes_away_the_size_of_every_weight() {
    let judge = |spectral_norm, scale| {
        let (discriminator, images) = projection(0, spectral_norm, false);
        let discriminator = discriminator.map(&mut Scale(scale));
        numbers(discriminator.forward(images, None))
    };
    // Three convolutions and a dense layer, and biases of 0: logits grow with scale⁴.
    for (spectral_norm, factor) in [(false, 81.0), (true, 1.0)] {
        let (one, three) = (judge(spectral_norm, 1.0), judge(spectral_norm, 3.0));
        for (one, three) in one.iter().zip(three) {
            let error = (three - factor * one).abs();
            assert!(error < 1e-4 * three.abs(), "{one} became {three}");
        }
    }
}

#[test]
fn minibatch_deviation_tells_a_group_of_equal_samples_from_a_varied_one() {
    let (with, images) = projection(0, false, true);
    let (without, _) = projection(0, false, false);
    let copies = images.clone().narrow(0, 0, 1).repeat_dim(0, 4);
    let varied = images.clone().narrow(0, 0, 4);
    let others = images.narrow(0, 2, 4);
    // The first image in either group, whatever is in the group beside it.
    let first = |discriminator: &Discriminator, group: &Tensor<2>, beside: &Tensor<2>| {
        let batch = Tensor::cat(vec![group.clone(), beside.clone()], 0);
        numbers(discriminator.forward(batch, None))[0]
    };
    let (equal, different) = (
        first(&with, &copies, &others),
        first(&with, &varied, &others),
    );
    assert!((equal - different).abs() > 1e-3, "{equal}, {different}");
    assert_eq!(
        different,
        first(&with, &varied, &copies),
        "of its own group"
    );
    let (equal, different) = (
        first(&without, &copies, &others),
        first(&without, &varied, &others),
    );
    assert!((equal - different).abs() < 1e-6, "{equal}, {different}");

    // Left over: compared with the last four of all, or with all there are.
    let all = Tensor::cat(vec![varied.clone(), copies.clone()], 0);
    for count in 1..8 {
        let judged = numbers(with.forward(all.clone().narrow(0, 0, count), None));
        let group = |from: usize| {
            let group = all.clone().narrow(0, from, count.min(4));
            numbers(with.forward(group, None))
        };
        let close = |a: f32, b: f32| (a - b).abs() < 1e-6 * a.abs().max(1.0);
        assert!(close(judged[0], group(0)[0]), "the first of {count}");
        let from = count.saturating_sub(4);
        let last = group(from).pop().unwrap();
        assert!(close(judged[count - 1], last), "the last of {count}");
    }

    let copies = copies.autodiff().require_grad();
    let with = with.train();
    let gradients = with.forward(copies.clone(), None).sum().backward();
    let gradient = numbers(copies.grad(&gradients).unwrap());
    assert!(
        gradient.iter().all(|number| number.is_finite()),
        "no deviation"
    );
}
