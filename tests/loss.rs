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
/// print(mean(lambda x: max(0, 1 - x)), mean(lambda x: max(0, 1 + x)))
/// y = [1.0, -2.0, 0.5, 0.0, 2.5, -60.0]
/// pairs = lambda f: sum(map(f, x, y)) / len(x)
/// print(pairs(lambda x, y: softplus(y - x)), pairs(lambda x, y: softplus(x - y)))
/// print(pairs(lambda x, y: 1 / (1 + exp(y - x))), sum(y) / len(y))
/// ```
const LOGITS: [f32; 6] = [-3.0, -0.5, 0.0, 0.25, 2.0, 90.0];
const OTHERS: [f32; 6] = [1.0, -2.0, 0.5, 0.0, 2.5, -60.0];
const TAKEN_FOR_REAL: f64 = 0.903_113_157_872_601_6;
const TAKEN_FOR_FAKE: f64 = 15.694_779_824_539_268;
const SQUARE_TO_ONE: f64 = 661.817_708_333_333_4;
const SQUARE_TO_ZERO: f64 = 676.109_375;
const MEAN_SIGMOID: f64 = 0.561_323_353_473_232_1;
const MEAN: f64 = 14.791_666_666_666_666;
const BELOW_ONE: f64 = 1.208_333_333_333_333_3;
const ABOVE_MINUS_ONE: f64 = 16.125;
const AHEAD: f64 = 1.123_942_765_689_936_3;
const BEHIND: f64 = 25.582_276_099_023_27;
const MEAN_SIGMOID_AHEAD: f64 = 0.525_469_754_106_304;
const MEAN_OTHERS: f64 = -9.666_666_666_666_666;

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

/// Compares the means of two.
fn both_close(found: [Tensor<2>; 2], expected: [f64; 2]) {
    for (found, expected) in found.into_iter().zip(expected) {
        close(found, expected);
    }
}

#[test]
fn cross_entropies_match_values_made_in_f64() {
    let x = || logits(&LOGITS, &device::cpu());
    for objective in [Objective::NonSaturating, Objective::Minimax] {
        let losses = objective.discriminator(x(), x());
        both_close(losses, [TAKEN_FOR_REAL, TAKEN_FOR_FAKE]);
        both_close(objective.scores(x(), x()), [MEAN_SIGMOID; 2]);
    }
    close(
        Objective::NonSaturating.generator(x(), None),
        TAKEN_FOR_REAL,
    );
    close(Objective::Minimax.generator(x(), None), -TAKEN_FOR_FAKE);
}

#[test]
fn least_squares_match_values_made_in_f64() {
    let x = || logits(&LOGITS, &device::cpu());
    let objective = Objective::LeastSquares;
    let losses = objective.discriminator(x(), x());
    both_close(losses, [SQUARE_TO_ONE, SQUARE_TO_ZERO]);
    close(objective.generator(x(), None), SQUARE_TO_ONE);
    both_close(objective.scores(x(), x()), [MEAN; 2]);
}

#[test]
fn hinge_and_wasserstein_match_values_made_in_f64() {
    let x = || logits(&LOGITS, &device::cpu());
    let y = || logits(&OTHERS, &device::cpu());
    let losses = Objective::Hinge.discriminator(x(), x());
    both_close(losses, [BELOW_ONE, ABOVE_MINUS_ONE]);
    let losses = Objective::Wasserstein.discriminator(x(), y());
    both_close(losses, [-MEAN, MEAN_OTHERS]);
    for objective in [Objective::Hinge, Objective::Wasserstein] {
        close(objective.generator(x(), None), -MEAN);
        both_close(objective.scores(x(), y()), [MEAN, MEAN_OTHERS]);
    }
}

#[test]
fn relativistic_pairs_match_values_made_in_f64() {
    let real = || logits(&LOGITS, &device::cpu());
    let fake = || logits(&OTHERS, &device::cpu());
    let objective = Objective::Relativistic;
    let losses = objective.discriminator(real(), fake());
    both_close(losses, [AHEAD / 2.0; 2]);
    close(objective.generator(fake(), Some(real())), BEHIND);
    let scores = objective.scores(real(), fake());
    both_close(scores, [MEAN_SIGMOID_AHEAD, 1.0 - MEAN_SIGMOID_AHEAD]);
}

#[test]
fn l1_is_the_mean_absolute_difference() {
    let device = device::cpu();
    let fake = Tensor::<2>::from_floats([[1.0, -1.0], [0.5, 0.0]], &device);
    let real = Tensor::<2>::from_floats([[0.0, -1.0], [1.0, 0.25]], &device);
    // (1 + 0 + 0.5 + 0.25) / 4
    close(l1(fake, real), 0.4375);
}

/// Each loss as a function of the logits of real and of fake samples.
type Loss = fn(Objective, Tensor<2>, Tensor<2>) -> Tensor<2>;
const LOSSES: [Loss; 3] = [
    |objective, real, fake| {
        let [loss, _] = objective.discriminator(real, fake);
        loss
    },
    |objective, real, fake| {
        let [_, loss] = objective.discriminator(real, fake);
        loss
    },
    |objective, real, fake| objective.generator(fake, Some(real)),
];

const OBJECTIVES: [Objective; 6] = [
    Objective::NonSaturating,
    Objective::Minimax,
    Objective::LeastSquares,
    Objective::Hinge,
    Objective::Wasserstein,
    Objective::Relativistic,
];

#[test]
fn losses_stay_finite_where_the_sigmoid_saturates() {
    let device = device::cpu().autodiff();
    let x = logits(&[-1e4, 1e4, -200.0, 200.0], &device).require_grad();
    for objective in OBJECTIVES {
        for loss in LOSSES {
            // Pairs as far apart as twice their logits.
            let loss = loss(objective, x.clone(), -x.clone());
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
    // A step away from where a hinge bends.
    let values = [
        [-4.0, -1.1, -0.1, 0.0, 0.1, 1.1, 4.0_f32],
        [0.9, 0.2, -3.0, 0.0, 1.2, -0.7, 3.5],
    ];
    let device = device::cpu().autodiff();
    for objective in OBJECTIVES {
        for loss in LOSSES {
            let [real, fake] = values.map(|values| logits(&values, &device).require_grad());
            let gradients = loss(objective, real.clone(), fake.clone())
                .mean()
                .backward();
            for (side, logits_of_side) in [real, fake].iter().enumerate() {
                // Of a loss that does not look at this side there is none.
                let gradient = match logits_of_side.grad(&gradients) {
                    Some(gradient) => gradient.into_data().try_into_vec().unwrap(),
                    None => vec![0.0_f32; values[side].len()],
                };
                for (index, &gradient) in gradient.iter().enumerate() {
                    let at = |shift: f32| {
                        let mut values = values;
                        values[side][index] += shift;
                        let [real, fake] = values.map(|values| logits(&values, &device));
                        loss(objective, real, fake).mean().into_scalar::<f32>()
                    };
                    let step = 0.02;
                    let difference = (at(step) - at(-step)) / (2.0 * step);
                    assert!(
                        (gradient - difference).abs() < 2e-4,
                        "{objective:?} at {}: {gradient}, differences give {difference}",
                        values[side][index]
                    );
                }
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
        let gradients = objective.generator(x.clone(), None).backward();
        x.grad(&gradients).unwrap().into_scalar::<f32>()
    };
    // σ(−8) = 3.35e-4 and 1 − σ(−8).
    assert!((gradient(Objective::Minimax) + 3.353_5e-4).abs() < 1e-7);
    assert!((gradient(Objective::NonSaturating) + 0.999_664_6).abs() < 1e-6);
}
