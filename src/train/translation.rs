//! Images moved by random whole pixels: DiffAugment's translation (Zhao et al. 2020).

use burn::tensor::{Device, Int, Tensor};

use crate::random::NormalNoise;
use crate::shape::SampleShape;

/// A stream of random moves for so many images at once.
#[derive(Debug)]
pub(crate) struct Translation {
    /// Two rows: down and across.
    noise: NormalNoise,
    moves: usize,
    shape: SampleShape,
    /// What comes in from outside: −1, the background of grey images, or 0 of those in colours.
    outside: f64,
    /// Row minus column of a matrix that moves down, and of one that moves across.
    /// `[1, height, height]` and `[1, width, width]`
    offsets: [Tensor<3>; 2],
}

impl Translation {
    /// Moves of −`moves` to `moves` pixels down and across, for up to `count` images.
    pub(crate) fn new(
        count: usize,
        shape: SampleShape,
        moves: usize,
        seed: u64,
        device: &Device,
    ) -> Self {
        let device = device.clone().without_autodiff();
        let offsets = |side: usize| {
            let places: Tensor<1> = Tensor::<1, Int>::arange(0..side as i64, &device).float();
            let row: Tensor<3> = places.clone().reshape([1, side, 1]);
            let column: Tensor<3> = places.reshape([1, 1, side]);
            row - column
        };
        Self {
            noise: NormalNoise::new(2, count, seed, &device),
            moves,
            shape,
            outside: if shape.channels == 1 { -1.0 } else { 0.0 },
            offsets: [shape.height, shape.width].map(offsets),
        }
    }

    /// The images, each moved by a new draw; what comes in from outside is −1, the background, or 0 in colours.
    ///
    /// A move is a product with a matrix of zeros and ones from either side, so gradients flow back
    /// through it.
    ///
    /// # Shapes
    ///
    /// `[batch, features]` → the same, on an autodiff device
    pub(crate) fn apply(&mut self, images: Tensor<2>) -> Tensor<2> {
        let [batch, features] = images.dims();
        let SampleShape {
            height,
            width,
            channels,
        } = self.shape;
        let steps = (2 * self.moves + 1) as f64;
        let moves = (self.noise.draw_uniform() * steps).floor() - self.moves as f64;
        let shift = |axis| {
            let moves = moves.clone().slice([axis..axis + 1, 0..batch]);
            let mut moves: Tensor<3> = moves.reshape([batch, 1, 1]);
            if channels > 1 {
                // All of an image's move alike.
                moves = moves
                    .repeat_dim(1, channels)
                    .reshape([batch * channels, 1, 1]);
            }
            let distance = self.offsets[axis].clone() - moves;
            distance.square().lower_elem(0.25).float().autodiff()
        };
        let ink: Tensor<3> = (images - self.outside).reshape([batch * channels, height, width]);
        let moved = shift(0).matmul(ink).matmul(shift(1).transpose());
        moved.reshape([batch, features]) + self.outside
    }

    /// Goes on behind the first `draws` draws.
    pub(crate) fn seek(&mut self, draws: u32) {
        self.noise.seek(draws);
    }

    /// Writes the noise's counter back, at a step's end.
    pub(crate) fn write_back(&mut self) {
        self.noise.write_back();
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use burn::tensor::Tensor;

    use super::Translation;
    use crate::device;
    use crate::shape::SampleShape;

    const SIDE: usize = 5;
    const MOVES: usize = 2;

    /// The move that makes `moved` of `image`, where −1 comes in.
    fn find_move(image: &[f32], moved: &[f32]) -> Option<(isize, isize)> {
        let side = SIDE as isize;
        let moves = -side..=side;
        let mut all = moves
            .clone()
            .flat_map(|y| moves.clone().map(move |x| (y, x)));
        all.find(|&(down, across)| {
            (0..side).all(|row| {
                (0..side).all(|column| {
                    let (from_row, from_column) = (row - down, column - across);
                    let is_inside =
                        (0..side).contains(&from_row) && (0..side).contains(&from_column);
                    let expected = if is_inside {
                        image[(from_row * side + from_column) as usize]
                    } else {
                        -1.0
                    };
                    (moved[(row * side + column) as usize] - expected).abs() < 1e-6
                })
            })
        })
    }

    #[test]
    fn images_move_by_whole_pixels_all_moves_occur_and_none_beyond() {
        let device = device::cpu().autodiff();
        let count = 20;
        // No two pixels alike, none the background's.
        let images: Vec<f32> = (0..count * SIDE * SIDE)
            .map(|index| (index as f32 * 0.7).sin() * 0.9)
            .collect();
        let rows = Tensor::<1>::from_floats(images.as_slice(), &device);
        let rows = rows.reshape([count, SIDE * SIDE]);
        let mut translation = Translation::new(count, (SIDE * SIDE).into(), MOVES, 8, &device);
        let mut seen = BTreeSet::new();
        for _ in 0..20 {
            let moved = translation.apply(rows.clone()).into_data();
            let moved = moved.try_into_vec::<f32>().unwrap();
            let mut together = BTreeSet::new();
            for (image, moved) in images.chunks(SIDE * SIDE).zip(moved.chunks(SIDE * SIDE)) {
                together.insert(find_move(image, moved).expect("a move of whole pixels"));
            }
            assert!(together.len() > 5, "all images moved alike: {together:?}");
            seen.extend(together);
        }
        let range = -(MOVES as isize)..=MOVES as isize;
        let all = range
            .clone()
            .flat_map(|y| range.clone().map(move |x| (y, x)));
        assert_eq!(seen, all.collect::<BTreeSet<_>>());
    }

    #[test]
    fn all_channels_of_an_image_move_alike_in_pictures_that_are_not_square() {
        let device = device::cpu().autodiff();
        let count = 9;
        let grey = SampleShape {
            height: 4,
            width: 6,
            channels: 1,
        };
        let colours = SampleShape {
            channels: 3,
            ..grey
        };
        let pixels: Vec<f32> = (0..count * grey.features())
            .map(|index| (index as f32 * 0.7).sin() * 0.9)
            .collect();
        let channels = pixels.chunks(grey.features()).flat_map(|image| {
            [1.0, 0.5, -0.25].map(|part| image.iter().map(move |x| x * part).collect::<Vec<_>>())
        });
        let channels: Vec<f32> = channels.flatten().collect();
        let moved = |shape: SampleShape, numbers: &[f32]| {
            let rows = Tensor::<1>::from_floats(numbers, &device);
            let rows = rows.reshape([count, shape.features()]);
            let mut translation = Translation::new(count, shape, MOVES, 8, &device);
            let moved = translation.apply(rows).into_data();
            moved.try_into_vec::<f32>().unwrap()
        };
        let [greys, colours] = [moved(grey, &pixels), moved(colours, &channels)];
        let size = grey.features();
        for (index, grey) in greys.chunks(size).enumerate() {
            for (channel, part) in [1.0, 0.5, -0.25].into_iter().enumerate() {
                let own = &colours[(3 * index + channel) * size..][..size];
                for (&one, &other) in grey.iter().zip(own) {
                    // What came in from outside: the background, or a middle grey.
                    let expected = if one == -1.0 { 0.0 } else { one * part };
                    assert!((other - expected).abs() < 1e-6);
                }
            }
        }
    }

    #[test]
    fn gradients_flow_back_to_the_pixels_that_stayed_inside() {
        let device = device::cpu().autodiff();
        let pixels = SIDE * SIDE;
        let images = Tensor::<2>::zeros([1, pixels], &device).require_grad();
        // So that each pixel of the moved image has a gradient of its own.
        let marks: Vec<f32> = (0..pixels).map(|index| index as f32 + 2.0).collect();
        let marks = Tensor::<1>::from_floats(marks.as_slice(), &device).unsqueeze::<2>();
        let mut translation = Translation::new(1, (SIDE * SIDE).into(), MOVES, 3, &device);
        for _ in 0..10 {
            let moved = translation.apply(images.clone());
            let inside = moved.clone().into_data().try_into_vec::<f32>().unwrap();
            let gradients = (moved * marks.clone()).sum().backward();
            let gradient = images.grad(&gradients).unwrap().into_data();
            let mut found = gradient.try_into_vec::<f32>().unwrap();
            // What stayed inside is 0, what came in is −1.
            let mut expected: Vec<f32> = (0..pixels)
                .map(|index| {
                    if inside[index] == 0.0 {
                        index as f32 + 2.0
                    } else {
                        0.0
                    }
                })
                .collect();
            found.sort_by(f32::total_cmp);
            expected.sort_by(f32::total_cmp);
            assert_eq!(found, expected);
        }
    }
}
