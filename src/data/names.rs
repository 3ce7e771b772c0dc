//! Which of several files holds what: by their kinds, and by the names that MNIST's files and those of
//! its relatives have, as unpackers write them. It opens none.

use std::collections::BTreeSet;

use super::kind::Kind;
use super::{DataError, MAX_BYTES, Wanted};
use crate::Error;

/// Files of images, labels and inputs, as places in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Where the images are.
    pub images: usize,
    /// Where the labels are, if there are any.
    pub labels: Option<usize>,
    /// Where the pictures are that these are to be made of, if there are any.
    pub inputs: Option<usize>,
}

/// What to train on and what to hold out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What to train on.
    pub train: Pair,
    /// What to hold out, where the files say that they are for that.
    pub held_out: Option<Pair>,
}

/// The two parts of a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What to train on.
    Train,
    /// What to test with.
    HeldOut,
}

/// A file among others, with what its name says.
#[derive(Debug)]
struct Candidate<'a> {
    place: usize,
    name: &'a str,
    kind: &'a Kind,
    part: Option<Part>,
    /// What the name says beyond that, such as "emnist-letters".
    set: String,
}

/// Names of files that systems leave beside others: none of them is data.
const CLUTTER: [&str; 5] = [
    "__MACOSX",
    "@eaDir",
    "$RECYCLE.BIN",
    "Thumbs.db",
    "desktop.ini",
];

/// Whether a path is that of a hidden file or of one that a system left.
pub fn is_clutter(path: &str) -> bool {
    path.split(['/', '\\']).any(|name| {
        let is_hidden = name.starts_with('.') && !matches!(name, "." | "..");
        is_hidden
            || CLUTTER
                .iter()
                .any(|clutter| name.eq_ignore_ascii_case(clutter))
    })
}

/// What the files of a part are called, the likeliest first; the same place in both lists, the same
/// habit.
pub fn spellings(part: Part, labels: bool) -> Vec<String> {
    match labels {
        true => spelled(part, "labels", [1, 1]),
        false => spelled(part, "images", [3, 4]),
    }
}

/// The same of the pictures that those of a part are to be made of.
pub fn input_spellings(part: Part) -> Vec<String> {
    spelled(part, "inputs", [3, 4])
}

/// - `sizes`: how many dimensions they have in grey and in colours
fn spelled(part: Part, what: &str, sizes: [usize; 2]) -> Vec<String> {
    let parts: &[&str] = match part {
        Part::Train => &["train"],
        Part::HeldOut => &["t10k", "test"],
    };
    let (mut usual, mut others) = (Vec::new(), Vec::new());
    for part in parts {
        for between in ["-", "."] {
            for dimensions in sizes {
                let name = format!("{part}-{what}{between}idx{dimensions}-ubyte");
                let list = if between == "-" {
                    &mut usual
                } else {
                    &mut others
                };
                list.extend([format!("{name}.gz"), name.clone()]);
                others.push(format!("{name}/{name}"));
            }
        }
    }
    usual.append(&mut others);
    usual
}

/// Chooses what to train on and what to hold out among files of these names and kinds. A file that a
/// name alone speaks for may have the kind [`Kind::Unknown`].
///
/// # Errors
///
/// `data.files` if there are no images, two files of a kind, or several sets; `data.idx.magic` if a file
/// is not what its name says; `data.label_count` if images and labels differ in number.
pub fn choose(files: &[(String, Kind)]) -> Result<Choice, Error> {
    let (mut images, mut labels, mut others) = (Vec::new(), Vec::new(), Vec::new());
    let mut inputs = Vec::new();
    for (place, (name, kind)) in files.iter().enumerate() {
        if is_clutter(name) {
            continue;
        }
        let list = match content_of(name, kind) {
            Some(Wanted::Images) if is_input(name) => &mut inputs,
            Some(Wanted::Images) => &mut images,
            Some(Wanted::Labels) => &mut labels,
            None => &mut others,
        };
        let candidate = Candidate {
            place,
            name,
            kind,
            part: part_of(name),
            set: set_of(name),
        };
        if !list.iter().any(|other| is_copy(other, &candidate)) {
            list.push(candidate);
        }
    }
    if images.is_empty() {
        images = std::mem::take(&mut inputs);
    }
    let all = images.len() + labels.len() + others.len();
    match (&*images, &*others, &*labels) {
        ([], [one], _) | ([], _, [one]) if all == 1 => return Err(not(one, Wanted::Images).into()),
        _ => {}
    }
    let train = images_among(&images, &labels, &others)?;
    let of_tests = |one: &&Candidate| one.part == Some(Part::HeldOut) && one.set == train.set;
    let held_out = match train.part {
        Some(Part::Train) => images.iter().find(of_tests),
        _ => None,
    };
    // Labels of images that are held out are not those of others.
    let is_free = |one: &&Candidate| held_out.is_none() || !of_tests(one);
    let pair = with_labels(train, &labels.iter().filter(is_free).collect::<Vec<_>>())?;
    let labels: Vec<_> = labels.iter().filter(of_tests).collect();
    let with_inputs = |pair: Pair, images: &Candidate| {
        let belongs = |one: &&Candidate| one.part == images.part && one.set == images.set;
        let inputs = inputs.iter().find(belongs).map(|one| one.place);
        Pair { inputs, ..pair }
    };
    Ok(Choice {
        train: with_inputs(pair, train),
        held_out: held_out
            .map(|images| Ok::<_, Error>(with_inputs(with_labels(images, &labels)?, images)))
            .transpose()?,
    })
}

/// Whether a name says that the pictures are those that others are to be made of.
fn is_input(name: &str) -> bool {
    file_name(name).to_lowercase().contains("inputs")
}

/// The images to train on.
fn images_among<'a>(
    images: &'a [Candidate<'a>],
    labels: &[Candidate],
    others: &[Candidate],
) -> Result<&'a Candidate<'a>, DataError> {
    for part in [Some(Part::Train), None, Some(Part::HeldOut)] {
        let of_part: Vec<_> = images.iter().filter(|one| one.part == part).collect();
        match *of_part {
            [] => {}
            [one] => return Ok(one),
            [first, second, ..] => {
                let sets: BTreeSet<_> = of_part.iter().map(|one| one.set.as_str()).collect();
                if part.is_some() && sets.len() == of_part.len() && !sets.contains("") {
                    let sets = Vec::from_iter(sets).join(", ");
                    return Err(DataError::Sets { sets });
                }
                return Err(two(first, second, Wanted::Images));
            }
        }
    }
    match (labels, others) {
        ([first, second, ..], _) => Err(two(first, second, Wanted::Labels)),
        _ => Err(DataError::NoImages {
            found: told(labels.iter().chain(others)),
        }),
    }
}

/// Images with the labels that belong to them.
fn with_labels(images: &Candidate, labels: &[&Candidate]) -> Result<Pair, DataError> {
    let of_part = |one: &&Candidate| one.part == images.part;
    let mut near: Vec<_> = labels.iter().copied().filter(of_part).collect();
    if near.iter().any(|one| one.set == images.set) {
        near.retain(|one| one.set == images.set);
    }
    let labels = match (&*near, labels) {
        ([one], _) | ([], [one]) => Some(*one),
        ([], _) => None,
        ([first, second, ..], _) => return Err(two(first, second, Wanted::Labels)),
    };
    is_as_wanted(images, Wanted::Images)?;
    if let Some(labels) = labels {
        is_as_wanted(labels, Wanted::Labels)?;
        let is_other_part = labels.part != images.part;
        let is_other_set = labels.set != images.set;
        // Names that say as much as MNIST's must agree.
        if images.part.is_some() && labels.part.is_some() && (is_other_part || is_other_set) {
            return Err(DataError::TwoSets {
                images: images.name.into(),
                labels: labels.name.into(),
            });
        }
        if let (Kind::Idx(of_images), Kind::Idx(of_labels)) = (images.kind, labels.kind)
            && let (Some(&image_count), Some(&label_count)) =
                (of_images.sizes.first(), of_labels.sizes.first())
            && image_count != label_count
            // The reader refuses what cannot be.
            && [of_images, of_labels].iter().all(|header| header.volume() <= MAX_BYTES.into())
        {
            return Err(DataError::PairCount {
                images: images.name.into(),
                image_count,
                labels: labels.name.into(),
                label_count,
            });
        }
    }
    Ok(Pair {
        images: images.place,
        labels: labels.map(|labels| labels.place),
        inputs: None,
    })
}

/// What a file holds or is meant to hold.
fn content_of(name: &str, kind: &Kind) -> Option<Wanted> {
    let file = file_name(name).to_lowercase();
    let said = if file.contains("label") || file.contains("idx1") || file.contains("idx2") {
        Some(Wanted::Labels)
    } else if file.contains("image")
        || is_input(name)
        || file.contains("idx3")
        || file.contains("idx4")
    {
        Some(Wanted::Images)
    } else {
        None
    };
    match kind {
        Kind::Idx(header) => match header.dimensions() {
            1 => Some(Wanted::Labels),
            2 => said.or(Some(Wanted::Images)),
            _ => Some(Wanted::Images),
        },
        // What claims to be IDX and is none.
        Kind::Known(_) if !file.contains("idx") && !file.contains("ubyte") => None,
        Kind::Known(_) | Kind::IdxReversed | Kind::Empty | Kind::Unknown => said,
    }
}

/// Which part a file is of: its name says so, or a folder's.
pub fn part_of(path: &str) -> Option<Part> {
    path.rsplit(['/', '\\']).find_map(|name| {
        words(name).find_map(|word| {
            if word.starts_with("train") {
                Some(Part::Train)
            } else if word.starts_with("test") || TESTS.contains(&&*word) {
                Some(Part::HeldOut)
            } else {
                None
            }
        })
    })
}

const TESTS: [&str; 5] = ["t10k", "val", "valid", "validation", "eval"];

/// What a path says beyond a file's content and part.
fn set_of(path: &str) -> String {
    let mut rest = Vec::new();
    for name in path.split(['/', '\\']) {
        rest.extend(words(name).filter(|word| {
            let is_part = part_of(word).is_some();
            let is_content = [
                "image", "label", "input", "idx", "ubyte", "byte", "int", "gz",
            ]
            .iter()
            .any(|start| word.starts_with(start));
            let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
            !(is_part || is_content || is_number)
        }));
    }
    rest.join("-")
}

fn words(name: &str) -> impl Iterator<Item = String> {
    (name.split(|letter: char| !letter.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// Whether two files are one, packed and unpacked, or downloaded twice.
fn is_copy(a: &Candidate, b: &Candidate) -> bool {
    let plain = |name: &str| {
        let is_more = |word: &String| word == "gz" || word.bytes().all(|b| b.is_ascii_digit());
        let words: Vec<_> = words(file_name(name))
            .filter(|word| !is_more(word))
            .collect();
        words
    };
    a.kind == b.kind && a.part == b.part && a.set == b.set && plain(a.name) == plain(b.name)
}

fn is_as_wanted(file: &Candidate, wanted: Wanted) -> Result<(), DataError> {
    match file.kind {
        // The reader looks more closely.
        Kind::Unknown => Ok(()),
        Kind::Idx(header) if header.holds(wanted) => Ok(()),
        _ => Err(not(file, wanted)),
    }
}

fn not(file: &Candidate, wanted: Wanted) -> DataError {
    let error = match file.kind {
        Kind::Empty => DataError::NoBytes,
        kind => DataError::Kind {
            found: kind.clone(),
            wanted,
        },
    };
    error.in_file(file.name)
}

fn two(first: &Candidate, second: &Candidate, what: Wanted) -> DataError {
    DataError::TwoOfAKind {
        what,
        first: first.name.into(),
        second: second.name.into(),
    }
}

/// Files and what they are.
fn told<'a>(files: impl Iterator<Item = &'a Candidate<'a>>) -> String {
    const MOST: usize = 8;
    let mut told: Vec<_> = files
        .map(|file| match file.kind {
            Kind::Unknown => format!("“{}”", file.name),
            kind => format!("“{}” ({kind})", file.name),
        })
        .collect();
    let more = told.len().saturating_sub(MOST);
    told.truncate(MOST);
    if more > 0 {
        told.push(format!("and {more} more"));
    }
    match told.is_empty() {
        true => "nothing".into(),
        false => told.join(", "),
    }
}
