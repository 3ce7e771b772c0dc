//! Samples on the device, as one tensor: images, or points. Beside images, what they are to be made of, if that is known.
//! No order, no files.

use std::sync::Arc;

use burn::tensor::{Device, Int, Tensor, TensorData};

use super::fingerprint::Fingerprint;
use super::{DataError, ImageSet, Toy};
use crate::Error;
use crate::device::check_size;
use crate::device::readback::read;
use crate::shape::SampleShape;

/// Samples on a device: images as flat rows of pixels, or points.
///
/// A clone shares the device memory.
#[derive(Clone, Debug)]
pub struct Dataset {
    samples: Tensor<2>,
    /// One-hot rows, where the classes are known. `[count, classes]`
    classes: Option<Tensor<2>>,
    /// The label of each class, ascending; empty where none is known.
    class_labels: Vec<u8>,
    count: usize,
    shape: SampleShape,
    /// The places of each class's samples; empty where no class is known, or only the device knows them.
    places: Arc<[Vec<i64>]>,
    inputs: Option<Inputs>,
    /// A few samples of each class, or of all where the classes are not known.
    examples: Vec<i64>,
    /// Of what came from the host.
    fingerprint: Option<Fingerprint>,
}

/// What samples are to be made of: a row for each, of a shape of their own.
#[derive(Clone, Debug)]
struct Inputs {
    rows: Tensor<2>,
    shape: SampleShape,
}

/// Samples in a dataset's [`examples`](Dataset::examples), all classes together.
const EXAMPLES: usize = 256;

/// Samples drawn together.
#[derive(Clone, Debug)]
pub struct Batch {
    /// `[batch, features]`
    pub samples: Tensor<2>,
    /// The class of each as a one-hot row, where the dataset knows it. `[batch, classes]`
    pub classes: Option<Tensor<2>>,
    /// What each is to be made of, where the dataset knows it. `[batch, input features]`
    pub inputs: Option<Tensor<2>>,
}

impl Dataset {
    /// Uploads images, scaled from 0…255 to [-1, 1], their classes and inputs.
    ///
    /// # Errors
    ///
    /// `device.too_large` if the device cannot hold so many.
    pub fn from_images(images: &ImageSet, device: &Device) -> Result<Self, Error> {
        let shape = images.shape();
        let labels: Option<Vec<u8>> = images.classes().map(|classes| {
            let label = |&class: &u8| images.class_labels()[usize::from(class)];
            classes.iter().map(label).collect()
        });
        let fingerprint = Fingerprint::of(images.pixels(), labels.as_deref());
        let fingerprint = fingerprint.with_inputs(images.inputs().map(|inputs| &*inputs.pixels));
        let mut dataset = Self::upload(images.images.scaled(), shape, fingerprint, device)?;
        if let Some(classes) = images.classes() {
            let device = dataset.samples.device();
            dataset.class_labels = images.class_labels().to_vec();
            dataset.classes = Some(one_hot(classes, dataset.class_labels.len(), &device));
            dataset.places = places_of(classes, dataset.class_labels.len());
            dataset.examples = examples_of(&dataset.places);
        }
        if let Some(inputs) = images.inputs() {
            let shape = inputs.shape();
            let rows = uploaded(inputs.scaled(), shape.features(), device)?;
            dataset.inputs = Some(Inputs { rows, shape });
        }
        Ok(dataset)
    }

    /// Uploads samples of a shape, one after another, as they are.
    ///
    /// - `shape`: a [`SampleShape`], or how many numbers a sample has
    ///
    /// # Errors
    ///
    /// `data.sample_shape` unless the values make whole samples, at least one; `device.too_large` if
    /// the device cannot hold so many.
    pub fn from_samples(
        values: Vec<f32>,
        shape: impl Into<SampleShape>,
        device: &Device,
    ) -> Result<Self, Error> {
        let shape = shape.into();
        let features = shape.features();
        if features == 0 || values.is_empty() || !values.len().is_multiple_of(features) {
            return Err(DataError::SampleShape {
                found: values.len(),
                features,
            }
            .into());
        }
        let fingerprint = Fingerprint::of_numbers(&values);
        Self::upload(values, shape, fingerprint, device)
    }

    /// Uploads [`Toy::COUNT`] samples of a toy, always the same.
    ///
    /// # Errors
    ///
    /// `device.too_large` if the device cannot hold so many.
    pub fn from_toy(toy: &Toy, device: &Device) -> Result<Self, Error> {
        Self::from_samples(toy.samples(Toy::COUNT), 2, device)
    }

    /// Samples of a shape that are on a device already, with their classes.
    ///
    /// - `samples`: `[count, features]`, plain
    /// - `classes`: one-hot, `[count, classes]`
    pub(crate) fn from_tensors(samples: Tensor<2>, shape: SampleShape, classes: Tensor<2>) -> Self {
        let [count, _] = samples.dims();
        Self {
            samples,
            class_labels: (0..classes.dims()[1]).map(|label| label as u8).collect(),
            classes: Some(classes),
            places: Arc::default(),
            count,
            shape,
            inputs: None,
            examples: spread(count, EXAMPLES).collect(),
            fingerprint: None,
        }
    }

    fn upload(
        values: Vec<f32>,
        shape: SampleShape,
        fingerprint: Fingerprint,
        device: &Device,
    ) -> Result<Self, Error> {
        let samples = uploaded(values, shape.features(), device)?;
        let [count, _] = samples.dims();
        Ok(Self {
            samples,
            classes: None,
            class_labels: Vec::new(),
            places: Arc::default(),
            count,
            shape,
            inputs: None,
            examples: spread(count, EXAMPLES).collect(),
            fingerprint: Some(fingerprint),
        })
    }

    /// The same samples, their classes forgotten.
    #[must_use]
    pub fn without_classes(self) -> Self {
        Self {
            classes: None,
            class_labels: Vec::new(),
            places: Arc::default(),
            fingerprint: self.fingerprint.map(Fingerprint::without_labels),
            ..self
        }
    }

    /// The same samples, what they are to be made of forgotten.
    #[must_use]
    pub fn without_inputs(self) -> Self {
        Self {
            inputs: None,
            fingerprint: self
                .fingerprint
                .map(|fingerprint| fingerprint.with_inputs(None)),
            ..self
        }
    }

    /// What tells these samples, and their labels and inputs where they are known, from others: a short text, the
    /// same for the same data everywhere. `None` for samples that were made on the device.
    pub fn fingerprint(&self) -> Option<String> {
        let fingerprint = self.fingerprint?;
        Some(fingerprint.text(self.count, self.features()))
    }

    /// Number of samples.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Height, width and channels of each sample.
    pub fn shape(&self) -> SampleShape {
        self.shape
    }

    /// Height, width and channels of what each sample is to be made of, where that is known.
    pub fn input_shape(&self) -> Option<SampleShape> {
        Some(self.inputs.as_ref()?.shape)
    }

    /// Numbers in each sample.
    pub fn features(&self) -> usize {
        self.shape.features()
    }

    /// Classes there are: labels that occur; 0 where they are not known.
    pub fn class_count(&self) -> usize {
        self.class_labels.len()
    }

    /// The label of each class, ascending; empty where none is known.
    pub(crate) fn class_labels(&self) -> &[u8] {
        &self.class_labels
    }

    /// The places of each class's samples; empty where no class is known, or only the device knows them.
    pub(crate) fn places(&self) -> &[Vec<i64>] {
        &self.places
    }

    /// All classes as one-hot rows, where they are known.
    ///
    /// # Shapes
    ///
    /// `[count, class_count]`
    pub fn classes(&self) -> Option<Tensor<2>> {
        self.classes.clone()
    }

    /// Samples that stand for all: as many of each class, wherever in the data it stands.
    ///
    /// # Shapes
    ///
    /// Up to 256 rows
    pub(crate) fn examples(&self) -> Batch {
        let count = self.examples.len();
        let indices = TensorData::new(self.examples.clone(), [count]);
        self.select(Tensor::from_data(indices, &self.device()))
    }

    /// So many samples, evenly spread over all; where there are fewer, all and some again.
    pub(crate) fn spread(&self, wanted: usize) -> Batch {
        let places = (0..wanted).map(|index| (index * self.count / wanted) as i64);
        let indices = TensorData::new(places.collect::<Vec<_>>(), [wanted]);
        self.select(Tensor::from_data(indices, &self.device()))
    }

    /// Samples in these places and all that is known of them, gathered on the device.
    pub(crate) fn select(&self, indices: Tensor<1, Int>) -> Batch {
        let rows = |all: &Tensor<2>| all.clone().select(0, indices.clone());
        Batch {
            samples: rows(&self.samples),
            classes: self.classes.as_ref().map(rows),
            inputs: self.inputs.as_ref().map(|inputs| rows(&inputs.rows)),
        }
    }

    /// Where they are; plain.
    pub(crate) fn device(&self) -> Device {
        self.samples.device()
    }

    /// What each sample is to be made of, where that is known.
    ///
    /// # Shapes
    ///
    /// `[count, input features]`
    pub fn inputs(&self) -> Option<Tensor<2>> {
        Some(self.inputs.as_ref()?.rows.clone())
    }

    /// What the sample in a place is to be made of, where that is known, as the device has it.
    ///
    /// The future does not borrow the dataset.
    ///
    /// # Errors
    ///
    /// `train.readback`.
    ///
    /// # Panics
    ///
    /// If there is no such place.
    pub fn input(
        &self,
        place: usize,
    ) -> Option<impl Future<Output = Result<Vec<f32>, Error>> + use<>> {
        assert!(place < self.count, "no sample in place {place}");
        let rows = self.inputs()?;
        Some(read(rows.narrow(0, place, 1)))
    }

    /// All samples.
    ///
    /// # Shapes
    ///
    /// `[count, features]`
    pub fn samples(&self) -> Tensor<2> {
        self.samples.clone()
    }
}

/// Numbers as rows on a device.
fn uploaded(values: Vec<f32>, features: usize, device: &Device) -> Result<Tensor<2>, Error> {
    check_size(device, size_of_val(values.as_slice()) as u64)?;
    let count = values.len() / features;
    // Plain, not autodiff: no gradient flows into data.
    let device = device.clone().without_autodiff();
    let values = TensorData::new(values, [count, features]);
    Ok(Tensor::from_data(values, &device))
}

/// Up to `wanted` of so many places, evenly spread.
fn spread(count: usize, wanted: usize) -> impl Iterator<Item = i64> {
    let wanted = wanted.min(count);
    (0..wanted).map(move |index| (index * count / wanted) as i64)
}

/// Samples of each class, evenly spread over those it has.
fn places_of(labels: &[u8], class_count: usize) -> Arc<[Vec<i64>]> {
    let mut places = vec![Vec::new(); class_count];
    for (place, &label) in labels.iter().enumerate() {
        places[usize::from(label)].push(place as i64);
    }
    places.into()
}

fn examples_of(places: &[Vec<i64>]) -> Vec<i64> {
    let class_count = places.len();
    places
        .iter()
        .flat_map(|own| spread(own.len(), EXAMPLES / class_count).map(|index| own[index as usize]))
        .collect()
}

/// Classes as one-hot rows.
///
/// # Shapes
///
/// `[labels.len(), class_count]`
///
/// # Panics
///
/// If a label is no class.
pub fn one_hot(labels: &[u8], class_count: usize, device: &Device) -> Tensor<2> {
    let mut rows = vec![0.0_f32; labels.len() * class_count];
    for (row, &label) in rows.chunks_mut(class_count).zip(labels) {
        row[usize::from(label)] = 1.0;
    }
    let device = device.clone().without_autodiff();
    Tensor::from_data(TensorData::new(rows, [labels.len(), class_count]), &device)
}
