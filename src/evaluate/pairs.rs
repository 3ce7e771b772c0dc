//! How good pictures are that were made out of others, on held-out pairs, beside what asks for no network: the input
//! itself, the mean picture, and the picture of the training pair whose input is nearest.

use burn::tensor::{Int, Tensor, TensorData};
use serde::Serialize;

use super::nearest::search;
use super::without_pause;
use crate::Error;
use crate::data::{Batch, Dataset};
use crate::device::readback::read;
use crate::generator::{PASS, TrainedGenerator};
use crate::metrics::{Likeness, likeness};
use crate::preset::ConfigError;
use crate::shape::SampleShape;

/// What was found on held-out pairs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PairQuality {
    /// How many.
    pub count: usize,
    /// Of what the generator makes.
    pub made: Likeness,
    /// Of the input as it is.
    pub input: Likeness,
    /// Of the training pictures' mean.
    pub mean: Likeness,
    /// Of the picture of the training pair with the nearest input.
    pub nearest: Likeness,
}

/// Measures a generator that makes pictures out of others.
///
/// # Errors
///
/// `config.inputs` unless the generator takes the inputs that both datasets have, `config.features` unless it makes
/// pictures of their shape; `metrics.shape` for less than 7 pixels a side, `metrics.not_finite`, `train.readback`.
pub async fn pair_quality(
    generator: &TrainedGenerator,
    train: &Dataset,
    held_out: &Dataset,
) -> Result<PairQuality, Error> {
    let (shape, count) = (held_out.shape(), held_out.count());
    let (train_inputs, _) = checked(generator, train)?;
    let (inputs, input_shape) = checked(generator, held_out)?;
    let truth = read(held_out.samples()).await?;
    let measured = |numbers: &[f32]| {
        let picture = [shape.channels, shape.height, shape.width];
        likeness(numbers, &truth, picture)
    };

    let mut made = Vec::new();
    for some in inputs.clone().split(PASS, 0) {
        made.extend(read(generator.network().forward(some, None)).await?);
    }
    let shown = with_channels(&read(inputs.clone()).await?, input_shape, shape);
    let mean = read(train.samples().mean_dim(0)).await?.repeat(count);
    let neighbours = search(train_inputs, inputs, without_pause).await?;
    let places: Vec<i64> = neighbours.iter().map(|one| one.index as i64).collect();
    let places = TensorData::new(places, [count]);
    let places: Tensor<1, Int> = Tensor::from_data(places, &train.samples().device());
    let nearest = read(train.samples().select(0, places)).await?;
    Ok(PairQuality {
        count,
        made: measured(&made)?,
        input: measured(&shown)?,
        mean: measured(&mean)?,
        nearest: measured(&nearest)?,
    })
}

/// Some pairs of a dataset, evenly spread over it, to be seen: of each what a generator is given, what it makes of that,
/// and the truth, as three pictures one after another in the truth's channels.
///
/// The future does not borrow what it is made of.
///
/// # Errors
///
/// `config.inputs` unless the generator takes the data's inputs, `config.features` unless it makes pictures of their
/// shape; `train.readback`.
pub fn triples(
    generator: &TrainedGenerator,
    data: &Dataset,
    count: usize,
) -> Result<impl Future<Output = Result<Vec<f32>, Error>> + use<>, Error> {
    let (_, input_shape) = checked(generator, data)?;
    let shape = data.shape();
    let Batch {
        samples, inputs, ..
    } = data.spread(count);
    let inputs = inputs.expect("checked");
    let made = generator.network().forward(inputs.clone(), None);
    let rows = read(Tensor::cat(vec![inputs, made, samples], 1));
    Ok(async move {
        let rows = rows.await?;
        let row = input_shape.features() + 2 * shape.features();
        let shown = |row: &[f32]| {
            let (input, others) = row.split_at(input_shape.features());
            [with_channels(input, input_shape, shape), others.to_vec()].concat()
        };
        Ok(rows.chunks_exact(row).flat_map(shown).collect())
    })
}

/// The inputs of data and their shape, if a generator makes what the data are of what theirs are.
fn checked(
    generator: &TrainedGenerator,
    data: &Dataset,
) -> Result<(Tensor<2>, SampleShape), ConfigError> {
    let config = generator.config();
    let expected = config.input_shape().ok_or(ConfigError::NoInput)?;
    if data.shape() != config.shape() {
        return Err(ConfigError::Features {
            generator: config.shape(),
            discriminator: config.shape(),
            data: data.shape(),
        });
    }
    let found = data.input_shape();
    match data.inputs().filter(|_| found == Some(expected)) {
        Some(inputs) => Ok((inputs, expected)),
        None => Err(ConfigError::Inputs { expected, found }),
    }
}

/// Pictures in as many channels as another shape has, to be seen or compared beside others: a grey in all three, colours
/// as their mean.
///
/// # Shapes
///
/// - `pictures`: one after another, channel by channel, of the shape `from`
///
/// # Panics
///
/// Unless they are whole pictures.
pub fn with_channels(pictures: &[f32], from: SampleShape, to: SampleShape) -> Vec<f32> {
    let pixels = from.height * from.width;
    assert!(
        pixels > 0 && pictures.len().is_multiple_of(from.features()),
        "the pictures must be whole"
    );
    if from.channels == to.channels {
        return pictures.to_vec();
    }
    let of_picture = |picture: &[f32]| {
        let mean = |pixel: usize| {
            let channels = picture[pixel..].iter().step_by(pixels);
            channels.sum::<f32>() / from.channels as f32
        };
        (0..pixels)
            .map(mean)
            .collect::<Vec<_>>()
            .repeat(to.channels)
    };
    pictures
        .chunks_exact(from.features())
        .flat_map(of_picture)
        .collect()
}
