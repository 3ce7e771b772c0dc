//! Does a device compute what the CPU computes?
//!
//! A small generator that doubles its pictures and a small projection discriminator make a batch of fakes, judge
//! it and learn from that on both, and all that comes out on the way is compared. Finds
//! shaders that were skipped, miscompiled or cut short; no test of speed, and no substitute for the
//! tests of the networks themselves.

use burn::module::{Module, ModuleVisitor, Param};
use burn::optim::GradientsParams;
use burn::tensor::{DType, Device, Int, Tensor, TensorData, Transaction, activation};

use crate::data::one_hot;
use crate::model::{
    DiscriminatorConfig, GeneratorConfig, ProjectionDiscriminatorConfig, UpsampleGeneratorConfig,
};
use crate::shape::SampleShape;

/// How far a number may lie from the CPU's, in units of the largest of its tensor. Sums of some
/// hundred f32 in another order differ by 1e-6; a wrong kernel by more than 1e-1.
const TOLERANCE: f32 = 1e-3;

/// Compares `device` with the CPU.
///
/// # Errors
///
/// A sentence that says which numbers differ.
pub(super) async fn run(device: &Device) -> Result<(), String> {
    let expected = compute(&crate::device::cpu()).await?;
    let found = compute(device).await?;
    compare(&expected, &found)
}

/// Numbers, and what they are.
#[derive(Clone)]
struct Outcome {
    name: String,
    numbers: Vec<f32>,
}

/// Samples of each of two kinds.
const BATCH: usize = 4;

async fn compute(device: &Device) -> Result<Vec<Outcome>, String> {
    take_step(device)?.read().await
}

/// In the order in which one follows from the other: what is wrong first is at fault.
fn take_step(device: &Device) -> Result<Outcomes, String> {
    let device = device.clone().autodiff();
    let mut outcomes = Outcomes::default();

    let images: Tensor<2> = smooth([6, SampleShape::DIGIT.features()], 1, &device);
    let indices = Tensor::<1, Int>::from_data([5, 0, 3, 3], &device);
    let real = images.select(0, indices).detach();
    outcomes.push("the gathered batch", real.clone().inner());
    outcomes.push("the hashed integers", hashed(&device));

    let classes = one_hot(&[0, 1, 1, 0], 2, &device).autodiff();
    let generator = GeneratorConfig::Upsample(UpsampleGeneratorConfig {
        latent: 6,
        classes: 2,
        shape: SampleShape::DIGIT,
        channels: vec![8, 8, 4],
    });
    let discriminator = DiscriminatorConfig::Projection(ProjectionDiscriminatorConfig {
        classes: 2,
        shape: SampleShape::DIGIT,
        channels: vec![4, 8, 8],
        spectral_norm: true,
        minibatch_deviation: true,
    });
    let (generator, discriminator) = (generator.init(1, &device), discriminator.init(2, &device));
    let fake = generator.forward(smooth([BATCH, 6], 2, &device), Some(classes.clone()));
    outcomes.push("the generator's output", fake.clone().inner());

    let judged = fake.clone().detach().require_grad();
    let both = Tensor::cat(vec![real, judged.clone()], 0);
    let logits = discriminator.forward(both, Some(Tensor::cat(vec![classes.clone(), classes], 0)));
    outcomes.push("the discriminator's output", logits.clone().inner());
    let half = |index| logits.clone().narrow(0, index * BATCH, BATCH);
    let (of_real, of_fake) = (half(0), half(1));
    // Of both together and of one alone: a difference says nothing of what both have in common.
    let loss = (of_real.clone() - of_fake).square() - activation::log_sigmoid(of_real);
    outcomes.push("the loss", loss.clone().inner());

    let mut gradients = loss.backward();
    let direction = judged.grad_remove(&mut gradients).ok_or(MISSING)?;
    outcomes.push_gradients(
        &discriminator,
        GradientsParams::from_grads(gradients, &discriminator),
    )?;
    outcomes.push("the gradient at the samples", direction.clone());
    // Through the generator as a step goes: in a graph of its own.
    let gradients = (fake * direction.autodiff()).backward();
    outcomes.push_gradients(
        &generator,
        GradientsParams::from_grads(gradients, &generator),
    )?;
    Ok(outcomes)
}

const MISSING: &str = "a gradient is missing";

/// A round of the noise's hash, which wraps around in 32 bits, up to what an f32 holds.
fn hashed(device: &Device) -> Tensor<1> {
    let words = Tensor::<1, Int>::from_data(
        TensorData::new(vec![0x0123_4567_u32, 0x89ab_cdef, 5, u32::MAX], [4]),
        (&device.clone().without_autodiff(), DType::U32),
    );
    let words = words.clone() + words.clone() * 0x4f1b_bcdd_u32;
    let folded = words
        .clone()
        .bitwise_xor(words.bitwise_right_shift_scalar(15_u32));
    (folded * 0x2ca5_d269_u32)
        .bitwise_right_shift_scalar(9_u32)
        .float()
}

/// What is to be compared, on the device. All of it is read at once.
#[derive(Default)]
struct Outcomes {
    names: Vec<String>,
    tensors: Transaction,
}

impl Outcomes {
    /// - `tensor`: plain
    fn push<const D: usize>(&mut self, name: impl Into<String>, tensor: Tensor<D>) {
        self.names.push(name.into());
        self.tensors = std::mem::take(&mut self.tensors).register(tensor);
    }

    /// A network's, from its last layer to its first.
    fn push_gradients<M: Module>(
        &mut self,
        network: &M,
        gradients: GradientsParams,
    ) -> Result<(), String> {
        let mut rows = Rows {
            path: Vec::new(),
            gradients,
            rows: Vec::new(),
        };
        network.visit(&mut rows);
        for (name, row) in rows.rows.into_iter().rev() {
            self.push(format!("the gradient of {name}"), row.ok_or(MISSING)?);
        }
        Ok(())
    }

    async fn read(self) -> Result<Vec<Outcome>, String> {
        // On the heap: Burn's future has tens of kilobytes.
        let read = Box::pin(self.tensors.execute_async()).await;
        let read = read.map_err(|error| format!("it gave no results back ({error})"))?;
        let outcomes = read.into_iter().zip(self.names).map(|(data, name)| {
            let numbers = data.try_into_vec().map_err(|error| format!("{error:?}"))?;
            Ok(Outcome { name, numbers })
        });
        outcomes.collect()
    }
}

/// Lays a network's gradients out in rows, beside their names.
struct Rows {
    path: Vec<String>,
    gradients: GradientsParams,
    rows: Vec<(String, Option<Tensor<1>>)>,
}

impl ModuleVisitor for Rows {
    fn enter_module(&mut self, name: &str, _container_type: &str) {
        self.path.push(name.into());
    }

    fn exit_module(&mut self, _name: &str, _container_type: &str) {
        self.path.pop();
    }

    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        if param.is_require_grad() {
            let gradient = self.gradients.remove::<D>(param.id);
            let count = param.lazy_shape().num_elements();
            let row = gradient.map(|gradient| gradient.reshape([count]));
            self.rows.push((self.path.join("."), row));
        }
    }
}

/// Deterministic numbers in [-1, 1] that need no random generator.
fn smooth(shape: [usize; 2], seed: usize, device: &Device) -> Tensor<2> {
    let count = shape.iter().product();
    let values: Vec<f32> = (0..count)
        .map(|index| ((index * 7 + seed * 31) as f32 * 0.618).sin())
        .collect();
    Tensor::from_data(TensorData::new(values, shape), device)
}

fn compare(expected: &[Outcome], found: &[Outcome]) -> Result<(), String> {
    for (expected, found) in expected.iter().zip(found) {
        let (name, expected, found) = (&expected.name, &expected.numbers, &found.numbers);
        if expected.len() != found.len() {
            return Err(format!(
                "{name} has {} numbers, expected {}",
                found.len(),
                expected.len()
            ));
        }
        let largest = expected.iter().fold(0.0_f32, |max, x| max.max(x.abs()));
        let far = expected
            .iter()
            .zip(found)
            .find(|&(x, y)| y.is_nan() || (x - y).abs() > TOLERANCE * largest);
        if let Some((expected, found)) = far {
            return Err(format!("{name} holds {found}, expected {expected}"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cpu_agrees_with_itself() {
        pollster::block_on(run(&crate::device::cpu())).unwrap();
    }

    #[test]
    fn every_number_of_the_test_matters() {
        let expected = pollster::block_on(compute(&crate::device::cpu())).unwrap();
        for (index, Outcome { name, numbers }) in expected.iter().enumerate() {
            let largest = numbers.iter().fold(0.0_f32, |max, x| max.max(x.abs()));
            assert!(largest > 1e-3, "{name} is all but zero: {largest}");
            for wrong in [f32::NAN, f32::INFINITY, 0.0, 2.0 * largest] {
                let mut found = expected.clone();
                found[index].numbers.fill(wrong);
                let error = compare(&expected, &found).unwrap_err();
                assert!(error.starts_with(name), "{error}");
            }
        }
    }

    #[test]
    fn every_weight_has_a_gradient_and_the_last_layer_comes_first() {
        let outcomes = pollster::block_on(compute(&crate::device::cpu())).unwrap();
        let names: Vec<&str> = outcomes.iter().map(|one| one.name.as_str()).collect();
        let place = |of: &str| {
            let name = format!("the gradient of Upsample.{of}");
            names.iter().position(|found| *found == name)
        };
        assert!(place("output.weight").is_some(), "{names:?}");
        assert!(place("output.weight") < place("doublings.0.conv.weight"));
        assert!(place("doublings.0.conv.weight") < place("start.weight"));
    }

    #[test]
    fn a_cut_short_result_is_refused() {
        let expected = pollster::block_on(compute(&crate::device::cpu())).unwrap();
        let mut found = expected.clone();
        found[1].numbers.pop();
        assert!(
            compare(&expected, &found)
                .unwrap_err()
                .contains("expected 4")
        );
    }
}
