//! How pictures are made small, and what is suggested for those that came: the page's `www/pictures/shape.js`, by
//! the same rules.

use clap::ValueEnum;
use webgan::data::MAX_BYTES;
use webgan::shape::SampleShape;

use super::sheet::Tiles;
use super::tenths::HoldOut;

/// What becomes of pictures that are no squares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Fit {
    /// The middle.
    Crop,
    /// All, with white beside it.
    #[value(alias = "fit")]
    Whole,
}

/// How pictures are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct How {
    pub(super) side: usize,
    pub(super) channels: usize,
    pub(super) fit: Fit,
}

/// What somebody chose in place of what is suggested.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Wish {
    pub(super) side: Option<usize>,
    pub(super) channels: Option<usize>,
    pub(super) fit: Option<Fit>,
    pub(super) hold_out: HoldOut,
    /// Of a single picture that may be a sheet.
    pub(super) tiles: Option<Tiles>,
}

/// How a picture is, as far as it matters here.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) is_colour: bool,
}

/// Pictures that are taken at most.
pub(super) const PICTURES: usize = 60_000;
/// What stands before the pixels in a file of the page's.
const HEAD: usize = 20;

impl How {
    pub(super) fn shape(self) -> SampleShape {
        SampleShape::square(self.side, self.channels)
    }
}

/// How many pictures of a shape are taken: as many as the page's files hold.
pub(super) fn most(shape: SampleShape) -> usize {
    PICTURES.min((MAX_BYTES as usize - HEAD) / shape.features())
}

impl Wish {
    /// With what is suggested where nothing is wished.
    pub(super) fn or(self, suggested: SampleShape) -> How {
        How {
            side: self.side.unwrap_or(suggested.height),
            channels: self.channels.unwrap_or(suggested.channels),
            fit: self.fit.unwrap_or(Fit::Crop),
        }
    }
}

/// In colours if most of the pictures are. Small, as each doubling of the side takes four times as long: greys as
/// every GAN here takes them, colours at 32 where there is as much.
pub(super) fn suggest(looks: &[Look]) -> SampleShape {
    let colours = looks.iter().filter(|look| look.is_colour).count();
    if colours * 2 <= looks.len() {
        return SampleShape::DIGIT;
    }
    let mut sides: Vec<_> = looks
        .iter()
        .map(|look| look.width.min(look.height))
        .collect();
    sides.sort_unstable();
    let digit = SampleShape::DIGIT.height;
    let side = match sides[sides.len() / 2] {
        middle if middle <= digit => digit,
        _ => 32,
    };
    SampleShape::square(side, 3)
}

/// Brightest less darkest of red, green and blue that nobody takes for grey, and the share of such pixels.
const CHROMA: u8 = 32;
const COLOURED: f64 = 0.05;

/// Whether a picture is one in colours, by a small copy of it. JPEG and scanners colour greys a little.
pub(super) fn is_colour(rgb: &[u8]) -> bool {
    let chroma = |pixel: &&[u8]| {
        let (least, most) = (pixel.iter().min(), pixel.iter().max());
        most.zip(least)
            .is_some_and(|(most, least)| most - least >= CHROMA)
    };
    let coloured = rgb.chunks_exact(3).filter(chroma).count();
    coloured as f64 >= COLOURED * rgb.len() as f64 / 3.0
}
