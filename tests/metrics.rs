//! The measures against numbers made elsewhere, against numbers worked out by hand, and at the edges.

use burn::tensor::{Tensor, TensorData};
use pollster::block_on;
use webgan::data::Dataset;
use webgan::device;
use webgan::evaluate::{Neighbour, nearest};
use webgan::metrics::{
    Features, ModeCoverage, PrecisionRecall, Probabilities, agreement, classifier_score,
    energy_distance, frechet_distance, mode_coverage, precision_recall,
};

/// Bytes, as `draws` in metrics_reference.py.
fn draws(seed: u32, count: usize) -> Vec<f32> {
    let mut state = seed;
    let draw = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as f32
    };
    std::iter::repeat_with(draw).take(count).collect()
}

/// As `features` in metrics_reference.py.
fn made(seed: u32, count: usize, width: usize, mix: f32, shift: f32) -> Features {
    let values = draws(seed, count * width)
        .chunks_exact(width)
        .flat_map(|row| {
            let value = |i| {
                let scale = (1 + i % 3) as f32;
                (row[i] * scale + mix * row[(i + 1) % width] + shift) / 256.0
            };
            (0..width).map(value).collect::<Vec<f32>>()
        })
        .collect();
    Features::new(values, width).unwrap()
}

/// As `probabilities` in metrics_reference.py.
fn made_probabilities(seed: u32, count: usize, classes: usize) -> Probabilities {
    let values = draws(seed, count * classes)
        .chunks_exact(classes)
        .flat_map(|row| {
            let weights: Vec<f32> = (0..classes)
                .map(|class| row[class].powi(2) * (1 + class) as f32)
                .collect();
            let sum: f32 = weights.iter().sum();
            weights.into_iter().map(move |weight| weight / sum)
        })
        .collect();
    Probabilities::new(values, classes).unwrap()
}

fn rows<const COUNT: usize, const WIDTH: usize>(rows: [[f32; WIDTH]; COUNT]) -> Features {
    Features::new(rows.concat(), WIDTH).unwrap()
}

/// One row a class, each sure of it.
fn sure(classes: &[usize]) -> Probabilities {
    let mut values = vec![0.0; 10 * classes.len()];
    for (row, class) in values.chunks_exact_mut(10).zip(classes) {
        row[*class] = 1.0;
    }
    Probabilities::new(values, 10).unwrap()
}

#[track_caller]
fn close(found: f64, expected: f64, tolerance: f64) {
    assert!(
        (found - expected).abs() <= tolerance * expected.abs().max(1.0),
        "{found}, expected {expected}"
    );
}

/// Two sets, and what `python tests/metrics_reference.py` prints for them.
struct Reference {
    a: Features,
    b: Features,
    frechet_by_roots: f64,
    frechet_by_singular_values: f64,
    k1: PrecisionRecall,
    k3: PrecisionRecall,
}

fn references() -> [Reference; 3] {
    let shares = |precision, recall| PrecisionRecall { precision, recall };
    [
        Reference {
            a: made(1, 200, 8, 1.0, 0.0),
            b: made(2, 200, 8, 2.0, -70.0),
            frechet_by_roots: 0.912_219_208_939_017_5,
            frechet_by_singular_values: 0.912_219_208_939_001_5,
            k1: shares(0.275, 0.68),
            k3: shares(0.56, 0.975),
        },
        // Fewer rows than columns: both covariances are singular.
        Reference {
            a: made(3, 40, 64, 1.0, 0.0),
            b: made(4, 30, 64, 1.0, 3.0),
            frechet_by_roots: 19.651_734_842_152_532,
            frechet_by_singular_values: 19.651_735_345_571_197,
            k1: shares(0.7, 0.525),
            k3: shares(29.0 / 30.0, 0.85),
        },
        Reference {
            a: made(5, 500, 64, 1.0, 0.0),
            b: made(6, 400, 64, 0.0, 90.0),
            frechet_by_roots: 5.780_063_790_617_112,
            frechet_by_singular_values: 5.780_063_790_617_149,
            k1: shares(0.55, 0.144),
            k3: shares(0.8475, 0.29),
        },
    ]
}

#[test]
fn frechet_distance_matches_scipy_and_numpy_both_ways_round() {
    for pair in references() {
        for (a, b) in [(&pair.a, &pair.b), (&pair.b, &pair.a)] {
            let distance = frechet_distance(a, b);
            close(distance, pair.frechet_by_roots, 1e-7);
            close(distance, pair.frechet_by_singular_values, 1e-12);
        }
    }
}

#[test]
fn precision_and_recall_match_scikit_learn() {
    for Reference { a, b, k1, k3, .. } in references() {
        assert_eq!(precision_recall(&a, &b, 1), k1);
        assert_eq!(precision_recall(&a, &b, 3), k3);
    }
}

#[test]
fn frechet_distance_of_one_column_is_that_of_two_normal_distributions() {
    // Means 1 and 12, variances 2 and 8: 11² + (√8 − √2)².
    let distance = frechet_distance(&rows([[0.0], [2.0]]), &rows([[10.0], [14.0]]));
    close(distance, 123.0, 1e-14);
}

#[test]
fn frechet_distance_sees_covariance_apart_from_variance() {
    // Means 0, variances ⅔ each, covariances ⅔ and −⅔: the product of the two is 0, so only the
    // traces remain. They are 4/3 each.
    let rising = rows([[-1.0, -1.0], [0.0, 0.0], [1.0, 1.0], [0.0, 0.0]]);
    let falling = rows([[-1.0, 1.0], [0.0, 0.0], [1.0, -1.0], [0.0, 0.0]]);
    close(frechet_distance(&rising, &falling), 8.0 / 3.0, 1e-14);
}

#[test]
fn frechet_distance_of_equal_sets_is_0_though_covariances_are_singular() {
    for set in references().into_iter().flat_map(|pair| [pair.a, pair.b]) {
        let distance = frechet_distance(&set, &set);
        assert!((0.0..1e-12).contains(&distance), "{distance}");
    }
}

#[test]
fn frechet_distance_without_spread_is_that_of_the_means() {
    let one = rows([[1.0, 2.0, 3.0]]);
    let constant = rows([[1.0, 5.0, -1.0], [1.0, 5.0, -1.0], [1.0, 5.0, -1.0]]);
    assert_eq!(frechet_distance(&one, &one), 0.0);
    assert_eq!(frechet_distance(&one, &constant), 25.0);
    // One column spreads, with variance 2; the mean of all is that of the constant.
    let spread = rows([[0.0, 5.0, -1.0], [2.0, 5.0, -1.0]]);
    close(frechet_distance(&constant, &spread), 2.0, 1e-14);
}

#[test]
fn frechet_distance_of_the_largest_numbers_is_finite() {
    let huge = rows([[f32::MAX, f32::MIN], [f32::MIN, f32::MAX], [0.0, f32::MAX]]);
    let tiny = rows([[1e-45, 0.0], [0.0, 1e-45]]);
    assert!(frechet_distance(&huge, &tiny).is_finite());
    assert!(frechet_distance(&huge, &huge).is_finite());
}

#[test]
fn energy_distance_is_that_of_all_pairs() {
    let distance = |a: &Features, b: &Features| energy_distance(a, b);
    // Two points, at distance 5: twice that.
    close(
        distance(&rows([[0.0, 0.0]]), &rows([[3.0, 4.0]])),
        10.0,
        1e-12,
    );
    // All pairs across are 1 apart; of those within the first set half are 2 apart.
    close(distance(&rows([[0.0], [2.0]]), &rows([[1.0]])), 1.0, 1e-12);
    let (a, b) = (made(1, 40, 3, 0.5, 0.0), made(2, 30, 3, 0.5, 90.0));
    assert!(distance(&a, &a).abs() < 1e-12);
    close(distance(&a, &b), distance(&b, &a), 1e-12);
    assert!(distance(&a, &b) > distance(&a, &made(2, 30, 3, 0.5, 30.0)));
}

#[test]
fn balls_reach_to_the_kth_neighbour_borders_included() {
    // Radii 1, 1, 1 and 8 round the real rows, 17 round both fakes. 3 is at 2's border, 20 is 10
    // away from 10; all the real rows are at most 17 from 3 or 20.
    let real = rows([[0.0], [1.0], [2.0], [10.0]]);
    let fake = rows([[3.0], [20.0]]);
    let found = precision_recall(&real, &fake, 1);
    assert_eq!((found.precision, found.recall), (0.5, 1.0));
    // The other way round a ball of radius 0 round each of two equal rows, which hold 2 only.
    let found = precision_recall(&real, &rows([[2.0], [2.0]]), 1);
    assert_eq!((found.precision, found.recall), (1.0, 0.25));
}

#[test]
fn equal_sets_have_precision_and_recall_1_and_distant_ones_0() {
    for Reference { a, b, .. } in references() {
        let far = Features::new(b.rows().flatten().map(|x| x + 100.0).collect(), b.width());
        let equal = precision_recall(&a, &a, 3);
        let distant = precision_recall(&a, &far.unwrap(), 3);
        assert_eq!((equal.precision, equal.recall), (1.0, 1.0));
        assert_eq!((distant.precision, distant.recall), (0.0, 0.0));
    }
}

#[test]
fn sets_of_few_rows_take_the_farthest_and_one_row_reaches_itself_only() {
    let one = rows([[1.0, 2.0]]);
    let equal = precision_recall(&one, &one, 3);
    assert_eq!((equal.precision, equal.recall), (1.0, 1.0));
    let other = precision_recall(&one, &rows([[1.0, 2.5]]), 3);
    assert_eq!((other.precision, other.recall), (0.0, 0.0));
    // Balls of radius 4 round 0 and 4 hold 8, but the point 8 holds neither.
    let few = precision_recall(&rows([[0.0], [4.0]]), &rows([[8.0]]), 3);
    assert_eq!((few.precision, few.recall), (1.0, 0.0));
}

// What `python tests/metrics_reference.py` prints for `made_probabilities(7, 300, 10)`.
const SCORE: f64 = 1.528_933_054_145_508_8;
const COUNTS: [u32; 10] = [0, 0, 1, 9, 11, 28, 27, 60, 81, 83];
const COVERED: usize = 7;
const DIVERGENCE: f64 = 0.588_189_340_246_984_2;
const AGREED: f64 = 28.0;

#[test]
fn score_modes_and_agreement_match_scipy_and_numpy() {
    let probabilities = made_probabilities(7, 300, 10);
    close(classifier_score(&probabilities), SCORE, 1e-12);
    let modes = mode_coverage(&probabilities);
    assert_eq!(modes.shares, COUNTS.map(|count| f64::from(count) / 300.0));
    assert_eq!(modes.covered, COVERED);
    close(modes.divergence, DIVERGENCE, 1e-12);
    let labels: Vec<u8> = (0..300).map(|index| (index % 10) as u8).collect();
    assert_eq!(agreement(&probabilities, &labels), AGREED / 300.0);
}

#[test]
fn score_goes_from_1_to_the_number_of_classes() {
    close(classifier_score(&sure(&[4])), 1.0, 1e-15);
    close(classifier_score(&sure(&[4, 4, 4])), 1.0, 1e-15);
    close(classifier_score(&sure(&[4, 0, 4, 0])), 2.0, 1e-15);
    let all: Vec<usize> = (0..10).collect();
    close(classifier_score(&sure(&all)), 10.0, 1e-14);
    // Unsure rows, if all the same, say as little as sure ones.
    let unsure = Probabilities::new([0.25, 0.5, 0.25].repeat(7), 3).unwrap();
    close(classifier_score(&unsure), 1.0, 1e-14);
}

#[test]
fn one_class_only_covers_one_mode_and_diverges_by_ln_10() {
    let ModeCoverage {
        shares,
        covered,
        divergence,
    } = mode_coverage(&sure(&[3, 3]));
    assert_eq!(shares, [0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
    assert_eq!(covered, 1);
    close(divergence, 10_f64.ln(), 1e-15);
}

#[test]
fn a_mode_is_covered_from_a_fifth_of_the_uniform_share() {
    // Of 50 samples one is 2 %, of 51 it is less.
    let mut classes = vec![0; 49];
    classes.push(7);
    assert_eq!(mode_coverage(&sure(&classes)).covered, 2);
    classes.push(0);
    assert_eq!(mode_coverage(&sure(&classes)).covered, 1);
    let all: Vec<usize> = (0..10).collect();
    let modes = mode_coverage(&sure(&all));
    assert_eq!(modes.covered, 10);
    close(modes.divergence, 0.0, 1e-15);
}

#[test]
fn agreement_counts_the_first_of_equal_probabilities() {
    let probabilities = Probabilities::new(vec![0.5, 0.5, 0.0, 0.2, 0.4, 0.4], 3).unwrap();
    assert_eq!(agreement(&probabilities, &[0, 1]), 1.0);
    assert_eq!(agreement(&probabilities, &[0, 2]), 0.5);
    assert_eq!(agreement(&probabilities, &[1, 2]), 0.0);
}

#[test]
fn nearest_matches_scikit_learn() {
    // What `python tests/metrics_reference.py` prints.
    let expected = [
        (46, 26.643_830_566_857_137),
        (44, 25.971_531_467_694_25),
        (22, 25.833_068_485_338_014),
        (48, 25.733_089_486_714_377),
    ];
    let queries = made(8, 4, 784, 1.0, 0.0);
    let references = made(9, 50, 784, 1.0, 0.0);
    let found = neighbours(&queries, &references);
    assert_eq!(found.len(), expected.len());
    for (found, (index, distance)) in found.into_iter().zip(expected) {
        assert_eq!(found.index, index);
        close(found.distance.into(), distance, 1e-6);
        assert_eq!(found.pixels, references.rows().nth(index).unwrap());
    }
}

#[test]
fn a_copy_is_at_distance_0() {
    let references = rows([[0.0, 0.0], [3.0, 4.0]]);
    let found = neighbours(&rows([[3.0, 4.0], [-3.0, -4.0]]), &references);
    let at = |index, distance, pixels: [f32; 2]| Neighbour {
        index,
        distance,
        pixels: pixels.to_vec(),
    };
    assert_eq!(found, [at(1, 0.0, [3.0, 4.0]), at(0, 5.0, [0.0, 0.0])]);
}

#[test]
fn the_nearest_of_many_is_found_wherever_it_is() {
    // More than are compared at once; one sample beside the first, the last, and those between.
    let places = [0, 4_999, 5_000, 11_999];
    let mut references = [[0.0; 4]; 12_000];
    let mut queries = [[0.0; 4]; 4];
    for (axis, &place) in places.iter().enumerate() {
        references[place][axis] = 2.0;
        queries[axis][axis] = 2.25;
    }
    let found: Vec<_> = neighbours(&rows(queries), &rows(references))
        .into_iter()
        .map(|found| (found.index, found.distance))
        .collect();
    assert_eq!(found, places.map(|place| (place, 0.25)));
}

/// What is nearest on the CPU.
fn neighbours(queries: &Features, references: &Features) -> Vec<Neighbour> {
    let device = device::cpu();
    let flat = |rows: &Features| rows.rows().flatten().copied().collect::<Vec<f32>>();
    let data = TensorData::new(flat(queries), [queries.count(), queries.width()]);
    let train = Dataset::from_samples(flat(references), references.width(), &device).unwrap();
    block_on(nearest(&train, Tensor::from_data(data, &device))).unwrap()
}

#[test]
fn rows_that_cannot_be_measured_are_refused_with_what_was_found() {
    let refused = |values: &[f32], width| {
        let error = Features::new(values.to_vec(), width).unwrap_err();
        (error.code(), error.to_string())
    };
    let shape = |found, width| {
        let message = format!("found {found} values, expected whole rows of {width}, at least one");
        ("metrics.shape", message)
    };
    assert_eq!(refused(&[], 2), shape(0, 2));
    assert_eq!(refused(&[], 0), shape(0, 0));
    assert_eq!(refused(&[1.0, 2.0, 3.0], 2), shape(3, 2));
    assert_eq!(refused(&[1.0], 0), shape(1, 0));
    for (value, name) in [(f32::NAN, "NaN"), (f32::NEG_INFINITY, "-inf")] {
        let message = format!("row 1, column 0 is {name}, expected a finite number");
        let expected = ("metrics.not_finite", message);
        assert_eq!(refused(&[1.0, 2.0, value, value], 2), expected);
    }
}

#[test]
fn rows_that_are_no_probabilities_are_refused_with_what_was_found() {
    let refused = |values: &[f32]| {
        let error = Probabilities::new(values.to_vec(), 2).unwrap_err();
        (error.code(), error.to_string())
    };
    assert_eq!(refused(&[1.0]).0, "metrics.shape");
    for (value, name) in [(f32::NAN, "NaN"), (-0.5, "-0.5"), (1.5, "1.5")] {
        let message = format!("row 1, class 1 is {name}, expected a probability in [0, 1]");
        let expected = ("metrics.probability", message);
        assert_eq!(refused(&[0.0, 1.0, 0.5, value]), expected);
    }
    let expected = ("metrics.sum", "row 1 sums to 0.75, expected 1".to_owned());
    assert_eq!(refused(&[0.0, 1.0, 0.5, 0.25]), expected);
}

#[test]
fn rows_are_counted_and_given_back() {
    let features = rows([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]);
    assert_eq!((features.count(), features.width()), (2, 3));
    assert_eq!(features.rows().nth(1), Some(&[4.0, 5.0, 6.0][..]));
}
