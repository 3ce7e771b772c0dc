//! In a browser with WebGPU: does it compute what the CPU computes, without blocking the page?
//!
//! `wasm-pack test --headless --chrome --release`. Software GPUs take seconds for a step of a whole
//! preset, so the networks here are small ones of the same kinds.

#![cfg(target_family = "wasm")]

use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;

use burn::tensor::Device;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use webgan::checkpoint::Checkpoint;
use webgan::data::{Dataset, ImageSet, Images};
use webgan::device::{self, DeviceChoice, DeviceKind};
use webgan::loss::Objective;
use webgan::model::{
    Activation, ConvCriticConfig, DcganDiscriminatorConfig, DcganGeneratorConfig,
    DiscriminatorConfig, GeneratorConfig, HiddenLayer, MlpConfig, ProjectionDiscriminatorConfig,
    UpsampleGeneratorConfig,
};
use webgan::opening;
use webgan::preset::{GradientPenalty, Optimizer, Overrides, Schedule, TrainConfig};
use webgan::random::NormalNoise;
use webgan::shape::SampleShape;
use webgan::train::{Network, StepMetrics, Trainer};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

/// How often the module's static constructors ran.
static CONSTRUCTIONS: AtomicUsize = AtomicUsize::new(0);

extern "C" fn construct() {
    CONSTRUCTIONS.fetch_add(1, Ordering::Relaxed);
}

#[used]
#[unsafe(link_section = ".init_array")]
static CONSTRUCTOR: extern "C" fn() = construct;

/// Lets the browser run its other tasks once.
async fn next_task() {
    let promise = js_sys::eval("new Promise(resolve => setTimeout(resolve, 0))").unwrap();
    JsFuture::from(js_sys::Promise::from(promise))
        .await
        .unwrap();
}

async fn webgpu() -> Device {
    webgan::web::start();
    let opened = opening::open(DeviceChoice::WebGpu).await;
    let opened = opened.expect("this browser offers WebGPU, and it computes right numbers");
    assert_eq!(opened.kind, DeviceKind::WebGpu);
    assert!(!opened.name.is_empty());
    opened.device
}

/// 12 samples of 28×28 in three classes, smooth and all different.
fn dataset(device: &Device) -> Dataset {
    let pixels = (0..12 * 784).map(|index| ((index as f32 * 0.013).sin() * 115.0 + 127.5) as u8);
    let images = Images {
        count: 12,
        rows: 28,
        columns: 28,
        channels: 1,
        pixels: pixels.collect(),
    };
    let labels = (0..12).map(|index| index % 3).collect();
    let images = ImageSet::new(images, Some(labels)).unwrap();
    Dataset::from_images(&images, device).unwrap()
}

fn mlp(input: usize, output: usize, tanh: bool) -> MlpConfig {
    MlpConfig {
        input,
        hidden: vec![
            HiddenLayer {
                width: 16,
                batch_norm: false,
            },
            HiddenLayer {
                width: 12,
                batch_norm: true,
            },
        ],
        activation: Activation::LeakyRelu { slope: 0.2 },
        output,
        tanh,
        shape: None,
    }
}

fn config(generator: GeneratorConfig, discriminator: DiscriminatorConfig) -> TrainConfig {
    TrainConfig {
        learning_rate: 1e-3,
        batch_size: 5,
        seed: 3,
        schedule: Schedule::Steps { count: 4 },
        ..TrainConfig::new(generator, discriminator, Objective::NonSaturating)
    }
}

fn dense() -> TrainConfig {
    config(
        GeneratorConfig::Mlp(mlp(8, 784, true)),
        DiscriminatorConfig::Mlp(mlp(784, 1, false)),
    )
}

fn least_squares() -> TrainConfig {
    TrainConfig {
        objective: Objective::LeastSquares,
        l1_weight: Some(0.5),
        ..dense()
    }
}

fn dcgan() -> TrainConfig {
    let generator = GeneratorConfig::Dcgan(DcganGeneratorConfig {
        latent: 8,
        hidden: 16,
        channels: [8, 6, 4],
    });
    let discriminator = DiscriminatorConfig::Dcgan(DcganDiscriminatorConfig { channels: [4, 6] });
    config(generator, discriminator)
}

fn conv_critic() -> TrainConfig {
    let discriminator = DiscriminatorConfig::ConvCritic(ConvCriticConfig {
        channels: 4,
        hidden: 16,
    });
    TrainConfig {
        instance_noise: Some(0.5),
        ..config(GeneratorConfig::Mlp(mlp(8, 784, true)), discriminator)
    }
}

fn projection(classes: usize, spectral_norm: bool) -> DiscriminatorConfig {
    DiscriminatorConfig::Projection(ProjectionDiscriminatorConfig {
        classes,
        shape: SampleShape::DIGIT,
        channels: vec![4, 6, 8],
        spectral_norm,
        minibatch_deviation: false,
    })
}

fn upsample(classes: usize) -> GeneratorConfig {
    GeneratorConfig::Upsample(UpsampleGeneratorConfig {
        latent: 8,
        classes,
        shape: SampleShape::DIGIT,
        channels: vec![8, 6, 4],
    })
}

/// The `modern` preset's kind, and translation, which no preset has.
fn modern() -> TrainConfig {
    TrainConfig {
        objective: Objective::Relativistic,
        gradient_penalty: Some(GradientPenalty {
            weight: 10.0,
            deviation: 0.1,
            fakes: true,
        }),
        translation: Some(2),
        mirror: true,
        optimizer: Optimizer::Adam {
            beta_1: 0.0,
            beta_2: 0.99,
        },
        gradient_clip: Some(1.0),
        average_decay: Some(0.9),
        ..config(upsample(3), projection(3, false))
    }
}

/// The `hinge-sn` preset's kind, with minibatch standard deviation.
fn hinge_sn() -> TrainConfig {
    let DiscriminatorConfig::Projection(mut discriminator) = projection(0, true) else {
        unreachable!()
    };
    discriminator.minibatch_deviation = true;
    TrainConfig {
        objective: Objective::Hinge,
        batch_size: 4,
        ..config(upsample(0), DiscriminatorConfig::Projection(discriminator))
    }
}

/// The `wgan-clip` preset's kind.
fn wgan_clip() -> TrainConfig {
    TrainConfig {
        objective: Objective::Wasserstein,
        weight_clip: Some(0.05),
        discriminator_steps: 2,
        optimizer: Optimizer::RmsProp { decay: 0.99 },
        // RMSProp's first steps are ten times as large.
        learning_rate: 1e-4,
        ..config(upsample(0), projection(0, false))
    }
}

fn trainer(config: TrainConfig, device: &Device) -> Trainer {
    Trainer::new(config, dataset(device), device).unwrap()
}

/// What [`run`] saw: the numbers of each step, and the sample before the first and behind the last.
struct Seen {
    metrics: Vec<StepMetrics>,
    first_sample: Vec<f32>,
    last_sample: Vec<f32>,
}

/// Four steps, which cross an epoch's end.
async fn run(config: TrainConfig, device: &Device) -> Seen {
    let mut trainer = trainer(config, device);
    let first_sample = trainer.sample().await.unwrap();
    for _ in 0..4 {
        trainer.step();
    }
    Seen {
        metrics: trainer.take_metrics().await.unwrap(),
        first_sample,
        last_sample: trainer.sample().await.unwrap(),
    }
}

/// The root of the mean squared difference of two pictures' pixels.
fn apart(one: &[f32], other: &[f32]) -> f32 {
    assert_eq!(one.len(), other.len());
    let squares = one
        .iter()
        .zip(other)
        .map(|(one, other)| (one - other).powi(2));
    (squares.sum::<f32>() / one.len() as f32).sqrt()
}

/// How far number `index` of [`StepMetrics::to_array`] may be from the CPU's in step `step`, as a part
/// of it, or of 1 where it is smaller. Sums in another order differ by 1e-6 and a shader's sines by
/// 5e-4. Adam and RMSProp, which divide a gradient by its own size, make a whole step of that where
/// the gradient is all but zero: from the second step on the gradients' lengths are further apart.
/// Accuracy counts pairs, and one of four that is all but even may fall on either side.
fn tolerance(index: usize, step: usize) -> f32 {
    match (index, step) {
        (5, _) => 0.251,
        (6.., 1..) => 0.25,
        _ => 5e-3,
    }
}

/// Each number of each step is within its tolerance of the CPU's; and the devices' pictures, equal
/// before the first step, are behind the last less than a tenth as far apart as training moved them.
async fn expect_agreement(config: TrainConfig) {
    let gpu = run(config.clone(), &webgpu().await).await;
    let cpu = run(config, &device::cpu()).await;
    assert_eq!((gpu.metrics.len(), cpu.metrics.len()), (4, 4));
    for (step, (gpu, cpu)) in gpu.metrics.iter().zip(&cpu.metrics).enumerate() {
        let pairs = gpu.to_array().into_iter().zip(cpu.to_array());
        for (index, (found, expected)) in pairs.enumerate() {
            let far = (found - expected).abs() / expected.abs().max(1.0);
            let near = far <= tolerance(index, step);
            assert!(near, "step {step}: {gpu:?}, on the CPU {cpu:?}");
        }
    }
    let before = apart(&gpu.first_sample, &cpu.first_sample);
    let moved = apart(&cpu.first_sample, &cpu.last_sample);
    let after = apart(&gpu.last_sample, &cpu.last_sample);
    assert!(before < 1e-3, "untrained pictures differ by {before}");
    assert!(
        moved > 0.01,
        "four steps moved the pictures by {moved} only"
    );
    assert!(
        after < 0.1 * moved,
        "pictures that moved by {moved} differ by {after}"
    );
}

#[wasm_bindgen_test]
async fn static_constructors_run_once_and_not_at_every_call() {
    webgan::web::start();
    // Each of these resumes through an exported function.
    for _ in 0..10 {
        next_task().await;
    }
    assert_eq!(CONSTRUCTIONS.load(Ordering::Relaxed), 1);
}

#[wasm_bindgen_test]
async fn noise_is_the_same_on_both_devices() {
    let draws = async |device: Device| {
        let mut noise = NormalNoise::new(7, 9, 42, &device);
        let first = noise.draw();
        let second = noise.draw();
        let both = burn::tensor::Tensor::cat(vec![first, second], 0);
        let data = both.into_data_async().await.unwrap();
        data.try_into_vec::<f32>().unwrap()
    };
    let gpu = draws(webgpu().await).await;
    let cpu = draws(device::cpu()).await;
    // WGSL promises its sines and cosines to 2⁻¹¹ only, times a radius of up to 5.8.
    for (gpu, cpu) in gpu.iter().zip(&cpu) {
        assert!((gpu - cpu).abs() < 3e-3, "{gpu}, on the CPU {cpu}");
    }
}

#[wasm_bindgen_test]
async fn dense_steps_agree_with_the_cpu() {
    expect_agreement(dense()).await;
}

#[wasm_bindgen_test]
async fn least_squares_steps_with_l1_agree_with_the_cpu() {
    expect_agreement(least_squares()).await;
}

#[wasm_bindgen_test]
async fn dcgan_steps_agree_with_the_cpu() {
    expect_agreement(dcgan()).await;
}

#[wasm_bindgen_test]
async fn conv_critic_steps_agree_with_the_cpu() {
    expect_agreement(conv_critic()).await;
}

#[wasm_bindgen_test]
async fn modern_steps_agree_with_the_cpu() {
    expect_agreement(modern()).await;
}

#[wasm_bindgen_test]
async fn hinge_steps_with_spectral_norm_agree_with_the_cpu() {
    expect_agreement(hinge_sn()).await;
}

#[wasm_bindgen_test]
async fn wasserstein_steps_with_clipping_agree_with_the_cpu() {
    expect_agreement(wgan_clip()).await;
}

/// Fifty steps over 20 epochs, one trainer replaying its second step, the other issuing every
/// operation of each anew. A change of learning rate and λ comes in between, and a step of either
/// network alone. Losses and pixels must
/// agree within 1e-5: the same kernels on the same numbers.
async fn expect_replays_like_steps(config: TrainConfig) {
    let device = webgpu().await;
    let run = async |mut trainer: Trainer| {
        let mut overrides = Overrides {
            learning_rate: Some(2e-4),
            ..Overrides::default()
        };
        overrides.l1_weight = trainer.config().l1_weight.map(|weight| weight * 3.0);
        for step in 0..50 {
            if step == 25 {
                trainer.update(&overrides).unwrap();
            }
            match step {
                30 => trainer.step_alone(Network::Generator),
                40 => trainer.step_alone(Network::Discriminator),
                _ => trainer.step(),
            }
        }
        let losses = trainer.take_metrics().await.unwrap();
        (
            trainer.is_recorded(),
            losses,
            trainer.sample().await.unwrap(),
        )
    };
    let (is_recorded, replayed, replayed_sample) = run(trainer(config.clone(), &device)).await;
    assert!(is_recorded);
    let (is_recorded, issued, issued_sample) =
        run(trainer(config, &device).without_recording()).await;
    assert!(!is_recorded);
    assert_eq!((replayed.len(), issued.len()), (50, 50));
    assert_ne!(issued[48], issued[49], "the loss stands still");
    for (step, (replayed, issued)) in replayed.iter().zip(&issued).enumerate() {
        for (found, expected) in replayed.to_array().into_iter().zip(issued.to_array()) {
            let near = (found - expected).abs() <= 1e-5 * expected.abs().max(1.0);
            assert!(near, "step {step}: {replayed:?}, issued anew {issued:?}");
        }
    }
    for (found, expected) in replayed_sample.iter().zip(&issued_sample) {
        assert!((found - expected).abs() <= 1e-5, "{found}, not {expected}");
    }
}

#[wasm_bindgen_test]
async fn replayed_dense_steps_with_l1_are_like_issued_ones() {
    expect_replays_like_steps(least_squares()).await;
}

#[wasm_bindgen_test]
async fn replayed_dcgan_steps_are_like_issued_ones() {
    expect_replays_like_steps(dcgan()).await;
}

#[wasm_bindgen_test]
async fn replayed_conv_critic_steps_are_like_issued_ones() {
    expect_replays_like_steps(conv_critic()).await;
}

#[wasm_bindgen_test]
async fn replayed_modern_steps_are_like_issued_ones() {
    expect_replays_like_steps(modern()).await;
}

#[wasm_bindgen_test]
async fn replayed_hinge_steps_with_spectral_norm_are_like_issued_ones() {
    expect_replays_like_steps(hinge_sn()).await;
}

#[wasm_bindgen_test]
async fn replayed_wasserstein_steps_are_like_issued_ones() {
    expect_replays_like_steps(wgan_clip()).await;
}

/// Six steps, replayed from the fourth on; then three more, by the trainer and by two that go on from
/// its checkpoint: one on the GPU, exactly alike, and one on the CPU, as near as any step is.
#[wasm_bindgen_test]
async fn a_recorded_run_goes_on_from_its_checkpoint_on_either_device() {
    let gpu = webgpu().await;
    let cpu = device::cpu();
    let mut first = trainer(conv_critic(), &gpu);
    for _ in 0..6 {
        first.step();
    }
    let bytes = first.checkpoint().await.unwrap().to_bytes();
    drop(first.take_metrics());
    let resume = |device: &Device| {
        let checkpoint = Checkpoint::from_bytes(&bytes).unwrap();
        Trainer::resume(checkpoint, dataset(device), device).unwrap()
    };
    let next = async |mut trainer: Trainer| {
        for _ in 0..3 {
            trainer.step();
        }
        let losses = trainer.take_metrics().await.unwrap();
        let losses = losses.into_iter().flat_map(StepMetrics::to_array);
        losses.collect::<Vec<_>>()
    };
    let expected = next(first).await;
    for (device, tolerance) in [(gpu, 1e-5), (cpu, 5e-3)] {
        let found = next(resume(&device)).await;
        assert_eq!(found.len(), expected.len());
        for (found, expected) in found.iter().zip(&expected) {
            let near = (found - expected).abs() <= tolerance * expected.abs().max(1.0);
            assert!(near, "{found}, not {expected}, within {tolerance}");
        }
    }
}

#[wasm_bindgen_test]
async fn a_gpu_says_what_is_too_large_for_it() {
    let gpu = webgpu().await;
    assert!(device::check_size(&gpu, 1 << 20).is_ok());
    let error = device::check_size(&gpu, 1 << 60).unwrap_err();
    assert_eq!(error.code(), "device.too_large");
    assert!(device::check_size(&device::cpu(), 1 << 60).is_ok());
}

#[wasm_bindgen_test]
async fn losses_arrive_without_blocking() {
    let mut trainer = trainer(dense(), &webgpu().await);
    trainer.step();
    let mut losses = Box::pin(trainer.take_metrics());
    let first_poll =
        std::future::poll_fn(|context| Poll::Ready(losses.as_mut().poll(context).is_pending()));
    assert!(first_poll.await, "the readback did not wait for the GPU");

    // Steps go on, and so does the page, while the readback is under way.
    trainer.step();
    let tasks = std::rc::Rc::new(std::cell::Cell::new(0));
    let (count, done) = (tasks.clone(), std::rc::Rc::new(std::cell::Cell::new(false)));
    let over = done.clone();
    wasm_bindgen_futures::spawn_local(async move {
        while !over.get() {
            next_task().await;
            count.set(count.get() + 1);
        }
    });
    let losses = losses.await.unwrap();
    done.set(true);
    assert_eq!(losses.len(), 1);
    assert!(tasks.get() > 0, "no other task ran while waiting");
    assert_eq!(trainer.take_metrics().await.unwrap().len(), 1);
}

#[wasm_bindgen_test]
async fn errors_reach_javascript_with_their_code() {
    let error: JsValue = webgan::data::parse_images(b"not idx data")
        .unwrap_err()
        .into();
    assert!(js_sys::Reflect::has(&error, &"message".into()).unwrap());
    let code = js_sys::Reflect::get(&error, &"code".into()).unwrap();
    assert_eq!(code.as_string().unwrap(), "data.idx.magic");
}
