//! The monitor on runs that were made to fail, each in its own way, and on one that goes well.

mod support;

use std::cell::Cell;

use std::sync::OnceLock;

use burn::tensor::Tensor;
use pollster::block_on;
use webgan::checkpoint::ClassifierFile;
use webgan::data::{Coverage, Dataset};
use webgan::device;
use webgan::evaluate::{Evaluator, Quality, QualityError, without_pause};
use webgan::loss::Objective;
use webgan::model::{
    Activation, Classifier, DiscriminatorConfig, GeneratorConfig, HiddenLayer, MlpConfig,
};
use webgan::monitor::{Evidence, Growing, Monitor, Symptom};
use webgan::preset::{Overrides, Preset, TrainConfig, presets};
use webgan::random::NormalNoise;
use webgan::train::{ClassifierTrainer, Trainer};

fn mlp(input: usize, output: usize) -> MlpConfig {
    let layer = HiddenLayer {
        width: 32,
        batch_norm: false,
    };
    MlpConfig {
        input,
        hidden: vec![layer, layer],
        activation: Activation::LeakyRelu { slope: 0.2 },
        output,
        tanh: false,
        shape: None,
    }
}

/// Networks for points in the plane.
fn points(objective: Objective) -> TrainConfig {
    TrainConfig::new(
        GeneratorConfig::Mlp(mlp(2, 2)),
        DiscriminatorConfig::Mlp(mlp(2, 1)),
        objective,
    )
}

/// Points around (4, 4), far from where a generator begins.
fn far_away() -> Dataset {
    let device = device::cpu();
    let noise = NormalNoise::new(512, 2, 3, &device).draw() * 0.1 + 4.0;
    let values = noise.into_data().try_into_vec::<f32>().unwrap();
    Dataset::from_samples(values, 2, &device).unwrap()
}

fn symptoms_after(config: TrainConfig, steps: usize) -> Vec<Symptom> {
    let mut trainer = Trainer::new(config, far_away(), &device::cpu()).unwrap();
    let mut monitor = Monitor::new(0);
    for step in 1..=steps {
        trainer.step();
        if step % 50 == 0 {
            monitor.add(&block_on(trainer.take_metrics()).unwrap());
        }
    }
    symptoms(&monitor)
}

fn symptoms(monitor: &Monitor) -> Vec<Symptom> {
    monitor
        .findings()
        .into_iter()
        .map(|finding| finding.symptom)
        .collect()
}

#[test]
fn a_run_that_goes_well_is_left_alone() {
    let config = TrainConfig {
        learning_rate: 1e-3,
        instance_noise: Some(1.0),
        ..points(Objective::NonSaturating)
    };
    assert_eq!(symptoms_after(config, 600), []);
}

#[test]
fn a_finding_is_a_symptom_and_the_numbers_it_was_seen_in() {
    let mut monitor = Monitor::new(500);
    monitor.covered(Coverage {
        modes: 8,
        covered: 1,
        good: 0.5,
    });
    assert_eq!(
        serde_json::to_string(&monitor.findings()).unwrap(),
        r#"[{"symptom":"mode-collapse","evidence":{"kind":"modes","covered":1,"modes":8,"good":0.5}}]"#
    );
    let boundless = Evidence::Growth {
        of: Growing::GeneratorGradient,
        now: f64::INFINITY,
        early: 2.0,
    };
    assert_eq!(
        serde_json::to_string(&boundless).unwrap(),
        r#"{"kind":"growth","of":"generator-gradient","now":null,"early":2.0}"#
    );
}

#[test]
fn a_critic_that_nothing_bounds_diverges() {
    let config = TrainConfig {
        learning_rate: 0.5,
        ..points(Objective::Wasserstein)
    };
    let found = symptoms_after(config, 600);
    assert_eq!(found.first(), Some(&Symptom::Divergence), "{found:?}");
}

/// What a preset on rings shows, looked at every ten steps until something diverges.
fn diverges_within(id: &str, learning_rate: Option<f64>, steps: usize) -> bool {
    let overrides = Overrides {
        learning_rate,
        batch_size: Some(16),
        ..Overrides::default()
    };
    let config = Preset::by_id(id).unwrap().config.with(&overrides).unwrap();
    let mut trainer = Trainer::new(config, support::rings(128), &device::cpu()).unwrap();
    let mut monitor = Monitor::new(0);
    (0..steps / 10).any(|_| {
        (0..10).for_each(|_| trainer.step());
        monitor.add(&block_on(trainer.take_metrics()).unwrap());
        symptoms(&monitor).contains(&Symptom::Divergence)
    })
}

#[test]
fn an_explosion_is_named_soon_and_is_no_measure_of_itself() {
    // Spectral norm keeps `hinge-sn` bounded, whatever its steps.
    for id in ["mlp", "modern", "least-squares", "dense", "dcgan"] {
        assert!(diverges_within(id, Some(1.0), 40), "{id}");
    }
}

#[test]
fn no_preset_diverges_as_it_is() {
    for preset in presets().iter().filter(|preset| preset.id != "conv-critic") {
        assert!(!diverges_within(preset.id, None, 40), "{}", preset.id);
    }
}

#[test]
fn a_discriminator_with_a_generator_that_stands_still_has_won() {
    let config = TrainConfig {
        learning_rate: 1e-6,
        discriminator_lr_ratio: 1e3,
        ..points(Objective::NonSaturating)
    };
    assert_eq!(symptoms_after(config, 600), [Symptom::DiscriminatorWon]);
}

#[test]
fn the_minimax_loss_vanishes_under_a_sure_discriminator() {
    let config = TrainConfig {
        learning_rate: 1e-6,
        discriminator_lr_ratio: 3e3,
        ..points(Objective::Minimax)
    };
    assert_eq!(
        symptoms_after(config, 2000),
        [Symptom::DiscriminatorWon, Symptom::VanishingGradient]
    );
}

/// A classifier that tells the rings' sizes apart.
fn classifier() -> Classifier {
    static FILE: OnceLock<ClassifierFile> = OnceLock::new();
    let file = FILE.get_or_init(|| {
        let mut trainer =
            ClassifierTrainer::new(support::rings(256), 80, 1, &device::cpu()).unwrap();
        while trainer.step_count() < 80 {
            trainer.step();
        }
        block_on(ClassifierFile::of(&trainer.classifier(), 10, 80)).unwrap()
    });
    file.clone().load(&device::cpu()).unwrap()
}

/// Trains a generator that follows the L1 term alone, and measures it: what it got, and what real
/// images get.
fn follow_l1(train: Dataset, batch_size: usize, steps: usize) -> (Quality, Quality) {
    let mut config = Preset::by_id("least-squares").unwrap().config;
    config.l1_weight = Some(1000.0);
    config.learning_rate = 1e-3;
    config.batch_size = batch_size;
    let held_out = support::rings(200);
    let mut trainer = Trainer::new(config, train.clone(), &device::cpu()).unwrap();
    for _ in 0..steps {
        trainer.step();
    }
    let evaluator = block_on(Evaluator::new(
        classifier(),
        &train,
        &held_out,
        without_pause,
    ))
    .unwrap();
    let quality = block_on(evaluator.measure(&trainer.averaged(), 1, without_pause)).unwrap();
    (quality, evaluator.of_real)
}

#[test]
fn the_l1_term_alone_collapses() {
    let (samples, real) = follow_l1(support::rings(512), 32, 150);
    let mut monitor = Monitor::new(150);
    monitor.measured(samples.clone(), real.clone());
    assert_eq!(symptoms(&monitor), [Symptom::ModeCollapse]);

    // A generator that has hardly begun draws few classes too.
    let mut early = Monitor::new(99);
    early.measured(samples, real);
    assert_eq!(symptoms(&early), []);
}

#[test]
fn a_single_training_image_is_learned_by_heart() {
    let one = support::rings(1).samples();
    let pixels: Tensor<1> = one.flatten(0, 1);
    let values = pixels.into_data().try_into_vec::<f32>().unwrap();
    // As often as measuring needs.
    let values = values.repeat(65);
    let one = Dataset::from_samples(values, 784, &device::cpu()).unwrap();
    let (samples, real) = follow_l1(one, 1, 200);
    let mut monitor = Monitor::new(200);
    monitor.measured(samples, real);
    let found = symptoms(&monitor);
    assert!(found.contains(&Symptom::Memorisation), "{found:?}");
}

#[test]
fn real_images_are_neither_collapsed_nor_learned_by_heart() {
    let (train, held_out) = (support::rings(512), support::rings(200));
    let evaluator = block_on(Evaluator::new(
        classifier(),
        &train,
        &held_out,
        without_pause,
    ))
    .unwrap();
    let mut monitor = Monitor::new(100);
    monitor.measured(evaluator.of_real.clone(), evaluator.of_real.clone());
    assert_eq!(symptoms(&monitor), []);
}

#[test]
fn a_measurement_rests_between_its_pieces_and_ends_when_it_is_told_to() {
    let (train, held_out) = (support::rings(4_500), support::rings(250));
    let rested = Cell::new(0);
    let rest = async || {
        rested.set(rested.get() + 1);
        if rested.get() < 4 {
            Ok(())
        } else {
            Err(QualityError::Stopped.into())
        }
    };
    let stopped = block_on(Evaluator::new(classifier(), &train, &held_out, rest)).unwrap_err();
    assert_eq!(stopped.code(), "quality.stopped");
    assert_eq!(rested.get(), 4);

    let count = async || {
        rested.set(rested.get() + 1);
        Ok(())
    };
    rested.set(0);
    block_on(Evaluator::new(classifier(), &train, &held_out, count)).unwrap();
    // Three passes of held-out images and three of training images, each then measured, three blocks of neighbours.
    assert_eq!(rested.get(), 11);
}
