//! The noise: its distribution, its independence, and that it repeats.

use webgan::device;
use webgan::random::NormalNoise;

fn draws(seed: u64, rows: usize, columns: usize, count: usize) -> Vec<Vec<f64>> {
    let mut noise = NormalNoise::new(rows, columns, seed, &device::cpu());
    (0..count)
        .map(|_| {
            let draw = noise.draw();
            assert_eq!(draw.dims(), [rows, columns]);
            let values = draw.into_data().try_into_vec::<f32>().unwrap();
            values.into_iter().map(f64::from).collect()
        })
        .collect()
}

fn mean(values: impl Iterator<Item = f64>, count: usize) -> f64 {
    values.sum::<f64>() / count as f64
}

#[test]
fn moments_and_quantiles_are_a_standard_normals() {
    let values = draws(11, 100, 100, 50).concat();
    let count = values.len();
    let moment = |power| mean(values.iter().map(|x| x.powi(power)), count);
    // Five standard errors of each estimate: Var xᵏ is 1, 2, 15, 96 for k = 1 to 4.
    for (power, expected, variance) in
        [(1, 0.0, 1.0), (2, 1.0, 2.0), (3, 0.0, 15.0), (4, 3.0, 96.0)]
    {
        let error = moment(power) - expected;
        let bound = 5.0 * f64::sqrt(variance / count as f64);
        assert!(error.abs() < bound, "moment {power} is off by {error}");
    }
    // Shares within 1, 2 and 3 of the mean.
    for (bound, expected) in [(1.0, 0.682_689), (2.0, 0.954_500), (3.0, 0.997_300)] {
        let share = mean(values.iter().map(|x| f64::from(x.abs() < bound)), count);
        let error = f64::sqrt(expected * (1.0 - expected) / count as f64);
        assert!(
            (share - expected).abs() < 5.0 * error,
            "{share} within {bound}"
        );
    }
    assert!(values.iter().all(|x| x.is_finite() && x.abs() < 5.9));
}

#[test]
fn neighbours_pairs_and_successive_draws_are_uncorrelated() {
    let (rows, columns) = (64, 100);
    let draws = draws(5, rows, columns, 40);
    let correlation = |pairs: &mut dyn Iterator<Item = (f64, f64)>| {
        let (sum, count) = pairs.fold((0.0, 0), |(sum, count), (a, b)| (sum + a * b, count + 1));
        // In standard errors of a mean of products of independent normals.
        sum / f64::from(count).sqrt()
    };
    let half = rows * columns / 2;
    for lag in [1, 2, columns, half] {
        let mut pairs = draws
            .iter()
            .flat_map(|draw| draw.iter().zip(&draw[lag..]).map(|(&a, &b)| (a, b)));
        let found = correlation(&mut pairs);
        assert!(found.abs() < 5.0, "lag {lag}: {found} standard errors");
    }
    for lag in [1, 2, 7] {
        let mut pairs = draws
            .iter()
            .zip(&draws[lag..])
            .flat_map(|(a, b)| a.iter().zip(b).map(|(&a, &b)| (a, b)));
        let found = correlation(&mut pairs);
        assert!(
            found.abs() < 5.0,
            "draws {lag} apart: {found} standard errors"
        );
    }
}

#[test]
fn a_seed_repeats_and_another_differs() {
    assert_eq!(draws(3, 4, 5, 3), draws(3, 4, 5, 3));
    assert_ne!(draws(3, 4, 5, 3), draws(4, 4, 5, 3));
}

#[test]
fn more_rows_begin_with_the_same_numbers() {
    for columns in [1, 5, 64] {
        let few = draws(3, 3, columns, 2);
        let many = draws(3, 8, columns, 2);
        for (few, many) in few.iter().zip(&many) {
            // Up to rounding, which may depend on a number's place in a vector register.
            let far = few.iter().zip(many).map(|(a, b)| (a - b).abs());
            assert!(far.fold(0.0, f64::max) < 1e-5);
        }
    }
}

#[test]
fn successive_draws_differ() {
    let draws = draws(3, 4, 5, 2);
    assert_ne!(draws[0], draws[1]);
}

#[test]
fn an_odd_number_of_values_is_drawn_whole() {
    let values = draws(9, 3, 3, 1).concat();
    assert_eq!(values.len(), 9);
    assert!(values.iter().all(|value| value.is_finite()));
}
