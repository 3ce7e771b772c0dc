//! Convolutions and their gradients on plain numbers: pictures channels last, weights as Burn has
//! them (`[small, large, height, width]`: out and in of a convolution, in and out of a transposed
//! one).
//!
//! A convolution gathers and its input's gradient scatters; a transposed one is the other way round.
//! No copies of patches: framed pictures are read where they are, tap by tap (with one channel a
//! tap is too short for that, and patches are made).

use std::borrow::Cow;

use super::geometry::{Frame, Geometry, Plan};
use super::parallel;
use super::product::{Panels, Simd, Sums};
use super::tile::Finish;

/// Pixels that are worked on together, in whole pictures: enough to fill blocks, few enough to stay
/// in the nearest caches.
const GROUP: usize = 96;

/// Parts of the batch whose weight gradients are summed apart: what threads can share.
const PARTS: usize = 4;

/// The small side from the large one.
///
/// - `large`: `[batch, height, width, channels]`, as is what comes back
pub fn gather(geometry: &Geometry, large: &[f32], weight: &[f32], finish: Finish) -> Vec<f32> {
    let [taps, depth, width] = [geometry.taps(), geometry.large[2], geometry.small[2]];
    let plan = geometry.gather();
    let mut panels = Panels::new(taps, depth, width, |tap, large, small| {
        weight[(small * depth + large) * taps + tap]
    });
    let (source, plan) = Source::of_large(geometry, plan);
    if source.patches.is_some() {
        panels = panels.joined(taps);
    }
    run(
        geometry.batch,
        large,
        &source,
        &[(plan, panels)],
        Geometry::volume(geometry.small),
        finish,
    )
}

/// The large side from the small one.
///
/// - `small`: `[batch, height, width, channels]`, as is what comes back
pub fn scatter(geometry: &Geometry, small: &[f32], weight: &[f32], finish: Finish) -> Vec<f32> {
    let [taps, width, depth] = [geometry.taps(), geometry.large[2], geometry.small[2]];
    let passes: Vec<_> = geometry
        .scatter()
        .into_iter()
        .map(|plan| {
            let panels = Panels::new(plan.taps.len(), depth, width, |tap, small, large| {
                let [ky, kx] = plan.kernel[tap];
                weight[(small * width + large) * taps + ky * geometry.kernel[1] + kx]
            });
            (plan, panels)
        })
        .collect();
    let source = Source {
        shape: geometry.small,
        frame: geometry.small_frame(),
        patches: None,
    };
    run(
        geometry.batch,
        small,
        &source,
        &passes,
        Geometry::volume(geometry.large),
        finish,
    )
}

/// The weight's gradient: the sum over all pixels of both sides' products.
pub fn weight_gradient(geometry: &Geometry, small: &[f32], large: &[f32]) -> Vec<f32> {
    let [taps, depth, width] = [geometry.taps(), geometry.large[2], geometry.small[2]];
    let (source, plan) = Source::of_large(geometry, geometry.gather());
    let per_picture = plan.pixels.len();
    let part = geometry.batch.div_ceil(PARTS);
    let group = GROUP.div_ceil(per_picture).min(part);
    let pixels: Vec<_> = repeated(&plan, group, source.volume(), 0)
        .map(|[read, _]| read)
        .collect();
    let [small_volume, large_volume] = [geometry.small, geometry.large].map(Geometry::volume);
    let simd = Simd::best(width);
    let parts = parallel::map(geometry.batch.div_ceil(part), |index| {
        let from = |numbers: &'_ [f32], volume| {
            let start = index * part * volume;
            start..numbers.len().min(start + part * volume)
        };
        let large = &large[from(large, large_volume)];
        let small = &small[from(small, small_volume)];
        let mut sums = Sums::new(
            simd,
            [plan.taps.len(), taps * depth / plan.taps.len(), width],
        );
        let mut scratch = source.scratch(group);
        let mut panels = Vec::new();
        let groups = large
            .chunks(group * large_volume)
            .zip(small.chunks(group * small_volume));
        for (large, small) in groups {
            source.fill(large, &mut scratch);
            sums.lay_out(small, &mut panels);
            let pixels = &pixels[..small.len() / width];
            sums.add(&scratch.pictures, pixels, &plan.taps, &panels);
        }
        sums
    });
    let sums = parts
        .into_iter()
        .reduce(Sums::plus)
        .expect("a batch has pictures");
    let mut gradient = vec![0.0; width * depth * taps];
    let joined = plan.taps.len() < taps;
    sums.read(|number, [tap, large, small]| {
        // With patches the taps are the rows.
        let (tap, large) = if joined { (large, 0) } else { (tap, large) };
        gradient[(small * depth + large) * taps + tap] = number;
    });
    gradient
}

/// How a side's pictures are laid out to be read.
struct Source {
    shape: [usize; 3],
    frame: Frame,
    /// The plan by which patches are made.
    patches: Option<Plan>,
}

/// Memory for a group of pictures as they are read.
struct Scratch {
    pictures: Vec<f32>,
    /// One framed picture, where patches are made.
    framed: Vec<f32>,
}

impl Source {
    /// The large side, and the plan that fits.
    fn of_large(geometry: &Geometry, plan: Plan) -> (Self, Plan) {
        let (shape, frame) = (geometry.large, geometry.large_frame());
        if shape[2] > 1 {
            return (
                Self {
                    shape,
                    frame,
                    patches: None,
                },
                plan,
            );
        }
        let taps = plan.taps.len();
        let pixels = plan.pixels.iter().enumerate();
        let joined = Plan {
            pixels: pixels.map(|(index, [_, to])| [index * taps, *to]).collect(),
            taps: vec![0],
            kernel: vec![[0, 0]],
        };
        (
            Self {
                shape,
                frame,
                patches: Some(plan),
            },
            joined,
        )
    }

    /// Numbers in a picture as it is read.
    fn volume(&self) -> usize {
        match &self.patches {
            Some(plan) => plan.pixels.len() * plan.taps.len(),
            None => self.frame.volume(self.shape[2]),
        }
    }

    fn scratch(&self, group: usize) -> Scratch {
        let framed = if self.patches.is_some() {
            self.frame.volume(self.shape[2])
        } else {
            0
        };
        Scratch {
            pictures: vec![0.0; group * self.volume()],
            framed: vec![0.0; framed],
        }
    }

    fn fill(&self, pictures: &[f32], scratch: &mut Scratch) {
        let Scratch {
            pictures: places,
            framed,
        } = scratch;
        let pictures = pictures.chunks_exact(Geometry::volume(self.shape));
        for (picture, place) in pictures.zip(places.chunks_exact_mut(self.volume())) {
            match &self.patches {
                None => self.frame.fill(picture, self.shape, place),
                Some(plan) => {
                    self.frame.fill(picture, self.shape, framed);
                    let patches = place.chunks_exact_mut(plan.taps.len());
                    for (patch, [read, _]) in patches.zip(&plan.pixels) {
                        for (number, tap) in patch.iter_mut().zip(&plan.taps) {
                            *number = framed[read + tap];
                        }
                    }
                }
            }
        }
    }
}

/// A plan's pixels for so many pictures behind one another.
fn repeated(
    plan: &Plan,
    pictures: usize,
    read: usize,
    write: usize,
) -> impl Iterator<Item = [usize; 2]> {
    (0..pictures).flat_map(move |index| {
        let offsets = plan.pixels.iter();
        offsets.map(move |[from, to]| [from + index * read, to + index * write])
    })
}

/// Writes all pictures.
fn run(
    batch: usize,
    pictures: &[f32],
    source: &Source,
    passes: &[(Plan, Panels)],
    volume: usize,
    finish: Finish,
) -> Vec<f32> {
    let mut output = vec![0.0; batch * volume];
    let most = passes.iter().map(|(plan, _)| plan.pixels.len()).max();
    let group = GROUP.div_ceil(most.unwrap_or(1)).min(batch);
    let pixels: Vec<Vec<_>> = passes
        .iter()
        .map(|(plan, _)| repeated(plan, group, source.volume(), volume).collect())
        .collect();
    let picture = Geometry::volume(source.shape);
    let memory = || source.scratch(group);
    parallel::fill(
        &mut output,
        group * volume,
        memory,
        |scratch, index, output| {
            let count = output.len() / volume;
            source.fill(
                &pictures[index * group * picture..][..count * picture],
                scratch,
            );
            for ((plan, panels), pixels) in passes.iter().zip(&pixels) {
                let pixels = &pixels[..count * plan.pixels.len()];
                panels.product(&scratch.pictures, pixels, &plan.taps, finish, output);
            }
        },
    );
    output
}

/// What is left of a gradient before the activation, and its sum over all pixels: one pass.
///
/// - `output`, `gradient`: `[pixels, channels]`
pub fn before_activation<'a>(
    output: &[f32],
    gradient: &'a [f32],
    channels: usize,
    slope: f32,
) -> (Cow<'a, [f32]>, Vec<f32>) {
    let mut sums = vec![0.0; channels];
    let mut add = |row: &[f32]| {
        for (sum, value) in sums.iter_mut().zip(row) {
            *sum += value;
        }
    };
    let gradients = gradient.chunks_exact(channels);
    if slope == 1.0 {
        gradients.for_each(add);
        return (gradient.into(), sums);
    }
    let mut before = Vec::with_capacity(gradient.len());
    for (output, gradient) in output.chunks_exact(channels).zip(gradients) {
        let start = before.len();
        let numbers = output.iter().zip(gradient);
        before.extend(numbers.map(|(&y, &g)| if y > 0.0 { g } else { g * slope }));
        add(&before[start..]);
    }
    (before.into(), sums)
}

/// The 4×4 kernel of stride 2 that does what a 3×3 kernel does on pixels that were doubled in both
/// directions: four 2×2 kernels, one for each place in a doubled pixel.
///
/// - `weight`: `[out, in, 3, 3]`; output: `[in, out, 4, 4]`
pub fn fold(weight: &[f32], [out, input]: [usize; 2]) -> Vec<f32> {
    let mut folded = vec![0.0; 16 * out * input];
    for_each_fold([out, input], |small, large| folded[large] += weight[small]);
    folded
}

/// The gradient of [`fold`].
pub fn fold_gradient(folded: &[f32], [out, input]: [usize; 2]) -> Vec<f32> {
    let mut weight = vec![0.0; 9 * out * input];
    for_each_fold([out, input], |small, large| weight[small] += folded[large]);
    weight
}

/// Row k of the folded kernel is the sum of rows 2 − k and 3 − k, where there are such; so for columns.
fn for_each_fold([out, input]: [usize; 2], mut pair: impl FnMut(usize, usize)) {
    let rows = |k: usize| (0..3_usize).filter(move |row| row + k == 2 || row + k == 3);
    for o in 0..out {
        for i in 0..input {
            for (y, x) in (0..16).map(|tap| (tap / 4, tap % 4)) {
                for row in rows(y) {
                    for column in rows(x) {
                        let small = ((o * input + i) * 3 + row) * 3 + column;
                        pair(small, ((i * out + o) * 4 + y) * 4 + x);
                    }
                }
            }
        }
    }
}
