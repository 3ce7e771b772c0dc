//! Toys, and what a GAN makes of them: the data are what they say, the preset covers the ring, and
//! what is shown of a run is true and leaves it as it was.

use std::f32::consts::TAU;

use pollster::block_on;
use webgan::data::{Coverage, Dataset, Toy};
use webgan::device;
use webgan::loss::Objective;
use webgan::plane::{self, EXTENT, LINES, PULLED, SHOWN, SIDE, View};
use webgan::preset::{Overrides, TrainConfig, points};
use webgan::train::Trainer;

fn ring() -> Toy {
    Toy::by_id("ring").unwrap()
}

fn trainer(config: TrainConfig) -> Trainer {
    let device = device::cpu();
    let samples = Dataset::from_toy(&ring(), &device).unwrap();
    Trainer::new(config, samples, &device).unwrap()
}

fn look(trainer: &Trainer) -> View {
    block_on(plane::view(trainer, &ring()).unwrap()).unwrap()
}

fn train(trainer: &mut Trainer, steps: usize) {
    for _ in 0..steps {
        trainer.step();
    }
}

fn pairs(numbers: &[f32]) -> &[[f32; 2]] {
    numbers.as_chunks().0
}

#[test]
fn every_toy_is_repeatable_centred_and_about_as_large_as_the_square() {
    for id in Toy::IDS {
        let toy = Toy::by_id(id).unwrap();
        let samples = toy.draw(4000, 7);
        assert_eq!(samples.len(), 8000);
        assert_eq!(samples, toy.draw(4000, 7), "{id}");
        assert_ne!(samples, toy.draw(4000, 8), "{id}");
        for axis in 0..2 {
            let places: Vec<f32> = pairs(&samples).iter().map(|point| point[axis]).collect();
            let mean = places.iter().sum::<f32>() / 4000.0;
            let furthest = places.iter().fold(0.0_f32, |far, x| far.max(x.abs()));
            assert!(mean.abs() < 0.15, "{id}: {mean}");
            assert!((0.5..1.1).contains(&furthest), "{id}: {furthest}");
        }
    }
    assert_eq!(Toy::by_id("torus").unwrap_err().code(), "data.toy");
}

#[test]
fn a_toy_covers_itself() {
    for id in Toy::IDS {
        let toy = Toy::by_id(id).unwrap();
        let Coverage {
            modes,
            covered,
            good,
        } = toy.coverage(&toy.draw(4000, 3));
        assert_eq!((modes, covered), (toy.centres().len(), modes), "{id}");
        // 1 − e^(−9/2), of a Rayleigh distribution within three of its parameter; where modes overlap
        // another centre may be nearer.
        assert!(good > 0.98, "{id}: {good}");
    }
}

#[test]
fn only_samples_near_a_mode_count_and_a_few_do_not_cover_one() {
    let toy = ring();
    let at = |mode: usize, distance: f32| {
        let [x, y] = toy.centres()[mode];
        [x + distance * Toy::DEVIATION, y]
    };
    // 40 samples: each of eight modes would get 5, so that one covers.
    let mut samples: Vec<_> = vec![at(0, 2.9); 19].into_iter().flatten().collect();
    samples.extend(at(1, -2.9));
    samples.extend(vec![at(2, 3.1); 20].into_iter().flatten());
    let found = toy.coverage(&samples);
    let expected = Coverage {
        modes: 8,
        covered: 2,
        good: 0.5,
    };
    assert_eq!(found, expected);
    samples.extend([0.0; 2]);
    assert_eq!(
        toy.coverage(&samples).covered,
        1,
        "1 of 41 is less than a 40th"
    );
}

#[test]
fn a_drawing_is_taken_whole_or_refused() {
    let points: Vec<f32> = (0..40).map(|i| i as f32 / 20.0 - 1.0).collect();
    let toy = Toy::drawn(&points).unwrap();
    assert_eq!(toy.centres(), pairs(&points));
    let [mut few, mut outside, mut odd, mut no_number] = [(); 4].map(|()| points.clone());
    few.truncate(38);
    outside[7] = 1.01;
    odd.push(0.0);
    no_number[0] = f32::NAN;
    let many = vec![0.0; 2 * Toy::MAX_POINTS + 2];
    for bad in [few, outside, odd, no_number, many, vec![]] {
        assert_eq!(Toy::drawn(&bad).unwrap_err().code(), "data.drawing");
    }
}

#[test]
fn the_preset_covers_the_ring() {
    let mut trainer = trainer(points().config);
    assert!(look(&trainer).coverage.good < 0.2, "before training");
    train(&mut trainer, 800);
    let coverage = look(&trainer).coverage;
    assert_eq!(coverage.covered, 8);
    assert!(coverage.good > 0.5, "{coverage:?}");
}

#[test]
fn a_vanilla_gan_with_large_steps_collapses_on_the_ring() {
    let vanilla = Overrides {
        objective: Some(Objective::NonSaturating),
        gradient_penalty_weight: Some(0.0),
        discriminator_steps: Some(5),
        learning_rate: Some(1e-2),
        ..Overrides::default()
    };
    let mut trainer = trainer(points().config.with(&vanilla).unwrap());
    train(&mut trainer, 400);
    let coverage = look(&trainer).coverage;
    assert!((1..=3).contains(&coverage.covered), "{coverage:?}");
    assert!(coverage.good > 0.4, "{coverage:?}");
}

#[test]
fn looking_changes_nothing() {
    let mut looked_at = trainer(points().config);
    let mut left_alone = trainer(points().config);
    for _ in 0..3 {
        train(&mut looked_at, 5);
        train(&mut left_alone, 5);
        look(&looked_at);
    }
    assert_eq!(look(&looked_at), look(&left_alone));
}

#[test]
fn the_view_has_its_shapes_and_beliefs_are_shares() {
    for objective in [
        Objective::NonSaturating,
        Objective::Minimax,
        Objective::LeastSquares,
        Objective::Hinge,
        Objective::Wasserstein,
        Objective::Relativistic,
    ] {
        let chosen = Overrides {
            objective: Some(objective),
            ..Overrides::default()
        };
        let mut trainer = trainer(points().config.with(&chosen).unwrap());
        train(&mut trainer, 20);
        let view = look(&trainer);
        assert_eq!(view.fakes.len(), 2 * SHOWN);
        assert_eq!(view.manifold.len(), 2 * LINES * LINES);
        assert_eq!(view.pulls.len(), 2 * PULLED);
        assert_eq!(view.real_probability.len(), SIDE * SIDE);
        let is_share = |belief: &f32| (0.0..=1.0).contains(belief);
        assert!(view.real_probability.iter().all(is_share), "{objective:?}");
    }
}

/// Trained well, the discriminator finds the places of real points likelier than the corners.
#[test]
fn beliefs_lie_where_the_real_points_are() {
    let least_squares = Overrides {
        objective: Some(Objective::LeastSquares),
        learning_rate: Some(1e-5),
        discriminator_lr_ratio: Some(300.0),
        ..Overrides::default()
    };
    let mut trainer = trainer(points().config.with(&least_squares).unwrap());
    train(&mut trainer, 300);
    let view = look(&trainer);
    let belief = |[x, y]: [f32; 2]| {
        let index = |place: f32| ((place / EXTENT + 1.0) / 2.0 * (SIDE - 1) as f32).round();
        view.real_probability[index(y) as usize * SIDE + index(x) as usize]
    };
    for step in 0..8 {
        let (sine, cosine) = (TAU * step as f32 / 8.0).sin_cos();
        let [real, between] = [0.75, 0.15].map(|radius| belief([radius * cosine, radius * sine]));
        assert!(real > between + 0.3, "{step}: {real} against {between}");
    }
}

/// The pull of the L1 term on a fake is known by hand: towards the real points' median, along each
/// axis the share of real points on one side less that on the other, halved by the mean over axes.
#[test]
fn pulls_are_minus_the_gradient_of_the_generators_loss() {
    let heavy = Overrides {
        l1_weight: Some(1000.0),
        ..Overrides::default()
    };
    let trainer = trainer(points().config.with(&heavy).unwrap());
    let view = look(&trainer);
    let real = block_on(trainer.dataset().samples().into_data_async()).unwrap();
    let real = real.try_into_vec::<f32>().unwrap();
    let real = &pairs(&real)[..64];
    for (fake, pull) in pairs(&view.fakes).iter().zip(pairs(&view.pulls)) {
        for axis in 0..2 {
            let signs = real
                .iter()
                .map(|point| (point[axis] - fake[axis]).signum())
                .sum::<f32>();
            let expected = 1000.0 * 0.5 * signs / 64.0;
            // The untrained discriminator's part is small.
            let difference = (pull[axis] - expected).abs();
            assert!(
                difference < 2.0,
                "{} against {expected} at {fake:?}",
                pull[axis]
            );
        }
    }
}

#[test]
fn images_are_not_looked_at_as_points() {
    let device = device::cpu();
    let samples = Dataset::from_samples(vec![0.0; 784 * 64], 784, &device).unwrap();
    let config = webgan::preset::Preset::by_id("mlp").unwrap().config;
    let trainer = Trainer::new(config, samples, &device).unwrap();
    let error = plane::view(&trainer, &ring()).err().unwrap();
    assert_eq!(error.code(), "data.points");
}
