//! Training as a whole: it repeats, it learns, it reports, and it refuses what it cannot do.

mod support;

use burn::module::{Module, ModuleVisitor, Param};
use burn::tensor::Tensor;
use rand::RngExt;
use rand_pcg::Pcg64;
use support::rings;
use webgan::checkpoint::Checkpoint;
use webgan::data::{Dataset, ImageSet, Images};
use webgan::device;
use webgan::loss::Objective;
use webgan::model::{
    Activation, DiscriminatorConfig, GRID_ROWS, GeneratorConfig, HiddenLayer, MlpConfig,
    ProjectionDiscriminatorConfig, UpsampleGeneratorConfig,
};
use webgan::preset::{GradientPenalty, Overrides, Preset, TrainConfig, presets};
use webgan::random::NormalNoise;
use webgan::shape::SampleShape;
use webgan::train::{Network, StepMetrics, Trainer};

#[derive(Default)]
struct Weights(Vec<f32>);

impl ModuleVisitor for Weights {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        let values = param.val().into_data().try_into_vec::<f32>().unwrap();
        self.0.extend(values);
    }
}

fn weights<M: Module>(module: &M) -> Vec<f32> {
    let mut weights = Weights::default();
    module.visit(&mut weights);
    weights.0
}

fn config(id: &str) -> TrainConfig {
    Preset::by_id(id).unwrap().config
}

fn trainer(config: TrainConfig, dataset: &Dataset) -> Trainer {
    Trainer::new(config, dataset.clone(), &device::cpu()).unwrap()
}

fn train(trainer: &mut Trainer, steps: usize) -> Vec<StepMetrics> {
    for _ in 0..steps {
        trainer.step();
    }
    pollster::block_on(trainer.take_metrics()).unwrap()
}

#[test]
fn a_seed_repeats_a_run_exactly_and_another_does_not() {
    let dataset = rings(96);
    for id in ["mlp", "modern", "hinge-sn", "wgan-clip"] {
        let run = |seed| {
            let config = TrainConfig {
                seed,
                batch_size: 16,
                ..config(id)
            };
            let mut trainer = trainer(config, &dataset);
            let losses = train(&mut trainer, 3);
            let sample = pollster::block_on(trainer.sample()).unwrap();
            (
                losses,
                weights(trainer.generator()),
                weights(trainer.discriminator()),
                sample,
            )
        };
        let first = run(1);
        assert!(first == run(1), "{id}: the same seed gave another run");
        let other = run(2);
        assert_ne!(first.0, other.0, "{id}");
        assert!(first.1 != other.1 && first.2 != other.2 && first.3 != other.3);
    }
}

#[test]
fn two_trainers_taking_turns_do_not_disturb_each_other() {
    let dataset = rings(64);
    let alone = train(&mut trainer(config("dense"), &dataset), 3);
    let mut first = trainer(config("dense"), &dataset);
    let mut second = trainer(config("dense"), &dataset);
    for _ in 0..3 {
        first.step();
        second.step();
    }
    assert_eq!(pollster::block_on(first.take_metrics()).unwrap(), alone);
    assert_eq!(pollster::block_on(second.take_metrics()).unwrap(), alone);
}

#[test]
fn losses_come_once_in_order_whenever_they_are_asked_for() {
    let dataset = rings(64);
    let without_pause = train(&mut trainer(config("dense"), &dataset), 6);

    let mut trainer = trainer(config("dense"), &dataset);
    assert!(train(&mut trainer, 0).is_empty());
    trainer.step();
    let early = trainer.take_metrics();
    trainer.step();
    trainer.step();
    let late = trainer.take_metrics();
    let mut losses = pollster::block_on(early).unwrap();
    losses.extend(pollster::block_on(late).unwrap());
    losses.extend(train(&mut trainer, 3));
    assert_eq!(losses, without_pause);
}

#[test]
fn losses_wait_for_whoever_asks_late() {
    // Several times what the ring on the device holds, and pieces that straddle its end.
    let points = gaussian_ring(256, 0.1).concat();
    let dataset = Dataset::from_samples(points, 2, &device::cpu()).unwrap();
    let without_pause = train(&mut trainer(mixture_config(), &dataset), 700);
    assert_eq!(without_pause.len(), 700);

    let mut in_pieces = trainer(mixture_config(), &dataset);
    let losses: Vec<_> = [255, 2, 300, 0, 143]
        .into_iter()
        .flat_map(|steps| train(&mut in_pieces, steps))
        .collect();
    assert_eq!(losses, without_pause);
}

/// A discriminator that meets new pictures soon tells them from noise.
#[test]
fn every_presets_discriminator_learns() {
    // Enough for a step of five batches.
    let dataset = rings(320);
    for Preset { id, config, .. } in presets() {
        // The transposed convolutions' contrast is low at first.
        let steps = if id == "dcgan" { 12 } else { 4 };
        let losses = train(&mut trainer(config, &dataset), steps);
        let total = |range: &[StepMetrics]| {
            let sum: f32 = range
                .iter()
                .map(|step| step.discriminator_real + step.discriminator_fake)
                .sum();
            sum / range.len() as f32
        };
        let first = total(&losses[..2]);
        let best = losses.chunks(2).map(total).fold(f32::INFINITY, f32::min);
        // A critic's loss may be below 0.
        let goal = first - 0.05 * first.abs();
        assert!(best < goal, "{id}: from {first} to {best} at best");
    }
}

#[test]
fn sampling_and_validating_change_nothing() {
    let dataset = rings(64);
    let undisturbed = train(&mut trainer(config("mlp"), &dataset), 4);
    let mut trainer = trainer(config("mlp"), &dataset);
    let mut losses = train(&mut trainer, 2);
    let first = pollster::block_on(trainer.sample()).unwrap();
    let second = pollster::block_on(trainer.sample()).unwrap();
    assert_eq!(trainer.grid_columns(), 8);
    assert_eq!(first.len(), GRID_ROWS * 8 * 784);
    assert_eq!(first, second, "the latents are fixed");
    pollster::block_on(trainer.validate(&rings(10)).unwrap()).unwrap();
    losses.extend(train(&mut trainer, 2));
    assert_eq!(losses, undisturbed);
}

/// Running statistics are numbers of a network too: those of `mlp`'s generator and `conv-critic`'s
/// discriminator move whenever they are used in training form.
#[test]
fn a_step_of_one_network_leaves_every_number_of_the_other_unchanged() {
    let dataset = rings(320);
    for Preset { id, config, .. } in presets() {
        let config = TrainConfig {
            batch_size: 16,
            ..config
        };
        let mut trainer = trainer(config, &dataset);
        train(&mut trainer, 1);
        let numbers = |trainer: &Trainer| {
            [
                weights(&trainer.generator().valid()),
                weights(&trainer.discriminator().valid()),
            ]
        };
        let before = numbers(&trainer);
        trainer.step_alone(Network::Discriminator);
        let between = numbers(&trainer);
        assert!(before[0] == between[0], "{id}: the generator moved");
        assert!(before[1] != between[1], "{id}: the discriminator stayed");
        trainer.step_alone(Network::Generator);
        let after = numbers(&trainer);
        assert!(between[0] != after[0], "{id}: the generator stayed");
        assert!(between[1] == after[1], "{id}: the discriminator moved");

        let losses = train(&mut trainer, 0);
        assert_eq!(losses.len(), 2);
        assert_eq!(trainer.progress().step, 3);
        assert_eq!(losses[0].generator_gradient, 0.0);
        assert!(losses[0].discriminator_gradient > 0.0);
        assert_eq!(losses[1].discriminator_gradient, 0.0);
        assert!(losses[1].generator_gradient > 0.0);
    }
}

/// The same batch, noise and aids: what the discriminator learns is what it learns in a whole step.
#[test]
fn a_step_of_the_discriminator_is_its_part_of_a_whole_step() {
    let dataset = rings(320);
    for id in ["modern", "dcgan", "wgan-clip", "hinge-sn"] {
        let config = TrainConfig {
            batch_size: 16,
            ..config(id)
        };
        let after = |step: fn(&mut Trainer)| {
            let mut trainer = trainer(config.clone(), &dataset);
            step(&mut trainer);
            let losses = train(&mut trainer, 0)[0];
            (
                weights(trainer.discriminator()),
                losses.discriminator_real,
                losses.score_fake,
            )
        };
        let whole = after(Trainer::step);
        let alone = after(|trainer| trainer.step_alone(Network::Discriminator));
        assert!(whole == alone, "{id}");
    }
}

/// One definition of what is reported: where the discriminator's step makes no difference, a step of
/// the generator alone reports what a whole step does.
#[test]
fn a_step_of_the_generator_reports_the_losses_of_a_whole_step() {
    let dataset = rings(64);
    for id in ["mlp", "modern", "dcgan"] {
        let config = TrainConfig {
            batch_size: 16,
            discriminator_lr_ratio: 1e-6,
            learning_rate: 1e-6,
            gradient_penalty: None,
            label_smoothing: (id != "modern").then_some(0.3),
            ..config(id)
        };
        let report = |step: fn(&mut Trainer)| {
            let mut trainer = trainer(config.clone(), &dataset);
            step(&mut trainer);
            train(&mut trainer, 0)[0]
        };
        let whole = report(Trainer::step);
        let alone = report(|trainer| trainer.step_alone(Network::Generator));
        for (name, of) in [
            (
                "real",
                (|losses| losses.discriminator_real) as fn(StepMetrics) -> f32,
            ),
            ("fake", |losses| losses.discriminator_fake),
            ("generator", |losses| losses.generator),
            ("opinion", |losses| losses.score_real),
        ] {
            let (whole, alone) = (of(whole), of(alone));
            assert!(
                (whole - alone).abs() < 1e-4,
                "{id}, {name}: {alone}, {whole}"
            );
        }
    }
}

/// What the discriminator adds to all of a class is no news about a sample of that class.
#[test]
fn an_offset_of_a_class_moves_neither_losses_nor_scores() {
    // Sorted by class, as folders of pictures come.
    let labels: Vec<u8> = (0..100).map(|index| index / 10).collect();
    let mut pixels = vec![0_u8; 100 * 784];
    for (index, image) in pixels.chunks_mut(784).enumerate() {
        image[index * 7..][..40].fill(255);
    }
    let images = Images {
        count: 100,
        rows: 28,
        columns: 28,
        channels: 1,
        pixels,
    };
    let images = ImageSet::new(images, Some(labels)).unwrap();
    let dataset = Dataset::from_images(&images, &device::cpu()).unwrap();
    let mut trainer = trainer(config("modern"), &dataset);
    train(&mut trainer, 3);
    let of = |offset: f32| {
        let mut checkpoint = pollster::block_on(trainer.checkpoint()).unwrap();
        let bias = checkpoint
            .tensors
            .get_mut("discriminator.Projection.output.bias");
        // The first is every class's.
        bias.unwrap().numbers_mut()[1 + 3] += offset;
        let mut trainer = Trainer::resume(checkpoint, dataset.clone(), &device::cpu()).unwrap();
        let scores = pollster::block_on(trainer.scores(None).unwrap()).unwrap();
        (scores, train(&mut trainer, 1)[0])
    };
    let (scores, losses) = of(0.0);
    let (moved_scores, moved_losses) = of(5.0);
    assert!((losses.generator - moved_losses.generator).abs() < 1e-4);
    for (index, (score, moved)) in scores.iter().zip(&moved_scores).enumerate() {
        assert!(
            (score - moved).abs() < 1e-4,
            "tile {index}: {score} became {moved}"
        );
    }
}

/// Groups of four are for training; what is looked at later comes in any number.
#[test]
fn minibatch_deviation_judges_any_number_of_samples() {
    let mut config = config("modern");
    let DiscriminatorConfig::Projection(network) = &mut config.discriminator else {
        panic!("modern has a projection")
    };
    network.minibatch_deviation = true;
    let mut trainer = trainer(config, &rings(90));
    train(&mut trainer, 1);
    for count in [10, 11, 13] {
        let loss = pollster::block_on(trainer.validate(&rings(count)).unwrap()).unwrap();
        assert!(loss.is_finite(), "{count} samples");
    }
    let scores = pollster::block_on(trainer.scores(None).unwrap()).unwrap();
    assert!(scores.iter().all(|opinion| opinion.is_finite()));
}

#[test]
fn after_steps_of_one_network_a_checkpoint_goes_on_exactly() {
    let dataset = rings(96);
    let mut first = trainer(config("modern"), &dataset);
    train(&mut first, 1);
    first.step_alone(Network::Generator);
    first.step_alone(Network::Discriminator);
    let checkpoint = pollster::block_on(first.checkpoint()).unwrap();
    let mut second = Trainer::resume(checkpoint, dataset, &device::cpu()).unwrap();
    train(&mut first, 0);
    assert_eq!(train(&mut first, 2), train(&mut second, 2));
}

#[test]
fn samples_of_one_class_differ_from_those_of_all_and_the_discriminator_judges_each() {
    let dataset = rings(320);
    for id in ["modern", "mlp", "least-squares", "hinge-sn"] {
        let config = config(id);
        let classes = config.generator.classes();
        let mut trainer = trainer(config, &dataset);
        train(&mut trainer, 6);
        let sample = |class| pollster::block_on(trainer.sample_of(class).unwrap()).unwrap();
        let all = pollster::block_on(trainer.sample()).unwrap();
        assert_eq!(sample(None), all);
        let count = GRID_ROWS * trainer.grid_columns();
        let scores = pollster::block_on(trainer.scores(None).unwrap()).unwrap();
        assert_eq!(scores.len(), count, "{id}");
        assert!(scores.iter().all(|opinion| opinion.is_finite()), "{id}");
        assert!(scores.iter().any(|&opinion| opinion != scores[0]));
        let latents = pollster::block_on(trainer.latents()).unwrap();
        let latent_size = trainer.config().generator.latent_size();
        assert_eq!(latents.len(), count * latent_size);
        if classes == 0 {
            let error = trainer.sample_of(Some(0)).err().unwrap();
            assert_eq!(error.code(), "config.labels");
            continue;
        }
        // A column a class: the third column shows the class that was asked for anyway.
        let threes = sample(Some(3));
        for (index, (one, other)) in all.chunks(784).zip(threes.chunks(784)).enumerate() {
            assert_eq!(one == other, index % classes == 3, "sample {index}");
        }
        let judged = pollster::block_on(trainer.scores(Some(3)).unwrap()).unwrap();
        assert_eq!(judged[3], scores[3]);
        assert_ne!(judged[4], scores[4]);
        let error = trainer.scores(Some(10)).err().unwrap();
        assert_eq!(error.code(), "config.labels");
    }
}

#[test]
fn the_l1_term_adds_its_weight_times_the_distance() {
    let dataset = rings(64);
    let loss = |l1_weight| {
        let config = TrainConfig {
            l1_weight: Some(l1_weight),
            ..config("least-squares")
        };
        train(&mut trainer(config, &dataset), 1)[0].generator
    };
    let [none, one, ten] = [0.0, 1.0, 10.0].map(loss);
    assert!(one - none > 0.1, "{one} against {none}");
    let ratio = (ten - none) / (one - none);
    assert!((ratio - 10.0).abs() < 1e-3, "{ratio}");
}

#[test]
fn settings_of_a_running_trainer_act_from_the_next_step() {
    let dataset = rings(64);
    let mut trainer = trainer(config("dense"), &dataset);
    train(&mut trainer, 1);
    let before = weights(trainer.generator());
    let update = |learning_rate| Overrides {
        learning_rate: Some(learning_rate),
        ..Overrides::default()
    };

    trainer.update(&update(1e-30)).unwrap();
    train(&mut trainer, 1);
    assert_eq!(
        weights(trainer.generator()),
        before,
        "steps too small to see"
    );
    trainer.update(&update(1e-2)).unwrap();
    train(&mut trainer, 1);
    assert_ne!(weights(trainer.generator()), before);

    let error = trainer.update(&update(f64::NAN)).unwrap_err();
    assert_eq!(error.code(), "config.learning_rate");
    let seed = Overrides {
        seed: Some(2),
        ..Overrides::default()
    };
    assert_eq!(trainer.update(&seed).unwrap_err().code(), "config.fixed");
    let rate = trainer.config_in_force().learning_rate;
    assert_eq!(rate, 1e-2, "nothing changed");
}

#[test]
fn a_run_that_was_changed_is_repeated_by_its_config() {
    let dataset = rings(64);
    let mut changed = trainer(config("least-squares"), &dataset);
    let update = |trainer: &mut Trainer, json| {
        let overrides = Overrides::from_json(json).unwrap();
        trainer.update(&overrides).unwrap();
    };
    update(&mut changed, r#"{"learningRate": 0.01}"#);
    let mut losses = train(&mut changed, 2);
    update(&mut changed, r#"{"learningRate": 0.002, "l1Weight": 5}"#);
    update(&mut changed, r#"{"learningRate": 0.003}"#);
    losses.extend(train(&mut changed, 2));
    let file = pollster::block_on(changed.checkpoint()).unwrap().to_bytes();
    update(&mut changed, r#"{"l1Weight": 0.1}"#);
    losses.extend(train(&mut changed, 2));

    let whole = changed.config().clone();
    assert_eq!(whole.learning_rate, 0.01, "a change before the first step");
    let steps: Vec<_> = whole.changes.iter().map(|change| change.step).collect();
    assert_eq!(steps, [2, 2, 4], "the second of two changes at a step");
    let mut again = trainer(whole.clone(), &dataset);
    assert_eq!(train(&mut again, 6), losses);
    assert_eq!(weights(again.generator()), weights(changed.generator()));

    let resumed = || {
        let known = Checkpoint::from_bytes(&file).unwrap();
        assert_eq!(known.config.changes, whole.changes[..2]);
        Trainer::resume(known, dataset.clone(), &device::cpu()).unwrap()
    };
    let mut by_hand = resumed();
    update(&mut by_hand, r#"{"l1Weight": 0.1}"#);
    assert_eq!(train(&mut by_hand, 2), losses[4..]);
    // A page that goes on after a crash knows more than its last checkpoint.
    let mut told = resumed();
    let all = Overrides {
        learning_rate: Some(whole.learning_rate),
        changes: Some(whole.changes.clone()),
        ..Overrides::default()
    };
    told.update(&all).unwrap();
    assert_eq!(train(&mut told, 2), losses[4..]);
}

#[test]
fn a_hand_overrules_what_was_to_change_later() {
    let dataset = rings(64);
    let mut trainer = trainer(config("dense"), &dataset);
    for json in [r#"{"learningRate": 0.01}"#, r#"{"learningRate": 0.02}"#] {
        train(&mut trainer, 3);
        trainer
            .update(&Overrides::from_json(json).unwrap())
            .unwrap();
    }
    let file = pollster::block_on(trainer.checkpoint()).unwrap();
    let earlier = Checkpoint { step: 3, ..file };
    let mut resumed = Trainer::resume(earlier, dataset, &device::cpu()).unwrap();
    let hand = Overrides::from_json(r#"{"learningRate": 0.5}"#).unwrap();
    resumed.update(&hand).unwrap();
    train(&mut resumed, 4);
    assert_eq!(resumed.config_in_force().learning_rate, 0.5);
    assert_eq!(resumed.config().changes.len(), 1);
}

#[test]
fn validation_loss_shows_a_discriminator_that_knows_its_images_by_heart() {
    let dataset = rings(32);
    let mut trainer = trainer(config("dense"), &dataset);
    let validate = |trainer: &Trainer, data: &Dataset| {
        pollster::block_on(trainer.validate(data).unwrap()).unwrap()
    };
    // Noise is not a ring: held out of training, it is judged far worse than the rings.
    let mut rng = Pcg64::new(3, 0);
    let noise = (0..32 * 784).map(|_| rng.random_range(-1.0..1.0)).collect();
    let noise = Dataset::from_samples(noise, 784, &device::cpu()).unwrap();
    train(&mut trainer, 30);
    let (known, unknown) = (validate(&trainer, &dataset), validate(&trainer, &noise));
    assert!(unknown > 1.5 * known, "{known} known, {unknown} unknown");

    let points = Dataset::from_samples(vec![0.0; 4], 2, &device::cpu()).unwrap();
    let error = trainer.validate(&points).err().unwrap();
    assert_eq!(error.code(), "config.features");
}

#[test]
fn losses_that_are_no_numbers_are_an_error_that_names_the_step() {
    let mut values = vec![0.0; 64 * 784];
    values[40 * 784] = f32::NAN;
    let dataset = Dataset::from_samples(values, 784, &device::cpu()).unwrap();
    let config = TrainConfig {
        batch_size: 64,
        ..config("dense")
    };
    let mut trainer = trainer(config, &dataset);
    trainer.step();
    trainer.step();
    let error = pollster::block_on(trainer.take_metrics()).unwrap_err();
    assert_eq!(error.code(), "train.non_finite");
    assert!(error.to_string().contains("step 1 "), "{error}");
    assert_eq!(error.reports().len(), 1, "up to the step that is named");
}

#[test]
fn data_that_does_not_fit_is_refused() {
    let refuse = |config, dataset: &Dataset| {
        let error = Trainer::new(config, dataset.clone(), &device::cpu()).unwrap_err();
        error.code()
    };
    let images = rings(20);
    assert_eq!(refuse(config("mlp"), &images), "config.batch_size");
    let points = Dataset::from_samples(vec![0.0; 200], 2, &device::cpu()).unwrap();
    assert_eq!(refuse(config("mlp"), &points), "config.features");

    let five = TrainConfig {
        batch_size: 20,
        discriminator_steps: 5,
        ..config("dense")
    };
    let images = rings(100);
    assert_eq!(refuse(five.clone(), &rings(99)), "config.batch_size");
    trainer(five, &images);
    let unlabelled = images.clone().without_classes();
    assert_eq!(refuse(config("modern"), &unlabelled), "config.classes");
    assert_eq!(refuse(config("modern"), &rings(9)), "config.classes");
    let deaf = TrainConfig {
        discriminator: config("hinge-sn").discriminator,
        ..config("modern")
    };
    assert_eq!(refuse(deaf, &images), "config.classes");
    trainer(config("hinge-sn"), &unlabelled);

    let modern = trainer(config("modern"), &images);
    let error = modern.validate(&unlabelled).err().unwrap();
    assert_eq!(error.code(), "config.classes");
    pollster::block_on(modern.validate(&rings(10)).unwrap()).unwrap();
}

/// That each does what it should is the reference's business; that it does anything, also where the
/// reference's two-dimensional samples cannot be moved, is checked here.
#[test]
fn every_aid_changes_the_run() {
    let dataset = rings(64);
    let plain = TrainConfig {
        batch_size: 16,
        ..config("dense")
    };
    let run = |config: &TrainConfig| train(&mut trainer(config.clone(), &dataset), 2);
    let expected = run(&plain);
    let changes: [fn(&mut TrainConfig); 8] = [
        |config| config.translation = Some(2),
        |config| config.label_smoothing = Some(0.1),
        |config| config.instance_noise = Some(0.1),
        |config| {
            config.gradient_penalty = Some(GradientPenalty {
                weight: 1.0,
                deviation: 0.1,
                fakes: false,
            });
        },
        |config| config.weight_clip = Some(0.02),
        |config| config.gradient_clip = Some(0.01),
        |config| config.discriminator_steps = 2,
        |config| config.discriminator_lr_ratio = 0.5,
    ];
    for (index, change) in changes.iter().enumerate() {
        let mut changed = plain.clone();
        change(&mut changed);
        assert_ne!(run(&changed), expected, "change {index}");
    }
}

#[test]
fn samples_come_from_the_average_where_there_is_one() {
    let dataset = rings(64);
    for average_decay in [None, Some(0.999)] {
        let config = TrainConfig {
            average_decay,
            ..config("dense")
        };
        let mut trainer = trainer(config, &dataset);
        train(&mut trainer, 4);
        let averaged = weights(trainer.averaged().network());
        let is_last = averaged == weights(&trainer.generator().valid());
        assert_eq!(is_last, average_decay.is_none());
    }
}

/// Class 0 is dark, class 1 is bright.
#[test]
fn a_conditional_generator_learns_what_its_classes_look_like() {
    let pixels = (0..64).flat_map(|index| [30 + 195 * (index % 2) as u8; 784]);
    let images = Images {
        count: 64,
        rows: 28,
        columns: 28,
        channels: 1,
        pixels: pixels.collect(),
    };
    let labels = (0..64).map(|index| index % 2).collect();
    let images = ImageSet::new(images, Some(labels)).unwrap();
    let dataset = Dataset::from_images(&images, &device::cpu()).unwrap();
    let config = TrainConfig {
        learning_rate: 5e-3,
        batch_size: 16,
        ..TrainConfig::new(
            GeneratorConfig::Upsample(UpsampleGeneratorConfig {
                latent: 4,
                classes: 2,
                shape: SampleShape::DIGIT,
                channels: vec![8, 4, 4],
            }),
            DiscriminatorConfig::Projection(ProjectionDiscriminatorConfig {
                classes: 2,
                shape: SampleShape::DIGIT,
                channels: vec![4, 8, 8],
                spectral_norm: true,
                minibatch_deviation: true,
            }),
            Objective::Hinge,
        )
    };
    let mut trainer = trainer(config, &dataset);
    train(&mut trainer, 100);
    assert_eq!(trainer.grid_columns(), 8, "four of each class");
    let sample = pollster::block_on(trainer.sample()).unwrap();
    assert_eq!(sample.len(), GRID_ROWS * 8 * 784);
    let brightness: Vec<f32> = sample
        .chunks(784)
        .map(|image| image.iter().sum::<f32>() / 784.0)
        .collect();
    for row in brightness.chunks(2) {
        assert!(row[0] < -0.2 && row[1] > 0.2, "{brightness:?}");
    }
}

/// Eight Gaussians on a circle of radius 2, as in many papers since Metz et al. 2017.
fn gaussian_ring(count: usize, deviation: f32) -> Vec<[f32; 2]> {
    let noise = NormalNoise::new(count, 2, 99, &device::cpu()).draw();
    let noise = noise.into_data().try_into_vec::<f32>().unwrap();
    noise
        .chunks(2)
        .enumerate()
        .map(|(index, noise)| {
            let [x, y] = centre(index % 8);
            [x + deviation * noise[0], y + deviation * noise[1]]
        })
        .collect()
}

fn centre(mode: usize) -> [f32; 2] {
    let angle = mode as f32 * std::f32::consts::TAU / 8.0;
    [2.0 * angle.cos(), 2.0 * angle.sin()]
}

fn mixture_config() -> TrainConfig {
    let mlp = |input, output| MlpConfig {
        input,
        hidden: vec![
            HiddenLayer {
                width: 64,
                batch_norm: false,
            };
            2
        ],
        activation: Activation::LeakyRelu { slope: 0.2 },
        output,
        tanh: false,
        shape: None,
    };
    TrainConfig {
        learning_rate: 1e-3,
        batch_size: 256,
        ..TrainConfig::new(
            GeneratorConfig::Mlp(mlp(8, 2)),
            DiscriminatorConfig::Mlp(mlp(2, 1)),
            Objective::NonSaturating,
        )
    }
}

#[test]
fn a_mixture_of_eight_gaussians_is_learned_with_all_its_modes() {
    let deviation = 0.1;
    let points = gaussian_ring(4096, deviation).concat();
    let dataset = Dataset::from_samples(points, 2, &device::cpu()).unwrap();
    let mut trainer = trainer(mixture_config(), &dataset);
    train(&mut trainer, 3000);

    let latents = NormalNoise::new(2000, 8, 5, &device::cpu()).draw();
    let samples = trainer.generator().valid().forward(latents, None);
    let samples = samples.into_data().try_into_vec::<f32>().unwrap();
    let mut near = [0; 8];
    for point in samples.chunks(2) {
        for (mode, count) in near.iter_mut().enumerate() {
            let [x, y] = centre(mode);
            // Four standard deviations: 99.97 % of the data itself.
            *count += usize::from((point[0] - x).hypot(point[1] - y) < 4.0 * deviation);
        }
    }
    let share = near.iter().sum::<usize>() as f64 / 2000.0;
    println!("samples near each mode: {near:?}, {share:.2} of all");
    assert!(
        near.iter().all(|&count| count >= 50),
        "a mode is missing: {near:?}"
    );
    assert!(
        share > 0.7,
        "{share} of the samples are near a mode: {near:?}"
    );
}
