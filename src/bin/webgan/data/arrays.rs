//! Pictures that come as numbers: NumPy's arrays, and CIFAR's binary files. Finds out which of them are pictures,
//! which are labels, which are to learn and which to be held out, by the rules of the page's `www/pictures/arrays.js`.

use std::sync::LazyLock;

use regex_lite::Regex;
use webgan::data::{ImageSet, Images};
use webgan::shape::SampleShape;

use super::cifar;
use super::found::Found;
use super::npy::{Numbers, arrays_in};
use super::pixels::{Picture, shrink, twins};
use super::report::{Reason, Report};
use super::shape::{How, Look, Wish, most, suggest};
use super::tenths::{self, HoldOut};
use crate::files::{Named, Result};

/// Pictures of one size.
pub(super) struct Part {
    pub(super) count: usize,
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) channels: usize,
    pub(super) pictures: Pictures,
    /// One each.
    pub(super) labels: Option<Vec<u8>>,
}

/// Where the pixels are.
pub(super) enum Pictures {
    Numbers {
        numbers: Numbers,
        layout: Layout,
        scale: Scale,
    },
    Cifar {
        bytes: Vec<u8>,
        record: usize,
    },
}

pub(super) struct Arrays {
    pub(super) learned: Part,
    pub(super) held_out: Option<Part>,
    /// Names of the classes, by label; none where they are not told.
    pub(super) classes: Vec<String>,
}

static NUMPY: LazyLock<Regex> = LazyLock::new(|| expression(r"\.np[yz]$"));
static OUT: LazyLock<Regex> = LazyLock::new(|| {
    expression("(^|[^a-z])(test|t10k|val|valid|validation|eval|heldout)([^a-z]|$)")
});
static TESTS: LazyLock<Regex> = LazyLock::new(|| expression("test|t10k"));
static LABELS: LazyLock<Regex> =
    LazyLock::new(|| expression("(^|[^a-z])(y|labels?|targets?|classes|class)([^a-z]|$)"));

fn expression(text: &str) -> Regex {
    Regex::new(&format!("(?i){text}")).expect("it is one")
}

const MAX_CLASSES: usize = 256;
/// Arrays are read whole, so many bytes of them.
pub(super) const MAX_BYTES: u64 = 1 << 30;

/// Whether a file is of arrays by its name, or names their classes.
pub(super) fn is_arrays(path: &str) -> bool {
    NUMPY.is_match(path) || cifar::is_cifar(path) || cifar::is_names(path)
}

impl Arrays {
    pub(super) fn read(found: &[&Found]) -> Result<Self> {
        if found.iter().any(|one| cifar::is_cifar(&one.path)) {
            return cifar::read(found);
        }
        let mut limit = MAX_BYTES;
        let (mut arrays, mut out) = (Vec::new(), Vec::new());
        for one in found.iter().filter(|one| NUMPY.is_match(&one.path)) {
            let bytes = one.bytes(limit)?;
            let is_one = one.path.to_lowercase().ends_with(".npy");
            let some = match is_one {
                true => Numbers::parse(bytes).map(|numbers| vec![(one.name().to_owned(), numbers)]),
                false => arrays_in(bytes, limit),
            };
            for (name, numbers) in some.named(one.path.as_ref())? {
                limit = limit.saturating_sub(numbers.size());
                let name = name.rsplit('/').next().unwrap_or_default();
                let name = name.strip_suffix(".npy").unwrap_or(name).to_owned();
                let list = if OUT.is_match(&name) {
                    &mut out
                } else {
                    &mut arrays
                };
                list.push((name, numbers));
            }
        }
        let all: Vec<_> = arrays.iter().chain(&out).map(describe).collect();
        let Some(learned) = part_of(arrays)? else {
            return Err(format!(
                "none of the arrays is pictures: {}; save them as an array of count × rows × \
                 columns, or × 3 for colours, such as x_train",
                all.join(", ")
            )
            .into());
        };
        // Of several, such as those for validation and for tests, the latter.
        if out.iter().any(|(name, _)| TESTS.is_match(name)) {
            out.retain(|(name, _)| TESTS.is_match(name));
        }
        Ok(Self {
            learned,
            held_out: part_of(out)?,
            classes: Vec::new(),
        })
    }

    pub(super) fn how(&self, wish: Wish) -> How {
        let &Part {
            width,
            height,
            channels,
            ..
        } = &self.learned;
        let shape = SampleShape::square(width, channels);
        wish.or(match width == height && shape.is_made_for() {
            true => shape,
            false => suggest(&[Look {
                width,
                height,
                is_colour: channels == 3,
            }]),
        })
    }

    /// The pictures to train on, every tenth of them where nothing comes held out, and what is told of them and of
    /// so many files beside them.
    pub(super) fn training(
        &self,
        how: How,
        hold_out: HoldOut,
        beside: usize,
    ) -> Result<(ImageSet, Option<ImageSet>, Report)> {
        let images = self.learned.taken(how)?;
        let mut report = Report {
            taken: images.count(),
            shape: Some(how.shape()),
            held_out: self
                .held_out
                .as_ref()
                .map(|part| part.count.min(most(how.shape()))),
            ..Report::default()
        };
        let name = |&label: &u8| match self.classes.get(usize::from(label)) {
            Some(name) => name.clone(),
            None => label.to_string(),
        };
        let names = images.class_labels().iter().map(name);
        let counts = images
            .class_counts()
            .into_iter()
            .map(|count| count as usize);
        report.classes = names.zip(counts).collect();
        report.skip(Reason::NotPicture, beside);
        report.skip(Reason::TooMany, self.learned.count - images.count());
        let called = |place: usize| format!("no. {}", place + 1);
        let twins = twins(images.pixels(), how.shape().features());
        report.twins = (twins.iter())
            .map(|&(twin, first)| (called(twin), called(first)))
            .collect();
        let (images, tenth) = match hold_out {
            HoldOut::Tenth if self.held_out.is_none() => {
                let (images, tenth) = tenths::split(images, &twins)?;
                report.tenth = Some(tenth.as_ref().map_or(0, ImageSet::count));
                (images, tenth)
            }
            _ => (images, None),
        };
        Ok((images, tenth, report))
    }

    /// Those that come held out.
    pub(super) fn held_out(&self, how: How) -> Result<Option<ImageSet>> {
        (self.held_out.as_ref().map(|part| part.taken(how))).transpose()
    }
}

impl Part {
    fn taken(&self, how: How) -> Result<ImageSet> {
        let count = self.count.min(most(how.shape()));
        let images = Images {
            count,
            rows: how.side,
            columns: how.side,
            channels: how.channels,
            pixels: (0..count)
                .flat_map(|place| shrink(&self.picture(place), how))
                .collect(),
        };
        let labels = self.labels.as_ref().map(|labels| labels[..count].to_vec());
        Ok(ImageSet::new(images, labels)?)
    }

    fn picture(&self, place: usize) -> Picture {
        match &self.pictures {
            Pictures::Cifar { bytes, record } => {
                cifar::picture(&bytes[place * record..][..*record])
            }
            Pictures::Numbers {
                numbers,
                layout,
                scale,
            } => {
                let pixels = self.width * self.height;
                let depth = layout.depth;
                let pixel = |pixel: usize| {
                    let (at, step) = match layout.is_planar {
                        true => (place * pixels * depth + pixel, pixels),
                        false => ((place * pixels + pixel) * depth, 1),
                    };
                    let value = |channel: usize| scale.byte(numbers.get(at + channel * step));
                    match depth {
                        1 => [value(0), value(0), value(0), 255],
                        3 => [value(0), value(1), value(2), 255],
                        _ => [value(0), value(1), value(2), value(3)],
                    }
                };
                Picture {
                    rgba: (0..pixels).flat_map(pixel).collect(),
                    width: self.width,
                    height: self.height,
                }
            }
        }
    }
}

fn describe((name, numbers): &(String, Numbers)) -> String {
    let sizes: Vec<_> = numbers.shape.iter().map(usize::to_string).collect();
    format!("{name} ({})", sizes.join("×"))
}

/// The most pictures among arrays, with their labels; nothing where none of them is pictures.
fn part_of(mut arrays: Vec<(String, Numbers)>) -> Result<Option<Part>> {
    let mut best: Option<(usize, Layout)> = None;
    for (place, (name, numbers)) in arrays.iter().enumerate() {
        if let Some(layout) = Layout::of(&numbers.shape)
            && !LABELS.is_match(name)
            && best
                .as_ref()
                .is_none_or(|(_, best)| layout.count > best.count)
        {
            best = Some((place, layout));
        }
    }
    let Some((place, layout)) = best else {
        return Ok(None);
    };
    let (_, numbers) = arrays.remove(place);
    arrays.sort_by_key(|(name, _)| !LABELS.is_match(name));
    let of_each = |(_, numbers): &&(String, Numbers)| numbers.shape.first() == Some(&layout.count);
    let labels = arrays
        .iter()
        .filter(of_each)
        .find_map(|(_, numbers)| labels_in(numbers));
    Ok(Some(Part {
        count: layout.count,
        width: layout.width,
        height: layout.height,
        channels: if layout.depth < 3 { 1 } else { 3 },
        pictures: Pictures::Numbers {
            scale: Scale::of(&numbers)?,
            numbers,
            layout,
        },
        labels,
    }))
}

/// How pictures lie in an array: many of rows and columns, with colours last or first, or each in one row.
pub(super) struct Layout {
    count: usize,
    height: usize,
    width: usize,
    depth: usize,
    is_planar: bool,
}

impl Layout {
    /// Nothing where an array is no pictures.
    fn of(shape: &[usize]) -> Option<Self> {
        let new = |height, width, depth, is_planar| Self {
            count: shape[0],
            height,
            width,
            depth,
            is_planar,
        };
        let found = match *shape {
            [_, height, width, depth @ (1 | 3 | 4)] => new(height, width, depth, false),
            [_, depth @ (1 | 3 | 4), height, width] => new(height, width, depth, true),
            [_, height, width] if height.min(width) > 4 => new(height, width, 1, false),
            [_, pixels] if pixels.isqrt().pow(2) == pixels && pixels > 16 => {
                new(pixels.isqrt(), pixels.isqrt(), 1, false)
            }
            _ => return None,
        };
        [found.count, found.height, found.width]
            .iter()
            .all(|&size| size > 0)
            .then_some(found)
    }
}

/// What makes bytes of numbers: whatever runs from 0 to 1, or from -1 to 1, is spread over them.
pub(super) struct Scale {
    factor: f64,
    least: f64,
}

impl Scale {
    fn of(numbers: &Numbers) -> Result<Self> {
        let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
        for place in 0..numbers.count() {
            let value = numbers.get(place);
            if !value.is_finite() {
                return Err("an array holds numbers that are none (NaN or infinite)".into());
            }
            (least, most) = (least.min(value), most.max(value));
        }
        let spread = |least: f64, most: f64| Self {
            factor: 255.0 / if most > least { most - least } else { 1.0 },
            least,
        };
        Ok(match (least, most) {
            _ if most > 255.0 || least < -1.0 => spread(least, most),
            _ if most > 1.0 => spread(0.0, 255.0),
            _ if least < 0.0 => spread(-1.0, 1.0),
            _ => spread(0.0, 1.0),
        })
    }

    fn byte(&self, value: f64) -> u8 {
        (self.factor * (value - self.least)).round_ties_even() as u8
    }
}

/// Nothing where they are no labels.
fn labels_in(numbers: &Numbers) -> Option<Vec<u8>> {
    let (count, width) = match numbers.shape[..] {
        [count] => (count, 1),
        [count, width] if (1..=MAX_CLASSES).contains(&width) => (count, width),
        _ => return None,
    };
    if width == 1 {
        let byte = |place| {
            let value = numbers.get(place);
            let is_byte = value.fract() == 0.0 && (0.0..MAX_CLASSES as f64).contains(&value);
            is_byte.then_some(value as u8)
        };
        return (0..count).map(byte).collect();
    }
    // One of many: the first place that has the most.
    let largest = |row: usize| {
        let value = |place: usize| numbers.get(row * width + place);
        let better = |best, place| {
            if value(place) > value(best) {
                place
            } else {
                best
            }
        };
        (1..width).fold(0, better) as u8
    };
    Some((0..count).map(largest).collect())
}
