//! The face of the crate towards JavaScript: converts and calls, and does no arithmetic.
//!
//! Every error crosses as a JS `Error` whose `code` is [`Error::code`](crate::Error::code). A panic
//! kills the instance: it is logged, and the callback given to [`on_panic`] hears of it. What
//! waits for the device returns a promise that does not borrow the object it came from, so other
//! calls may go on meanwhile.

mod convert;
mod dataset;
mod device;
mod files;
mod plane;
mod quality;
#[cfg(feature = "threads")]
mod threads;
mod trainer;

use std::cell::RefCell;
use std::panic;
use std::sync::Once;

use js_sys::Function;
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::lab::failures;
use crate::preset::{Overrides, Preset, Schedule, TrainConfig, pix2pix, points, presets};
use crate::shape::SampleShape;
use convert::to_json;
pub use dataset::{Dataset, Neighbour};
pub use device::Device;
pub use files::{FileList, beginning_bytes, input_spellings, spellings};
pub use plane::PlaneView;
pub use quality::{Evaluator, Fakes, Generator, Monitor, Pupil};
#[cfg(feature = "threads")]
pub use threads::{run_thread, share_work, shared_memory, shared_module};
pub use trainer::{Grid, Trainer};

thread_local! {
    static PANIC_CALLBACK: RefCell<Option<Function>> = const { RefCell::new(None) };
}

unsafe extern "C" {
    fn __wasm_call_ctors();
}

/// Prepares the module: static constructors and the panic hook. Runs by itself when JavaScript
/// instantiates it; where nothing does (browser tests skip it), call it before anything else.
/// Later calls do nothing.
#[wasm_bindgen(start)]
pub fn start() {
    static STARTED: Once = Once::new();
    STARTED.call_once(|| {
        // Burn's compiler stack registers itself in static constructors. A linker that finds no
        // call of them wraps every export in one, and then each call from JavaScript runs them
        // all again.
        // SAFETY: called once, before any code that relies on them.
        unsafe { __wasm_call_ctors() };
        report_panics();
    });
}

fn report_panics() {
    panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        let callback = PANIC_CALLBACK.with(|callback| callback.borrow_mut().take());
        if let Some(callback) = callback {
            // If the callback throws there is nobody left to tell.
            let _ = callback.call1(&JsValue::NULL, &info.to_string().into());
        }
    }));
}

/// Calls `callback(message)` when the instance panics. It is dead then: drop the worker.
#[wasm_bindgen(js_name = onPanic)]
pub fn on_panic(callback: Function) {
    PANIC_CALLBACK.with(|slot| *slot.borrow_mut() = Some(callback));
}

/// The presets as a JSON array: those for images in the order in which they are shown, the one for pairs, then the one
/// for points.
#[wasm_bindgen(js_name = presets)]
pub fn presets_json() -> String {
    let all = presets().into_iter().chain([pix2pix(), points()]);
    to_json(
        &all.map(|preset| PresetView::new(&preset))
            .collect::<Vec<_>>(),
    )
}

/// The failures that can be set up, as a JSON array of [`Failure`](crate::lab::Failure)s.
#[wasm_bindgen(js_name = failures)]
pub fn failures_json() -> String {
    to_json(&failures())
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PresetView {
    id: &'static str,
    validation: bool,
    classes: usize,
    /// Numbers in each sample: 2 for points, else an image's pixels.
    features: usize,
    /// Of each sample.
    shape: SampleShape,
    /// Of what each sample is made of, where samples are made of others.
    input: Option<SampleShape>,
    /// Whether its networks are made for the pictures at hand, and its classes are theirs.
    adapts: bool,
    /// The smallest batch that its networks can learn from.
    least_batch: usize,
    config: SettingsView,
    /// Of one step.
    multiplications: u64,
    schedule: Schedule,
}

/// A preset, if there is one, and the settings that a user may change.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SettingsView {
    preset: Option<&'static str>,
    /// Null where there is no term to weigh; [`Overrides`] leave it out.
    l1_weight: Option<f64>,
    #[serde(flatten)]
    settings: Overrides,
}

impl PresetView {
    fn new(preset: &Preset) -> Self {
        let config = &preset.config;
        Self {
            id: preset.id,
            validation: preset.validation,
            classes: config.generator.classes(),
            features: config.generator.features(),
            shape: config.generator.shape(),
            input: config.generator.input_shape(),
            adapts: config.adapts(),
            least_batch: config.least_batch_size(),
            config: SettingsView::new(Some(preset.id), config),
            multiplications: config.multiplications(),
            schedule: config.schedule,
        }
    }
}

impl SettingsView {
    /// Of a run. Networks that are its preset's, made for its data, are told as the preset tells them.
    fn of_run(config: &TrainConfig) -> Self {
        let Some(preset) = Preset::of(config) else {
            return Self::new(None, config);
        };
        let mut view = Self::new(Some(preset.id), config);
        let (shape, classes) = (config.generator.shape(), config.generator.classes());
        let own = Overrides::of(&preset.config);
        let fitted = preset.config.fitted(shape, classes);
        let fitted = match config.generator.input_shape() {
            Some(input) => fitted.fitted_to_pairs(input),
            None => fitted,
        };
        if fitted.generator == config.generator {
            view.settings.generator = own.generator;
        }
        if fitted.discriminator == config.discriminator {
            view.settings.discriminator = own.discriminator;
        }
        view
    }

    fn new(preset: Option<&'static str>, config: &TrainConfig) -> Self {
        Self {
            preset,
            l1_weight: config.l1_weight,
            settings: Overrides {
                l1_weight: None,
                ..Overrides::of(config)
            },
        }
    }
}
