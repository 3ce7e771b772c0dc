//! A sheet of many pictures in rows and columns: which tilings fit its size, which of them what is on it repeats by, and
//! its tiles, by the rules of the page's `www/pictures/sheet.js`. It reads no file.

use std::collections::BTreeMap;

use super::pixels::Picture;
use super::shape::PICTURES;

/// Square tiles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tiling {
    pub(super) side: usize,
    /// Pixels from one to the next.
    pitch: usize,
    /// The first one is so many from the left and from above.
    start: usize,
}

/// What somebody chose in place of the tiles that are likely.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tiles {
    /// It is one picture.
    None,
    /// Of so many pixels along each side.
    Side(usize),
}

impl std::str::FromStr for Tiles {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "none" => Ok(Self::None),
            text => (text.parse().map(Self::Side))
                .map_err(|_| "expected the pixels of a tile's side, or “none” for one picture"),
        }
    }
}

/// Sides that are usual.
const USUAL: [usize; 5] = [64, 48, 32, 28, 16];
/// Lines between tiles, in pixels.
const GAPS: [usize; 4] = [1, 2, 4, 8];
/// What is suggested has so many tiles.
const MANY: usize = 16;
const FEWEST: usize = 4;
const LEAST_SIDE: usize = 8;
/// What repeats every 32 pixels repeats every 64 as well: so much less than the best is as good.
const AS_GOOD: f64 = 0.8;
/// Columns and rows together, of 2; what is no sheet comes to 0 by and large.
const LEAST: f64 = 0.4;

impl Tiling {
    fn count_in(self, length: usize) -> usize {
        let Self { side, pitch, start } = self;
        match length.checked_sub(2 * start + side) {
            Some(more) => more / pitch + 1,
            None => 0,
        }
    }

    fn count(self, size: [usize; 2]) -> usize {
        size.map(|length| self.count_in(length)).iter().product()
    }

    /// Whether a sheet so long has the margins of its beginning at its end.
    fn fits(self, length: usize) -> bool {
        let Self { side, pitch, start } = self;
        let count = self.count_in(length);
        count > 0 && 2 * start + (count - 1) * pitch + side == length
    }

    /// Corners, from the left and from above, row by row.
    fn corners(self, [width, height]: [usize; 2]) -> impl Iterator<Item = [usize; 2]> {
        let at = move |place: usize| self.start + place * self.pitch;
        let (columns, rows) = (self.count_in(width), self.count_in(height));
        (0..rows).flat_map(move |row| (0..columns).map(move |column| [at(column), at(row)]))
    }

    /// The tiles of a picture, row by row.
    pub(super) fn cut(self, picture: &Picture) -> impl Iterator<Item = Picture> {
        let side = self.side;
        let corners = self.corners([picture.width, picture.height]);
        corners.map(move |[x, y]| {
            let rows = (y..y + side).map(|row| {
                let at = 4 * (row * picture.width + x);
                &picture.rgba[at..at + 4 * side]
            });
            Picture {
                rgba: rows.collect::<Vec<_>>().concat(),
                width: side,
                height: side,
            }
        })
    }
}

/// Those that fit a sheet's size: one for each side, the smallest first.
pub(super) fn tilings(size: [usize; 2]) -> Vec<Tiling> {
    let mut found = BTreeMap::new();
    let mut consider = |tiling: Tiling| {
        let is_many = (FEWEST..=PICTURES).contains(&tiling.count(size));
        if is_many && size.iter().all(|&length| tiling.fits(length)) {
            found.entry(tiling.side).or_insert(tiling);
        }
    };
    let [width, height] = size;
    for side in LEAST_SIDE..=width.min(height) {
        if width.is_multiple_of(side) && height.is_multiple_of(side) {
            consider(Tiling {
                side,
                pitch: side,
                start: 0,
            });
        }
    }
    for side in USUAL {
        for gap in GAPS {
            for start in [0, gap] {
                let pitch = side + gap;
                consider(Tiling { side, pitch, start });
            }
        }
    }
    found.into_values().collect()
}

/// Of some tilings that which is likely meant: of a usual side, of many tiles, and after each of which the changes go
/// alike. Of several the smallest, and none where nothing repeats: one picture.
pub(super) fn likely(all: &[Tiling], picture: &Picture) -> Option<Tiling> {
    let size = [picture.width, picture.height];
    let [columns, rows] = changes(picture);
    let usual = all.iter().copied();
    let usual = usual.filter(|tiling| USUAL.contains(&tiling.side) && tiling.count(size) >= MANY);
    let scored: Vec<_> = usual
        .map(|tiling| {
            let score = repetition(&columns, tiling.pitch) + repetition(&rows, tiling.pitch);
            (tiling, score)
        })
        .collect();
    let scores = scored.iter().map(|(_, score)| *score);
    let best = scores.fold(f64::NEG_INFINITY, f64::max);
    let good = (scored.iter()).find(|(_, score)| *score >= LEAST.max(AS_GOOD * best));
    good.map(|(tiling, _)| *tiling)
}

/// How much more alike changes are after a pitch than a quarter of it before and behind: what changes slowly is alike
/// everywhere near.
fn repetition(changes: &[f64], pitch: usize) -> f64 {
    let near = [0.75, 1.25].map(|share| {
        let near = (share * pitch as f64 + 0.5).floor() as usize;
        likeness(changes, near)
    });
    likeness(changes, pitch) - (near[0] + near[1]) / 2.0
}

/// 1 where changes repeat after a pitch, -1 where they are reversed.
fn likeness(changes: &[f64], pitch: usize) -> f64 {
    let all = &changes[1..];
    let mean = all.iter().sum::<f64>() / all.len() as f64;
    let deviations: Vec<_> = all.iter().map(|change| change - mean).collect();
    let (mut together, mut first, mut second) = (0.0, 0.0, 0.0);
    for (one, other) in deviations.iter().zip(deviations.iter().skip(pitch)) {
        together += one * other;
        first += one * one;
        second += other * other;
    }
    let length = f64::sqrt(first * second);
    together / if length == 0.0 { 1.0 } else { length }
}

/// How much a picture on white changes from each column to the next, and from each row.
fn changes(picture: &Picture) -> [Vec<f64>; 2] {
    let &Picture {
        ref rgba,
        width,
        height,
    } = picture;
    let value = |at: usize, channel: usize| {
        let opacity = f64::from(rgba[at + 3]) / 255.0;
        (opacity * (f64::from(rgba[at + channel]) - 255.0)).round()
    };
    let (mut columns, mut rows) = (vec![0.0; width], vec![0.0; height]);
    for (y, row) in rows.iter_mut().enumerate() {
        for (x, column) in columns.iter_mut().enumerate() {
            let at = 4 * (y * width + x);
            for channel in 0..3 {
                let here = value(at, channel);
                if x > 0 {
                    *column += (here - value(at - 4, channel)).abs() / height as f64;
                }
                if y > 0 {
                    *row += (here - value(at - 4 * width, channel)).abs() / width as f64;
                }
            }
        }
    }
    [columns, rows]
}
