//! Data of the command line, out of whatever a path means: IDX files, pictures in folders, arrays, and archives of
//! them. What came is said on standard error. What the page takes it takes by the same rules.

mod archives;
mod arrange;
mod arrays;
mod cifar;
mod decode;
mod found;
mod idx;
mod npy;
mod pictures;
mod pixels;
mod report;
mod shape;
mod sheet;
mod tenths;

use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;
use webgan::data::{ImageSet, Pairing, is_clutter};
use webgan::shape::SampleShape;

use arrays::Arrays;
use found::Found;
use pictures::Training;
use report::Report;
use shape::{Fit, Wish};
use sheet::Tiles;
use tenths::HoldOut;

use crate::files::{Named, Result};
use crate::output;

/// Where the data are, and how they are taken.
#[derive(clap::Args)]
pub(crate) struct Data {
    /// A folder of pictures (PNG, JPEG, GIF, WebP, BMP) whose folders are classes, `train` and `test` apart; or of
    /// IDX files, of CIFAR's binary ones or of NumPy's; or one .npz, .zip, .tar or .tar.gz of any of these.
    #[arg(long, value_name = "PATH", default_value = idx::FOLDER)]
    data: PathBuf,
    /// Pixels along each side that pictures are brought to, in place of what is suggested.
    #[arg(long, value_parser = side)]
    side: Option<usize>,
    /// Takes pictures as greys, 1, or in red, green and blue, 3.
    #[arg(long, value_parser = channels)]
    channels: Option<usize>,
    /// What becomes of pictures that are no squares.
    #[arg(long, value_enum)]
    fit: Option<Fit>,
    /// Cuts a single picture into tiles of so many pixels along each side, in place of those that are found; `none`
    /// takes it as it is.
    #[arg(long, value_name = "SIDE")]
    tiles: Option<Tiles>,
    /// What is held out to measure with, of pictures and arrays of which nothing comes held out.
    #[arg(long, value_enum, default_value_t)]
    hold_out: HoldOut,
    /// For a GAN that makes pictures out of others, as pix2pix does: what is taken away from each picture to make the
    /// one that it is to be made of. IDX files have their own where files of inputs lie beside them.
    #[arg(long, value_name = "WHAT", value_parser = PossibleValuesParser::new(Pairing::IDS))]
    pairs: Option<String>,
}

fn one_of(text: &str, all: &[usize]) -> std::result::Result<usize, String> {
    let found = text.parse().ok().filter(|number| all.contains(number));
    let words: Vec<_> = all.iter().map(usize::to_string).collect();
    found.ok_or_else(|| format!("expected one of {}", words.join(", ")))
}

fn side(text: &str) -> std::result::Result<usize, String> {
    one_of(text, &SampleShape::SIDES)
}

fn channels(text: &str) -> std::result::Result<usize, String> {
    one_of(text, &[1, 3])
}

/// Pictures to train on and to hold out, each with its class.
pub(crate) struct Sets {
    pub(crate) train: ImageSet,
    pub(crate) held_out: ImageSet,
    /// IDX files that they come from.
    pub(crate) files: Vec<PathBuf>,
}

/// What lies at the path.
enum Source<'a> {
    /// Those to train on are read, among all that was found.
    Pictures(Vec<Found>, Box<Training>),
    /// With the number of files beside them.
    Arrays(Box<Arrays>, usize),
    Idx(idx::Files<'a>),
}

impl Data {
    /// Reads what to train on alone, with its classes if they are there. Pictures are brought to a shape, if one is
    /// asked for.
    pub(crate) fn training(&self, shape: Option<SampleShape>) -> Result<ImageSet> {
        let wish = self.wish(shape);
        self.training_of(self.source(wish)?, wish)
    }

    fn training_of(&self, source: Source, wish: Wish) -> Result<ImageSet> {
        let (images, report) = match source {
            Source::Pictures(_, training) => (training.images, training.report),
            Source::Arrays(arrays, beside) => {
                let training = arrays.training(arrays.how(wish), wish.hold_out, beside);
                let (images, _, report) = training.named(&self.data)?;
                (images, report)
            }
            Source::Idx(files) => files.training()?,
        };
        tell(&report);
        self.paired(images)
    }

    /// Reads what to train on, and what to hold out if the data say which that is, of pairs: no classes are asked for.
    pub(crate) fn with_held_out(
        &self,
        shape: Option<SampleShape>,
    ) -> Result<(ImageSet, Option<ImageSet>)> {
        let wish = self.wish(shape);
        match self.source(wish)? {
            Source::Idx(files) if files.has_held_out() => {
                let sets = self.both(files.sets(true)?)?;
                Ok((sets.train, Some(sets.held_out)))
            }
            Source::Pictures(_, mut training) if training.tenth.is_some() => {
                let tenth = training.tenth.take().map(|tenth| self.paired(tenth));
                let images = self.training_of(Source::Pictures(Vec::new(), training), wish)?;
                Ok((images, tenth.transpose()?))
            }
            source => Ok((self.training_of(source, wish)?, None)),
        }
    }

    fn both(&self, sets: Sets) -> Result<Sets> {
        Ok(Sets {
            train: self.paired(sets.train)?,
            held_out: self.paired(sets.held_out)?,
            ..sets
        })
    }

    /// Pictures with what each is to be made of, if that was asked for.
    fn paired(&self, images: ImageSet) -> Result<ImageSet> {
        Ok(match &self.pairs {
            Some(id) => {
                let pairing = Pairing::by_id(id)?;
                pairing.check(images.shape())?;
                images.paired(pairing)
            }
            None => images,
        })
    }

    pub(crate) fn makes_pairs(&self) -> bool {
        self.pairs.is_some()
    }

    /// Reads what to train on and what to hold out.
    ///
    /// - `are_pairs`: whether they are to be pairs, which need no classes
    pub(crate) fn sets(&self, shape: Option<SampleShape>, are_pairs: bool) -> Result<Sets> {
        self.both(self.read_sets(shape, are_pairs || self.makes_pairs())?)
    }

    fn read_sets(&self, shape: Option<SampleShape>, are_pairs: bool) -> Result<Sets> {
        let wish = self.wish(shape);
        match self.source(wish)? {
            Source::Idx(files) => files.sets(are_pairs),
            Source::Pictures(found, training) => {
                tell(&training.report);
                if let Some(tenth) = training.tenth {
                    return self.joined(training.images, tenth);
                }
                let (held_out, report) = pictures::held_out(&found, &training).named(&self.data)?;
                let lines = report.lines();
                output::remark(&format!("to hold out: {}", lines[0]));
                self.joined(training.images, held_out)
            }
            Source::Arrays(arrays, beside) => {
                let how = arrays.how(wish);
                let training = arrays.training(how, wish.hold_out, beside);
                let (train, tenth, report) = training.named(&self.data)?;
                tell(&report);
                let held_out = arrays.held_out(how).named(&self.data)?.or(tenth);
                let lacks = || {
                    format!(
                        "no pictures to hold out among the arrays, such as x_test and y_test, and fewer than {} \
                         that differ, of which every tenth were held out",
                        tenths::FEWEST
                    )
                };
                let held_out = held_out.ok_or_else(lacks).named(&self.data)?;
                self.joined(train, held_out)
            }
        }
    }

    fn joined(&self, train: ImageSet, held_out: ImageSet) -> Result<Sets> {
        let held_out = match train.classes().is_some() && held_out.classes().is_some() {
            true => held_out.in_classes_of(&train).named(&self.data)?,
            false => held_out,
        };
        Ok(Sets {
            held_out,
            train,
            files: Vec::new(),
        })
    }

    /// What is asked for, or else a shape that networks have.
    fn wish(&self, shape: Option<SampleShape>) -> Wish {
        let shape = shape.filter(|shape| shape.is_made_for());
        Wish {
            side: self.side.or(shape.map(|shape| shape.height)),
            channels: self.channels.or(shape.map(|shape| shape.channels)),
            fit: self.fit,
            hold_out: self.hold_out,
            tiles: self.tiles,
        }
    }

    fn source(&self, wish: Wish) -> Result<Source<'_>> {
        let path = self.data.as_path();
        if !path.is_dir() && !is_read_alone(path) {
            return self.idx(idx::beginning_with(path)?);
        }
        let (found, is_cut) = found::at(path)?;
        if is_cut {
            output::remark(&format!(
                "{}: the first {} files are looked at",
                path.display(),
                found::MAX_FILES
            ));
        }
        let files = || found.iter().filter(|one| !is_clutter(&one.path));
        if files().any(|one| pictures::is_picture(&one.path)) {
            let refusal = match pictures::training(&found, wish).named(path) {
                Ok(training) => return Ok(Source::Pictures(found, Box::new(training))),
                Err(refusal) => refusal,
            };
            // A damaged picture beside a set of IDX files is no picture.
            let others = found.into_iter();
            let others = others.filter(|one| !pictures::is_picture(&one.path));
            return self.idx(others.collect()).map_err(|_| refusal);
        }
        let arrays: Vec<_> = files().filter(|one| arrays::is_arrays(&one.path)).collect();
        match arrays.is_empty() {
            true => self.idx(found),
            false => {
                let beside = files().count() - arrays.len();
                let arrays = Arrays::read(&arrays).named(path)?;
                Ok(Source::Arrays(Box::new(arrays), beside))
            }
        }
    }

    fn idx(&self, found: Vec<Found>) -> Result<Source<'_>> {
        let files = idx::Files::among(&self.data, found)?;
        let is_as_it_is = Wish::default() == self.wish(None);
        if !is_as_it_is {
            return Err(
                "IDX files are taken as they are: --side, --channels, --fit, --tiles and --hold-out are for pictures and arrays",
            )
            .named(&self.data);
        }
        Ok(Source::Idx(files))
    }

    /// The words of a command that takes the same data.
    pub(crate) fn words(&self) -> Vec<String> {
        let mut words = Vec::new();
        if self.data != Path::new(idx::FOLDER) {
            words.extend(["--data".into(), output::shell_word(&self.data)]);
        }
        let numbers = [("--side", self.side), ("--channels", self.channels)];
        for (option, number) in numbers {
            words.extend(number.map(|number| format!("{option} {number}")));
        }
        if self.fit == Some(Fit::Whole) {
            words.push("--fit whole".into());
        }
        words.extend(self.tiles.map(|tiles| match tiles {
            Tiles::None => "--tiles none".into(),
            Tiles::Side(side) => format!("--tiles {side}"),
        }));
        if self.hold_out == HoldOut::None {
            words.push("--hold-out none".into());
        }
        words.extend(self.pairs.iter().map(|what| format!("--pairs {what}")));
        words
    }
}

/// One picture as a network takes it, brought to a shape.
pub(crate) fn picture(path: &Path, shape: SampleShape) -> Result<Vec<f32>> {
    Ok(scaled(&pictures::one(path, shape)?, shape))
}

/// A picture's bytes as a network takes them: from -1 to 1, channel by channel.
pub(crate) fn scaled(pixels: &[u8], shape: SampleShape) -> Vec<f32> {
    let of_channel = |channel| pixels[channel..].iter().step_by(shape.channels);
    let numbers = (0..shape.channels).flat_map(of_channel);
    numbers
        .map(|&value| f32::from(value) / 127.5 - 1.0)
        .collect()
}

/// Whether a file is one that is read by itself.
fn is_read_alone(path: &Path) -> bool {
    let name = path.to_string_lossy();
    let by_name = [
        archives::is_archive,
        arrays::is_arrays,
        pictures::is_picture,
    ];
    path.is_file() && by_name.iter().any(|is_one| is_one(&name))
}

fn tell(report: &Report) {
    for line in report.lines() {
        output::remark(&line);
    }
}
