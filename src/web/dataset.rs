//! `Dataset` and `Neighbour` for JavaScript.

use js_sys::Promise;
use wasm_bindgen::prelude::*;

use super::convert::promise;
use super::{Device, Grid};
use crate::Error;
use crate::data::{Dataset as Samples, ImageSet, Images};
use crate::quality::nearest;
use crate::render;
use crate::train::Trainer as Training;

/// Images on a device.
#[wasm_bindgen]
pub struct Dataset {
    pub(super) samples: Samples,
    pub(super) rows: usize,
    pub(super) columns: usize,
    class_counts: Vec<u32>,
    album: ImageSet,
    device: crate::device::Device,
}

#[wasm_bindgen]
impl Dataset {
    /// Checks IDX bytes, plain or gzip, and uploads the images. Throws with the codes
    /// `data.…`; see [`parse_images`](crate::data::parse_images).
    pub fn parse(images: &[u8], labels: Option<Vec<u8>>, device: &Device) -> Result<Self, Error> {
        let images = ImageSet::from_idx(images, labels.as_deref())?;
        Ok(Self {
            samples: Samples::from_images(&images, &device.0.device)?,
            rows: images.rows(),
            columns: images.columns(),
            class_counts: images.class_counts(),
            album: images.album(Training::GRID_ROWS),
            device: device.0.device.clone(),
        })
    }

    /// A promise of the image nearest to another one of the same size, whose grey values are given
    /// row by row. Throws with `data.pixel_count` if it is of another size; rejects with
    /// `train.readback`.
    #[wasm_bindgen(unchecked_return_type = "Promise<Neighbour>")]
    pub fn nearest(&self, pixels: &[u8]) -> Result<Promise, Error> {
        let (rows, columns) = (self.rows, self.columns);
        let image = Images {
            count: 1,
            rows,
            columns,
            pixels: pixels.to_vec(),
        };
        let sample = Samples::from_images(&ImageSet::new(image, None)?, &self.device)?;
        let found = nearest(&self.samples, sample.samples());
        Ok(promise(async move {
            let [found] = found.await?.try_into().expect("one for one");
            Ok(Neighbour {
                distance: found.distance,
                picture: render::grid(&found.pixels, rows, columns, 1),
            })
        }))
    }

    /// Number of images.
    #[wasm_bindgen(getter)]
    pub fn count(&self) -> usize {
        self.samples.count()
    }

    /// Pixel rows of each image.
    #[wasm_bindgen(getter)]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Pixel columns of each image.
    #[wasm_bindgen(getter)]
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// Images per label, from label 0 on; empty without labels.
    #[wasm_bindgen(getter, js_name = classCounts)]
    pub fn class_counts(&self) -> Vec<u32> {
        self.class_counts.clone()
    }

    /// Some of the images, laid out as a generator of so many classes lays out its samples.
    pub fn grid(&self, classes: usize) -> Grid {
        let rows = Training::GRID_ROWS;
        let columns = if classes == 0 { rows } else { classes };
        let values = self.album.sheet(rows, classes);
        Grid(render::grid(&values, self.rows, self.columns, columns))
    }
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
