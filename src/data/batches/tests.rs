//! Batches: scaling, and the order in which an epoch visits the data.

use super::Batches;
use crate::data::{Dataset, ImageSet, Images};
use crate::device;
use burn::tensor::Tensor;

/// A dataset whose samples are their own indices.
fn indices(count: usize) -> Dataset {
    let values = (0..count).map(|index| index as f32).collect();
    Dataset::from_samples(values, 1, &device::cpu()).unwrap()
}

fn draw(batches: &mut Batches, count: usize) -> Vec<usize> {
    let mut drawn = Vec::new();
    for _ in 0..count {
        batches.advance();
        let batch = batches
            .next_batch()
            .samples
            .into_data()
            .try_into_vec::<f32>()
            .unwrap();
        drawn.extend(batch.into_iter().map(|value| value as usize));
    }
    drawn
}

#[test]
fn pixels_are_scaled_to_minus_one_to_one() {
    let images = Images {
        count: 1,
        rows: 1,
        columns: 3,
        channels: 1,
        pixels: vec![0, 51, 255],
    };
    let set = ImageSet::new(images, None).unwrap();
    let dataset = Dataset::from_images(&set, &device::cpu()).unwrap();
    let samples = dataset.samples().into_data().try_into_vec::<f32>().unwrap();
    assert_eq!(samples, [-1.0, -0.6, 1.0]);
}

/// Four images of one pixel, 10·label + place.
fn labelled() -> ImageSet {
    let images = Images {
        count: 4,
        rows: 1,
        columns: 1,
        channels: 1,
        pixels: vec![20, 1, 22, 3],
    };
    ImageSet::new(images, Some(vec![2, 0, 2, 0])).unwrap()
}

#[test]
fn classes_are_one_hot_rows_that_come_with_their_samples() {
    let dataset = Dataset::from_images(&labelled(), &device::cpu()).unwrap();
    assert_eq!(dataset.class_count(), 2, "those that occur");
    let rows = |tensor: Tensor<2>| tensor.into_data().try_into_vec::<f32>().unwrap();
    let [zero, two] = [[1.0, 0.0], [0.0, 1.0]];
    let expected = [two, zero, two, zero].concat();
    assert_eq!(rows(dataset.classes().unwrap()), expected);

    let mut batches = Batches::new(dataset.clone(), 2, 3, false);
    for _ in 0..4 {
        batches.advance();
        let batch = batches.next_batch();
        let classes = rows(batch.classes.unwrap());
        for (pixel, class) in rows(batch.samples).iter().zip(classes.chunks(2)) {
            let level = (pixel + 1.0) * 127.5;
            let expected = if level > 15.0 { two } else { zero };
            assert_eq!(class, expected, "of pixel {level}");
        }
    }

    let without = dataset.without_classes();
    assert_eq!(without.class_count(), 0);
    assert!(without.classes().is_none());
    let mut batches = Batches::new(without, 2, 3, false);
    batches.advance();
    assert!(batches.next_batch().classes.is_none());
    assert_eq!(indices(3).class_count(), 0, "samples have no labels");
}

#[test]
fn each_epoch_visits_every_sample_once_also_where_batches_straddle_its_end() {
    // 3 does not divide 10: three epochs are ten batches.
    for batch_size in [1, 3, 5, 10] {
        let mut batches = Batches::new(indices(10), batch_size, 7, false);
        let drawn = draw(&mut batches, 30 / batch_size);
        let mut orders = Vec::new();
        for epoch in drawn.chunks(10) {
            let mut sorted = epoch.to_vec();
            sorted.sort_unstable();
            assert_eq!(
                sorted,
                (0..10).collect::<Vec<_>>(),
                "batches of {batch_size}"
            );
            orders.push(epoch.to_vec());
        }
        assert_eq!(orders.len(), 3);
        assert_ne!(orders[0], orders[1], "epochs have orders of their own");
        assert_ne!(orders[1], orders[2]);
    }
}

#[test]
fn balanced_classes_come_equally_often_and_none_of_a_class_again_before_all_of_it() {
    // Two, five and three samples of three classes.
    let labels = vec![0, 1, 1, 2, 1, 0, 2, 1, 2, 1];
    let images = Images {
        count: labels.len(),
        rows: 1,
        columns: 1,
        channels: 1,
        pixels: (0..10).collect(),
    };
    let set = ImageSet::new(images, Some(labels.clone())).unwrap();
    let dataset = Dataset::from_images(&set, &device::cpu()).unwrap();
    let places = |batches: &mut Batches, count: usize| -> Vec<usize> {
        let drawn = (0..count).flat_map(|_| {
            batches.advance();
            let samples = batches.next_batch().samples.into_data();
            samples.try_into_vec::<f32>().unwrap()
        });
        drawn
            .map(|x| ((x + 1.0) * 127.5).round() as usize)
            .collect()
    };
    // Six epochs.
    let mut batches = Batches::new(dataset.clone(), 4, 7, true);
    let drawn = places(&mut batches, 15);
    assert_ne!(drawn[..10], drawn[10..20]);
    let mut of_class = vec![Vec::new(); 3];
    for epoch in drawn.chunks(10) {
        let mut counts = [0; 3];
        for &place in epoch {
            counts[usize::from(labels[place])] += 1;
        }
        assert!(
            counts.iter().all(|count| (3..=4).contains(count)),
            "{counts:?}"
        );
    }
    for &place in &drawn {
        of_class[usize::from(labels[place])].push(place);
    }
    for (class, own) in of_class.iter().enumerate() {
        assert_eq!(own.len(), 20);
        let size = labels
            .iter()
            .filter(|&&label| usize::from(label) == class)
            .count();
        let often = |place: usize| own.iter().filter(|&&other| other == place).count();
        for place in (0..10).filter(|&place| usize::from(labels[place]) == class) {
            assert!((20 / size..=20_usize.div_ceil(size)).contains(&often(place)));
        }
    }
    // Where it goes on is where it would have been.
    let mut later = Batches::new(dataset.clone(), 4, 7, true);
    later.seek(9);
    assert_eq!(places(&mut later, 6), drawn[36..]);
    // Without classes there is nothing to balance.
    let plain = |balanced| {
        let dataset = dataset.clone().without_classes();
        places(&mut Batches::new(dataset, 4, 7, balanced), 5)
    };
    assert_eq!(plain(true), plain(false));
}

#[test]
fn the_order_depends_on_the_seed_alone() {
    let order = |seed, batch_size| draw(&mut Batches::new(indices(12), batch_size, seed, false), 6);
    assert_eq!(order(1, 4), order(1, 4));
    assert_ne!(order(1, 4), order(2, 4));
    assert_eq!(
        order(1, 4)[..12],
        order(1, 2)[..12],
        "whatever the batch size"
    );
}

#[test]
fn samples_must_be_whole() {
    for (count, features) in [(7, 2), (0, 1), (4, 0)] {
        let error = Dataset::from_samples(vec![0.0; count], features, &device::cpu()).unwrap_err();
        assert_eq!(error.code(), "data.sample_shape");
    }
}
