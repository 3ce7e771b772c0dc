//! The losses of a run's steps as CSV, a line a step, and what the monitor says of them.

use std::fmt::Write;
use std::path::Path;

use webgan::monitor::{Evidence, Finding, Growing, Monitor, Symptom};
use webgan::train::StepMetrics;

use crate::files::{self, Named, Result};
use crate::output::Lines;

const COLUMNS: &str = "step,discriminator_real,discriminator_fake,generator,opinion_real,\
                       opinion_fake,accuracy,discriminator_gradient,generator_gradient";

/// The longest table that is read, in bytes: of ten million steps.
const MAX_BYTES: u64 = 1 << 30;

/// The table, and the run's monitor.
pub(crate) struct Losses {
    lines: Lines,
    monitor: Monitor,
    step: usize,
    /// What was said already.
    said: Vec<Symptom>,
}

impl Losses {
    /// Of a run that has taken `step` steps; their lines stay, if they are there.
    pub(crate) fn open(path: &Path, step: usize) -> Result<Self> {
        let mut text = format!("{COLUMNS}\n");
        if step > 0 && path.exists() {
            let found = String::from_utf8(files::read(path, MAX_BYTES)?).named(path)?;
            if !found.starts_with(&text) {
                let path = path.display();
                let words = format!(
                    "{path}: its first line is not \"{COLUMNS}\": move it away, or take another --out"
                );
                return Err(words.into());
            }
            let is_earlier = |line: &&str| step_of(line).is_some_and(|of| of <= step);
            let lines = found.split_inclusive('\n').skip(1);
            text.extend(lines.filter(is_earlier));
        }
        Ok(Self {
            lines: Lines::begin(path, &text)?,
            monitor: Monitor::new(step),
            step,
            said: Vec::new(),
        })
    }

    /// Takes in the next steps', and returns what shows in them for the first time.
    pub(crate) fn add(&mut self, reports: &[StepMetrics]) -> Vec<String> {
        for report in reports {
            self.step += 1;
            let waiting = self.lines.waiting();
            let numbers = report.to_array().map(|number| number.to_string());
            writeln!(waiting, "{},{}", self.step, numbers.join(","))
                .expect("a string takes what it is given");
        }
        self.monitor.add(reports);
        let mut new = self.monitor.findings();
        new.retain(|finding| !self.said.contains(&finding.symptom));
        self.said.extend(new.iter().map(|finding| finding.symptom));
        new.iter()
            .map(|finding| format!("step {}: {}", self.step, words(finding)))
            .collect()
    }

    /// Writes what was taken in.
    pub(crate) fn write(&mut self) -> Result<()> {
        self.lines.write()
    }
}

/// Whether a file is such a table.
pub(crate) fn is_table(path: &Path) -> bool {
    files::read(path, MAX_BYTES).is_ok_and(|bytes| bytes.starts_with(COLUMNS.as_bytes()))
}

/// The last step that a table tells of; 0 if there is none.
pub(crate) fn last_step(path: &Path) -> usize {
    let text = files::read(path, MAX_BYTES).unwrap_or_default();
    let text = String::from_utf8(text).unwrap_or_default();
    let mut lines = text.split_inclusive('\n').rev();
    lines.find_map(step_of).unwrap_or(0)
}

/// The step of a whole line.
fn step_of(line: &str) -> Option<usize> {
    line.strip_suffix('\n')?.split(',').next()?.parse().ok()
}

fn words(finding: &Finding) -> String {
    let symptom = match finding.symptom {
        Symptom::Divergence => "training diverges",
        Symptom::DiscriminatorWon => "the discriminator has won",
        Symptom::VanishingGradient => "the generator's gradient vanishes",
        Symptom::ModeCollapse => "mode collapse",
        Symptom::Memorisation => "memorisation",
    };
    let evidence = match finding.evidence {
        Evidence::Growth { of, now, early } => {
            let of = match of {
                Growing::Losses => "losses",
                Growing::DiscriminatorGradient => "the discriminator's gradient",
                Growing::GeneratorGradient => "the generator's gradient",
            };
            format!("{of} of {now:.4} on average, {early:.4} at first")
        }
        Evidence::ToldApart { share, steps } => {
            let percent = 100.0 * share;
            format!("{percent:.1} % of the pairs of {steps} steps told apart")
        }
        Evidence::Gradient { now, early } => {
            format!("its length {now:.2e} on average, {early:.2e} at first")
        }
        Evidence::Classes {
            covered, classes, ..
        } => format!("{covered} of {classes} classes"),
        Evidence::Modes { covered, modes, .. } => format!("{covered} of {modes} modes"),
        Evidence::Distances { samples, real } => {
            format!("{samples:.2} from the nearest training image, real ones {real:.2}")
        }
    };
    format!("{symptom} ({evidence})")
}
