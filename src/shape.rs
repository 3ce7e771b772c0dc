//! The shape of a sample: what data, networks and pictures have to agree about. How many samples there
//! are is not its business, nor what their numbers are.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Height, width and channels of a sample, whose numbers lie channel by channel and in each row by row:
/// as a tensor `[channels, height, width]`.
///
/// ```
/// use webgan::shape::SampleShape;
///
/// let colours = SampleShape { height: 16, width: 12, channels: 3 };
/// assert_eq!((colours.features(), colours.to_string()), (576, "16×12×3".into()));
/// assert_eq!(SampleShape::from(784), SampleShape::DIGIT);
/// assert!(!SampleShape::from(2).is_image());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SampleShape {
    /// Rows of pixels; 1 where samples are no pictures.
    pub height: usize,
    /// Pixels in a row; the numbers of a sample that is no picture.
    pub width: usize,
    /// Numbers in a pixel: 1 for grey, 3 for red, green and blue.
    pub channels: usize,
}

impl SampleShape {
    /// MNIST's, and that of the tutorials' networks.
    pub const DIGIT: Self = Self::square(28, 1);

    /// Pixels along each side of the square pictures that networks can be made for by rule.
    pub const SIDES: [usize; 4] = [28, 32, 48, 64];

    /// A square picture's.
    pub const fn square(side: usize, channels: usize) -> Self {
        Self {
            height: side,
            width: side,
            channels,
        }
    }

    /// Whether networks can be made for it by rule: square, of one of the [`SIDES`](Self::SIDES), grey or in
    /// colours.
    pub fn is_made_for(self) -> bool {
        Self::SIDES.contains(&self.height)
            && self.height == self.width
            && matches!(self.channels, 1 | 3)
    }

    pub(crate) fn is_digit(&self) -> bool {
        *self == Self::DIGIT
    }

    pub(crate) const fn digit() -> Self {
        Self::DIGIT
    }

    /// A picture's with another one's channels before its own: of a pair that is looked at as one.
    #[must_use]
    pub const fn behind(self, other: Self) -> Self {
        Self {
            channels: other.channels.saturating_add(self.channels),
            ..self
        }
    }

    /// Whether another picture lies on it pixel by pixel, whatever the channels of each.
    pub const fn is_as_large_as(self, other: Self) -> bool {
        self.height == other.height && self.width == other.width
    }

    /// Numbers in a sample; `usize::MAX` for more than that.
    pub const fn features(self) -> usize {
        self.height
            .saturating_mul(self.width)
            .saturating_mul(self.channels)
    }

    /// Whether it is a picture's: grey or in colours, and more than a row.
    pub const fn is_image(self) -> bool {
        self.height > 1 && self.width > 0 && matches!(self.channels, 1 | 3)
    }
}

/// What samples of so many numbers are where nothing else is known of them: square grey pictures if
/// they can be, else no pictures.
impl From<usize> for SampleShape {
    fn from(features: usize) -> Self {
        let side = features.isqrt();
        let (height, width) = match side > 1 && side * side == features {
            true => (side, side),
            false => (1, features),
        };
        Self {
            height,
            width,
            channels: 1,
        }
    }
}

impl fmt::Display for SampleShape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            height,
            width,
            channels,
        } = self;
        match (height, channels) {
            (1, 1) => write!(f, "{width}"),
            (_, 1) => write!(f, "{height}×{width}"),
            _ => write!(f, "{height}×{width}×{channels}"),
        }
    }
}
