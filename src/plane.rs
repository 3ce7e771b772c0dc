//! What can be seen of a run whose samples are points in the plane: the fakes, what the
//! discriminator makes of every place, where the latents go, and which way the fakes are pulled.
//!
//! Joins a trainer and a toy. It draws nothing and changes nothing.

use burn::module::Module;
use burn::tensor::{Device, Tensor, TensorData};

use crate::Error;
use crate::data::{Coverage, Toy};
use crate::device::readback::read;
use crate::loss::l1;
use crate::model::{Discriminator, Generator};
use crate::random::NormalNoise;
use crate::train::Trainer;

/// Such a run at one moment. Points are pairs of x and y.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// Samples for latents that stay the same during the whole run, [`SHOWN`] of them.
    pub fakes: Vec<f32>,
    /// For the places of a square lattice the probability of being real that the discriminator gives
    /// them, in [0, 1]; see
    /// [`Objective::real_probability`](crate::loss::Objective::real_probability). [`SIDE`] rows of as many places, from
    /// (−[`EXTENT`], −[`EXTENT`]) on, along x first.
    pub real_probability: Vec<f32>,
    /// Where a square lattice of latents goes: [`LINES`] rows of as many points. Empty unless
    /// latents have two numbers.
    pub manifold: Vec<f32>,
    /// For each of the first [`PULLED`] fakes the way in which the generator's loss falls fastest
    /// when that fake moves: minus its gradient there, averaged over real samples where the loss
    /// compares with one.
    pub pulls: Vec<f32>,
    /// How all of many more fakes spread over the toy.
    pub coverage: Coverage,
}

/// Fakes that are shown.
pub const SHOWN: usize = 400;
/// Fakes that are counted.
const COUNTED: usize = 2000;
/// Fakes whose pull is shown.
pub const PULLED: usize = 60;
/// Places along a side of the square over which the discriminator is shown.
pub const SIDE: usize = 48;
/// Half the side of that square.
pub const EXTENT: f32 = 1.25;
/// Latents along a side of the lattice.
pub const LINES: usize = 33;
/// The lattice of latents ends here on either side: 95 % of a normal number's draws lie within.
const LATENT_EXTENT: f32 = 2.0;
/// Real samples that each pulled fake is compared with.
const COMPARED: usize = 64;
/// Any: every run is looked at through the same latents.
const SEED: u64 = 5;

/// What can be seen of a run now. The future does not borrow the trainer.
///
/// # Errors
///
/// `data.points` unless samples are points in the plane, `train.readback`.
pub fn view(
    trainer: &Trainer,
    toy: &Toy,
) -> Result<impl Future<Output = Result<View, Error>> + use<>, Error> {
    let real = trainer.dataset();
    toy.check_features(real.features())?;
    let device = trainer.device().clone().without_autodiff();
    let config = trainer.config();
    let averaged = trainer.averaged();
    let generator = averaged.network();
    let discriminator = trainer.discriminator().valid();

    let latent_size = config.generator.latent_size();
    let latents = NormalNoise::new(COUNTED, latent_size, SEED, &device).draw();
    let fakes = generator.forward(latents, None);
    let fake_logit = discriminator.forward(fakes.clone(), None).mean_dim(0);
    let places = discriminator.forward(lattice(SIDE, EXTENT, &device), None);
    let fake_logit = fake_logit.expand(places.dims());
    let real_probability = config.objective.real_probability(places, fake_logit);
    let manifold = (latent_size == 2).then(|| manifold(generator, &device));
    let pulled = fakes.clone().narrow(0, 0, PULLED);
    let compared = COMPARED.min(real.count());
    let pulls = pulls(trainer, pulled, real.samples().narrow(0, 0, compared));

    let parts: Vec<Tensor<1>> = [Some(fakes), Some(real_probability), Some(pulls), manifold]
        .into_iter()
        .flatten()
        .map(|rows: Tensor<2>| rows.flatten(0, 1))
        .collect();
    let numbers = read(Tensor::cat(parts, 0));
    let toy = toy.clone();
    Ok(async move {
        let numbers = numbers.await?;
        let (fakes, rest) = numbers.split_at(2 * COUNTED);
        let (real_probability, rest) = rest.split_at(SIDE * SIDE);
        let (pulls, manifold) = rest.split_at(2 * PULLED);
        Ok(View {
            fakes: fakes[..2 * SHOWN].to_vec(),
            real_probability: real_probability.to_vec(),
            manifold: manifold.to_vec(),
            pulls: pulls.to_vec(),
            coverage: toy.coverage(fakes),
        })
    })
}

fn manifold(generator: &Generator, device: &Device) -> Tensor<2> {
    generator.forward(lattice(LINES, LATENT_EXTENT, device), None)
}

/// Minus the gradient of the generator's loss at each fake.
fn pulls(trainer: &Trainer, fakes: Tensor<2>, real: Tensor<2>) -> Tensor<2> {
    let config = trainer.config();
    let ([count, _], [compared, _]) = (fakes.dims(), real.dims());
    // Running statistics of its own, so that this moves none of the run's.
    let frozen: Discriminator = trainer.discriminator().valid().train().no_grad();
    let fakes = fakes.autodiff().require_grad();
    let real = real.autodiff();
    // Every fake with every real sample.
    let each = |rows: Tensor<2>| rows.repeat_dim(1, compared);
    let all = |rows: Tensor<2>| rows.repeat_dim(0, count);
    let pairs = |rows: Tensor<2>| {
        let [_, width] = rows.dims();
        each(rows).reshape([count * compared, width])
    };
    let logits = pairs(frozen.forward(fakes.clone(), None));
    let real_logits = all(frozen.forward(real.clone(), None));
    let mut loss = config.objective.generator(logits, Some(real_logits));
    if let Some(weight) = config.at(trainer.progress().step).l1_weight {
        loss = loss + l1(pairs(fakes.clone()), all(real)) * weight;
    }
    let mut gradients = (loss * (1.0 / compared as f64)).backward();
    let gradient = fakes
        .grad_remove(&mut gradients)
        .expect("the loss depends on the fakes");
    -gradient
}

/// The points of a square lattice around 0, along x first.
///
/// # Shapes
///
/// `[side · side, 2]`
fn lattice(side: usize, extent: f32, device: &Device) -> Tensor<2> {
    let place = |index: usize| extent * (2.0 * index as f32 / (side - 1) as f32 - 1.0);
    let points: Vec<f32> = (0..side * side)
        .flat_map(|index| [place(index % side), place(index / side)])
        .collect();
    Tensor::from_data(TensorData::new(points, [side * side, 2]), device)
}
