//! Every failure of the lab shows what it promises, and its cure mends it.

use pollster::block_on;
use webgan::data::{Dataset, Toy};
use webgan::device;
use webgan::lab::{Failure, cure, failures};
use webgan::monitor::{Monitor, Symptom};
use webgan::plane;
use webgan::preset::{Overrides, TrainConfig, points};
use webgan::train::Trainer;

/// Steps within which a failure must have shown.
const SHOWS_WITHIN: usize = 600;
/// Steps after which a cured run must be well.
const CURED_AFTER: usize = 700;

struct Run {
    toy: Toy,
    trainer: Trainer,
    monitor: Monitor,
}

impl Run {
    fn new(failure: &Failure, config: TrainConfig) -> Self {
        let device = device::cpu();
        let toy = Toy::by_id(failure.toy).unwrap();
        let samples = Dataset::from_toy(&toy, &device).unwrap();
        Self {
            toy,
            trainer: Trainer::new(config, samples, &device).unwrap(),
            monitor: Monitor::new(0),
        }
    }

    /// Trains as the page does: looking now and then.
    fn train(&mut self, steps: usize) {
        for _ in 0..steps / 100 {
            for _ in 0..100 {
                self.trainer.step();
            }
            let losses = block_on(self.trainer.take_metrics()).unwrap();
            self.monitor.add(&losses);
            let view = plane::view(&self.trainer, &self.toy).unwrap();
            self.monitor.covered(block_on(view).unwrap().coverage);
        }
    }

    fn shows(&self, symptom: Symptom) -> bool {
        let findings = self.monitor.findings();
        findings.iter().any(|finding| finding.symptom == symptom)
    }
}

fn shows_and_is_cured(id: &str) {
    let failure = failures().into_iter().find(|failure| failure.id == id);
    let failure = failure.unwrap();
    let symptom = failure.symptom;
    let config = points().config.with(&failure.settings).unwrap();
    let mut run = Run::new(&failure, config.clone());
    let mut steps = 0;
    while !run.shows(symptom) {
        assert!(steps < SHOWS_WITHIN, "{:?}", run.monitor.findings());
        run.train(100);
        steps += 100;
    }
    let cure = cure(symptom, &config).unwrap();
    let mut run = Run::new(&failure, config.with(&cure).unwrap());
    run.train(CURED_AFTER);
    let findings = run.monitor.findings();
    assert_eq!(findings, [], "after {steps} steps and {cure:?}");
}

#[test]
fn mode_collapse_shows_and_is_cured() {
    shows_and_is_cured("collapse");
}

#[test]
fn a_saturated_loss_shows_and_is_cured() {
    shows_and_is_cured("saturation");
}

#[test]
fn a_discriminator_too_strong_shows_and_is_cured() {
    shows_and_is_cured("strong-discriminator");
}

#[test]
fn a_learning_rate_too_high_shows_and_is_cured() {
    shows_and_is_cured("learning-rate");
}

#[test]
fn l1_alone_shows_and_is_cured() {
    shows_and_is_cured("l1");
}

#[test]
fn every_failure_is_of_the_points() {
    for failure in failures() {
        assert!(Toy::by_id(failure.toy).is_ok(), "{}", failure.id);
    }
}

#[test]
fn a_run_that_departs_from_its_preset_in_nothing_has_no_cure() {
    for symptom in [
        Symptom::Divergence,
        Symptom::DiscriminatorWon,
        Symptom::VanishingGradient,
        Symptom::ModeCollapse,
        Symptom::Memorisation,
    ] {
        assert_eq!(cure(symptom, &points().config), None, "{symptom:?}");
    }
}

#[test]
fn a_cure_changes_only_what_departs() {
    let fast = Overrides {
        learning_rate: Some(0.5),
        batch_size: Some(7),
        seed: Some(9),
        ..Overrides::default()
    };
    let config = points().config.with(&fast).unwrap();
    for symptom in [Symptom::Divergence, Symptom::ModeCollapse] {
        let settings = Overrides {
            learning_rate: Some(points().config.learning_rate),
            ..Overrides::default()
        };
        assert_eq!(cure(symptom, &config), Some(settings));
    }
}
