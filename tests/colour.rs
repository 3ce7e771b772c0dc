//! Pictures of other sides than digits', grey and in colours: presets made for them by rule, from files to
//! pictures. What augmentations do to them is tested beside these.

use pollster::block_on;
use webgan::checkpoint::Checkpoint;
use webgan::data::{Dataset, ImageSet};
use webgan::device;
use webgan::model::GRID_ROWS;
use webgan::preset::{Overrides, Preset, TrainConfig};
use webgan::render;
use webgan::shape::SampleShape;
use webgan::train::Trainer;

/// As a file: pictures of one colour each, in turn red, green and blue, or of three greys; and their labels.
fn plain_pictures(shape: SampleShape, count: u8) -> [Vec<u8>; 2] {
    let SampleShape {
        height,
        width,
        channels,
    } = shape;
    let mut sizes = vec![usize::from(count), height, width];
    sizes.extend((channels > 1).then_some(channels));
    let mut images = vec![0, 0, 8, sizes.len() as u8];
    images.extend(sizes.iter().flat_map(|&size| (size as u32).to_be_bytes()));
    for index in 0..count {
        let class = usize::from(index % 3);
        let mut pixel = vec![20; channels];
        match channels {
            1 => pixel[0] = [20, 130, 235][class],
            _ => pixel[class] = 235,
        }
        images.extend(pixel.repeat(height * width));
    }
    let mut labels = vec![0, 0, 8, 1, 0, 0, 0, count];
    labels.extend((0..count).map(|index| index % 3));
    [images, labels]
}

fn dataset(shape: SampleShape) -> Dataset {
    let [images, labels] = plain_pictures(shape, 48);
    let images = ImageSet::from_idx(&images, Some(&labels)).unwrap();
    Dataset::from_images(&images, &device::cpu()).unwrap()
}

/// `modern` with few channels, and all that DiffAugment does.
fn small_modern(shape: SampleShape, classes: usize) -> TrainConfig {
    let overrides = Overrides {
        generator: Some("z8-8-6-4".into()),
        discriminator: Some("4-6-8".into()),
        batch_size: Some(12),
        learning_rate: Some(5e-3),
        ..Overrides::default()
    };
    let modern = Preset::by_id("modern").unwrap().config;
    modern.with_for(&overrides, shape, classes).unwrap()
}

fn shapes() -> impl Iterator<Item = SampleShape> {
    let sides = SampleShape::SIDES.into_iter();
    sides.flat_map(|side| [1, 3].map(|channels| SampleShape::square(side, channels)))
}

#[test]
fn a_preset_is_made_for_every_side_in_grey_and_in_colours() {
    for shape in shapes() {
        let dataset = dataset(shape);
        assert_eq!((dataset.shape(), dataset.class_count()), (shape, 3));
        let config = TrainConfig {
            colour: true,
            translation: Some(3),
            mirror: true,
            cutout: Some(0.5),
            ..small_modern(shape, 3)
        };
        assert_eq!(config.generator.shape(), shape);
        assert_eq!(config.discriminator.shape(), shape);
        let structures = config.structures();
        let last = structures.generator.counted().pop().unwrap();
        assert_eq!(last.shape, [shape.features()], "{shape}");

        let mut trainer = Trainer::new(config, dataset.clone(), &device::cpu()).unwrap();
        for _ in 0..2 {
            trainer.step();
        }
        let metrics = block_on(trainer.take_metrics()).unwrap();
        assert!(metrics.iter().all(|step| step.generator.is_finite()));
        let sample = block_on(trainer.sample()).unwrap();
        assert_eq!(sample.len(), GRID_ROWS * 6 * shape.features());
        assert!(sample.iter().all(|number| (-1.0..=1.0).contains(number)));

        // It goes on from a file, to the last bit.
        let bytes = block_on(trainer.checkpoint()).unwrap().to_bytes();
        let checkpoint = Checkpoint::from_bytes(&bytes).unwrap();
        let mut resumed = Trainer::resume(checkpoint, dataset, &device::cpu()).unwrap();
        let ends = [&mut trainer, &mut resumed].map(|trainer| {
            trainer.step();
            block_on(trainer.checkpoint()).unwrap().to_bytes()
        });
        assert!(ends[0] == ends[1], "{shape}: a resumed run differs");
    }
}

#[test]
fn a_conditional_generator_learns_the_colours_of_its_classes() {
    let shape = SampleShape::square(32, 3);
    let config = small_modern(shape, 3);
    let mut trainer = Trainer::new(config, dataset(shape), &device::cpu()).unwrap();
    for _ in 0..150 {
        trainer.step();
    }
    let sample = block_on(trainer.sample()).unwrap();
    let grid = render::grid(&sample, shape, 6);
    // The means of red, green and blue in each tile of the first row.
    for tile in 0..3 {
        let mut sums = [0; 3];
        for pixel in (0..32 * 32).map(|i| (i / 32) * grid.width + tile * 33 + i % 32) {
            for (sum, &level) in sums.iter_mut().zip(&grid.rgba[4 * pixel..][..3]) {
                *sum += u32::from(level);
            }
        }
        let brightest = (0..3).max_by_key(|&channel| sums[channel]).unwrap();
        assert_eq!(brightest, tile, "{sums:?}");
    }
}

#[test]
fn pixels_come_out_of_a_file_as_they_went_in() {
    let shape = SampleShape {
        height: 2,
        width: 3,
        channels: 3,
    };
    let head = [0, 0, 8, 4, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 3];
    let values: Vec<u8> = (0..36).map(|value| value * 7).collect();
    let images = ImageSet::from_idx(&[&head[..], &values].concat(), None).unwrap();
    assert_eq!((images.shape(), images.pixels()), (shape, &values[..]));

    let dataset = Dataset::from_images(&images, &device::cpu()).unwrap();
    let rows = dataset.samples().into_data().try_into_vec::<f32>().unwrap();
    let grid = render::grid(&rows, shape, 1);
    let colours = (grid.rgba.chunks_exact(4))
        .filter(|pixel| pixel[3] == u8::MAX)
        .flat_map(|pixel| pixel[..3].to_vec());
    assert_eq!(colours.collect::<Vec<_>>(), values);

    // Turned, a picture's columns are its rows, and its pixels keep their colours.
    let turned = images.turned();
    assert_eq!((turned.rows(), turned.columns()), (3, 2));
    assert_eq!(turned.pixels()[3..6], values[9..12]);
}

#[test]
fn only_grey_or_three_colours_make_a_picture() {
    let head = [0, 0, 8, 4, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 4];
    let error = ImageSet::from_idx(&[&head[..], &[1, 2, 3, 4]].concat(), None).unwrap_err();
    assert_eq!(error.code(), "data.channels");
}

#[test]
fn a_run_remembers_its_preset_and_what_was_changed_in_it() {
    for shape in shapes() {
        for classes in [0, 1, 2, 10] {
            let config = Preset::by_id("modern").unwrap().config;
            let fitted = config.fitted(shape, classes);
            let told = if classes < 2 { 0 } else { classes };
            assert_eq!(fitted.generator.classes(), told);
            assert_eq!(fitted.discriminator.classes(), told);
            for config in [fitted, small_modern(shape, classes)] {
                assert_eq!(
                    Preset::of(&config).unwrap().id,
                    "modern",
                    "{shape} {classes}"
                );
                let json = serde_json::to_string(&config).unwrap();
                assert_eq!(serde_json::from_str::<TrainConfig>(&json).unwrap(), config);
            }
        }
    }
}

#[test]
fn the_tutorials_and_other_shapes_stay_as_they_are_and_are_refused() {
    let odd = SampleShape::square(40, 3);
    for preset in webgan::preset::presets() {
        assert_eq!(preset.config.clone().fitted(odd, 5), preset.config);
    }
    let dcgan = Preset::by_id("dcgan").unwrap().config;
    let colours = SampleShape::square(32, 3);
    assert_eq!(dcgan.clone().fitted(colours, 5), dcgan);
    let error = Trainer::new(dcgan, dataset(colours), &device::cpu()).unwrap_err();
    assert_eq!(error.code(), "config.features");
    // Channels for larger pictures than these.
    let overrides = Overrides {
        generator: Some("z8-8-8-6-4".into()),
        ..Overrides::default()
    };
    let modern = Preset::by_id("modern").unwrap().config;
    assert!(
        modern
            .clone()
            .with_for(&overrides, SampleShape::square(64, 3), 0)
            .is_ok()
    );
    let error = modern.with_for(&overrides, colours, 0).unwrap_err();
    assert_eq!(error.code(), "config.range");
}

#[test]
fn sets_in_colours_are_taken_for_small_ones_and_what_was_changed_since_stays() {
    let modern = Preset::by_id("modern").unwrap().config;
    let fitted = |side, channels| {
        let shape = SampleShape::square(side, channels);
        modern.clone().fitted(shape, 5)
    };
    let grey = fitted(32, 1);
    assert_eq!(
        (grey.balanced, grey.translation, grey.average_decay),
        (false, None, modern.average_decay)
    );
    for (side, moves) in [(28, 1), (32, 1), (64, 2)] {
        let colours = fitted(side, 3);
        assert_eq!(
            (colours.balanced, colours.translation, colours.average_decay),
            (true, Some(moves), Some(0.998))
        );
        assert_eq!(Preset::of(&colours).unwrap().id, "modern");
    }
    let changed = TrainConfig {
        translation: None,
        ..fitted(32, 3)
    };
    let shape = SampleShape::square(32, 3);
    assert_eq!(changed.clone().fitted(shape, 5), changed);
}
