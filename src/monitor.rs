//! Watches a run and names what goes wrong in it, with the numbers that show it.
//!
//! Pure rules on the numbers that training and measuring give. No networks, no device, no sentences; it
//! changes nothing about the run.

use serde::{Deserialize, Serialize};

use crate::data::Coverage;
use crate::evaluate::{COPIED, Quality};
use crate::train::StepMetrics;

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
    pub evidence: Evidence,
}

/// The numbers that a symptom was seen in; shares are of 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Evidence {
    /// What has grown without bound. A mean may be infinite, which JSON writes as null.
    Growth {
        /// Which number.
        of: Growing,
        /// Its mean over the last steps.
        now: f64,
        /// What it was in the first step.
        early: f64,
    },
    /// The pairs of a real and a fake sample that the discriminator told apart.
    ToldApart {
        /// So many.
        share: f64,
        /// Of the pairs of so many steps.
        steps: usize,
    },
    /// The length of the generator's gradient.
    Gradient {
        /// Its mean over the last steps.
        now: f64,
        /// Its mean over the first.
        early: f64,
    },
    /// The classes that are drawn.
    Classes {
        /// So many.
        covered: usize,
        /// Of so many.
        classes: usize,
        /// Share of the real images that have a sample like them.
        recall: f64,
    },
    /// The modes of points that are covered.
    Modes {
        /// So many.
        covered: usize,
        /// Of so many.
        modes: usize,
        /// Share of the samples that lie on one.
        good: f64,
    },
    /// Median distances to the nearest training image.
    Distances {
        /// From samples.
        samples: f64,
        /// From real images that were held out.
        real: f64,
    },
}

/// What can grow without bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Growing {
    /// The discriminator's losses, or the generator's: their size.
    Losses,
    /// The length of the discriminator's gradient.
    DiscriminatorGradient,
    /// The length of the generator's gradient.
    GeneratorGradient,
}

/// Remembers as much of a run as its rules need.
#[derive(Clone, Debug)]
pub struct Monitor {
    recent: Window,
    /// The first step's, to compare with: nothing has grown yet in what it reports of the discriminator.
    first: Option<Means>,
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
/// Steps after which divergence is looked for: what has grown without bound need not be waited for.
const SOON: usize = 10;
/// Losses and gradients have diverged beyond this multiple of what they were in the first step.
const DIVERGED: f64 = 100.0;
/// Whatever they were in the first step, as with a step size of 1 the discriminator explodes before it
/// first judges for the generator: the discriminator's losses have diverged beyond this,
const LARGEST_DISCRIMINATOR_LOSS: f64 = 1000.0;
/// the generator's, in which the heaviest L1 term may be 2,000, beyond this,
const LARGEST_GENERATOR_LOSS: f64 = 3000.0;
/// and gradients beyond this.
const LARGEST_GRADIENT: f64 = 10_000.0;
/// Points are given so many steps to spread before those that have not are called collapsed.
const SPREADING: usize = 500;
/// A recall below this share of that of real images is mode collapse within the classes.
const LOST_RECALL: f64 = 0.05;

#[derive(Clone, Debug, Default)]
struct Window {
    steps: std::collections::VecDeque<StepMetrics>,
}

#[derive(Clone, Copy, Debug)]
struct Means {
    discriminator_loss: f64,
    generator_loss: f64,
    accuracy: f64,
    discriminator_gradient: f64,
    generator_gradient: f64,
}

impl Window {
    fn push(&mut self, step: StepMetrics) {
        if self.steps.len() == WINDOW {
            self.steps.pop_front();
        }
        self.steps.push_back(step);
    }

    /// `None` until it has so many steps.
    fn means(&self, count: usize) -> Option<Means> {
        let steps = &self.steps;
        let mean = |of: fn(&StepMetrics) -> f32| {
            let sum: f64 = steps.iter().map(|step| f64::from(of(step))).sum();
            sum / steps.len() as f64
        };
        (steps.len() >= count).then(|| Means {
            discriminator_loss: mean(|step| {
                step.discriminator_real.abs() + step.discriminator_fake.abs()
            }),
            generator_loss: mean(|step| step.generator.abs()),
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
            first: None,
            early: None,
            steps,
            measured: None,
            coverage: None,
        }
    }

    /// Takes in the next steps' reports.
    pub fn add(&mut self, steps: &[StepMetrics]) {
        for step in steps {
            self.recent.push(*step);
            self.steps += 1;
            if self.first.is_none() {
                self.first = self.recent.means(1);
            }
            if self.early.is_none() {
                self.early = self.recent.means(WINDOW);
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

    /// What shows now, the gravest first. But for divergence nothing before the run's first hundred
    /// steps: what has not begun has not failed.
    pub fn findings(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        if let (Some(first), Some(now)) = (self.first, self.recent.means(SOON)) {
            findings.extend(divergence(first, now));
        }
        if self.steps < WINDOW {
            return findings;
        }
        if let (Some(early), Some(now)) = (self.early, self.recent.means(WINDOW)) {
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

fn divergence(first: Means, now: Means) -> Option<Finding> {
    let growths = [
        (
            Growing::Losses,
            LARGEST_DISCRIMINATOR_LOSS,
            (|means| means.discriminator_loss) as fn(Means) -> f64,
        ),
        (Growing::Losses, LARGEST_GENERATOR_LOSS, |means| {
            means.generator_loss
        }),
        (Growing::DiscriminatorGradient, LARGEST_GRADIENT, |means| {
            means.discriminator_gradient
        }),
        (Growing::GeneratorGradient, LARGEST_GRADIENT, |means| {
            means.generator_gradient
        }),
    ];
    growths.into_iter().find_map(|(growing, largest, of)| {
        let (now, early) = (of(now), of(first));
        let bound = largest.min(DIVERGED * early.max(1.0));
        (now > bound).then_some(Finding {
            symptom: Symptom::Divergence,
            evidence: Evidence::Growth {
                of: growing,
                now,
                early,
            },
        })
    })
}

fn discriminator_won(now: Means) -> Option<Finding> {
    (now.accuracy >= WON).then_some(Finding {
        symptom: Symptom::DiscriminatorWon,
        evidence: Evidence::ToldApart {
            share: now.accuracy,
            steps: WINDOW,
        },
    })
}

fn vanishing_gradient(early: Means, now: Means) -> Option<Finding> {
    // An explosion is no length to compare with.
    let early = early.generator_gradient.min(DIVERGED);
    let now = now.generator_gradient;
    (now < VANISHED * early || now < 1e-7).then_some(Finding {
        symptom: Symptom::VanishingGradient,
        evidence: Evidence::Gradient { now, early },
    })
}

fn mode_collapse(samples: &Quality, real: &Quality) -> Option<Finding> {
    let (drawn, there) = (samples.precision_recall?, real.precision_recall?);
    let recall = drawn.recall;
    let few_kinds = recall < LOST_RECALL * there.recall;
    let [drawn, there] = [samples, real].map(|quality| quality.modes.as_ref());
    // Without classes all is one.
    let [covered, of_real] = [drawn, there].map(|modes| modes.map_or(1, |modes| modes.covered));
    let few_classes = covered * 10 < of_real * 8;
    (few_classes || few_kinds).then_some(Finding {
        symptom: Symptom::ModeCollapse,
        evidence: Evidence::Classes {
            covered,
            classes: drawn.map_or(1, |modes| modes.shares.len()),
            recall,
        },
    })
}

fn few_modes(coverage: Coverage) -> Option<Finding> {
    let Coverage {
        modes,
        covered,
        good,
    } = coverage;
    (2 * covered < modes).then_some(Finding {
        symptom: Symptom::ModeCollapse,
        evidence: Evidence::Modes {
            covered,
            modes,
            good,
        },
    })
}

fn memorisation(samples: &Quality, real: &Quality) -> Option<Finding> {
    (samples.nearest < COPIED * real.nearest).then_some(Finding {
        symptom: Symptom::Memorisation,
        evidence: Evidence::Distances {
            samples: samples.nearest,
            real: real.nearest,
        },
    })
}
