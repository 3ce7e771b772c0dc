//! Decodes pictures: PNG, JPEG, GIF, WebP and BMP, of animated ones the first. What is no picture that fits is said,
//! before anything is decoded where that can be.

use std::io::Cursor;

use image::{DynamicImage, ImageDecoder, ImageReader, Limits};

use super::pixels::Picture;
use super::report::Reason;

/// The largest picture, in pixels, and the least that one is high and wide.
pub(super) const MOST_PIXELS: u64 = 64_000_000;
pub(super) const LEAST_SIDE: u32 = 4;
/// What a decoder may take, in bytes: the largest picture with 16 bits for each of four channels, twice.
const MEMORY: u64 = 2 * 8 * MOST_PIXELS;

/// # Errors
///
/// Why it is not taken.
pub(super) fn decode(bytes: &[u8]) -> Result<Picture, Reason> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format();
    let mut reader = reader.map_err(|_| Reason::Damaged)?;
    if reader.format().is_none() {
        let is_empty = bytes.is_empty();
        return Err(if is_empty {
            Reason::Damaged
        } else {
            Reason::Foreign
        });
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| match error {
        image::ImageError::Unsupported(_) => Reason::Foreign,
        _ => Reason::Damaged,
    })?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(Reason::TooLarge);
    }
    if width.min(height) < LEAST_SIDE {
        return Err(Reason::TooSmall);
    }
    // As cameras are held.
    let orientation = decoder.orientation().map_err(|_| Reason::Damaged)?;
    let mut image = DynamicImage::from_decoder(decoder).map_err(|_| Reason::Damaged)?;
    image.apply_orientation(orientation);
    let (width, height) = (image.width() as usize, image.height() as usize);
    let rgba = image.into_rgba8().into_raw();
    Ok(Picture {
        rgba,
        width,
        height,
    })
}
