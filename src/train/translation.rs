//! Images moved by random whole pixels, scaled and mirrored at random: DiffAugment's translation (Zhao et al. 2020),
//! and the jitter and the flips of pix2pix (Isola et al. 2017).

use burn::tensor::{Device, Int, Tensor};

use crate::random::NormalNoise;
use crate::shape::SampleShape;

/// A stream of random moves and mirrorings for so many images at once.
#[derive(Debug)]
pub(crate) struct Translation {
    /// A row each: down, across, which are mirrored, and how much they are scaled.
    noise: NormalNoise,
    moves: usize,
    mirror: bool,
    zoom: Option<f64>,
    shape: SampleShape,
    /// The places down, and across. `[1, height, 1]` and `[1, width, 1]`
    places: [Tensor<3>; 2],
}

impl Translation {
    /// Moves of −`moves` to `moves` pixels down and across, for up to `count` images; with `mirror`, half of them
    /// are mirrored, left to right. With `zoom` they are scaled about their middle by factors between 1 − `zoom` and
    /// 1 + `zoom`.
    pub(crate) fn new(
        count: usize,
        shape: SampleShape,
        moves: usize,
        mirror: bool,
        zoom: Option<f64>,
        seed: u64,
        device: &Device,
    ) -> Self {
        let device = device.clone().without_autodiff();
        let places = |side: usize| {
            let places: Tensor<1> = Tensor::<1, Int>::arange(0..side as i64, &device).float();
            places.reshape([1, side, 1])
        };
        Self {
            noise: NormalNoise::new(Self::rows(mirror, zoom), count, seed, &device),
            moves,
            mirror,
            zoom,
            shape,
            places: [shape.height, shape.width].map(places),
        }
    }

    /// Of the noise: what is not asked for draws nothing, but that scaling is drawn behind mirroring.
    fn rows(mirror: bool, zoom: Option<f64>) -> usize {
        match (mirror, zoom) {
            (_, Some(_)) => 4,
            (true, None) => 3,
            (false, None) => 2,
        }
    }

    /// The images, each moved, scaled and mirrored by a new draw; what comes in from outside is the image's edge once
    /// more.
    ///
    /// A move is a product with a matrix of zeros and ones from either side, so gradients flow back
    /// through it; scaled, a pixel is between its two neighbours, in proportion (bilinear).
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
        let draws = self.noise.draw_uniform();
        let draw = |row: usize| -> Tensor<3> {
            let draws = draws.clone().slice([row..row + 1, 0..batch]);
            let draws: Tensor<3> = draws.reshape([batch, 1, 1]);
            match channels {
                1 => draws,
                // All of an image's move alike.
                _ => draws
                    .repeat_dim(1, channels)
                    .reshape([batch * channels, 1, 1]),
            }
        };
        // Ones where a place's number comes from.
        let choice = |axis: usize| {
            let last = (self.places[axis].dims()[1] - 1) as f64;
            let moves = (draw(axis) * steps).floor() - self.moves as f64;
            let mut from = self.places[axis].clone() - moves;
            if let Some(zoom) = self.zoom {
                // Its middle stays.
                let scale = draw(3) * (2.0 * zoom) + (1.0 - zoom);
                from = (from - last / 2.0) / scale + last / 2.0;
            }
            from = from.clamp(0.0, last);
            if self.mirror && axis == 1 {
                let mirrored = draw(2).lower_elem(0.5).float();
                from = from.clone() + mirrored * (from * -2.0 + last);
            }
            let distance = from - self.places[axis].clone().transpose();
            match self.zoom {
                None => distance.square().lower_elem(0.25).float().autodiff(),
                Some(_) => (distance.abs() * -1.0 + 1.0).clamp_min(0.0).autodiff(),
            }
        };
        let planes: Tensor<3> = images.reshape([batch * channels, height, width]);
        let moved = choice(0).matmul(planes).matmul(choice(1).transpose());
        moved.reshape([batch, features])
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

    /// The move that makes `moved` of `image`, and whether it is mirrored then: edges go on outside.
    fn find_move(image: &[f32], moved: &[f32]) -> Option<(isize, isize, bool)> {
        let side = SIDE as isize;
        let moves = -(MOVES as isize)..=MOVES as isize;
        let all = moves.clone().flat_map(|down| {
            let of_row = moves.clone().map(move |across| (down, across));
            of_row.flat_map(|(down, across)| [false, true].map(|mirrored| (down, across, mirrored)))
        });
        all.into_iter().find(|&(down, across, mirrored)| {
            (0..side).all(|row| {
                (0..side).all(|column| {
                    let [from_row, from_column] =
                        [row - down, column - across].map(|place| place.clamp(0, side - 1));
                    let from_column = if mirrored {
                        side - 1 - from_column
                    } else {
                        from_column
                    };
                    let expected = image[(from_row * side + from_column) as usize];
                    (moved[(row * side + column) as usize] - expected).abs() < 1e-6
                })
            })
        })
    }

    #[test]
    fn images_move_by_whole_pixels_all_moves_occur_and_none_beyond() {
        let device = device::cpu().autodiff();
        let count = 20;
        // No two pixels alike.
        let images: Vec<f32> = (0..count * SIDE * SIDE)
            .map(|index| (index as f32 * 0.7).sin() * 0.9)
            .collect();
        let rows = Tensor::<1>::from_floats(images.as_slice(), &device);
        let rows = rows.reshape([count, SIDE * SIDE]);
        for mirror in [false, true] {
            let shape = (SIDE * SIDE).into();
            let mut translation = Translation::new(count, shape, MOVES, mirror, None, 8, &device);
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
            let moves = (2 * MOVES + 1).pow(2);
            assert_eq!(seen.len(), if mirror { 2 * moves } else { moves });
            assert!(mirror || seen.iter().all(|&(.., mirrored)| !mirrored));
        }
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
            let mut translation = Translation::new(count, shape, MOVES, true, None, 8, &device);
            let moved = translation.apply(rows).into_data();
            moved.try_into_vec::<f32>().unwrap()
        };
        let [greys, colours] = [moved(grey, &pixels), moved(colours, &channels)];
        assert_ne!(greys, pixels);
        let size = grey.features();
        for (index, grey) in greys.chunks(size).enumerate() {
            for (channel, part) in [1.0, 0.5, -0.25].into_iter().enumerate() {
                let own = &colours[(3 * index + channel) * size..][..size];
                for (&one, &other) in grey.iter().zip(own) {
                    assert!((other - one * part).abs() < 1e-6);
                }
            }
        }
    }

    #[test]
    fn scaled_pixels_lie_between_their_neighbours_about_the_middle() {
        let device = device::cpu().autodiff();
        let (count, zoom) = (64, 0.25);
        let shape = SampleShape {
            height: 7,
            width: 10,
            channels: 3,
        };
        let (height, width) = (shape.height, shape.width);
        let pixels = height * width;
        // How far down a pixel is, how far across, and a picture in which no two are alike.
        let down = (0..pixels).map(|place| (place / width) as f32);
        let across = (0..pixels).map(|place| (place % width) as f32);
        let picture: Vec<f32> = (0..pixels)
            .map(|place| (place as f32 * 0.7).sin())
            .collect();
        let image: Vec<f32> = down.chain(across).chain(picture.clone()).collect();
        let rows = Tensor::<1>::from_floats(image.as_slice(), &device);
        let rows = rows.reshape([1, shape.features()]).repeat_dim(0, count);
        let mut translation = Translation::new(count, shape, 0, true, Some(zoom), 8, &device);
        let moved = translation.apply(rows).into_data();
        let moved = moved.try_into_vec::<f32>().unwrap();
        let mut scales = Vec::new();
        let mut mirrored = 0;
        for image in moved.chunks(shape.features()) {
            let [down, across, found] =
                [0, 1, 2].map(|channel| &image[channel * pixels..][..pixels]);
            let at = |row: usize, column: usize| row * width + column;
            // The step from one pixel to the next is the same everywhere but at the edges.
            let step = down[at(4, 0)] - down[at(3, 0)];
            scales.push(1.0 / step);
            let is_mirrored = across[at(0, 5)] < across[at(0, 4)];
            mirrored += usize::from(is_mirrored);
            for row in 0..height {
                for column in 0..width {
                    let from = |place: usize, side: usize| {
                        let (last, place) = ((side - 1) as f32, place as f32);
                        ((place - last / 2.0) * step + last / 2.0).clamp(0.0, last)
                    };
                    let place = at(row, column);
                    let (y, x) = (from(row, height), from(column, width));
                    let x = if is_mirrored {
                        (width - 1) as f32 - x
                    } else {
                        x
                    };
                    assert!((down[place] - y).abs() < 1e-4 && (across[place] - x).abs() < 1e-4);
                    let (top, left) = (y.floor() as usize, x.floor() as usize);
                    let (bottom, right) = ((top + 1).min(height - 1), (left + 1).min(width - 1));
                    let [y, x] = [y.fract(), x.fract()];
                    let along =
                        |row| picture[at(row, left)] * (1.0 - x) + picture[at(row, right)] * x;
                    let expected = along(top) * (1.0 - y) + along(bottom) * y;
                    assert!((found[place] - expected).abs() < 1e-3, "{row}, {column}");
                }
            }
        }
        let [smallest, largest] =
            [f32::min, f32::max].map(|of| scales.iter().copied().reduce(of).unwrap());
        let zoom = zoom as f32;
        assert!(
            (1.0 - zoom - 1e-4..1.0 - 0.8 * zoom).contains(&smallest),
            "{smallest}"
        );
        assert!(
            (1.0 + 0.8 * zoom..1.0 + zoom + 1e-4).contains(&largest),
            "{largest}"
        );
        assert!((16..=48).contains(&mirrored), "{mirrored}");
    }

    #[test]
    fn gradients_flow_back_to_where_the_pixels_came_from() {
        let device = device::cpu().autodiff();
        let pixels = SIDE * SIDE;
        // No two alike, so that a number says where it came from.
        let image: Vec<f32> = (0..pixels).map(|index| index as f32).collect();
        let image = Tensor::<1>::from_floats(image.as_slice(), &device);
        let image = image.unsqueeze::<2>().require_grad();
        // So that each pixel of the moved image has a gradient of its own.
        let marks: Vec<f32> = (0..pixels).map(|index| index as f32 + 2.0).collect();
        let weights = Tensor::<1>::from_floats(marks.as_slice(), &device).unsqueeze::<2>();
        let mut translation = Translation::new(1, pixels.into(), MOVES, true, None, 3, &device);
        for _ in 0..10 {
            let moved = translation.apply(image.clone());
            let sources = moved.clone().into_data().try_into_vec::<f32>().unwrap();
            let gradients = (moved * weights.clone()).sum().backward();
            let gradient = image.grad(&gradients).unwrap().into_data();
            let mut expected = vec![0.0; pixels];
            for (source, mark) in sources.into_iter().zip(&marks) {
                expected[source as usize] += mark;
            }
            assert_eq!(gradient.try_into_vec::<f32>().unwrap(), expected);
        }
    }
}
