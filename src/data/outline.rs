//! A picture's outline as a person would draw it: regions of one colour, and thin dark lines between them on white. No
//! filter of edges: where colours run into one another there is no line, however steep they are.
//!
//! Smoothed as Kuwahara et al. 1976 do, which keeps edges where they are and makes them sharp; cut into regions as
//! Felzenszwalb & Huttenlocher 2004 do, which tells a step from a slope.

use crate::shape::SampleShape;

const PAPER: u8 = 255;
const INK: u8 = 0;
/// How different colours may be within a region of one pixel, in 0…255: the more, the larger the regions.
const TOLERANCE: f32 = 250.0;
/// Regions of fewer pixels belong to a neighbour.
const LEAST: usize = 3;
/// Neighbouring regions whose mean colours differ by less than this are one.
const STEP: f32 = 24.0;

/// How often it is smoothed: an edge that is blurred over two pixels is one step then.
const PASSES: usize = 2;

type Colour = [f32; 3];

/// - `image`: row by row, the channels of a pixel side by side
/// - output: in grey, row by row
pub(super) fn outline(image: &[u8], shape: SampleShape) -> Vec<u8> {
    let SampleShape {
        height,
        width,
        channels,
    } = shape;
    let colour = |pixel: &[u8]| std::array::from_fn(|place| f32::from(pixel[place % channels]));
    let pixels: Vec<Colour> = image.chunks_exact(channels).map(colour).collect();
    let smoothed = (0..PASSES).fold(pixels, |pixels, _| smoothed(&pixels, height, width));
    let regions = regions(&smoothed, height, width);
    lines(&regions, height, width)
}

/// Each pixel as the mean of that square of four around it, of those within the picture, which is the most even.
fn smoothed(pixels: &[Colour], height: usize, width: usize) -> Vec<Colour> {
    let square = |top: usize, left: usize| {
        let first = top * width + left;
        let four = [first, first + 1, first + width, first + width + 1].map(|place| pixels[place]);
        let mean: Colour = std::array::from_fn(|channel| {
            four.iter().map(|colour| colour[channel]).sum::<f32>() / 4.0
        });
        let spread: f32 = four.iter().map(|&colour| distance(colour, mean)).sum();
        (spread, mean)
    };
    // Of the place before, and of its own.
    let begins = |place: usize, side: usize| place.saturating_sub(1)..=place.min(side - 2);
    let of_place = |place: usize| {
        let (row, column) = (place / width, place % width);
        let squares =
            begins(row, height).flat_map(|top| begins(column, width).map(move |left| (top, left)));
        let most_even = squares
            .map(|(top, left)| square(top, left))
            .reduce(|best, other| if other.0 < best.0 { other } else { best });
        most_even.expect("a square lies within").1
    };
    match height.min(width) {
        0 | 1 => pixels.to_vec(),
        _ => (0..pixels.len()).map(of_place).collect(),
    }
}

fn distance(a: Colour, b: Colour) -> f32 {
    let squares = a.iter().zip(b).map(|(a, b)| (a - b) * (a - b));
    squares.sum::<f32>().sqrt()
}

/// Sets of pixels that are joined, each known by one of its pixels.
struct Sets {
    parents: Vec<usize>,
    sizes: Vec<usize>,
    /// The largest step within.
    steps: Vec<f32>,
    sums: Vec<Colour>,
}

impl Sets {
    fn find(&mut self, mut place: usize) -> usize {
        while self.parents[place] != place {
            self.parents[place] = self.parents[self.parents[place]];
            place = self.parents[place];
        }
        place
    }

    fn join(&mut self, a: usize, b: usize, step: f32) {
        self.parents[b] = a;
        self.sizes[a] += self.sizes[b];
        self.steps[a] = self.steps[a].max(self.steps[b]).max(step);
        for channel in 0..3 {
            self.sums[a][channel] += self.sums[b][channel];
        }
    }

    fn mean(&self, set: usize) -> Colour {
        self.sums[set].map(|sum| sum / self.sizes[set] as f32)
    }
}

/// The region of each pixel, by a number.
fn regions(pixels: &[Colour], height: usize, width: usize) -> Vec<usize> {
    let count = height * width;
    let mut edges = Vec::with_capacity(2 * count);
    for place in 0..count {
        let (row, column) = (place / width, place % width);
        let right = (column + 1 < width).then_some(place + 1);
        let below = (row + 1 < height).then_some(place + width);
        for other in [right, below].into_iter().flatten() {
            edges.push((distance(pixels[place], pixels[other]), place, other));
        }
    }
    // Stable, so that it falls the same everywhere.
    edges.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut sets = Sets {
        parents: (0..count).collect(),
        sizes: vec![1; count],
        steps: vec![0.0; count],
        sums: pixels.to_vec(),
    };
    for &(step, a, b) in &edges {
        let (a, b) = (sets.find(a), sets.find(b));
        let allows = |set: usize| sets.steps[set] + TOLERANCE / sets.sizes[set] as f32;
        if a != b && step <= allows(a).min(allows(b)) {
            sets.join(a, b, step);
        }
    }
    for &(step, a, b) in &edges {
        let (a, b) = (sets.find(a), sets.find(b));
        let is_small = sets.sizes[a].min(sets.sizes[b]) < LEAST;
        if a != b && (is_small || distance(sets.mean(a), sets.mean(b)) < STEP) {
            sets.join(a, b, step);
        }
    }
    (0..count).map(|place| sets.find(place)).collect()
}

/// A line along each border of regions. One that is nowhere wider than a line is a line itself.
fn lines(regions: &[usize], height: usize, width: usize) -> Vec<u8> {
    let neighbours = |place: usize| {
        let (row, column) = (place / width, place % width);
        [
            (row > 0).then(|| place - width),
            (column > 0).then(|| place - 1),
            (row + 1 < height).then(|| place + width),
            (column + 1 < width).then(|| place + 1),
        ]
    };
    let mut is_wide = vec![false; regions.len()];
    for place in 0..regions.len() {
        let mut around = neighbours(place).into_iter().flatten();
        if around.all(|other| regions[other] == regions[place]) {
            is_wide[regions[place]] = true;
        }
    }
    let is_line = |place: usize| {
        let own = regions[place];
        let [_, _, below, right] = neighbours(place);
        let begins = |other: usize| regions[other] != own && is_wide[regions[other]];
        !is_wide[own] || [below, right].into_iter().flatten().any(begins)
    };
    (0..regions.len())
        .map(|place| if is_line(place) { INK } else { PAPER })
        .collect()
}
