//! The losses against numbers made elsewhere, and their gradients against finite differences.

use burn::tensor::{Device, Tensor};
use webgan::device;
use webgan::loss::{Objective, l1};

/// Made with Python 3.11, which computes in f64:
///
/// ```python
/// from math import log1p, exp
/// softplus = lambda x: max(x, 0) + log1p(exp(-abs(x)))
/// x = [-3.0, -0.5, 0.0, 0.25, 2.0, 90.0]
/// mean = lambda f: sum(map(f, x)) / len(x)
/// print(mean(lambda x: softplus(-x)), mean(softplus))
/// print(mean(lambda x: (x - 1) ** 2 / 2), mean(lambda x: x * x / 2))
/// print(mean(lambda x: 1 / (1 + exp(-x))), mean(lambda x: x))
/// ```
const LOGITS: [f32; 6] = [-3.0, -0.5, 0.0, 0.25, 2.0, 90.0];
const TAKEN_FOR_REAL: f64 = 0.903_113_157_872_601_6;
const TAKEN_FOR_FAKE: f64 = 15.694_779_824_539_268;
const SQUARE_TO_ONE: f64 = 661.817_708_333_333_4;
const SQUARE_TO_ZERO: f64 = 676.109_375;
const MEAN_SIGMOID: f64 = 0.561_323_353_473_232_1;
const MEAN: f64 = 14.791_666_666_666_666;

fn logits(values: &[f32], device: &Device) -> Tensor<2> {
    Tensor::<1>::from_floats(values, device).reshape([values.len(), 1])
}

/// Compares the mean.
fn close(found: Tensor<2>, expected: f64) {
    let found = f64::from(found.mean().into_scalar::<f32>());
    assert!(
        (found - expected).abs() <= 1e-6 * expected.abs().max(1.0),
        "{found}, expected {expected}"
    );
}

#[test]
fn cross_entropies_match_values_made_in_f64() {
    let x = || logits(&LOGITS, &device::cpu());
    for objective in [Objective::NonSaturating, Objective::Minimax] {
        close(objective.discriminator_real(x()), TAKEN_FOR_REAL);
        close(objective.discriminator_fake(x()), TAKEN_FOR_FAKE);
        close(objective.opinion(x()), MEAN_SIGMOID);
    }
    close(Objective::NonSaturating.generator(x()), TAKEN_FOR_REAL);
    close(Objective::Minimax.generator(x()), -TAKEN_FOR_FAKE);
}

#[test]
fn least_squares_match_values_made_in_f64() {
    let x = || logits(&LOGITS, &device::cpu());
    let objective = Objective::LeastSquares;
    close(objective.discriminator_real(x()), SQUARE_TO_ONE);
    close(objective.discriminator_fake(x()), SQUARE_TO_ZERO);
    close(objective.generator(x()), SQUARE_TO_ONE);
    close(objective.opinion(x()), MEAN);
}

#[test]
fn l1_is_the_mean_absolute_difference() {
    let device = device::cpu();
    let fake = Tensor::<2>::from_floats([[1.0, -1.0], [0.5, 0.0]], &device);
    let real = Tensor::<2>::from_floats([[0.0, -1.0], [1.0, 0.25]], &device);
    // (1 + 0 + 0.5 + 0.25) / 4
    close(l1(fake, real), 0.4375);
}

#[test]
fn cross_entropies_stay_finite_where_the_sigmoid_saturates() {
    let device = device::cpu().autodiff();
    let x = logits(&[-1e4, 1e4, -200.0, 200.0], &device).require_grad();
    for objective in [Objective::NonSaturating, Objective::Minimax] {
        for loss in [
            objective.discriminator_real(x.clone()),
            objective.discriminator_fake(x.clone()),
            objective.generator(x.clone()),
        ] {
            let gradients = x.grad(&loss.backward()).unwrap();
            for numbers in [loss.into_data(), gradients.into_data()] {
                let numbers = numbers.try_into_vec::<f32>().unwrap();
                assert!(numbers.iter().all(|number| number.is_finite()));
            }
        }
    }
}

#[test]
fn gradients_match_finite_differences() {
    type Loss = fn(Objective, Tensor<2>) -> Tensor<2>;
    let losses: [Loss; 3] = [
        Objective::discriminator_real,
        Objective::discriminator_fake,
        Objective::generator,
    ];
    let values = [-4.0, -1.0, -0.1, 0.0, 0.1, 1.0, 4.0_f32];
    let device = device::cpu().autodiff();
    for objective in [
        Objective::NonSaturating,
        Objective::Minimax,
        Objective::LeastSquares,
    ] {
        for loss in losses {
            let x = logits(&values, &device).require_grad();
            let gradient = x
                .grad(&loss(objective, x.clone()).mean().backward())
                .unwrap()
                .into_data()
                .try_into_vec::<f32>()
                .unwrap();
            for (index, &gradient) in gradient.iter().enumerate() {
                let at = |shift: f32| {
                    let mut values = values;
                    values[index] += shift;
                    loss(objective, logits(&values, &device))
                        .mean()
                        .into_scalar::<f32>()
                };
                let step = 0.02;
                let difference = (at(step) - at(-step)) / (2.0 * step);
                assert!(
                    (gradient - difference).abs() < 2e-4,
                    "{objective:?} at {}: {gradient}, differences give {difference}",
                    values[index]
                );
            }
        }
    }
}

/// Why the non-saturating form exists (Goodfellow et al. 2014, section 3): where the
/// discriminator is sure of a fake, minimax has next to no gradient left.
#[test]
fn minimax_saturates_where_the_discriminator_is_sure() {
    let gradient = |objective: Objective| {
        let x = logits(&[-8.0], &device::cpu().autodiff()).require_grad();
        let gradients = objective.generator(x.clone()).backward();
        x.grad(&gradients).unwrap().into_scalar::<f32>()
    };
    // σ(−8) = 3.35e-4 and 1 − σ(−8).
    assert!((gradient(Objective::Minimax) + 3.353_5e-4).abs() < 1e-7);
    assert!((gradient(Objective::NonSaturating) + 0.999_664_6).abs() < 1e-6);
}
