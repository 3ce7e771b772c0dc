//! Pictures that are made out of others: the networks, the steps, what data must have.

#[path = "support/pairs.rs"]
mod support;

use burn::module::Module;
use burn::tensor::Tensor;
use pollster::block_on;
use webgan::checkpoint::Checkpoint;
use webgan::data::{Dataset, Images};
use webgan::device;
use webgan::evaluate::{pair_quality, triples, with_channels};
use webgan::preset::{Overrides, Preset, TrainConfig, pix2pix};
use webgan::shape::SampleShape;
use webgan::train::{Network, Trainer};

use support::squares;

fn dataset(count: usize, seed: u64) -> Dataset {
    Dataset::from_images(&squares(32, count, seed), &device::cpu()).unwrap()
}

/// Quick to train.
fn small() -> TrainConfig {
    let sizes = Overrides {
        generator: Some("8-8-16-16-16".into()),
        discriminator: Some("8-16-16".into()),
        batch_size: Some(4),
        ..Overrides::default()
    };
    let config = pix2pix().config.with(&sizes).unwrap();
    // Their colour is told by their place.
    TrainConfig {
        mirror: false,
        ..config
    }
}

#[test]
fn networks_of_pairs_fit_all_shapes_and_are_counted_as_they_are() {
    for side in SampleShape::SIDES {
        for (input, output) in [(1, 3), (3, 3), (1, 1)] {
            let (input, shape) = (
                SampleShape::square(side, input),
                SampleShape::square(side, output),
            );
            let config = pix2pix().config.fitted(shape, 0).fitted_to_pairs(input);
            let device = device::cpu();
            let generator = config.generator.init(1, &device);
            let discriminator = config.discriminator.init(2, &device);
            let inputs = Tensor::<2>::ones([2, input.features()], &device);
            let made = generator.forward(inputs.clone(), None);
            assert_eq!(made.dims(), [2, shape.features()]);
            let pairs = Tensor::cat(vec![inputs, made], 1);
            assert_eq!(discriminator.forward(pairs, None).dims(), [2, 1]);
            // What is counted, and the running statistics, which nobody learns.
            let counted = |structure: webgan::model::Structure| -> u64 {
                let layers = structure.counted();
                let last = layers.last().unwrap();
                assert_eq!(last.shape, [structure.output]);
                layers.iter().map(|layer| layer.parameters).sum()
            };
            let structure = config.generator.structure();
            let norms = structure.layers.iter().map(|layer| match layer {
                webgan::model::Layer::BatchNorm { features } => 2 * features,
                _ => 0,
            });
            let norms: usize = norms.sum();
            assert_eq!(counted(structure) as usize + norms, generator.num_params());
            let structure = config.discriminator.structure();
            assert_eq!(counted(structure) as usize, discriminator.num_params());
            // And it is known as the preset's, with what a user may change.
            let config = config
                .with(&Overrides {
                    seed: Some(7),
                    ..Overrides::default()
                })
                .unwrap();
            assert_eq!(Preset::of(&config).map(|preset| preset.id), Some("pix2pix"));
            let json = serde_json::to_string(&config).unwrap();
            assert_eq!(serde_json::from_str::<TrainConfig>(&json).unwrap(), config);
        }
    }
}

#[test]
fn a_patchs_logit_hangs_on_its_surroundings_alone() {
    let device = device::cpu();
    let discriminator = pix2pix().config.discriminator.init(3, &device);
    let size = 4 * 32 * 32;
    let with = |place: Option<usize>| {
        let mut pair = vec![0.1; size];
        if let Some(place) = place {
            pair[place] = 0.9;
        }
        let pair = Tensor::<1>::from_floats(&*pair, &device).reshape([1, size]);
        discriminator.forward(pair, None).into_scalar::<f32>()
    };
    // What two places far apart change adds up, as no patch sees both.
    let (first, last) = (33, size - 34);
    let mut both = vec![0.1; size];
    (both[first], both[last]) = (0.9, 0.9);
    let both = Tensor::<1>::from_floats(&*both, &device).reshape([1, size]);
    let both = discriminator.forward(both, None).into_scalar::<f32>() - with(None);
    let [first, last] = [first, last].map(|place| with(Some(place)) - with(None));
    assert!(first.abs() > 1e-6 && last.abs() > 1e-6);
    assert!(
        (both - first - last).abs() < 1e-6,
        "{both}, {first}, {last}"
    );
}

#[test]
fn a_network_learns_what_its_input_tells() {
    let (train, held_out) = (dataset(64, 1), dataset(16, 2));
    let mut trainer = Trainer::new(small(), train.clone(), &device::cpu()).unwrap();
    let before = block_on(pair_quality(&trainer.averaged(), &train, &held_out)).unwrap();
    for _ in 0..150 {
        trainer.step();
    }
    block_on(trainer.take_metrics()).unwrap();
    let after = block_on(pair_quality(&trainer.averaged(), &train, &held_out)).unwrap();
    let psnr = after.made.psnr;
    assert!(psnr > before.made.psnr + 6.0, "{after:?}");
    assert!(
        psnr > after.input.psnr && psnr > after.mean.psnr,
        "{after:?}"
    );
    // Baselines hang on the data alone, and who has learned a pair by heart has it.
    assert_eq!((before.input, before.mean), (after.input, after.mean));
    let own = block_on(pair_quality(&trainer.averaged(), &train, &train)).unwrap();
    assert_eq!(own.nearest.l1, 0.0);
    // The grid shows what is made of pairs from all over.
    let grid = block_on(trainer.sample()).unwrap();
    assert_eq!(grid.len(), 64 * 32 * 32 * 3);
    assert_eq!(block_on(trainer.scores(None).unwrap()).unwrap().len(), 64);
    assert!(
        block_on(trainer.validate(&held_out).unwrap())
            .unwrap()
            .is_finite()
    );
}

#[test]
fn a_run_of_pairs_repeats_and_goes_on_exactly() {
    let trainer = |config| Trainer::new(config, dataset(20, 1), &device::cpu()).unwrap();
    let bytes = |trainer: &Trainer| block_on(trainer.checkpoint()).unwrap().to_bytes();
    let config = TrainConfig {
        mirror: true,
        translation: Some(2),
        zoom: Some(0.25),
        cutout: Some(0.25),
        discriminator_steps: 2,
        ..small()
    };
    let mut whole = trainer(config.clone());
    whole.step();
    whole.step_alone(Network::Generator);
    whole.step_alone(Network::Discriminator);
    let middle = bytes(&whole);
    whole.step();
    let mut again = trainer(config);
    again.step();
    again.step_alone(Network::Generator);
    again.step_alone(Network::Discriminator);
    assert!(bytes(&again) == middle);
    let checkpoint = Checkpoint::from_bytes(&middle).unwrap();
    let mut resumed = Trainer::resume(checkpoint, dataset(20, 1), &device::cpu()).unwrap();
    resumed.step();
    assert!(bytes(&resumed) == bytes(&whole));
}

#[test]
fn the_discriminator_judges_a_picture_by_what_it_is_made_of() {
    // With no weight of the L1 term only the discriminator can tell that a picture is of another input.
    let mut trainer = Trainer::new(small(), dataset(16, 1), &device::cpu()).unwrap();
    trainer
        .update(&Overrides {
            l1_weight: Some(0.0),
            ..Overrides::default()
        })
        .unwrap();
    trainer.step();
    let all = dataset(16, 1);
    let (inputs, samples) = (all.inputs().unwrap(), all.samples());
    let judged = |inputs: Tensor<2>| {
        let pairs = Tensor::cat(vec![inputs, samples.clone()], 1);
        let logits = trainer.discriminator().valid().forward(pairs, None);
        logits.into_data().try_into_vec::<f32>().unwrap()
    };
    assert_ne!(judged(inputs.clone()), judged(inputs.flip([0])));
}

#[test]
fn data_without_pairs_are_refused_and_so_are_others_inputs() {
    let code = |data: Dataset, config| {
        let error = Trainer::new(config, data, &device::cpu()).unwrap_err();
        (error.code(), error.to_string())
    };
    let (found, words) = code(dataset(16, 1).without_inputs(), small());
    assert_eq!(found, "config.inputs");
    assert!(words.contains("has none"), "{words}");
    let colours = small().fitted_to_pairs(SampleShape::square(32, 3));
    let (found, words) = code(dataset(16, 1), colours);
    assert_eq!(found, "config.inputs");
    assert!(
        words.contains("32×32×3") && words.contains("some of 32×32"),
        "{words}"
    );
    let (found, _) = code(
        dataset(16, 1),
        TrainConfig {
            colour: true,
            ..small()
        },
    );
    assert_eq!(found, "config.range");
    // What draws at random has no use for inputs, and nothing to draw has who needs one.
    let modern = Preset::by_id("modern").unwrap().config;
    let modern = modern.fitted(SampleShape::square(32, 3), 0);
    let trainer = Trainer::new(
        TrainConfig {
            batch_size: 4,
            ..modern
        },
        dataset(16, 1),
        &device::cpu(),
    );
    let trainer = trainer.unwrap();
    let plain = dataset(16, 1).without_inputs().fingerprint();
    assert_eq!(trainer.dataset().fingerprint(), plain);
    assert_ne!(dataset(16, 1).fingerprint(), plain);
    let trainer = Trainer::new(small(), dataset(16, 1), &device::cpu()).unwrap();
    let error = block_on(trainer.averaged().sample(4, 1)).unwrap_err();
    assert_eq!(error.code(), "config.inputs");
}

#[test]
fn a_pair_is_shown_as_what_is_given_what_is_made_and_the_truth() {
    let trainer = Trainer::new(small(), dataset(16, 1), &device::cpu()).unwrap();
    let (generator, held_out) = (trainer.averaged(), dataset(6, 2));
    let shown = block_on(triples(&generator, &held_out, 3).unwrap()).unwrap();
    let size = SampleShape::square(32, 3).features();
    assert_eq!(shown.len(), 3 * 3 * size);
    // Every other one of the six; the second of them.
    let pictures: Vec<_> = shown[3 * size..6 * size].chunks(size).collect();
    let input = block_on(held_out.input(2).unwrap()).unwrap();
    assert_eq!(pictures[0], input.repeat(3));
    let made = block_on(generator.decode(&input, &[]).unwrap()).unwrap();
    let distance = |(one, other): (&f32, &f32)| (one - other).abs();
    assert!(
        pictures[1]
            .iter()
            .zip(&made)
            .map(distance)
            .all(|far| far < 1e-5)
    );
    let truth = held_out.samples().narrow(0, 2, 1).into_data();
    assert_eq!(pictures[2], truth.try_into_vec::<f32>().unwrap());

    let plain = held_out.without_inputs();
    assert!(plain.input(0).is_none());
    let error = triples(&generator, &plain, 3).err().unwrap();
    assert_eq!(error.code(), "config.inputs");
}

#[test]
fn inputs_are_one_an_image_and_as_large() {
    let set = squares(32, 3, 1);
    let with = |count, rows| {
        let inputs = Images {
            count,
            rows,
            columns: 32,
            channels: 1,
            pixels: vec![0; count * rows * 32],
        };
        set.clone()
            .with_inputs(inputs)
            .map_err(|error| error.code())
    };
    assert!(with(3, 32).is_ok());
    assert_eq!(with(2, 32).unwrap_err(), "data.inputs");
    assert_eq!(with(3, 31).unwrap_err(), "data.inputs");
    let turned = set.clone().turned();
    assert_eq!(turned.turned(), set);
}

#[test]
fn greys_and_colours_are_shown_beside_each_other() {
    let (grey, colours) = (SampleShape::square(2, 1), SampleShape::square(2, 3));
    let one = [0.0, 0.25, 0.5, 1.0];
    assert_eq!(with_channels(&one, grey, colours), one.repeat(3));
    assert_eq!(with_channels(&one.repeat(3), colours, grey), one);
}
