//! Checkpoints: a run goes on from one as if nothing had been, and bad files are refused by name.

mod support;

use proptest::prelude::*;
use support::rings;
use webgan::checkpoint::{Checkpoint, GeneratorFile, Values};
use webgan::data::Dataset;
use webgan::device;
use webgan::model::GeneratorConfig;
use webgan::preset::{GradientPenalty, Optimizer, Overrides, Preset, TrainConfig};
use webgan::train::{StepMetrics, Trainer};

fn config(id: &str) -> TrainConfig {
    let mut config = Preset::by_id(id).unwrap().config;
    config.batch_size = 35 / config.discriminator_steps;
    config
}

/// All that draws random numbers at once.
fn aided() -> TrainConfig {
    TrainConfig {
        gradient_penalty: Some(GradientPenalty {
            weight: 1.0,
            deviation: 0.1,
            fakes: false,
        }),
        translation: Some(3),
        instance_noise: Some(0.2),
        label_smoothing: Some(0.1),
        gradient_clip: Some(1.0),
        discriminator_steps: 2,
        batch_size: 12,
        ..config("dense")
    }
}

fn train(trainer: &mut Trainer, steps: usize) -> Vec<StepMetrics> {
    for _ in 0..steps {
        trainer.step();
    }
    pollster::block_on(trainer.take_metrics()).unwrap()
}

fn checkpoint(trainer: &Trainer) -> Checkpoint {
    pollster::block_on(trainer.checkpoint()).unwrap()
}

/// Forty samples, most of which a step takes: the run is in its second epoch, a batch across its end.
fn after_two_steps(config: TrainConfig) -> (Trainer, Dataset) {
    let dataset = rings(40);
    let mut trainer = Trainer::new(config, dataset.clone(), &device::cpu()).unwrap();
    train(&mut trainer, 2);
    (trainer, dataset)
}

#[test]
fn a_resumed_run_goes_on_exactly() {
    let ids = [
        "mlp",
        "least-squares",
        "dcgan",
        "conv-critic",
        "modern",
        "hinge-sn",
        "wgan-clip",
    ];
    let configs = ids.map(|id| (id, config(id)));
    for (id, config) in configs.into_iter().chain([("aided", aided())]) {
        let (mut trainer, dataset) = after_two_steps(config);
        let rate = Overrides {
            learning_rate: Some(3e-4),
            ..Overrides::default()
        };
        trainer.update(&rate).unwrap();
        let bytes = checkpoint(&trainer).to_bytes();
        let file = Checkpoint::from_bytes(&bytes).unwrap();
        assert_eq!(file.step, 2);
        let mut resumed = Trainer::resume(file, dataset, &device::cpu()).unwrap();
        assert_eq!(resumed.progress(), trainer.progress());
        assert_eq!(train(&mut resumed, 3), train(&mut trainer, 3), "{id}");
        assert!(checkpoint(&resumed) == checkpoint(&trainer), "{id}");
        let sample = |trainer: &Trainer| pollster::block_on(trainer.sample()).unwrap();
        assert_eq!(sample(&resumed), sample(&trainer), "{id}");
    }
}

#[test]
fn a_run_resumes_before_its_first_step_too() {
    let dataset = rings(40);
    let mut trainer = Trainer::new(config("mlp"), dataset.clone(), &device::cpu()).unwrap();
    let start = checkpoint(&trainer);
    let mut resumed = Trainer::resume(start, dataset, &device::cpu()).unwrap();
    assert_eq!(train(&mut resumed, 2), train(&mut trainer, 2));
}

#[test]
fn tensors_have_readable_names() {
    let (trainer, _) = after_two_steps(config("mlp"));
    let checkpoint = checkpoint(&trainer);
    for (name, shape) in [
        ("generator.Mlp.hidden.0.linear.weight", &[100, 256][..]),
        ("generator.Mlp.hidden.1.norm.running_var", &[512]),
        ("discriminator.Mlp.output.bias", &[1]),
        ("optimizer.second.generator.Mlp.output.weight", &[512, 784]),
        ("optimizer.powers.discriminator", &[2]),
    ] {
        let names = || checkpoint.tensors.keys().collect::<Vec<_>>();
        let found = checkpoint.tensors.get(name);
        assert_eq!(
            found.map(|values| values.shape()),
            Some(shape),
            "{:#?}",
            names()
        );
    }
    // Eight trained tensors and two running statistics, four trained ones; two moments of each.
    assert_eq!(checkpoint.tensors.len(), 8 + 2 + 4 + 2 * (8 + 4) + 2);
    let powers = checkpoint.tensors["optimizer.powers.generator"].numbers();
    assert!((powers[0] - 0.5_f32.powi(2)).abs() < 1e-7 && (powers[1] - 0.998_001).abs() < 1e-6);
}

#[test]
fn an_average_and_spectral_norms_are_part_of_a_checkpoint() {
    let (trainer, _) = after_two_steps(TrainConfig {
        optimizer: Optimizer::Adam {
            beta_1: 0.0,
            beta_2: 0.99,
        },
        average_decay: Some(0.995),
        ..config("hinge-sn")
    });
    let checkpoint = checkpoint(&trainer);
    assert_eq!(checkpoint.tensors["average.steps"].numbers(), [2.0]);
    let name = "generator.Upsample.start.weight";
    let shape = |name: &str| checkpoint.tensors[name].shape();
    assert_eq!(shape(&format!("average.{name}")), shape(name));
    let left = "discriminator.Projection.output_norm.left";
    assert_eq!(shape(left), [2048]);
    // What is not trained has no moments, and β₁ = 0 keeps no first ones.
    assert!(
        !checkpoint
            .tensors
            .contains_key(&format!("optimizer.second.{left}"))
    );
    let is_first = |name: &String| name.starts_with("optimizer.first.");
    assert!(!checkpoint.tensors.keys().any(is_first));
}

fn code(result: Result<Trainer, webgan::Error>) -> &'static str {
    result.map(|_| ()).unwrap_err().code()
}

#[test]
fn numbers_that_do_not_fill_their_shape_are_refused() {
    for (shape, count) in [(vec![2, 3], 5), (vec![], 0), (vec![usize::MAX, 2], 2)] {
        let error = Values::new(shape, vec![0.0; count]).unwrap_err();
        assert_eq!(error.code(), "checkpoint.tensors");
    }
}

#[test]
fn what_does_not_fit_its_networks_is_refused() {
    let (trainer, dataset) = after_two_steps(config("mlp"));
    let good = checkpoint(&trainer);
    let resume = |checkpoint| Trainer::resume(checkpoint, dataset.clone(), &device::cpu());
    assert!(resume(good.clone()).is_ok());

    let name = "discriminator.Mlp.output.weight".to_string();
    let mut missing = good.clone();
    missing.tensors.remove(&name);
    assert_eq!(code(resume(missing)), "checkpoint.tensors");

    let mut turned = good.clone();
    let values = turned.tensors.get_mut(&name).unwrap();
    let shape = values.shape().iter().rev().copied().collect();
    *values = Values::new(shape, values.numbers().to_vec()).unwrap();
    assert_eq!(code(resume(turned)), "checkpoint.tensors");

    let mut more = good.clone();
    let values = Values::new(vec![1], vec![0.0]).unwrap();
    more.tensors.insert("generator.other".into(), values);
    assert_eq!(code(resume(more)), "checkpoint.tensors");

    let mut batch = good;
    batch.config.batch_size = 41;
    assert_eq!(code(resume(batch)), "config.batch_size");
}

#[test]
fn files_that_are_no_checkpoints_are_refused_by_name() {
    let (trainer, _) = after_two_steps(config("mlp"));
    let good = checkpoint(&trainer);
    let code = |bytes: &[u8]| Checkpoint::from_bytes(bytes).unwrap_err().code();
    let bytes = good.to_bytes();
    assert_eq!(code(&[]), "checkpoint.damaged");
    assert_eq!(code(&bytes[..bytes.len() - 1]), "checkpoint.damaged");
    assert_eq!(code(&bytes[..100]), "checkpoint.damaged");
    assert_eq!(
        code(b"PK\x03\x04 and so on, some archive"),
        "checkpoint.damaged"
    );

    let numbers = 1.0_f32.to_le_bytes();
    let view = safetensors::tensor::TensorView::new(safetensors::Dtype::F32, vec![1], &numbers);
    let foreign = safetensors::serialize([("weight", view.unwrap())], None).unwrap();
    assert_eq!(code(&foreign), "checkpoint.foreign");

    let endless = Checkpoint {
        step: u32::MAX,
        ..good.clone()
    };
    assert_eq!(code(&endless.to_bytes()), "checkpoint.config");

    let mut nan = good.clone();
    let name = "generator.Mlp.output.bias";
    nan.tensors.get_mut(name).unwrap().numbers_mut()[5] = f32::NAN;
    assert_eq!(code(&nan.to_bytes()), "checkpoint.tensors");
    // All that is saved on its own, in either width.
    for half in [false, true] {
        let error = GeneratorFile::from_bytes(&nan.clone().export().to_bytes(half)).unwrap_err();
        assert_eq!(error.code(), "checkpoint.tensors");
        let words = error.to_string();
        assert!(
            words.contains(name) && words.contains("not finite"),
            "{words}"
        );
    }

    let mut negative = good.clone();
    let mut names = negative.tensors.keys();
    let name = names.find(|name| name.ends_with(".running_var")).unwrap();
    let name = name.clone();
    negative.tensors.get_mut(&name).unwrap().numbers_mut()[3] = -1.0;
    let error = GeneratorFile::from_bytes(&negative.export().to_bytes(false)).unwrap_err();
    assert_eq!(error.code(), "checkpoint.tensors");
    assert!(error.to_string().contains("variances below 0"), "{error}");

    let with = |change: fn(&mut TrainConfig)| {
        let mut changed = good.clone();
        changed.tensors.clear();
        change(&mut changed.config);
        changed.to_bytes()
    };
    assert_eq!(
        code(&with(|config| config.batch_size = 0)),
        "config.batch_size"
    );
    let beta_1 = |config: &mut TrainConfig| config.optimizer = Optimizer::adam(1.0);
    assert_eq!(code(&with(beta_1)), "config.range");
    let wide = with(|config| {
        let GeneratorConfig::Mlp(generator) = &mut config.generator else {
            unreachable!()
        };
        generator.hidden[0].width = usize::MAX;
    });
    assert_eq!(code(&wide), "config.weights");
    let none = with(|config| {
        let GeneratorConfig::Mlp(generator) = &mut config.generator else {
            unreachable!()
        };
        generator.hidden[0].width = 0;
    });
    assert_eq!(code(&none), "config.weights");
}

/// A file as another program saves it again: numbers of another type, with or without metadata.
fn saved_again(
    bytes: &[u8],
    keeps_metadata: bool,
    dtype: safetensors::Dtype,
    to_bytes: fn(f32) -> Vec<u8>,
) -> Vec<u8> {
    let (_, header) = safetensors::SafeTensors::read_metadata(bytes).unwrap();
    let file = safetensors::SafeTensors::deserialize(bytes).unwrap();
    let tensors: Vec<(String, Vec<usize>, Vec<u8>)> = file
        .iter()
        .map(|(name, view)| {
            let numbers = view.data().chunks(4);
            let numbers = numbers.map(|word| f32::from_le_bytes(word.try_into().unwrap()));
            let bytes = numbers.flat_map(to_bytes).collect();
            (name.to_string(), view.shape().to_vec(), bytes)
        })
        .collect();
    let views = tensors.iter().map(|(name, shape, bytes)| {
        let view = safetensors::tensor::TensorView::new(dtype, shape.clone(), bytes).unwrap();
        (name, view)
    });
    let metadata = header.metadata().clone().filter(|_| keeps_metadata);
    safetensors::serialize(views, metadata).unwrap()
}

#[test]
fn files_that_were_saved_again_are_read_or_say_what_they_lost() {
    use safetensors::Dtype;
    let trainer = Trainer::new(config("dense"), rings(64), &device::cpu()).unwrap();
    let run = checkpoint(&trainer);
    let generator = run.clone().export();
    let bytes = generator.to_bytes(false);
    let numbers = |file: &GeneratorFile| -> Vec<f32> {
        let tensors = file.tensors.values();
        tensors
            .flat_map(|values| values.numbers().to_vec())
            .collect()
    };

    let double = saved_again(&bytes, true, Dtype::F64, |x| {
        f64::from(x).to_le_bytes().into()
    });
    assert_eq!(GeneratorFile::from_bytes(&double).unwrap(), generator);
    // A bfloat16 is the upper half of an f32.
    let brain = saved_again(&bytes, true, Dtype::BF16, |x| x.to_le_bytes()[2..].into());
    let brain = GeneratorFile::from_bytes(&brain).unwrap();
    for (found, expected) in numbers(&brain).iter().zip(numbers(&generator)) {
        assert!((found - expected).abs() <= expected.abs() / 128.0);
    }
    let whole = saved_again(&bytes, true, Dtype::I16, |x| {
        (x as i16).to_le_bytes().into()
    });
    let error = GeneratorFile::from_bytes(&whole).unwrap_err();
    assert_eq!(error.code(), "checkpoint.tensors");
    assert!(error.to_string().contains("I16"), "{error}");

    let same = |x: f32| -> Vec<u8> { x.to_le_bytes().into() };
    for (bytes, what) in [(bytes, "a generator"), (run.to_bytes(), "a training run")] {
        let bare = saved_again(&bytes, false, Dtype::F32, same);
        for error in [
            GeneratorFile::from_bytes(&bare).unwrap_err(),
            Checkpoint::from_bytes(&bare).unwrap_err(),
        ] {
            assert_eq!(error.code(), "checkpoint.metadata");
            let text = error.to_string();
            assert!(text.contains(what) && text.contains("metadata="), "{text}");
        }
    }
    let error = Checkpoint::from_bytes(&generator.to_bytes(false)).unwrap_err();
    assert_eq!(error.code(), "checkpoint.foreign");
    assert_eq!(
        error.to_string(),
        "the file holds a generator, expected a training run"
    );
}

#[test]
fn a_run_whose_checkpoint_could_not_be_read_is_refused_before_its_first_step() {
    let mut config = config("mlp");
    let GeneratorConfig::Mlp(generator) = &mut config.generator else {
        unreachable!()
    };
    generator.hidden[0].width = 40_000;
    let error = Trainer::new(config, rings(40), &device::cpu()).unwrap_err();
    assert_eq!(error.code(), "checkpoint.size", "{error}");
}

#[test]
fn a_checkpoint_tells_its_data_from_others() {
    let of = |config: TrainConfig, dataset: &Dataset| {
        let trainer = Trainer::new(config, dataset.clone(), &device::cpu()).unwrap();
        checkpoint(&trainer).data.unwrap()
    };
    let mut numbers = vec![0.0; 40 * 784];
    let mut blank = |first| {
        numbers[0] = first;
        Dataset::from_samples(numbers.clone(), 784, &device::cpu()).unwrap()
    };
    let (zeros, other) = (blank(0.0), blank(0.5));
    assert_eq!(of(config("mlp"), &zeros), of(config("dense"), &zeros));
    assert_ne!(of(config("mlp"), &zeros), of(config("mlp"), &other));
    // Labels count where they are learned from.
    let (labelled, unlabelled) = (rings(40), rings(40).without_classes());
    assert_eq!(of(config("mlp"), &labelled), of(config("mlp"), &unlabelled));
    assert_ne!(
        of(config("modern"), &labelled),
        of(config("mlp"), &labelled)
    );
}

#[test]
fn a_checkpoint_without_its_datas_fingerprint_still_opens() {
    let (trainer, dataset) = after_two_steps(config("dense"));
    let mut old = checkpoint(&trainer);
    old.data = None;
    let bytes = old.to_bytes();
    let header = String::from_utf8_lossy(&bytes[..2000]).into_owned();
    assert!(!header.contains("data\\\""), "as older programs wrote it");
    let read = Checkpoint::from_bytes(&bytes).unwrap();
    assert!(read == old && !read.rounded);
    Trainer::resume(read, dataset, &device::cpu()).unwrap();
}

proptest! {
    /// Whatever happens to a file, reading it gives an error or a checkpoint, never a panic.
    #[test]
    fn damaged_files_never_panic(
        cut in 0..4096_usize,
        changes in prop::collection::vec((0..4096_usize, any::<u8>()), 0..8),
    ) {
        let mut bytes = Checkpoint {
            config: config("dcgan"),
            step: 7,
            data: None,
            rounded: false,
            tensors: [("a".to_string(), Values::new(vec![2, 3], vec![0.5; 6]).unwrap())].into(),
        }
        .to_bytes();
        bytes.truncate(bytes.len().saturating_sub(cut / 16));
        for (place, value) in changes {
            let length = bytes.len().max(1);
            if let Some(byte) = bytes.get_mut(place % length) {
                *byte = value;
            }
        }
        let _ = Checkpoint::from_bytes(&bytes);
    }
}
