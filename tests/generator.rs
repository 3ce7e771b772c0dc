//! Samples for chosen latents: the right ones, in order, and nothing else.

use burn::tensor::{Tensor, TensorData};
use webgan::device;
use webgan::generator::TrainedGenerator;
use webgan::preset::Preset;

#[test]
fn a_latent_gives_the_same_sample_alone_and_among_others() {
    let device = device::cpu();
    for id in ["modern", "mlp", "dcgan"] {
        let config = Preset::by_id(id).unwrap().config.generator;
        let network = burn::module::Module::valid(&config.init(3, &device.clone().autodiff()));
        let generator = TrainedGenerator::new(network.clone(), config.clone(), &device);
        let (width, labels) = match config.classes() {
            0 => (config.latent_size(), [].as_slice()),
            _ => (config.latent_size(), [4, 0, 9].as_slice()),
        };
        let three = pollster::block_on(generator.latents(3, 5)).unwrap();
        assert_eq!(three.len(), 3 * width);
        let of = |latents: &[f32], labels: &[u8]| {
            let samples = generator.decode(latents, labels).unwrap();
            pollster::block_on(samples).unwrap()
        };
        let together = of(&three, labels);
        assert_eq!(together.len(), 3 * 784);
        for index in 0..3 {
            let label = labels.get(index..=index).unwrap_or_default();
            let alone = of(&three[index * width..][..width], label);
            let among = &together[index * 784..][..784];
            let far = alone.iter().zip(among).map(|(a, b)| (a - b).abs());
            assert!(far.fold(0.0, f32::max) < 1e-5, "{id}: sample {index}");
        }
        let rows = Tensor::from_data(TensorData::new(three.clone(), [3, width]), &device);
        if labels.is_empty() {
            let expected = network.forward(rows, None).into_data();
            assert_eq!(together, expected.try_into_vec::<f32>().unwrap(), "{id}");
        }
    }
}

#[test]
fn a_seed_gives_the_same_first_samples_however_many_are_drawn() {
    let device = device::cpu();
    let config = Preset::by_id("mlp").unwrap().config.generator;
    let generator = TrainedGenerator::new(config.init(3, &device), config, &device);
    let of = |count| pollster::block_on(generator.latents(count, 5)).unwrap();
    let many = of(230);
    assert_eq!(many.len(), 230 * 100);
    for count in [1, 64, 100, 101] {
        // Up to rounding, which may depend on a number's place in a vector register.
        let far = of(count)
            .iter()
            .zip(&many)
            .map(|(a, b)| (a - b).abs())
            .fold(0.0, f32::max);
        assert!(far < 1e-5, "{count}: {far}");
    }
    assert!(many[..100 * 100] != many[100 * 100..200 * 100]);
}

#[test]
fn what_does_not_fit_the_generator_is_refused() {
    let device = device::cpu();
    let refuse = |id: &str, numbers: usize, labels: &[u8]| {
        let config = Preset::by_id(id).unwrap().config.generator;
        let generator = TrainedGenerator::new(config.init(3, &device), config, &device);
        let error = generator.decode(&vec![0.5; numbers], labels);
        error.err().unwrap().code()
    };
    assert_eq!(refuse("modern", 0, &[]), "config.latents");
    assert_eq!(refuse("modern", 65, &[1]), "config.latents");
    assert_eq!(refuse("modern", 128, &[1]), "config.labels");
    assert_eq!(refuse("modern", 64, &[10]), "config.labels");
    assert_eq!(refuse("mlp", 100, &[1]), "config.labels");
}
