//! `Dataset` and `Neighbour` for JavaScript.

use js_sys::Promise;
use wasm_bindgen::prelude::*;

use super::convert::promise;
use super::{Device, Grid};
use crate::Error;
use crate::data::{DataError, Dataset as Samples, ImageSet, Images, NamedFile, Toy};
use crate::evaluate::nearest;
use crate::model::{GRID_ROWS, grid_columns};
use crate::render;

/// Images, or points in the plane, on a device.
#[wasm_bindgen]
pub struct Dataset {
    pub(super) samples: Samples,
    class_counts: Vec<u32>,
    device: crate::device::Device,
    content: Content,
    turned: bool,
}

enum Content {
    /// Some of the images.
    Images(ImageSet),
    Points(Toy),
}

#[wasm_bindgen]
impl Dataset {
    /// Checks IDX files, plain or gzip, and uploads the images, their rows and columns changed for each
    /// other if they are to be `turned`. `names` are those of images and labels, for errors. Throws with
    /// the codes `data.…`; see [`parse_images`](crate::data::parse_images).
    pub fn parse(
        images: &[u8],
        labels: Option<Vec<u8>>,
        names: Vec<String>,
        turned: bool,
        device: &Device,
    ) -> Result<Self, Error> {
        Self::of_images(read(images, labels, &names)?, turned, &device.0.device)
    }

    /// What belongs to these images and is held out: its classes are theirs. Throws as
    /// [`parse`](Self::parse), and with `data.labels` for a label that they have not.
    #[wasm_bindgen(js_name = parseHeldOut)]
    pub fn parse_held_out(
        &self,
        images: &[u8],
        labels: Option<Vec<u8>>,
        names: Vec<String>,
    ) -> Result<Self, Error> {
        let mut images = read(images, labels, &names)?;
        if let Content::Images(own) = &self.content {
            images = images.in_classes_of(own)?;
        }
        Self::of_images(images, self.turned, &self.device)
    }

    fn of_images(
        images: ImageSet,
        turned: bool,
        device: &crate::device::Device,
    ) -> Result<Self, Error> {
        let images = if turned { images.turned() } else { images };
        Ok(Self {
            samples: Samples::from_images(&images, device)?,
            class_counts: images.class_counts(),
            content: Content::Images(images.preview(GRID_ROWS)),
            device: device.clone(),
            turned,
        })
    }

    /// A promise of the image nearest to another one of the same size, whose values are given
    /// row by row, the channels of a pixel side by side. Throws with `data.pixel_count` if it is of another size; rejects with
    /// `train.readback`.
    #[wasm_bindgen(unchecked_return_type = "Promise<Neighbour>")]
    pub fn nearest(&self, pixels: &[u8]) -> Result<Promise, Error> {
        let shape = self.samples.shape();
        let image = Images {
            count: 1,
            rows: shape.height,
            columns: shape.width,
            channels: shape.channels,
            pixels: pixels.to_vec(),
        };
        let sample = Samples::from_images(&ImageSet::new(image, None)?, &self.device)?;
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

fn read(images: &[u8], labels: Option<Vec<u8>>, names: &[String]) -> Result<ImageSet, Error> {
    let named = |bytes, place: usize| NamedFile {
        name: names.get(place).map_or("", String::as_str),
        bytes,
    };
    ImageSet::from_files(
        named(images, 0),
        labels.as_deref().map(|labels| named(labels, 1)),
    )
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
