//! What came of the data, in words: how many, how taken, in which classes, and what was left out and why. It reads
//! nothing.

use std::collections::BTreeMap;

use indicatif::HumanCount;
use webgan::shape::SampleShape;

use super::decode::{LEAST_SIDE, MOST_PIXELS};
use super::shape::most;
use super::tenths::FEWEST;

/// Why a file was left out, in the order in which it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reason {
    OtherPart,
    Clutter,
    NotPicture,
    Foreign,
    Damaged,
    TooLarge,
    TooSmall,
    Blank,
    TooMany,
    TooMuch,
}

/// What is taken at most: bytes of one file, and of all together.
pub(super) const FILE_BYTES: u64 = 32 << 20;
pub(super) const TOTAL_BYTES: u64 = 2 << 30;

/// Classes whose names are told, and files.
const CLASSES_NAMED: usize = 10;
const FILES_NAMED: usize = 3;

/// What came of the data.
#[derive(Default)]
pub(super) struct Report {
    pub(super) taken: usize,
    /// How they are now; none before that is known.
    pub(super) shape: Option<SampleShape>,
    /// Names and counts; none where there are no classes.
    pub(super) classes: Vec<(String, usize)>,
    pub(super) are_folders: bool,
    /// Pictures to hold out, where the data say which.
    pub(super) held_out: Option<usize>,
    /// Of those that were taken so many are held out, where that was asked for.
    pub(super) tenth: Option<usize>,
    /// Pictures beside folders of others, which are no classes therefore.
    pub(super) beside: usize,
    /// Pictures that are the same as an earlier one, and that one.
    pub(super) twins: Vec<(String, String)>,
    pub(super) skipped: BTreeMap<Reason, usize>,
    pub(super) unreadable: Vec<(String, Reason)>,
}

impl Report {
    pub(super) fn skip(&mut self, reason: Reason, count: usize) {
        if count > 0 {
            *self.skipped.entry(reason).or_default() += count;
        }
    }

    /// A line about what was taken, and one about what was not.
    pub(super) fn lines(&self) -> Vec<String> {
        let left_out: Vec<_> = (self.skipped.iter())
            .map(|(&reason, &count)| self.left_out(reason, count))
            .collect();
        let mut lines = vec![self.taken()];
        if !left_out.is_empty() {
            lines.push(format!("left out: {}", left_out.join("; ")));
        }
        lines
    }

    fn taken(&self) -> String {
        let mut words = pictures(self.taken);
        if let Some(shape) = self.shape {
            let SampleShape { height, width, .. } = shape;
            words += &match shape.channels {
                1 => format!(" as {height}×{width} greys"),
                _ => format!(" as {height}×{width} in colours"),
            };
        }
        if !self.classes.is_empty() {
            let all = self.classes.iter();
            let all = all.map(|(name, count)| format!("{name} ({})", number(*count)));
            words += match self.are_folders {
                true => ", the folders as classes: ",
                false => ", in classes: ",
            };
            words += &listed(all, CLASSES_NAMED);
        }
        if let Some(count) = self.held_out {
            words += &format!("; {} to hold out", number(count));
        }
        match self.tenth {
            None => {}
            Some(0) => {
                words += &format!(
                    "; none is held out to measure with, as that takes {FEWEST} that differ"
                );
            }
            Some(1) => words += "; 1 of them is held out to measure with",
            Some(count) => {
                words += &format!("; {} of them are held out to measure with", number(count));
            }
        }
        match self.beside {
            0 => {}
            1 => words += "; 1 lies beside the folders, which are no classes therefore",
            count => {
                words += &format!(
                    "; {} lie beside the folders, which are no classes therefore",
                    number(count)
                );
            }
        }
        words + &self.alike()
    }

    fn alike(&self) -> String {
        match self.twins.len() {
            0 => String::new(),
            count if count + 1 == self.taken => {
                "; all are the same picture: nothing else can be learned from them".into()
            }
            count => {
                let pairs = self.twins.iter();
                let pairs = pairs.map(|(twin, first)| format!("{twin} as {first}"));
                let are = if count == 1 { "is" } else { "are" };
                format!(
                    "; {} {are} the same as an earlier one: {}",
                    number(count),
                    listed(pairs, FILES_NAMED)
                )
            }
        }
    }

    fn left_out(&self, reason: Reason, count: usize) -> String {
        let words = format!("{} {}", number(count), self.why(reason));
        let of_reason = self.unreadable.iter().filter(|(_, why)| *why == reason);
        let names: Vec<_> = of_reason.map(|(path, _)| format!("“{path}”")).collect();
        match names.is_empty() {
            true => words,
            false => format!("{words}: {}", listed(names.into_iter(), FILES_NAMED)),
        }
    }

    fn why(&self, reason: Reason) -> String {
        match reason {
            Reason::OtherPart => "of another part, such as one for tests".into(),
            Reason::Clutter => "hidden or left by the system".into(),
            Reason::NotPicture => "not a picture".into(),
            Reason::Foreign => {
                "of a kind that is not read here (PNG, JPEG, GIF, WebP and BMP are)".into()
            }
            Reason::Damaged => "damaged".into(),
            Reason::TooLarge => format!(
                "larger than {} MB or {} million pixels",
                FILE_BYTES >> 20,
                MOST_PIXELS / 1_000_000
            ),
            Reason::TooSmall => format!("less than {LEAST_SIDE} pixels high or wide"),
            Reason::Blank => "of one colour alone".into(),
            Reason::TooMany => {
                let most = self.shape.map_or(0, most);
                format!("beyond the first {}", number(most))
            }
            Reason::TooMuch => format!("beyond {} GB together", TOTAL_BYTES >> 30),
        }
    }

    /// Why none of some pictures could be taken, and what helps.
    pub(super) fn refusal(&self, paths: &[String]) -> String {
        let names = paths.iter().map(|path| format!("“{path}”"));
        let none = format!(
            "none of these files could be read as a picture: {}",
            listed(names, FILES_NAMED)
        );
        let has = |reason| self.skipped.contains_key(&reason);
        let cure = if has(Reason::Foreign) || has(Reason::Damaged) {
            "PNG, JPEG, GIF, WebP and BMP are read: save what they show as one of them"
        } else if has(Reason::TooLarge) {
            "make them smaller"
        } else {
            "pictures need a few pixels more"
        };
        let lines = self.lines();
        let why = lines.get(1).map_or("", String::as_str);
        format!("{none} ({why}); {cure}")
    }
}

fn pictures(count: usize) -> String {
    match count {
        1 => "1 picture".into(),
        count => format!("{} pictures", number(count)),
    }
}

fn number(count: usize) -> HumanCount {
    HumanCount(count as u64)
}

/// The first of some, and how many more there are.
fn listed(names: impl ExactSizeIterator<Item = String>, most: usize) -> String {
    let more = names.len().saturating_sub(most);
    let first = names.take(most).collect::<Vec<_>>().join(", ");
    match more {
        0 => first,
        more => format!("{first}, and {} more", number(more)),
    }
}
