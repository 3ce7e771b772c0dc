//! How far a generator's samples are from data of any kind, without a classifier. No verdict.

use burn::tensor::Tensor;

use crate::Error;
use crate::data::Dataset;
use crate::device::readback::read;
use crate::generator::TrainedGenerator;
use crate::metrics::{Features, energy_distance};
use crate::preset::ConfigError;

/// Samples that are drawn, and real ones that they are compared with, at most.
const COUNT: usize = 512;

/// The [`energy_distance`] of 512 samples, drawn from `seed`, to as many of the first of `real`, or to all if there
/// are fewer. The same generator and seed give the same number, on the CPU exactly.
///
/// The future does not borrow.
///
/// ```
/// use webgan::{data::{Dataset, Toy}, device, preset::Preset, train::Trainer};
/// use webgan::evaluate::energy;
///
/// # fn main() -> Result<(), webgan::Error> {
/// let device = device::cpu();
/// let ring = Dataset::from_toy(&Toy::by_id("ring")?, &device)?;
/// let trainer = Trainer::new(Preset::by_id("points")?.config, ring.clone(), &device)?;
///
/// let distance = pollster::block_on(energy(&trainer.averaged(), &ring, 1)?)?;
/// assert!(distance > 0.1);
/// assert_eq!(pollster::block_on(energy(&trainer.averaged(), &ring, 1)?)?, distance);
///
/// let black = Dataset::from_samples(vec![-1.0; 784], 784, &device)?;
/// assert_eq!(energy(&trainer.averaged(), &black, 1).err().unwrap().code(), "config.features");
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// `config.features` unless the generator draws what `real` holds, `metrics.not_finite` if it draws no
/// numbers, `train.readback`.
pub fn energy(
    generator: &TrainedGenerator,
    real: &Dataset,
    seed: u32,
) -> Result<impl Future<Output = Result<f64, Error>> + use<>, Error> {
    let (drawn, data) = (generator.config().shape(), real.shape());
    if drawn != data {
        let (generator, discriminator) = (drawn, data);
        return Err(ConfigError::Features {
            generator,
            discriminator,
            data,
        }
        .into());
    }
    let width = data.features();
    let count = real.count().min(COUNT);
    let batches = generator.batches(COUNT, seed);
    let samples = Tensor::cat(batches.map(|batch| batch.samples).collect(), 0);
    let real = real.samples().narrow(0, 0, count);
    Ok(async move {
        let samples = Features::new(read(samples).await?, width)?;
        let real = Features::new(read(real).await?, width)?;
        Ok(energy_distance(&real, &samples))
    })
}
