//! `Dataset` and `Neighbour` for JavaScript.

use js_sys::Promise;
use wasm_bindgen::prelude::*;

use super::convert::promise;
use super::{Device, Grid};
use crate::Error;
use crate::data::{
    DataError, Dataset as Samples, ImageSet, Images, NamedFile, Pairing, Toy, parse_images,
};
use crate::evaluate::nearest;
use crate::model::{GRID_ROWS, grid_columns};
use crate::render;
use crate::shape::SampleShape;

/// Images, or points in the plane, on a device.
#[wasm_bindgen]
pub struct Dataset {
    pub(super) samples: Samples,
    class_counts: Vec<u32>,
    device: crate::device::Device,
    content: Content,
    turned: bool,
    /// What the images' inputs were made by, if they were made of them.
    pairing: Option<Pairing>,
}

enum Content {
    /// Some of the images.
    Images(ImageSet),
    Points(Toy),
}

#[wasm_bindgen]
impl Dataset {
    /// Checks IDX files, plain or gzip, and uploads the images, their rows and columns changed for each
    /// other if they are to be `turned`. `names` are those of images, labels and inputs, for errors. What the images
    /// are to be made of are `inputs`, or what a pairing of that name makes of them. Throws with
    /// the codes `data.…`; see [`parse_images`](crate::data::parse_images).
    pub fn parse(
        images: &[u8],
        labels: Option<Vec<u8>>,
        names: Vec<String>,
        turned: bool,
        device: &Device,
        inputs: Option<Vec<u8>>,
        pairing: Option<String>,
    ) -> Result<Self, Error> {
        let images = read(images, labels, inputs, &names)?;
        let pairing = pairing.map(|id| Pairing::by_id(&id)).transpose()?;
        Self::of_images(images, turned, pairing, &device.0.device)
    }

    /// What belongs to these images and is held out: its classes are theirs. Throws as
    /// [`parse`](Self::parse), and with `data.labels` for a label that they have not.
    #[wasm_bindgen(js_name = parseHeldOut)]
    pub fn parse_held_out(
        &self,
        images: &[u8],
        labels: Option<Vec<u8>>,
        names: Vec<String>,
        inputs: Option<Vec<u8>>,
    ) -> Result<Self, Error> {
        let mut images = read(images, labels, inputs, &names)?;
        if let Content::Images(own) = &self.content {
            images = images.in_classes_of(own)?;
        }
        Self::of_images(images, self.turned, self.pairing, &self.device)
    }

    fn of_images(
        images: ImageSet,
        turned: bool,
        pairing: Option<Pairing>,
        device: &crate::device::Device,
    ) -> Result<Self, Error> {
        let images = if turned { images.turned() } else { images };
        let images = match pairing {
            Some(pairing) => {
                pairing.check(images.shape())?;
                images.paired(pairing)
            }
            None => images,
        };
        Ok(Self {
            samples: Samples::from_images(&images, device)?,
            class_counts: images.class_counts(),
            content: Content::Images(images.preview(GRID_ROWS)),
            device: device.clone(),
            turned,
            pairing,
        })
    }

    /// A promise of the image nearest to another one of the same size, whose values are given
    /// row by row, the channels of a pixel side by side. Throws with `data.pixel_count` if it is of another size; rejects with
    /// `train.readback`.
    #[wasm_bindgen(unchecked_return_type = "Promise<Neighbour>")]
    pub fn nearest(&self, pixels: &[u8]) -> Result<Promise, Error> {
        let shape = self.samples.shape();
        let sample = Samples::from_images(&one_image(pixels, shape)?, &self.device)?;
        let found = nearest(&self.samples, sample.samples());
        Ok(promise(async move {
            let [found] = found.await?.try_into().expect("one for one");
            Ok(Neighbour {
                distance: found.distance,
                picture: render::grid(&found.pixels, shape, 1),
            })
        }))
    }

    /// The toy of that name. Throws with `data.toy`.
    pub fn toy(id: &str, device: &Device) -> Result<Self, Error> {
        Self::of(Toy::by_id(id)?, device)
    }

    /// The toy that someone has drawn: pairs of x and y in [-1, 1]. Throws with `data.drawing`.
    pub fn drawn(points: &[f32], device: &Device) -> Result<Self, Error> {
        Self::of(Toy::drawn(points)?, device)
    }

    fn of(toy: Toy, device: &Device) -> Result<Self, Error> {
        Ok(Self {
            samples: Samples::from_toy(&toy, &device.0.device)?,
            class_counts: Vec::new(),
            device: device.0.device.clone(),
            content: Content::Points(toy),
            turned: false,
            pairing: None,
        })
    }

    /// Number of samples.
    #[wasm_bindgen(getter)]
    pub fn count(&self) -> usize {
        self.samples.count()
    }

    /// Pixel rows of each image; 1 for points.
    #[wasm_bindgen(getter)]
    pub fn rows(&self) -> usize {
        self.samples.shape().height
    }

    /// Pixel columns of each image; 2 for points.
    #[wasm_bindgen(getter)]
    pub fn columns(&self) -> usize {
        self.samples.shape().width
    }

    /// Numbers in each pixel: 3 for red, green and blue, else 1.
    #[wasm_bindgen(getter)]
    pub fn channels(&self) -> usize {
        self.samples.shape().channels
    }

    /// Numbers in each pixel of what the images are to be made of; 0 where that is not known.
    #[wasm_bindgen(getter, js_name = inputChannels)]
    pub fn input_channels(&self) -> usize {
        (self.samples.input_shape()).map_or(0, |shape| shape.channels)
    }

    /// A promise of what the image in a place is to be made of, where that is known.
    #[wasm_bindgen(unchecked_return_type = "Promise<Grid> | undefined")]
    pub fn input(&self, place: usize) -> Option<Promise> {
        let shape = self.samples.input_shape()?;
        let values = self.samples.input(place)?;
        Some(promise(async move {
            Ok(Grid(render::grid(&values.await?, shape, 1)))
        }))
    }

    /// What is made of another picture of the images' shape as their inputs were made of them; where these came
    /// by themselves, the picture's outline if they are grey, else the picture. Throws with `data.pixel_count`.
    #[wasm_bindgen(js_name = inputOf)]
    pub fn input_of(&self, pixels: &[u8]) -> Result<Grid, Error> {
        let image = one_image(pixels, self.samples.shape())?;
        let lines = (self.input_channels() == 1).then_some(Pairing::Outline);
        let shown = match self.pairing.or(lines) {
            Some(pairing) => {
                let input = pairing.input(pixels, image.shape());
                one_image(&input, pairing.input_shape(image.shape()))?
            }
            None => image,
        };
        Ok(Grid(render::grid(&shown.scaled(), shown.shape(), 1)))
    }

    /// Images per class; empty without labels.
    #[wasm_bindgen(getter, js_name = classCounts)]
    pub fn class_counts(&self) -> Vec<u32> {
        self.class_counts.clone()
    }

    /// Some of the points, pairs of x and y; none of images.
    pub fn points(&self, count: usize) -> Vec<f32> {
        match &self.content {
            Content::Points(toy) => toy.samples(count),
            Content::Images(_) => Vec::new(),
        }
    }

    /// Some of the images, laid out as a generator of so many classes lays out its samples; nothing of
    /// points.
    pub fn grid(&self, classes: usize) -> Option<Grid> {
        let Content::Images(preview) = &self.content else {
            return None;
        };
        let columns = grid_columns(classes, GRID_ROWS);
        let values = preview.grid(GRID_ROWS, columns, classes);
        let grid = render::grid(&values, self.samples.shape(), columns);
        Some(Grid(grid))
    }
}

impl Dataset {
    /// The toy, where samples are points.
    ///
    /// # Errors
    ///
    /// `data.points`.
    pub(super) fn toy_of_points(&self) -> Result<&Toy, Error> {
        match &self.content {
            Content::Points(toy) => Ok(toy),
            Content::Images(_) => Err(DataError::Points {
                found: self.samples.features(),
            }
            .into()),
        }
    }
}

fn read(
    images: &[u8],
    labels: Option<Vec<u8>>,
    inputs: Option<Vec<u8>>,
    names: &[String],
) -> Result<ImageSet, Error> {
    let named = |bytes, place: usize| NamedFile {
        name: names.get(place).map_or("", String::as_str),
        bytes,
    };
    let labels = labels.as_deref().map(|labels| named(labels, 1));
    let images = ImageSet::from_files(named(images, 0), labels)?;
    match inputs {
        Some(inputs) => images.with_inputs(parse_images(&inputs)?),
        None => Ok(images),
    }
}

/// A picture as a set of one: row by row, the channels of a pixel side by side.
pub(super) fn one_image(pixels: &[u8], shape: SampleShape) -> Result<ImageSet, Error> {
    let image = Images {
        count: 1,
        rows: shape.height,
        columns: shape.width,
        channels: shape.channels,
        pixels: pixels.to_vec(),
    };
    ImageSet::new(image, None)
}

/// The image of a dataset that is nearest to another one.
#[wasm_bindgen]
pub struct Neighbour {
    distance: f32,
    picture: render::Grid,
}

#[wasm_bindgen]
impl Neighbour {
    /// Euclidean distance, in pixels' values from -1 to 1: 0 for a copy.
    #[wasm_bindgen(getter)]
    pub fn distance(&self) -> f32 {
        self.distance
    }

    /// The image.
    pub fn picture(&self) -> Grid {
        Grid(self.picture.clone())
    }
}
