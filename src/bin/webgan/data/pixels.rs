//! From a picture of any size to a small square of greys or colours, each pixel the mean of what it covers: the
//! arithmetic of the page's `www/pictures/pixels.js`, so that both make the same of a picture. It decodes nothing.

use std::collections::HashMap;

use super::shape::{Fit, How};

/// A picture as it was decoded: RGBA, row by row.
pub(super) struct Picture {
    pub(super) rgba: Vec<u8>,
    pub(super) width: usize,
    pub(super) height: usize,
}

const WHITE: f64 = 255.0;
/// Borders that rounding moved by less are where they were.
const NEAR: f64 = 1e-9;

/// The middle square of a picture, or all of it with white beside it. Transparent places become white, as on paper.
pub(super) fn shrink(picture: &Picture, how: How) -> Vec<u8> {
    let &Picture {
        ref rgba,
        width,
        height,
    } = picture;
    let side = how.side;
    let square = match how.fit {
        Fit::Crop => width.min(height),
        Fit::Whole => width.max(height),
    };
    let (columns, rows) = (spans(width, square, side), spans(height, square, side));
    let mut sums = vec![WHITE as f32; 3 * side * side];
    let mut line = vec![0.0; 3 * side];
    // Two places may share a row of the picture.
    let mut last = None;
    for (sums, span) in sums.chunks_exact_mut(3 * side).zip(&rows) {
        for (y, &weight) in (span.from..).zip(&span.weights) {
            if last != Some(y) {
                average(&rgba[4 * y * width..][..4 * width], &columns, &mut line);
                last = Some(y);
            }
            // What is not covered stays white.
            for (sum, &mean) in sums.iter_mut().zip(&line) {
                add(sum, weight * (f64::from(mean) - WHITE));
            }
        }
    }
    match how.channels {
        1 => sums.chunks_exact(3).map(grey).collect(),
        _ => sums.iter().map(|&sum| sum.round() as u8).collect(),
    }
}

/// The mean of the pixels that each place of a row covers, in red, green and blue.
fn average(row: &[u8], columns: &[Span], line: &mut [f32]) {
    line.fill(WHITE as f32);
    for (place, span) in line.chunks_exact_mut(3).zip(columns) {
        let pixels = row[4 * span.from..].chunks_exact(4);
        for (pixel, &weight) in pixels.zip(&span.weights) {
            // White shows through what is transparent.
            let weight = weight * f64::from(pixel[3]) / 255.0;
            for (sum, &value) in place.iter_mut().zip(pixel) {
                add(sum, weight * (f64::from(value) - WHITE));
            }
        }
    }
}

/// Adds as JavaScript does to what it keeps as a short number: in long ones.
fn add(sum: &mut f32, more: f64) {
    *sum = (f64::from(*sum) + more) as f32;
}

/// How bright a pixel is, as television weighs the colours (ITU-R BT.601).
fn grey(rgb: &[f32]) -> u8 {
    let [red, green, blue] = [rgb[0], rgb[1], rgb[2]].map(f64::from);
    (0.299 * red + 0.587 * green + 0.114 * blue).round() as u8
}

/// Which pixels a place covers, from one on, and by which shares they fill it.
struct Span {
    from: usize,
    weights: Vec<f64>,
}

/// Of a square in the middle of so many pixels, which becomes so many places.
fn spans(length: usize, square: usize, side: usize) -> Vec<Span> {
    let start = ((length as f64 - square as f64) / 2.0).floor();
    let scale = square as f64 / side as f64;
    let span = |place: usize| {
        let begin = start + place as f64 * scale;
        let end = start + (place + 1) as f64 * scale;
        let from = (begin + NEAR).floor().max(0.0) as usize;
        let to = (end - NEAR).ceil().clamp(0.0, length as f64) as usize;
        let weight = |at: usize| (((at + 1) as f64).min(end) - (at as f64).max(begin)) / scale;
        Span {
            from: from.min(length),
            weights: (from..to).map(weight).collect(),
        }
    };
    (0..side).map(span).collect()
}

/// Pictures of so many bytes that are the same as an earlier one: their places, each with the first one's.
pub(super) fn twins(pixels: &[u8], size: usize) -> Vec<(usize, usize)> {
    let mut first = HashMap::new();
    let pictures = pixels.chunks_exact(size).enumerate();
    pictures
        .map(|(place, picture)| (place, *first.entry(picture).or_insert(place)))
        .filter(|(place, first)| place != first)
        .collect()
}
