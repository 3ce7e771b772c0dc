//! Reads pictures out of folders: which of the files are taken, how, and what their folders say of them, by the rules
//! of the page's `www/pictures/reading.js`.

use std::path::Path;
use std::sync::LazyLock;

use regex_lite::Regex;
use webgan::data::{ImageSet, Images, is_clutter};
use webgan::shape::SampleShape;

use super::arrange::{Arrangement, arrange};
use super::decode::decode;
use super::found::Found;
use super::pixels::{Picture, shrink, twins};
use super::report::{FILE_BYTES, Reason, Report, TOTAL_BYTES};
use super::shape::{Fit, How, Look, Wish, is_colour, most, suggest};
use super::sheet::{Tiles, Tiling, likely, tilings};
use super::tenths::{self, HoldOut};
use crate::files::{self, Result};
use crate::output;
use crate::progress::Progress;

/// So many pictures are looked at before it is suggested how to take them all.
const LOOKED_AT: usize = 60;
/// As a picture is looked at before it is known how it is taken.
const GLANCE: How = How {
    side: 32,
    channels: 3,
    fit: Fit::Whole,
};

/// Whether a file claims to be a picture by its name.
pub(super) fn is_picture(path: &str) -> bool {
    static PICTURE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)\.(png|jpe?g|webp|gif|bmp|avif|hei[cf]|tiff?|svg|jxl)$")
            .expect("it is one")
    });
    PICTURE.is_match(path)
}

/// Pictures that were read.
struct Taken {
    paths: Vec<String>,
    pixels: Vec<u8>,
}

/// Pictures to train on, and what their folders say.
pub(super) struct Training {
    pub(super) images: ImageSet,
    /// Every tenth, where nothing comes held out.
    pub(super) tenth: Option<ImageSet>,
    pub(super) report: Report,
    pub(super) arrangement: Arrangement,
    pub(super) how: How,
}

/// Reads the pictures to train on.
///
/// # Errors
///
/// Where there are none.
pub(super) fn training(found: &[Found], wish: Wish) -> Result<Training> {
    let mut report = Report::default();
    let paths: Vec<_> = (found.iter().map(|one| one.path.as_str()))
        .filter(|path| is_picture(path) && !is_clutter(path))
        .collect();
    // As far as names tell. Which of them can be read, and so what their folders say, is known when they have been.
    let expected = arrange(paths.iter().copied());
    let mut kept = sift(found, &expected, &mut report);
    let sheet = match kept[..] {
        [one] => sheet(one, wish.tiles)?,
        _ if wish.tiles.is_some() => {
            return Err("--tiles is for a single picture, and these are several".into());
        }
        _ => None,
    };
    let how = wish.or(match &sheet {
        Some((picture, tiling)) => suggest(&[Look {
            width: tiling.side,
            height: tiling.side,
            ..look(picture)
        }]),
        None => suggest(&looks(&kept)),
    });
    report.shape = Some(how.shape());
    report.skip(
        Reason::TooMany,
        kept.len().saturating_sub(most(how.shape())),
    );
    kept.truncate(most(how.shape()));
    let read = match &sheet {
        Some((picture, tiling)) => cut(picture, *tiling, &kept[0].path, how, &mut report),
        None => read(&kept, how, &mut report),
    };
    let unread = paths.iter().filter(|path| !expected.is_taken(path));
    let all = (read.paths.iter().map(String::as_str)).chain(unread.copied());
    let arrangement = arrange(all);
    let taken = read.of(&arrangement, how);
    report.skip(Reason::OtherPart, read.paths.len() - taken.paths.len());
    if taken.paths.is_empty() {
        let paths: Vec<_> = paths.into_iter().map(str::to_owned).collect();
        return Err(report.refusal(&paths).into());
    }
    report.taken = taken.paths.len();
    report.are_folders = true;
    report.beside = arrangement.beside;
    let levels = arrangement.classes.iter();
    report.classes = levels.flat_map(|level| level.folders.clone()).collect();
    let called = |place: usize| match sheet {
        Some(_) => format!("no. {}", place + 1),
        None => taken.paths[place].clone(),
    };
    let twins = twins(&taken.pixels, how.shape().features());
    report.twins = (twins.iter())
        .map(|&(twin, first)| (called(twin), called(first)))
        .collect();
    let labels = arrangement.classes.as_ref().map(|_| {
        let classes = taken.paths.iter().map(|path| arrangement.class_of(path));
        classes
            .map(|class| class.expect("they are its own"))
            .collect()
    });
    let all = taken.into_images(labels, how)?;
    let (images, tenth) = match wish.hold_out {
        HoldOut::Tenth if arrangement.held_out().is_none() => {
            let (images, tenth) = tenths::split(all, &twins)?;
            report.tenth = Some(tenth.as_ref().map_or(0, ImageSet::count));
            (images, tenth)
        }
        _ => (all, None),
    };
    Ok(Training {
        images,
        tenth,
        report,
        arrangement,
        how,
    })
}

/// Reads the pictures to hold out, in the classes of those to train on and taken like them, and says what was left out.
///
/// # Errors
///
/// Where there are none, or where one is in another class.
pub(super) fn held_out(found: &[Found], training: &Training) -> Result<(ImageSet, Report)> {
    let Some(arrangement) = training.arrangement.held_out() else {
        return Err(
            format!(
                "no pictures to hold out: put some into a folder `test`, beside one `train` for the others, or \
                 give at least {} that differ, of which every tenth is held out",
                tenths::FEWEST
            )
            .into(),
        );
    };
    let how = training.how;
    let mut report = Report {
        shape: Some(how.shape()),
        ..Report::default()
    };
    let mut kept = sift(found, &arrangement, &mut report);
    kept.truncate(most(how.shape()));
    let taken = read(&kept, how, &mut report);
    if taken.paths.is_empty() {
        let paths: Vec<_> = kept.iter().map(|one| one.path.clone()).collect();
        return Err(report.refusal(&paths).into());
    }
    report.taken = taken.paths.len();
    let class = |path: &String| {
        arrangement.class_of(path).ok_or_else(|| {
            format!("{path}: this picture to hold out lies in none of the folders that are classes")
        })
    };
    let labels = match arrangement.classes {
        None => None,
        Some(_) => Some((taken.paths.iter().map(class)).collect::<std::result::Result<_, _>>()?),
    };
    Ok((taken.into_images(labels, how)?, report))
}

/// One picture, brought to a shape: all of it, with white beside it.
pub(super) fn one(path: &Path, shape: SampleShape) -> Result<Vec<u8>> {
    let how = How {
        side: shape.height,
        channels: shape.channels,
        fit: Fit::Whole,
    };
    let bytes = files::read(path, FILE_BYTES)?;
    let refusal = |reason| {
        let mut report = Report::default();
        report.skip(reason, 1);
        report.refusal(&[path.display().to_string()])
    };
    let picture = decode(&bytes).map_err(refusal)?;
    let Picture { width, height, .. } = picture;
    if width != height {
        output::remark(&format!(
            "{} is {width}×{height}: all of it is taken, on white",
            path.display()
        ));
    }
    Ok(shrink(&picture, how))
}

/// Pictures out of what was found, in order, within the limits.
fn sift<'a>(found: &'a [Found], wanted: &Arrangement, report: &mut Report) -> Vec<&'a Found> {
    let (mut kept, mut bytes) = (Vec::new(), 0);
    for one in found {
        let reason = if is_clutter(&one.path) {
            Reason::Clutter
        } else if !is_picture(&one.path) {
            Reason::NotPicture
        } else if !wanted.is_taken(&one.path) {
            Reason::OtherPart
        } else if one.size > FILE_BYTES {
            Reason::TooLarge
        } else if bytes + one.size > TOTAL_BYTES {
            Reason::TooMuch
        } else {
            bytes += one.size;
            kept.push(one);
            continue;
        };
        report.skip(reason, 1);
    }
    kept
}

/// How some of them are, equally far from each other.
fn looks(kept: &[&Found]) -> Vec<Look> {
    let count = kept.len().min(LOOKED_AT);
    let some = (0..count).map(|i| kept[i * kept.len() / count]);
    some.filter_map(|one| decoded(one).ok().as_ref().map(look))
        .collect()
}

fn look(picture: &Picture) -> Look {
    Look {
        width: picture.width,
        height: picture.height,
        is_colour: is_colour(&shrink(picture, GLANCE)),
    }
}

/// A single picture and how it is cut, if it is a sheet or is to be one.
fn sheet(one: &Found, wish: Option<Tiles>) -> Result<Option<(Picture, Tiling)>> {
    let (Ok(picture), None | Some(Tiles::Side(_))) = (decoded(one), wish) else {
        return Ok(None);
    };
    let (width, height) = (picture.width, picture.height);
    let all = tilings([width, height]);
    let tiling = match wish {
        Some(Tiles::Side(side)) => {
            let found = all.iter().find(|tiling| tiling.side == side).copied();
            let sides: Vec<_> = all.iter().map(|tiling| tiling.side.to_string()).collect();
            let refusal = || match sides.is_empty() {
                true => format!("{width}×{height} pixels are no tiles"),
                false => format!(
                    "{width}×{height} pixels are no tiles of {side}: those of {} fit",
                    sides.join(", ")
                ),
            };
            Some(found.ok_or_else(refusal)?)
        }
        _ => likely(&all, &picture),
    };
    Ok(tiling.map(|tiling| (picture, tiling)))
}

/// The tiles of a sheet, less those of one colour alone.
fn cut(sheet: &Picture, tiling: Tiling, path: &str, how: How, report: &mut Report) -> Taken {
    let mut taken = Taken {
        paths: Vec::new(),
        pixels: Vec::new(),
    };
    for tile in tiling.cut(sheet) {
        if taken.paths.len() == most(how.shape()) {
            report.skip(Reason::TooMany, 1);
            continue;
        }
        let pixels = shrink(&tile, how);
        let mut pairs = pixels.iter().zip(&pixels[how.channels..]);
        if pairs.all(|(one, next)| one == next) {
            report.skip(Reason::Blank, 1);
        } else {
            taken.paths.push(path.to_owned());
            taken.pixels.extend(pixels);
        }
    }
    taken
}

fn decoded(one: &Found) -> std::result::Result<Picture, Reason> {
    let bytes = one.bytes(FILE_BYTES).map_err(|_| Reason::Damaged)?;
    decode(&bytes)
}

fn read(kept: &[&Found], how: How, report: &mut Report) -> Taken {
    let progress = Progress::counted("reading picture", kept.len(), 0);
    let mut taken = Taken {
        paths: Vec::new(),
        pixels: Vec::new(),
    };
    for (done, one) in kept.iter().enumerate() {
        progress.reach(done);
        match decoded(one) {
            Ok(picture) => {
                taken.paths.push(one.path.clone());
                taken.pixels.extend(shrink(&picture, how));
            }
            Err(reason) => {
                report.skip(reason, 1);
                report.unreadable.push((one.path.clone(), reason));
            }
        }
    }
    taken
}

impl Taken {
    /// Those that an arrangement takes.
    fn of(&self, arrangement: &Arrangement, how: How) -> Self {
        let pictures = self.pixels.chunks_exact(how.shape().features());
        let of_each = self.paths.iter().zip(pictures);
        let (paths, pictures): (Vec<_>, Vec<_>) = of_each
            .filter(|(path, _)| arrangement.is_taken(path))
            .unzip();
        Self {
            paths: paths.into_iter().cloned().collect(),
            pixels: pictures.concat(),
        }
    }

    fn into_images(self, labels: Option<Vec<u8>>, how: How) -> Result<ImageSet> {
        let images = Images {
            count: self.paths.len(),
            rows: how.side,
            columns: how.side,
            channels: how.channels,
            pixels: self.pixels,
        };
        Ok(ImageSet::new(images, labels)?)
    }
}
