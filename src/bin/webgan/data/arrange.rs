//! What folders say of the pictures in them: which of them are classes, and which only part training from testing.
//! The page's `www/pictures/classes.js`, by the same rules. It knows paths, no files.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use icu_collator::options::CollatorOptions;
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{CollatorBorrowed, CollatorPreferences};
use regex_lite::Regex;

/// Labels are bytes.
const MAX_CLASSES: usize = 256;

/// Folders of one depth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Level {
    pub(super) depth: usize,
    /// Each with the number of its pictures.
    pub(super) folders: Vec<(String, usize)>,
}

/// How pictures are taken: which part of them, and which folders are their classes.
#[derive(Debug)]
pub(super) struct Arrangement {
    /// Folders that part training from testing.
    pub(super) parts: Option<Level>,
    /// The part that is taken; none for all.
    pub(super) part: Option<String>,
    /// The folders that are classes.
    pub(super) classes: Option<Level>,
    /// Pictures that lie beside folders of others, which are no classes therefore.
    pub(super) beside: usize,
}

const TRAINING: &str = "train(?:ing)?|trn";
const TESTING: &str =
    "test(?:ing|s)?|tst|val(?:id(?:ation)?)?|dev|eval|held-?out|hold-?out|t10k|pred";
const OTHERS: &str = "fold|part|split|subset";

fn named(words: &str) -> Regex {
    let further = r"(?:[-_ ]?(?:set|data|images|\d+))*";
    Regex::new(&format!("(?i)(?:^|[-_ ])(?:{words}){further}$")).expect("it is one")
}

static IS_TRAINING: LazyLock<Regex> = LazyLock::new(|| named(TRAINING));
static IS_TESTING: LazyLock<Regex> = LazyLock::new(|| named(TESTING));
static IS_PART: LazyLock<Regex> =
    LazyLock::new(|| named(&format!("{TRAINING}|{TESTING}|{OTHERS}")));
/// Of several parts to hold out, such as those for validation and for tests, those for tests.
static IS_TEST: LazyLock<Regex> = LazyLock::new(|| named("test(?:ing|s)?|tst|t10k"));

/// The order of names as the page's browser has it: numbers by what they count.
pub(super) fn in_order(one: &str, other: &str) -> Ordering {
    static COLLATOR: LazyLock<CollatorBorrowed<'static>> = LazyLock::new(|| {
        let mut preferences = CollatorPreferences::default();
        preferences.numeric_ordering = Some(CollationNumericOrdering::True);
        CollatorBorrowed::try_new(preferences, CollatorOptions::default())
            .expect("its data are compiled in")
    });
    COLLATOR.compare(one, other)
}

/// Of the pictures at these paths, such as "training/7/1.png", those to train on.
pub(super) fn arrange<'a>(paths: impl Iterator<Item = &'a str>) -> Arrangement {
    let all: Vec<_> = paths.map(folders_of).collect();
    let parts = parts_of(&all);
    let part = parts.as_ref().and_then(|parts| {
        let mut names = parts.folders.iter().map(|(name, _)| name);
        names.find(|name| IS_TRAINING.is_match(name)).cloned()
    });
    let mut arrangement = Arrangement {
        parts,
        part,
        classes: None,
        beside: 0,
    };
    let taken: Vec<_> = all
        .into_iter()
        .filter(|folders| arrangement.takes(folders))
        .collect();
    let depth = arrangement.parts.as_ref().map(|parts| parts.depth);
    arrangement.classes = levels_of(&taken).into_iter().find(|level| {
        (2..=MAX_CLASSES).contains(&level.folders.len()) && Some(level.depth) != depth
    });
    arrangement.beside = beside_folders(&taken);
    arrangement
}

impl Arrangement {
    /// Whether a picture is taken.
    pub(super) fn is_taken(&self, path: &str) -> bool {
        self.takes(&folders_of(path))
    }

    fn takes(&self, folders: &[&str]) -> bool {
        match (&self.parts, &self.part) {
            (Some(parts), Some(part)) => folders.get(parts.depth) == Some(&part.as_str()),
            _ => true,
        }
    }

    /// The class of a picture: none where there are no classes, or where it is in none of them.
    pub(super) fn class_of(&self, path: &str) -> Option<u8> {
        let Level { depth, folders } = self.classes.as_ref()?;
        let own = *folders_of(path).get(*depth)?;
        let class = folders.iter().position(|(name, _)| name == own)?;
        Some(class as u8)
    }

    /// The same classes, with the part that comes held out: none where all parts are learned.
    pub(super) fn held_out(&self) -> Option<Self> {
        self.part.as_ref()?;
        let names = || self.parts.iter().flat_map(|parts| &parts.folders);
        let is_out = |(name, _): &&(String, usize)| {
            Some(name) != self.part.as_ref() && IS_TESTING.is_match(name)
        };
        let tests = names()
            .filter(is_out)
            .find(|(name, _)| IS_TEST.is_match(name));
        let (part, _) = tests.or_else(|| names().find(is_out))?;
        Some(Self {
            parts: self.parts.clone(),
            part: Some(part.clone()),
            classes: self.classes.clone(),
            beside: 0,
        })
    }
}

fn folders_of(path: &str) -> Vec<&str> {
    let mut folders: Vec<_> = path.split('/').collect();
    folders.pop();
    folders
}

/// The first folders in which the pictures differ, if they part training from testing.
fn parts_of(paths: &[Vec<&str>]) -> Option<Level> {
    let first = levels_of(paths).into_iter().next()?;
    let names = || first.folders.iter().map(|(name, _)| name);
    let is_split = names().any(|name| IS_TRAINING.is_match(name))
        && names().any(|name| IS_TESTING.is_match(name));
    let are_parts = is_split || names().all(|name| IS_PART.is_match(name));
    (first.folders.len() >= 2 && are_parts).then_some(first)
}

fn beside_folders(paths: &[Vec<&str>]) -> usize {
    let depth = shared_depth(paths);
    let beside = paths
        .iter()
        .filter(|folders| folders.len() == depth)
        .count();
    if beside == paths.len() { 0 } else { beside }
}

/// The folders of each depth in which every picture has one, from the first on in which they differ.
fn levels_of(paths: &[Vec<&str>]) -> Vec<Level> {
    let deepest = paths.iter().map(Vec::len).min().unwrap_or(0);
    let level = |depth: usize| {
        let mut counts = BTreeMap::new();
        for folders in paths {
            *counts.entry(folders[depth]).or_default() += 1;
        }
        let mut folders: Vec<(String, usize)> = counts
            .into_iter()
            .map(|(name, count)| (name.to_owned(), count))
            .collect();
        folders.sort_by(|(one, _), (other, _)| in_order(one, other));
        Level { depth, folders }
    };
    (shared_depth(paths)..deepest).map(level).collect()
}

/// How many folders, from the first on, all have in common.
fn shared_depth(paths: &[Vec<&str>]) -> usize {
    let Some((first, others)) = paths.split_first() else {
        return 0;
    };
    (0..first.len())
        .take_while(|&depth| {
            others
                .iter()
                .all(|folders| folders.get(depth) == Some(&first[depth]))
        })
        .count()
}
