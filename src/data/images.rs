//! Grey images on the host, with labels where there are any. Not a tensor: see [`Dataset`].
//!
//! [`Dataset`]: super::Dataset

use super::{DataError, Images, parse_images, parse_labels};
use crate::Error;

/// Images and, if known, the class of each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageSet {
    images: Images,
    labels: Option<Vec<u8>>,
}

impl ImageSet {
    /// Pairs images with their labels.
    ///
    /// # Errors
    ///
    /// `data.pixel_count` if the pixels do not fill the images, `data.label_count` unless there is
    /// one label an image, `data.idx.empty` without any image.
    pub fn new(images: Images, labels: Option<Vec<u8>>) -> Result<Self, Error> {
        let Images {
            count,
            rows,
            columns,
            ref pixels,
        } = images;
        if count == 0 || rows == 0 || columns == 0 {
            return Err(DataError::Empty {
                count: count as u32,
                rows: rows as u32,
                columns: columns as u32,
            }
            .into());
        }
        let expected = count * rows * columns;
        if pixels.len() != expected {
            return Err(DataError::PixelCount {
                found: pixels.len(),
                expected,
                count,
                rows,
                columns,
            }
            .into());
        }
        if let Some(labels) = &labels
            && labels.len() != count
        {
            return Err(DataError::LabelCount {
                images: count,
                labels: labels.len(),
            }
            .into());
        }
        Ok(Self { images, labels })
    }

    /// Reads an image file and, if given, its label file; see [`parse_images`].
    ///
    /// # Errors
    ///
    /// Those of [`parse_images`], [`parse_labels`] and [`ImageSet::new`].
    pub fn from_idx(images: &[u8], labels: Option<&[u8]>) -> Result<Self, Error> {
        let images = parse_images(images)?;
        let labels = labels.map(parse_labels).transpose()?;
        Self::new(images, labels)
    }

    /// Number of images.
    pub fn count(&self) -> usize {
        self.images.count
    }

    /// Pixel rows of each image.
    pub fn rows(&self) -> usize {
        self.images.rows
    }

    /// Pixel columns of each image.
    pub fn columns(&self) -> usize {
        self.images.columns
    }

    /// `count · rows · columns` grey values, 0 to 255.
    pub fn pixels(&self) -> &[u8] {
        &self.images.pixels
    }

    /// The class of each image, if known.
    pub fn labels(&self) -> Option<&[u8]> {
        self.labels.as_deref()
    }

    /// How many images each label has, from label 0 to the highest; empty without labels.
    pub fn class_counts(&self) -> Vec<u32> {
        let mut counts = Vec::new();
        for &label in self.labels.iter().flatten() {
            let label = usize::from(label);
            if counts.len() <= label {
                counts.resize(label + 1, 0);
            }
            counts[label] += 1;
        }
        counts
    }

    /// The first `count` images of each class; without labels the first `count²`.
    #[must_use]
    pub fn album(&self, count: usize) -> Self {
        let mut taken = [0; 1 << u8::BITS];
        let indices: Vec<usize> = match &self.labels {
            None => (0..self.count().min(count * count)).collect(),
            Some(labels) => (0..labels.len())
                .filter(|&index| {
                    let taken = &mut taken[usize::from(labels[index])];
                    *taken += 1;
                    *taken <= count
                })
                .collect(),
        };
        let size = self.rows() * self.columns();
        let pixels = indices
            .iter()
            .flat_map(|index| &self.pixels()[index * size..][..size])
            .copied()
            .collect();
        Self {
            images: Images {
                count: indices.len(),
                pixels,
                ..self.images
            },
            labels: (self.labels.as_ref())
                .map(|labels| indices.iter().map(|&index| labels[index]).collect()),
        }
    }

    /// Images for a grid, row by row, as numbers from -1 to 1: `rows` rows of a column a class, or
    /// of as many as there are rows if `classes` is 0. What there are too few of comes again; a class
    /// without any image gets others.
    pub fn sheet(&self, rows: usize, classes: usize) -> Vec<f32> {
        let of_class = |class: usize| -> Vec<usize> {
            let labels = self.labels.iter().flatten();
            let fits = |&(_, &label): &(usize, &u8)| usize::from(label) == class;
            labels
                .enumerate()
                .filter(fits)
                .map(|(index, _)| index)
                .collect()
        };
        let all: Vec<usize> = (0..self.count()).collect();
        let columns: Vec<Vec<usize>> = (0..classes).map(of_class).collect();
        let size = self.rows() * self.columns();
        let column_count = if classes == 0 { rows } else { classes };
        (0..rows * column_count)
            .map(|place| match columns.get(place % column_count) {
                Some(own) if !own.is_empty() => own[place / column_count % own.len()],
                _ => all[place % all.len()],
            })
            .flat_map(|index| &self.pixels()[index * size..][..size])
            .map(|&pixel| f32::from(pixel) / 127.5 - 1.0)
            .collect()
    }
}
