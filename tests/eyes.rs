//! What pictures are measured by where the classifier of digits says nothing: random features, and a classifier that
//! has learned these pictures. Each must find real pictures nearest to real ones, and what is blurred, noisy or of
//! fewer kinds farther off.

use burn::tensor::{Tensor, TensorData};
use pollster::block_on;
use webgan::checkpoint::ClassifierFile;
use webgan::data::{Dataset, ImageSet, Images};
use webgan::device;
use webgan::evaluate::{Evaluator, Verdict, accuracy, without_pause};
use webgan::metrics::{Features, frechet_distance, precision_recall};
use webgan::model::{Eyes, RandomFeatures};
use webgan::preset::{Overrides, Preset};
use webgan::shape::SampleShape;
use webgan::train::{ClassifierTrainer, Trainer};

const SIDE: usize = 32;
const PIXELS: usize = SIDE * SIDE;
const KINDS: usize = 3;

/// Discs, rings and bars of several colours, sizes and places on white, and which of the three each is.
fn pictures(seed: u32, count: usize) -> (Vec<u8>, Vec<u8>) {
    let mut state = seed;
    let mut draw = |below: u32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) % below
    };
    let mut pixels = Vec::new();
    let kinds: Vec<u8> = (0..count).map(|index| (index % KINDS) as u8).collect();
    for kind in &kinds {
        let colour: [u8; 3] = std::array::from_fn(|_| draw(200) as u8);
        let [x, y] = std::array::from_fn(|_| (11 + draw(11)) as f32);
        let radius = (5 + draw(6)) as f32;
        for place in 0..PIXELS {
            let [dx, dy] = [(place % SIDE) as f32 - x, (place / SIDE) as f32 - y];
            let far = dx.hypot(dy);
            let is_inside = match kind {
                0 => far <= radius,
                1 => far <= radius && far > radius - 3.0,
                _ => dx.abs() <= radius && dy.abs() <= 2.0,
            };
            pixels.extend(if is_inside { colour } else { [255; 3] });
        }
    }
    (pixels, kinds)
}

fn dataset((pixels, kinds): (Vec<u8>, Vec<u8>)) -> Dataset {
    let images = Images {
        count: kinds.len(),
        rows: SIDE,
        columns: SIDE,
        channels: 3,
        pixels,
    };
    let images = ImageSet::new(images, Some(kinds)).unwrap();
    Dataset::from_images(&images, &device::cpu()).unwrap()
}

/// The mean of each pixel and its eight neighbours, once.
fn blurred(samples: Tensor<2>) -> Tensor<2> {
    let [count, features] = samples.dims();
    let values = samples.into_data().try_into_vec::<f32>().unwrap();
    let mut softened = Vec::with_capacity(values.len());
    for channel in values.chunks_exact(PIXELS) {
        for place in 0..PIXELS {
            let near = |at: usize| at.saturating_sub(1)..=(at + 1).min(SIDE - 1);
            let (mut sum, mut parts) = (0.0, 0.0);
            for y in near(place / SIDE) {
                for x in near(place % SIDE) {
                    sum += channel[y * SIDE + x];
                    parts += 1.0;
                }
            }
            softened.push(sum / parts);
        }
    }
    Tensor::from_data(TensorData::new(softened, [count, features]), &device::cpu())
}

/// Each number moved by up to 0.2.
fn noisy(samples: Tensor<2>) -> Tensor<2> {
    let [count, features] = samples.dims();
    let mut state = 7_u32;
    let noise: Vec<f32> = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        ((state >> 16) as f32 / 32_768.0 - 1.0) * 0.2
    })
    .take(count * features)
    .collect();
    let noise = Tensor::from_data(TensorData::new(noise, [count, features]), &device::cpu());
    (samples + noise).clamp(-1.0, 1.0)
}

/// The pictures of one kind, as often as all.
fn of_one_kind(samples: Tensor<2>) -> Tensor<2> {
    let [count, _] = samples.dims();
    let first: Vec<i32> = (0..count)
        .map(|index| (index / KINDS * KINDS) as i32)
        .collect();
    let first = Tensor::from_data(TensorData::new(first, [count]), &device::cpu());
    samples.select(0, first)
}

fn features(eyes: &Eyes, samples: Tensor<2>) -> Features {
    let features = match eyes {
        Eyes::Classifier(classifier) => classifier.forward(samples).features,
        Eyes::Random(features) => features.forward(samples),
    };
    let features = features.into_data();
    Features::new(features.try_into_vec::<f32>().unwrap(), Eyes::FEATURES).unwrap()
}

/// Checks that real pictures are nearest, and tells the distances.
fn expect_order(eyes: &Eyes, name: &str) {
    let held_out = features(eyes, dataset(pictures(1, 300)).samples());
    let others = dataset(pictures(2, 300)).samples();
    let distance = |samples| frechet_distance(&held_out, &features(eyes, samples));
    let real = distance(others.clone());
    for (what, found) in [
        ("blurred", distance(blurred(others.clone()))),
        ("noisy", distance(noisy(others.clone()))),
        ("of one kind", distance(of_one_kind(others.clone()))),
    ] {
        println!("{name}: real {real:.4}, {what} {found:.4}");
        assert!(
            found > 2.0 * real,
            "{name}: real {real:.4}, {what} {found:.4}"
        );
    }
    let recall = |samples| precision_recall(&held_out, &features(eyes, samples), 3).recall;
    let (all, one) = (recall(others.clone()), recall(of_one_kind(others)));
    assert!(
        one < 0.7 * all,
        "{name}: recall {all:.2}, of one kind {one:.2}"
    );
}

fn learned() -> ClassifierTrainer {
    let train = dataset(pictures(3, 600));
    let mut trainer = ClassifierTrainer::new(train, 150, 1, &device::cpu()).unwrap();
    while trainer.step_count() < 150 {
        trainer.step();
    }
    trainer
}

/// Of 100 pictures, as somebody may bring them, ten are held out.
#[test]
fn copies_mud_and_variations_are_told_apart_with_ten_held_out_pictures() {
    let (train, held_out) = (dataset(pictures(3, 90)), dataset(pictures(1, 10)));
    let others = dataset(pictures(2, 60)).samples();
    let eyes = || RandomFeatures::new(train.shape(), &device::cpu());
    let evaluator = block_on(Evaluator::new(eyes(), &train, &held_out, without_pause)).unwrap();
    let real = &evaluator.of_real;
    assert_eq!((real.count, real.classifier_frechet), (10, None));
    let noise = noisy(others.clone() * 0.0) * 5.0;
    for (what, samples, expected) in [
        ("training pictures", train.samples(), Verdict::Copies),
        ("noisy ones", noisy(train.samples()), Verdict::Copies),
        ("held-out ones", held_out.samples(), Verdict::Variations),
        ("new ones", others.clone(), Verdict::Variations),
        ("blurred ones", blurred(others.clone()), Verdict::Mud),
        (
            "the mean",
            train.samples().mean_dim(0).repeat_dim(0, 20),
            Verdict::Mud,
        ),
        ("noise", noise, Verdict::Mud),
    ] {
        let found = block_on(evaluator.judge(samples, None, without_pause)).unwrap();
        let far = found.nearest / real.nearest;
        let detail = found.detail / real.detail;
        println!("{what}: {far:.2} times as far, {detail:.2} times the detail");
        assert_eq!(
            evaluator.verdict(&found),
            Some(expected),
            "{what}: {far:.2}, {detail:.2}"
        );
    }
    // Of fewer than five nothing is told, nor where what is held out is learned too.
    for held_out in [dataset(pictures(1, 4)), dataset(pictures(3, 10))] {
        let evaluator = block_on(Evaluator::new(eyes(), &train, &held_out, without_pause)).unwrap();
        let copies = block_on(evaluator.judge(train.samples(), None, without_pause)).unwrap();
        assert_eq!(evaluator.verdict(&copies), None);
    }
}

/// Folders come class after class, and real pictures are still like real ones.
#[test]
fn real_pictures_that_are_compared_are_of_all_classes() {
    let (pixels, kinds) = pictures(3, 600);
    let mut order: Vec<_> = (0..kinds.len()).collect();
    order.sort_by_key(|&place| kinds[place]);
    let picture = |&place: &usize| &pixels[place * 3 * PIXELS..][..3 * PIXELS];
    let sorted = (
        order.iter().map(picture).collect::<Vec<_>>().concat(),
        order.iter().map(|&place| kinds[place]).collect(),
    );
    let of_real = |train: Dataset| {
        let eyes = learned().classifier();
        let held_out = dataset(pictures(1, 90));
        block_on(Evaluator::new(eyes, &train, &held_out, without_pause))
            .unwrap()
            .of_real
    };
    let modes = of_real(dataset(sorted)).modes.unwrap();
    assert_eq!(modes.covered, KINDS);
    assert!(modes.divergence < 0.01, "{modes:?}");
}

#[test]
fn random_features_find_real_pictures_nearest() {
    let shape = SampleShape::square(SIDE, 3);
    expect_order(&RandomFeatures::new(shape, &device::cpu()).into(), "random");
}

#[test]
fn a_classifier_that_learned_them_does_too_and_comes_back_from_its_file() {
    let classifier = learned().classifier();
    let held_out = dataset(pictures(1, 300));
    let reads = |classifier| block_on(accuracy(classifier, &held_out).unwrap()).unwrap();
    let read = reads(&classifier);
    assert!(read > 0.9, "{read}");
    expect_order(&classifier.clone().into(), "learned");

    let bytes = block_on(ClassifierFile::of(&classifier, KINDS, 150)).unwrap();
    let file = ClassifierFile::from_bytes(&bytes.to_bytes(false)).unwrap();
    assert_eq!(
        (file.shape, file.classes),
        (SampleShape::square(SIDE, 3), KINDS)
    );
    assert_eq!(reads(&file.load(&device::cpu()).unwrap()), read);
}

#[test]
fn a_generator_is_measured_by_what_there_is() {
    let (train, held_out) = (dataset(pictures(3, 90)), dataset(pictures(1, 90)));
    let overrides = Overrides {
        generator: Some("z8-8-6-4".into()),
        discriminator: Some("4-6-8".into()),
        ..Overrides::default()
    };
    let modern = Preset::by_id("modern").unwrap().config;
    let shape = train.shape();
    let config = modern.with_for(&overrides, shape, KINDS).unwrap();
    let trainer = Trainer::new(config, train.clone(), &device::cpu()).unwrap();
    let quality = |eyes: Eyes, held_out: &Dataset| {
        let evaluator = block_on(Evaluator::new(eyes, &train, held_out, without_pause)).unwrap();
        block_on(evaluator.measure(&trainer.averaged(), 1, without_pause)).unwrap()
    };
    let random = || Eyes::from(RandomFeatures::new(shape, &device::cpu()));

    let by_classes = quality(learned().classifier().into(), &held_out);
    assert_eq!(by_classes.modes.unwrap().shares.len(), KINDS);
    assert!(by_classes.score.is_some() && by_classes.agreement.is_some());

    let by_features = quality(random(), &held_out);
    assert!(by_features.classifier_frechet.is_some() && by_features.precision_recall.is_some());
    assert!(by_features.score.is_none() && by_features.modes.is_none());

    // Of few pictures it can still be told whether they are copied.
    let by_few = quality(random(), &dataset(pictures(1, 64)));
    assert_eq!((by_few.count, by_few.classifier_frechet), (64, None));
    assert_eq!(by_few.precision_recall, None);
    assert!(by_few.nearest > 0.0);

    let digits = RandomFeatures::new(SampleShape::DIGIT, &device::cpu());
    let refused = block_on(Evaluator::new(digits, &train, &held_out, without_pause));
    assert_eq!(refused.unwrap_err().code(), "config.features");
}
