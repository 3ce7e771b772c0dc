//! Distributions in the plane on which a GAN trains in seconds. All of them are the same thing: a
//! mixture of round Gaussians, equally frequent; a curve is a row of them that overlap.
//!
//! The ring and the grid are those of Metz et al. 2017 and Srivastava et al. 2017, scaled to
//! [-1, 1]. No tensors: a [`Dataset`](super::Dataset) is made of [`Toy::draw`]'s numbers.

use std::f32::consts::{PI, TAU};

use rand::RngExt;
use rand_pcg::Pcg64;

use super::DataError;
use crate::Error;

/// A mixture of Gaussians in the plane.
#[derive(Clone, Debug, PartialEq)]
pub struct Toy {
    centres: Vec<[f32; 2]>,
}

/// Any: a toy's samples are part of what it is, as MNIST's are.
const SEED: u64 = 1;

/// How samples spread over a toy; see [`Toy::coverage`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coverage {
    /// Gaussians there are.
    pub modes: usize,
    /// Gaussians that get at least a fifth of the samples that each gets when all get as many.
    pub covered: usize,
    /// Share of the samples within three standard deviations of a centre, in [0, 1]; of the toy's
    /// own samples it is 0.989.
    pub good: f64,
}

impl Toy {
    /// The names that [`by_id`](Self::by_id) knows.
    pub const IDS: [&str; 5] = ["ring", "grid", "line", "spiral", "moons"];
    /// Standard deviation of every Gaussian, along either axis.
    pub const DEVIATION: f32 = 0.03;
    /// Samples to train on.
    pub const COUNT: usize = 4096;
    /// Fewest points of a [`drawn`](Self::drawn) toy.
    pub const MIN_POINTS: usize = 20;
    /// Most points of a [`drawn`](Self::drawn) toy.
    pub const MAX_POINTS: usize = 200;

    /// The toy of that name.
    ///
    /// # Errors
    ///
    /// `data.toy`.
    pub fn by_id(id: &str) -> Result<Self, Error> {
        let centres = match id {
            "ring" => along(8, |share| at(0.75, share * 7.0 / 8.0 * TAU)),
            "grid" => {
                let place = |index: usize| index as f32 * 0.4 - 0.8;
                (0..25).map(|i| [place(i % 5), place(i / 5)]).collect()
            }
            "line" => along(36, |share| [1.6 * share - 0.8, 1.2 * share - 0.6]),
            // As many a length everywhere: the length of r = aθ grows nearly as θ² does.
            "spiral" => along(72, |share| {
                let turns = (0.15 + 3.85 * share).sqrt();
                at(0.42 * turns, turns * TAU)
            }),
            "moons" => {
                let moon = along(26, |share| at(0.6, share * PI));
                let upper = moon.iter().map(|[x, y]| [x - 0.3, y - 0.15]);
                let lower = moon.iter().map(|[x, y]| [0.3 - x, 0.15 - y]);
                upper.chain(lower).collect()
            }
            _ => return Err(DataError::Toy { found: id.into() }.into()),
        };
        Ok(Self { centres })
    }

    /// A toy with a Gaussian around each of the points that someone has drawn: pairs of x and y in
    /// [-1, 1].
    ///
    /// # Errors
    ///
    /// `data.drawing` unless there are [`MIN_POINTS`](Self::MIN_POINTS) to
    /// [`MAX_POINTS`](Self::MAX_POINTS) whole pairs, all of them within the square.
    pub fn drawn(points: &[f32]) -> Result<Self, Error> {
        let (centres, rest) = points.as_chunks::<2>();
        let counts = Self::MIN_POINTS..=Self::MAX_POINTS;
        let is_inside = |x: &f32| (-1.0..=1.0).contains(x);
        if !counts.contains(&centres.len()) || !rest.is_empty() || !points.iter().all(is_inside) {
            let found = points.len();
            return Err(DataError::Drawing { found }.into());
        }
        Ok(Self {
            centres: centres.to_vec(),
        })
    }

    /// Checks that samples of so many numbers are points in the plane.
    pub(crate) fn check_features(&self, features: usize) -> Result<(), Error> {
        match features {
            2 => Ok(()),
            found => Err(DataError::Points { found }.into()),
        }
    }

    /// The Gaussians' centres.
    pub fn centres(&self) -> &[[f32; 2]] {
        &self.centres
    }

    /// The first `count` of the samples to train on.
    pub fn samples(&self, count: usize) -> Vec<f32> {
        self.draw(count, SEED)
    }

    /// `count` samples drawn from `seed`, each of two numbers; the modes in turn.
    pub fn draw(&self, count: usize, seed: u64) -> Vec<f32> {
        let mut rng = Pcg64::new(seed.into(), 0);
        let centres = self.centres.iter().cycle().take(count);
        let samples = centres.flat_map(|[x, y]| {
            // Box and Muller 1958; 1 − u is never 0.
            let radius = (-2.0 * (1.0 - rng.random::<f32>()).ln()).sqrt();
            let [right, up] = at(Self::DEVIATION * radius, TAU * rng.random::<f32>());
            [x + right, y + up]
        });
        samples.collect()
    }

    /// Which modes samples fall on, and how many fall on one: a sample is on a mode if its centre is
    /// the nearest and no more than three standard deviations away.
    ///
    /// # Panics
    ///
    /// Unless there are whole samples of two numbers, at least one.
    pub fn coverage(&self, samples: &[f32]) -> Coverage {
        let (samples, rest) = samples.as_chunks::<2>();
        assert!(!samples.is_empty() && rest.is_empty(), "samples are pairs");
        let mut counts = vec![0; self.centres.len()];
        for sample in samples {
            let distance = |[x, y]: &[f32; 2]| (sample[0] - x).hypot(sample[1] - y);
            let distances = self.centres.iter().map(distance).enumerate();
            let (mode, distance) = distances
                .min_by(|(_, a), (_, b)| a.total_cmp(b))
                .expect("a toy has centres");
            if distance <= 3.0 * Self::DEVIATION {
                counts[mode] += 1;
            }
        }
        let (modes, count) = (counts.len(), samples.len());
        Coverage {
            modes,
            covered: counts.iter().filter(|&&n| 5 * n * modes >= count).count(),
            good: counts.iter().sum::<usize>() as f64 / count as f64,
        }
    }
}

/// `count` places along a curve, from share 0 to 1.
fn along(count: usize, curve: impl Fn(f32) -> [f32; 2]) -> Vec<[f32; 2]> {
    let share = |index| index as f32 / (count - 1) as f32;
    (0..count).map(|index| curve(share(index))).collect()
}

fn at(radius: f32, angle: f32) -> [f32; 2] {
    [radius * angle.cos(), radius * angle.sin()]
}
