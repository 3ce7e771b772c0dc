//! Watches a run and names what goes wrong in it, in a beginner's words.
//!
//! Pure rules on the numbers that training and measuring give. No networks, no device; it changes
//! nothing about the run.

use serde::{Deserialize, Serialize};

use crate::data::Coverage;
use crate::quality::Quality;
use crate::train::StepLosses;

/// What can go wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Symptom {
    /// The losses or the gradients grow without bound.
    Divergence,
    /// The discriminator tells real from fake nearly every time.
    DiscriminatorWon,
    /// The generator's gradient has all but gone.
    VanishingGradient,
    /// The generator draws few of the classes.
    ModeCollapse,
    /// The generator's samples are training images.
    Memorisation,
}

/// A symptom that shows now.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// What it is.
    pub symptom: Symptom,
    /// The numbers it was seen in.
    pub seen: String,
    /// What it means.
    pub meaning: &'static str,
    /// What to try.
    pub advice: &'static str,
}

/// Remembers as much of a run as its rules need.
#[derive(Clone, Debug)]
pub struct Monitor {
    recent: Window,
    /// Of the first full window, to compare with.
    early: Option<Means>,
    /// The run's.
    steps: usize,
    measured: Option<(Quality, Quality)>,
    /// Of points, and the step at which they were looked at.
    coverage: Option<(Coverage, usize)>,
}

/// Steps that are looked at together.
const WINDOW: usize = 100;
/// Pairs told apart from which on the discriminator has won.
const WON: f64 = 0.99;
/// The generator's gradient has vanished below this share of its early length.
const VANISHED: f64 = 1e-3;
/// Losses and gradients have diverged beyond this multiple of their early size.
const DIVERGED: f64 = 100.0;
/// Samples closer to training images than this share of what new real images are are copies.
const COPIED: f64 = 0.5;
/// Points are given so many steps to spread before those that have not are called collapsed.
const SPREADING: usize = 500;
/// A recall below this share of that of real images is mode collapse within the classes.
const LOST_RECALL: f64 = 0.05;

#[derive(Clone, Debug, Default)]
struct Window {
    steps: std::collections::VecDeque<StepLosses>,
}

#[derive(Clone, Copy, Debug)]
struct Means {
    loss: f64,
    accuracy: f64,
    discriminator_gradient: f64,
    generator_gradient: f64,
}

impl Window {
    fn push(&mut self, step: StepLosses) {
        if self.steps.len() == WINDOW {
            self.steps.pop_front();
        }
        self.steps.push_back(step);
    }

    /// `None` until it is full.
    fn means(&self) -> Option<Means> {
        let mean = |of: fn(&StepLosses) -> f32| {
            self.steps
                .iter()
                .map(|step| f64::from(of(step)))
                .sum::<f64>()
                / WINDOW as f64
        };
        (self.steps.len() == WINDOW).then(|| Means {
            loss: mean(|step| {
                step.discriminator_real.abs() + step.discriminator_fake.abs() + step.generator.abs()
            }),
            accuracy: mean(|step| step.accuracy),
            discriminator_gradient: mean(|step| step.discriminator_gradient),
            generator_gradient: mean(|step| step.generator_gradient),
        })
    }
}

impl Monitor {
    /// Of a run that has taken `steps` steps.
    pub fn new(steps: usize) -> Self {
        Self {
            recent: Window::default(),
            early: None,
            steps,
            measured: None,
            coverage: None,
        }
    }

    /// Takes in the next steps' reports.
    pub fn add(&mut self, steps: &[StepLosses]) {
        for step in steps {
            self.recent.push(*step);
            self.steps += 1;
            if self.early.is_none() {
                self.early = self.recent.means();
            }
        }
    }

    /// Takes in a measurement: of samples, and of real images beside it.
    pub fn measured(&mut self, samples: Quality, real: Quality) {
        self.measured = Some((samples, real));
    }

    /// Takes in how a toy's samples spread now.
    pub fn covered(&mut self, coverage: Coverage) {
        self.coverage = Some((coverage, self.steps));
    }

    /// What shows now, the gravest first. Nothing before the run's first hundred steps: what has not
    /// begun has not failed.
    pub fn findings(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        if self.steps < WINDOW {
            return findings;
        }
        if let (Some(early), Some(now)) = (self.early, self.recent.means()) {
            findings.extend(divergence(early, now));
            findings.extend(discriminator_won(now));
            findings.extend(vanishing_gradient(early, now));
        }
        if let Some((samples, real)) = &self.measured {
            findings.extend(mode_collapse(samples, real));
            findings.extend(memorisation(samples, real));
        }
        if let Some((coverage, step)) = self.coverage {
            findings.extend(few_modes(coverage).filter(|_| step >= SPREADING));
        }
        findings
    }
}

fn divergence(early: Means, now: Means) -> Option<Finding> {
    let bound = |early: f64| DIVERGED * early.max(1.0);
    let lengths = [
        ("losses", now.loss, early.loss),
        (
            "the discriminator's gradient",
            now.discriminator_gradient,
            early.discriminator_gradient,
        ),
        (
            "the generator's gradient",
            now.generator_gradient,
            early.generator_gradient,
        ),
    ];
    let (name, now, early) = lengths
        .into_iter()
        .find(|&(_, now, early)| now > bound(early) || now > 100.0 * DIVERGED)?;
    Some(Finding {
        symptom: Symptom::Divergence,
        seen: format!("{name}: {now:.3e}, at first {early:.3e}"),
        meaning: "The steps are too large: each makes the networks worse than before.",
        advice: "Start over with a smaller learning rate.",
    })
}

fn discriminator_won(now: Means) -> Option<Finding> {
    (now.accuracy >= WON).then(|| Finding {
        symptom: Symptom::DiscriminatorWon,
        seen: format!(
            "of the last {WINDOW} steps' pairs of a real and a fake sample it told {:.1}\u{a0}% apart",
            100.0 * now.accuracy
        ),
        meaning: "The discriminator is sure of every sample, so the generator hears only that all \
                  it does is wrong, not what would be better.",
        advice: "Wait some hundred steps; if it stays so, give the generator time: a smaller \
                 learning rate, noise on what the discriminator sees, or a smoother discriminator.",
    })
}

fn vanishing_gradient(early: Means, now: Means) -> Option<Finding> {
    let (now, early) = (now.generator_gradient, early.generator_gradient);
    (now < VANISHED * early || now < 1e-7).then(|| Finding {
        symptom: Symptom::VanishingGradient,
        seen: format!("the generator's gradient is {now:.1e} long, at first {early:.1e}"),
        meaning: "The generator no longer learns: its loss is flat where it stands, as the minimax \
                  loss is under a discriminator that is sure.",
        advice: "Start over with the non-saturating loss, or with a weaker discriminator.",
    })
}

fn mode_collapse(samples: &Quality, real: &Quality) -> Option<Finding> {
    let (modes, classes) = (&samples.modes, samples.modes.shares.len());
    let recall = samples.precision_recall.recall;
    let few_classes = modes.covered * 10 < real.modes.covered * 8;
    let few_kinds = recall < LOST_RECALL * real.precision_recall.recall;
    (few_classes || few_kinds).then(|| Finding {
        symptom: Symptom::ModeCollapse,
        seen: format!(
            "{} of {classes} classes are drawn, and {:.1}\u{a0}% of the real images have a sample like \
             them",
            modes.covered,
            100.0 * recall
        ),
        meaning: "The generator has found some pictures that pass and draws only those.",
        advice: "Another seed, a smaller learning rate or larger batches; modern and hinge-sn \
                 collapse less.",
    })
}

fn few_modes(coverage: Coverage) -> Option<Finding> {
    let Coverage {
        modes,
        covered,
        good,
    } = coverage;
    (2 * covered < modes).then(|| Finding {
        symptom: Symptom::ModeCollapse,
        seen: format!(
            "{covered} of {modes} modes are covered; {:.0} % of the samples lie on one",
            100.0 * good
        ),
        meaning: "The generator has found some places that pass, or one between all, and goes \
                  nowhere else.",
        advice: "A loss of pairs with a penalty on steepness, λ at 0, or a smaller learning rate.",
    })
}

fn memorisation(samples: &Quality, real: &Quality) -> Option<Finding> {
    (samples.nearest < COPIED * real.nearest).then(|| Finding {
        symptom: Symptom::Memorisation,
        seen: format!(
            "samples are {:.2} from the nearest training image, new real images {:.2}",
            samples.nearest, real.nearest
        ),
        meaning: "The generator draws training images again in place of new ones.",
        advice: "More data, fewer steps, or a smaller generator.",
    })
}
