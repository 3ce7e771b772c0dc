//! Images made lighter or darker, paler or more colourful, flatter or harsher at random: DiffAugment's colour
//! (Zhao et al. 2020).

use burn::tensor::{Device, Tensor};

use crate::random::NormalNoise;
use crate::shape::SampleShape;

/// A stream of random changes of colour for so many images at once.
#[derive(Debug)]
pub(crate) struct Colour {
    /// Three rows: brightness, saturation and contrast.
    noise: NormalNoise,
    shape: SampleShape,
}

impl Colour {
    /// For up to `count` images.
    pub(crate) fn new(count: usize, shape: SampleShape, seed: u64, device: &Device) -> Self {
        let device = device.clone().without_autodiff();
        Self {
            noise: NormalNoise::new(3, count, seed, &device),
            shape,
        }
    }

    /// The images, each by a new draw: up to 0.5 added; each pixel's distance from its own grey times 0 to 2,
    /// where there are colours; each number's distance from the image's mean times 0.5 to 1.5.
    ///
    /// # Shapes
    ///
    /// `[batch, features]` → the same, on an autodiff device; values may leave [-1, 1]
    pub(crate) fn apply(&mut self, images: Tensor<2>) -> Tensor<2> {
        let [batch, features] = images.dims();
        let draws = self.noise.draw_uniform();
        let draw = |row: usize| -> Tensor<2> {
            let draw = draws.clone().slice([row..row + 1, 0..batch]);
            draw.reshape([batch, 1]).autodiff()
        };
        let mut images = images + (draw(0) - 0.5);
        let channels = self.shape.channels;
        if channels > 1 {
            let pixels: Tensor<3> = images.reshape([batch, channels, features / channels]);
            let greys = pixels.clone().mean_dim(1);
            let factors: Tensor<3> = (draw(1) * 2.0).reshape([batch, 1, 1]);
            images = ((pixels - greys.clone()) * factors + greys).reshape([batch, features]);
        }
        let mean = images.clone().mean_dim(1);
        (images - mean.clone()) * (draw(2) + 0.5) + mean
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
    use burn::tensor::Tensor;

    use super::Colour;
    use crate::device;
    use crate::shape::SampleShape;

    /// An image's numbers by channel, its mean, and the spread of its numbers around it.
    fn looks(image: &[f32], channels: usize) -> (f32, f32, Vec<f32>) {
        let mean = image.iter().sum::<f32>() / image.len() as f32;
        let spread = image.iter().map(|x| (x - mean).powi(2)).sum::<f32>();
        let pixels = image.len() / channels;
        let greys = (0..pixels).map(|pixel| {
            let of_pixel = (0..channels).map(|channel| image[channel * pixels + pixel]);
            of_pixel.sum::<f32>() / channels as f32
        });
        (mean, spread.sqrt(), greys.collect())
    }

    #[test]
    fn brightness_saturation_and_contrast_change_within_their_bounds_each_image_apart() {
        let device = device::cpu().autodiff();
        for channels in [1, 3] {
            let shape = SampleShape::square(4, channels);
            let count = 200;
            // The same image throughout, no two of its numbers alike.
            let image: Vec<f32> = (0..shape.features()).map(|i| (i as f32).sin()).collect();
            let rows = Tensor::<1>::from_floats(image.as_slice(), &device)
                .reshape([1, shape.features()])
                .repeat_dim(0, count);
            let mut colour = Colour::new(count, shape, 5, &device);
            let changed = colour
                .apply(rows)
                .into_data()
                .try_into_vec::<f32>()
                .unwrap();
            let (mean, _, greys) = looks(&image, channels);
            let (mut brightness, mut contrast) = (Vec::new(), Vec::new());
            for changed in changed.chunks(shape.features()) {
                let (own_mean, _, own_greys) = looks(changed, channels);
                brightness.push(own_mean - mean);
                // A pixel's grey is moved by brightness and contrast alone.
                contrast.push((own_greys[0] - own_greys[1]) / (greys[0] - greys[1]));
                // What is grey stays so: the factors of all pixels are the same.
                let again = (own_greys[2] - own_greys[3]) / (greys[2] - greys[3]);
                assert!((again - contrast[contrast.len() - 1]).abs() < 1e-3);
            }
            for (found, [least, most]) in [(brightness, [-0.5, 0.5]), (contrast, [0.5, 1.5])] {
                let ends = found
                    .iter()
                    .fold([f32::MAX, f32::MIN], |[a, b], &x| [a.min(x), b.max(x)]);
                assert!(
                    ends[0] >= least - 1e-3 && ends[0] < least + 0.05,
                    "{ends:?}"
                );
                assert!(ends[1] <= most + 1e-3 && ends[1] > most - 0.05, "{ends:?}");
            }
        }
    }
}
