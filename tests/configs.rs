//! Whatever a config says, by `--set`, a link or a file: it is refused with a sentence or it trains, in
//! memory that was foreseen.

mod support;

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use pollster::block_on;
use proptest::prelude::*;
use serde_json::{Value, json};
use support::rings;
use webgan::checkpoint::{Checkpoint, GeneratorFile};
use webgan::data::{Dataset, Toy};
use webgan::device;
use webgan::loss::Objective;
use webgan::plane;
use webgan::preset::{MAX_BATCH_SIZE, Overrides, TrainConfig, points, presets};
use webgan::train::Trainer;

/// The system's memory, counted: all of the process, so no other test here may hold much.
struct Counted;

static HELD: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

unsafe impl GlobalAlloc for Counted {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let held = HELD.fetch_add(layout.size(), Relaxed) + layout.size();
        MOST.fetch_max(held, Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        HELD.fetch_sub(layout.size(), Relaxed);
        unsafe { System.dealloc(place, layout) }
    }
}

#[global_allocator]
static MEMORY: Counted = Counted;

/// Bytes held at once during some work, beyond those held before.
fn most_held(work: impl FnOnce()) -> usize {
    let before = HELD.load(Relaxed);
    MOST.store(before, Relaxed);
    work();
    MOST.load(Relaxed) - before
}

/// Every preset as it is written in a file, with networks so small that a step takes no time.
fn small(config: TrainConfig) -> Value {
    fn shrink(name: &str, value: &mut Value) {
        match (name, value) {
            ("channels", Value::Array(channels)) => channels.fill(json!(3)),
            ("width", value) => *value = json!(5),
            ("hidden", value) if value.is_number() => *value = json!(5),
            ("latent" | "input", value) if *value == 100 || *value == 64 => *value = json!(4),
            ("batch_size", value) => *value = json!(4),
            (_, Value::Object(fields)) => fields.iter_mut().for_each(|(k, v)| shrink(k, v)),
            (_, Value::Array(items)) => items.iter_mut().for_each(|item| shrink("", item)),
            _ => {}
        }
    }
    let mut value = serde_json::to_value(config).unwrap();
    shrink("", &mut value);
    value
}

/// The places of all that can be set.
fn places(value: &Value, path: String, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            found.push(path.clone());
            let pairs = fields.iter();
            pairs.for_each(|(key, value)| places(value, format!("{path}/{key}"), found));
        }
        Value::Array(items) => {
            found.push(path.clone());
            let pairs = items.iter().enumerate();
            pairs.for_each(|(index, value)| places(value, format!("{path}/{index}"), found));
        }
        _ => found.push(path),
    }
}

/// What somebody might set, or a broken program write.
fn settings() -> Vec<Value> {
    let numbers = [
        0,
        1,
        2,
        3,
        4,
        5,
        7,
        10,
        16,
        27,
        28,
        32,
        64,
        255,
        256,
        257,
        784,
        1024,
        1025,
        65_536,
        1 << 24,
        1 << 31,
        1 << 32,
        1 << 53,
        1 << 62,
        1 << 63,
        u64::MAX - 8,
        u64::MAX,
    ];
    let others = json!([
        -1, 0.0, -0.5, 0.5, 0.999_999_999_999, 1.5, 1e-300, 1e300, null, true, false, "hinge",
        "minimax", "relativistic", [], [3, 3, 3], {},
        {"weight": 1.0, "deviation": 0.1, "fakes": true},
        {"weight": 1e300, "deviation": 1e-300, "fakes": false},
        {"kind": "rms-prop", "decay": 0.9}, {"kind": "adam", "beta_1": 0.0, "beta_2": 0.0},
        {"kind": "steps", "count": u32::MAX}, {"kind": "epochs", "count": u32::MAX},
        {"kind": "epochs-of-steps", "count": u32::MAX, "steps": u32::MAX},
        {"leaky-relu": {"slope": 1e300}}, {"leaky-relu": {"slope": -2}}, "relu",
        vec![json!({"width": 2, "batch_norm": true}); 65],
    ]);
    let numbers = numbers.map(|number| json!(number));
    [numbers.to_vec(), others.as_array().unwrap().clone()].concat()
}

fn ring() -> Toy {
    Toy::by_id("ring").unwrap()
}

/// Data that a config could mean.
fn data(config: &TrainConfig) -> Option<Dataset> {
    match config.discriminator.features() {
        784 => Some(rings(64)),
        2 => Some(Dataset::from_toy(&ring(), &device::cpu()).unwrap()),
        features @ ..10_000 => {
            Some(Dataset::from_samples(vec![0.5; 64 * features], features, &device::cpu()).unwrap())
        }
        _ => None,
    }
}

/// Trains, draws, judges and saves, as far as the data allow.
fn use_all_of(config: TrainConfig, dataset: Dataset) {
    let held_out = dataset.clone();
    let Ok(mut trainer) = Trainer::new(config, dataset.clone(), &device::cpu()) else {
        return;
    };
    trainer.step();
    trainer.step();
    let _ = trainer.progress();
    // Numbers may have left all bounds by now; that is an error too.
    let _ = block_on(trainer.take_metrics());
    block_on(trainer.sample()).unwrap();
    block_on(trainer.scores(None).unwrap()).unwrap();
    if dataset.count() == 64 {
        block_on(trainer.validate(&held_out).unwrap()).unwrap();
    } else {
        block_on(plane::view(&trainer, &ring()).unwrap()).unwrap();
    }
    if let Ok(checkpoint) = block_on(trainer.checkpoint()) {
        let checkpoint = Checkpoint::from_bytes(&checkpoint.to_bytes()).unwrap();
        let mut trainer = Trainer::resume(checkpoint, dataset, &device::cpu()).unwrap();
        trainer.step();
    }
}

fn config_and_settings() -> impl Strategy<Value = (Value, Vec<(String, Value)>)> {
    let mut configs: Vec<Value> = presets()
        .into_iter()
        .chain([points()])
        .map(|preset| small(preset.config))
        .collect();
    let dense = |config: &&Value| config["generator"]["kind"] == "mlp";
    let mut shaped = configs.iter().find(dense).unwrap().clone();
    for network in ["generator", "discriminator"] {
        shaped[network]["shape"] = json!({ "height": 28, "width": 28, "channels": 1 });
    }
    configs.push(shaped);
    let setting = |config: &Value| {
        let mut found = Vec::new();
        places(config, String::new(), &mut found);
        (
            prop::sample::select(found),
            prop::sample::select(settings()),
        )
    };
    prop::sample::select(configs).prop_flat_map(move |config| {
        let changes = prop::collection::vec(setting(&config), 1..4);
        (Just(config), changes)
    })
}

/// Bytes for each weight: it, its gradient, two moments and an average, each with a copy under way.
const BYTES_A_WEIGHT: usize = 4 * 12;
/// Bytes for each number that layers make: it, its gradient, and what comes between.
const BYTES_A_NUMBER: usize = 4 * 12;
/// Whatever the sizes: reports, files' headers, threads' buffers.
const BYTES_ANYWAY: usize = 16 << 20;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_config_is_refused_or_trains_in_memory_that_was_foreseen(
        (mut config, changes) in config_and_settings(),
    ) {
        for (path, value) in changes {
            if let Some(place) = config.pointer_mut(&path) {
                *place = value;
            }
        }
        let Ok(config) = serde_json::from_value::<TrainConfig>(config) else {
            return Ok(());
        };
        // A generator's file may hold what no run would take.
        let file = GeneratorFile {
            config: config.generator.clone(),
            step: 1,
            tensors: Default::default(),
        };
        let generator = GeneratorFile::from_bytes(&file.to_bytes(false));
        let config = match config.with(&Overrides::default()) {
            Ok(config) => config,
            Err(error) => {
                prop_assert!(error.code().starts_with("config."));
                prop_assert!(error.to_string().len() > 10);
                return Ok(());
            }
        };
        let generator = generator.expect("a run takes it");
        let weights = config.generator.size().weights + config.discriminator.size().weights;
        let activations = config.activations();
        prop_assert!(weights <= 100_000_000 && activations <= 1 << 27);
        if weights > 1_000_000 || activations > 4_000_000 {
            return Ok(());
        }
        prop_assert!(generator.load(&device::cpu()).is_err(), "it has no tensors");
        let Some(dataset) = data(&config) else {
            return Ok(());
        };
        let held = most_held(|| use_all_of(config.clone(), dataset));
        let foreseen = BYTES_ANYWAY
            + BYTES_A_WEIGHT * weights as usize
            + BYTES_A_NUMBER * activations as usize;
        prop_assert!(held <= foreseen, "{held} bytes, {foreseen} foreseen");
    }
}

/// A grid has more latents than a small batch, and they may be most of what a step needs.
#[test]
fn the_latents_of_a_grid_are_foreseen() {
    let preset = presets().into_iter().find(|preset| preset.id == "dcgan");
    let mut config = small(preset.unwrap().config);
    config["generator"]["latent"] = json!(1 << 16);
    let config: TrainConfig = serde_json::from_value(config).unwrap();
    assert!(config.activations() > 64 << 16);
}

/// No bound is in the way of what the page offers.
#[test]
fn every_preset_takes_the_largest_settings() {
    for preset in presets().into_iter().chain([points()]) {
        let largest = Overrides {
            objective: Some(Objective::Relativistic),
            gradient_penalty_weight: Some(1.0),
            discriminator_steps: Some(16),
            batch_size: Some(MAX_BATCH_SIZE),
            ..Overrides::default()
        };
        let config = preset.config.with(&largest);
        assert!(config.is_ok(), "{}: {config:?}", preset.id);
    }
}
