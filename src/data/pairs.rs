//! What pictures can be made of: the same ones with something taken away, which a network then learns to give back. A
//! pure function of one picture, so that whoever trains and whoever draws by hand mean the same. No networks.

use super::DataError;
use super::outline::outline;
use crate::Error;
use crate::shape::SampleShape;

/// What is taken away from a picture.
///
/// ```
/// use webgan::{data::Pairing, shape::SampleShape};
///
/// # fn main() -> Result<(), webgan::Error> {
/// let colours = SampleShape { height: 1, width: 2, channels: 3 };
/// let grey = Pairing::by_id("grey")?;
/// assert_eq!(grey.input(&[255, 0, 0, 9, 9, 9], colours), [76, 9]);
/// assert_eq!(grey.input_shape(colours).channels, 1);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pairing {
    /// All but thin lines between regions of one colour, black on white.
    Outline,
    /// Its colours.
    Grey,
    /// Its right half, which becomes a middle grey.
    Half,
    /// What is smaller than 4×4 pixels: each such block becomes its mean.
    Coarse,
}

/// Side of the blocks of [`Pairing::Coarse`]: a digit's 28 pixels become seven.
const BLOCK: usize = 4;
const MIDDLE_GREY: u8 = 128;

impl Pairing {
    /// Names for [`by_id`](Self::by_id).
    pub const IDS: [&str; 4] = ["outline", "grey", "half", "coarse"];

    /// The pairing of that name.
    ///
    /// # Errors
    ///
    /// `data.pairing`.
    pub fn by_id(id: &str) -> Result<Self, Error> {
        match id {
            "outline" => Ok(Self::Outline),
            "grey" => Ok(Self::Grey),
            "half" => Ok(Self::Half),
            "coarse" => Ok(Self::Coarse),
            _ => Err(DataError::Pairing { found: id.into() }.into()),
        }
    }

    /// Checks that it takes something away from pictures of a shape.
    ///
    /// # Errors
    ///
    /// `data.colours` where greys would be made of greys.
    pub fn check(self, shape: SampleShape) -> Result<(), Error> {
        match (self, shape.channels) {
            (Self::Grey, 1) => Err(DataError::NoColours.into()),
            _ => Ok(()),
        }
    }

    /// Of what it makes of pictures of a shape.
    pub fn input_shape(self, shape: SampleShape) -> SampleShape {
        let channels = match self {
            Self::Outline | Self::Grey => 1,
            Self::Half | Self::Coarse => shape.channels,
        };
        SampleShape { channels, ..shape }
    }

    /// What it makes of a picture.
    ///
    /// - `image`, output: 0 to 255, row by row, the channels of a pixel side by side
    ///
    /// # Panics
    ///
    /// Unless the picture has the shape's numbers.
    pub fn input(self, image: &[u8], shape: SampleShape) -> Vec<u8> {
        assert_eq!(image.len(), shape.features(), "a picture of another shape");
        match self {
            Self::Outline => outline(image, shape),
            Self::Grey => image.chunks_exact(shape.channels).map(grey).collect(),
            Self::Half => without_half(image, shape),
            Self::Coarse => coarse(image, shape),
        }
    }
}

/// How bright a pixel is (ITU-R BT.601).
fn grey(pixel: &[u8]) -> u8 {
    match *pixel {
        [red, green, blue] => {
            let [red, green, blue] = [red, green, blue].map(u32::from);
            ((299 * red + 587 * green + 114 * blue + 500) / 1000) as u8
        }
        _ => pixel[0],
    }
}

fn without_half(image: &[u8], shape: SampleShape) -> Vec<u8> {
    let row = shape.width * shape.channels;
    let kept = shape.width / 2 * shape.channels;
    let number = |(place, &number): (usize, &u8)| match place % row < kept {
        true => number,
        false => MIDDLE_GREY,
    };
    image.iter().enumerate().map(number).collect()
}

fn coarse(image: &[u8], shape: SampleShape) -> Vec<u8> {
    let SampleShape {
        height,
        width,
        channels,
    } = shape;
    let mean = |row: usize, column: usize, channel: usize| {
        let rows = row..height.min(row + BLOCK);
        let columns = column..width.min(column + BLOCK);
        let count = (rows.len() * columns.len()) as u32;
        let places = rows.flat_map(|row| columns.clone().map(move |column| row * width + column));
        let sum: u32 = places
            .map(|place| u32::from(image[place * channels + channel]))
            .sum();
        ((sum + count / 2) / count) as u8
    };
    let block = |place: usize| place / BLOCK * BLOCK;
    (0..image.len())
        .map(|place| {
            let (pixel, channel) = (place / channels, place % channels);
            mean(block(pixel / width), block(pixel % width), channel)
        })
        .collect()
}
