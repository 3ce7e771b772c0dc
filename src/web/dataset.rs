//! `Dataset` for JavaScript.

use wasm_bindgen::prelude::*;

use super::{Device, Grid};
use crate::Error;
use crate::data::{Dataset as Samples, ImageSet};
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
        })
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
