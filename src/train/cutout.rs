//! Images of which a square is wiped out at random: DiffAugment's cutout (Zhao et al. 2020, after DeVries & Taylor
//! 2017).

use burn::tensor::{Device, Int, Tensor};

use crate::random::NormalNoise;
use crate::shape::SampleShape;

/// A stream of random squares for so many images at once.
#[derive(Debug)]
pub(crate) struct Cutout {
    /// Two rows: where the square's middle is, down and across.
    noise: NormalNoise,
    /// Of an image's side.
    share: f64,
    shape: SampleShape,
    /// Middles of rows and of columns of pixels. `[1, height]` and `[1, width]`
    places: [Tensor<2>; 2],
}

impl Cutout {
    /// Squares, or rectangles, of `share` of each side, for up to `count` images.
    pub(crate) fn new(
        count: usize,
        shape: SampleShape,
        share: f64,
        seed: u64,
        device: &Device,
    ) -> Self {
        let device = device.clone().without_autodiff();
        let places = |side: usize| -> Tensor<2> {
            let places = Tensor::<1, Int>::arange(0..side as i64, &device).float() + 0.5;
            places.reshape([1, side])
        };
        Self {
            noise: NormalNoise::new(2, count, seed, &device),
            share,
            shape,
            places: [shape.height, shape.width].map(places),
        }
    }

    /// The images, in each a square at a new place, with its middle anywhere inside, set to 0: a middle grey.
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
        let draws = self.noise.draw_uniform();
        let inside = |axis: usize, side: usize| {
            let draws = draws.clone().slice([axis..axis + 1, 0..batch]);
            let middles = draws.reshape([batch, 1]) * side as f64;
            let distance = (self.places[axis].clone() - middles).abs();
            distance.lower_elem(self.share * side as f64 / 2.0).float()
        };
        let down: Tensor<3> = inside(0, height).reshape([batch, height, 1]);
        let across: Tensor<3> = inside(1, width).reshape([batch, 1, width]);
        let stays = (down * across).neg() + 1.0;
        let stays: Tensor<3> = stays.reshape([batch, 1, height * width]);
        let pixels: Tensor<3> = images.reshape([batch, channels, height * width]);
        (pixels * stays.autodiff()).reshape([batch, features])
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

    use super::Cutout;
    use crate::device;
    use crate::shape::SampleShape;

    #[test]
    fn one_rectangle_of_each_image_is_wiped_out_in_all_channels_and_gradients_pass_beside_it() {
        let device = device::cpu().autodiff();
        let shape = SampleShape {
            height: 8,
            width: 6,
            channels: 3,
        };
        let (count, pixels) = (60, 48);
        let images = Tensor::<2>::ones([count, shape.features()], &device).require_grad();
        let mut cutout = Cutout::new(count, shape, 0.5, 3, &device);
        let cut = cutout.apply(images.clone());
        let found = cut.clone().into_data().try_into_vec::<f32>().unwrap();
        let gradients = cut.sum().backward();
        let gradient = images.grad(&gradients).unwrap().into_data();
        assert_eq!(gradient.try_into_vec::<f32>().unwrap(), found);

        let mut corners = BTreeSet::new();
        for image in found.chunks(shape.features()) {
            let gone: Vec<usize> = (0..pixels).filter(|&pixel| image[pixel] == 0.0).collect();
            let rows: BTreeSet<usize> = gone.iter().map(|pixel| pixel / 6).collect();
            let columns: BTreeSet<usize> = gone.iter().map(|pixel| pixel % 6).collect();
            // A whole rectangle, of half of each side where it does not stand out.
            assert_eq!(gone.len(), rows.len() * columns.len());
            assert!((1..=4).contains(&rows.len()) && (1..=3).contains(&columns.len()));
            assert!(rows.last().unwrap() - rows.first().unwrap() + 1 == rows.len());
            for channel in 1..3 {
                assert_eq!(image[channel * pixels..][..pixels], image[..pixels]);
            }
            assert!(image.iter().all(|&x| x == 0.0 || x == 1.0));
            corners.insert((rows.first().copied(), columns.first().copied()));
        }
        assert!(corners.len() > 12, "{corners:?}");
    }
}
