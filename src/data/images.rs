//! Images on the host, grey or in colours, with labels where there are any. Not a tensor: see [`Dataset`].
//!
//! [`Dataset`]: super::Dataset

use std::collections::BTreeSet;

use super::idx::{read_images, read_labels};
use super::{DataError, Images, Pairing, parse_images, parse_labels};
use crate::Error;
use crate::shape::SampleShape;

/// Images and, if known, the class of each. Classes are the labels that occur, numbered from 0. And where they are to be
/// made out of others, these: the inputs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageSet {
    pub(super) images: Images,
    /// The class of each image.
    pub(super) classes: Option<Vec<u8>>,
    /// The label of each class, ascending.
    pub(super) class_labels: Vec<u8>,
    /// What each image is to be made of, in the same order.
    pub(super) inputs: Option<Images>,
}

/// A file with the name that readers know it by.
#[derive(Clone, Copy, Debug)]
pub struct NamedFile<'a> {
    /// Its name.
    pub name: &'a str,
    /// What is in it.
    pub bytes: &'a [u8],
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
            channels,
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
        let shape = images.shape();
        if !matches!(channels, 1 | 3) {
            let found = channels as u32;
            return Err(DataError::Channels { found }.into());
        }
        let expected = count * shape.features();
        if pixels.len() != expected {
            return Err(DataError::PixelCount {
                found: pixels.len(),
                expected,
                count,
                shape,
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
        let class_labels: BTreeSet<u8> = labels.iter().flatten().copied().collect();
        let mut set = Self {
            images,
            classes: labels,
            class_labels: Vec::from_iter(0..=u8::MAX),
            inputs: None,
        };
        set.number(Vec::from_iter(class_labels))
            .expect("they are its own");
        Ok(set)
    }

    /// The same, each image beside the one that it is to be made of.
    ///
    /// # Errors
    ///
    /// `data.inputs` unless there is one for each, of the same height and width; those of [`new`](Self::new).
    pub fn with_inputs(self, inputs: Images) -> Result<Self, Error> {
        let Self { images: inputs, .. } = Self::new(inputs, None)?;
        let (found, expected) = (inputs.shape(), self.shape());
        if inputs.count != self.count() || !found.is_as_large_as(expected) {
            return Err(DataError::Inputs {
                inputs: inputs.count,
                found,
                images: self.count(),
                expected,
            }
            .into());
        }
        Ok(Self {
            inputs: Some(inputs),
            ..self
        })
    }

    /// The same, each image beside what a pairing makes of it.
    #[must_use]
    pub fn paired(self, pairing: Pairing) -> Self {
        let shape = self.shape();
        let pixels = (self.pixels().chunks_exact(shape.features()))
            .flat_map(|image| pairing.input(image, shape))
            .collect();
        let inputs = Images {
            channels: pairing.input_shape(shape).channels,
            pixels,
            ..self.images
        };
        Self {
            inputs: Some(inputs),
            ..self
        }
    }

    /// The same with the classes of the set that a network learns: so the same label is the same class.
    ///
    /// # Errors
    ///
    /// `data.labels` if there is a label that the other set has not.
    pub fn in_classes_of(mut self, other: &Self) -> Result<Self, Error> {
        if self.classes.is_some() && other.classes.is_some() {
            self.number(other.class_labels.clone())?;
        }
        Ok(self)
    }

    /// Numbers the classes anew, by labels in ascending order.
    fn number(&mut self, class_labels: Vec<u8>) -> Result<(), DataError> {
        for class in self.classes.iter_mut().flatten() {
            let label = self.class_labels[usize::from(*class)];
            *class = match class_labels.binary_search(&label) {
                Ok(class) => class as u8,
                Err(_) => return Err(DataError::Label { found: label }),
            };
        }
        self.class_labels = class_labels;
        Ok(())
    }

    /// The same images with rows and columns changed for each other, as EMNIST's need it.
    #[must_use]
    pub fn turned(self) -> Self {
        Self {
            images: self.images.turned(),
            inputs: self.inputs.map(Images::turned),
            ..self
        }
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

    /// As [`from_idx`](Self::from_idx), and each error names the file that is wrong. The networks take
    /// square images.
    ///
    /// # Errors
    ///
    /// As [`from_idx`](Self::from_idx), and `data.not_square`.
    pub fn from_files(images: NamedFile, labels: Option<NamedFile>) -> Result<Self, Error> {
        let of_images = read_images(images.bytes).map_err(|error| error.in_file(images.name))?;
        let (rows, columns) = (of_images.rows, of_images.columns);
        if rows != columns {
            return Err(DataError::NotSquare { rows, columns }
                .in_file(images.name)
                .into());
        }
        let Some(labels) = labels else {
            return Self::new(of_images, None);
        };
        let of_labels = read_labels(labels.bytes).map_err(|error| error.in_file(labels.name))?;
        if of_labels.len() != of_images.count {
            return Err(DataError::PairCount {
                images: images.name.into(),
                image_count: of_images.count as u32,
                labels: labels.name.into(),
                label_count: of_labels.len() as u32,
            }
            .into());
        }
        Self::new(of_images, Some(of_labels))
    }

    /// As the device has them: image by image from -1 to 1, the channels of each one after another.
    #[cfg(target_family = "wasm")]
    pub(crate) fn scaled(&self) -> Vec<f32> {
        self.images.scaled()
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

    /// Of each image.
    pub fn shape(&self) -> SampleShape {
        self.images.shape()
    }

    /// `count · rows · columns · channels` values, 0 to 255, the channels of a pixel side by side.
    pub fn pixels(&self) -> &[u8] {
        &self.images.pixels
    }

    /// What each image is to be made of, where that is known.
    pub fn inputs(&self) -> Option<&Images> {
        self.inputs.as_ref()
    }

    /// The class of each image, if known: below the number of [`class_labels`](Self::class_labels).
    pub fn classes(&self) -> Option<&[u8]> {
        self.classes.as_deref()
    }

    /// The label of each class, ascending; empty without labels.
    pub fn class_labels(&self) -> &[u8] {
        &self.class_labels
    }

    /// How many images each class has; empty without labels.
    pub fn class_counts(&self) -> Vec<u32> {
        let mut counts = vec![0; self.class_labels.len()];
        for &class in self.classes.iter().flatten() {
            counts[usize::from(class)] += 1;
        }
        counts
    }
}

impl Images {
    /// Of each image.
    pub fn shape(&self) -> SampleShape {
        SampleShape {
            height: self.rows,
            width: self.columns,
            channels: self.channels,
        }
    }

    /// As the device has them: image by image from -1 to 1, the channels of each one after another.
    pub(super) fn scaled(&self) -> Vec<f32> {
        (self.pixels.chunks_exact(self.shape().features()))
            .flat_map(|image| scaled(image, self.channels))
            .collect()
    }

    /// With rows and columns changed for each other.
    fn turned(self) -> Self {
        let Self {
            count,
            rows,
            columns,
            channels,
            pixels,
        } = self;
        let turned = |image: &[u8]| -> Vec<u8> {
            (0..rows * columns)
                .map(|place| place % rows * columns + place / rows)
                .flat_map(|place| &image[place * channels..][..channels])
                .copied()
                .collect()
        };
        let pixels = pixels
            .chunks_exact(rows * columns * channels)
            .flat_map(turned)
            .collect();
        Self {
            count,
            rows: columns,
            columns: rows,
            channels,
            pixels,
        }
    }
}

/// An image's values, 0 to 255, as networks see them: -1 to 1, channel by channel.
pub(super) fn scaled(image: &[u8], channels: usize) -> impl Iterator<Item = f32> + '_ {
    let of_channel = move |channel| image[channel..].iter().step_by(channels);
    (0..channels)
        .flat_map(of_channel)
        .map(|&value| f32::from(value) / 127.5 - 1.0)
}
