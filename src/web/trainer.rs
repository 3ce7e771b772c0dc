//! `Trainer` and `Grid` for JavaScript.

use js_sys::{Float32Array, Promise, Uint8Array};
use serde::Deserialize;
use wasm_bindgen::Clamped;
use wasm_bindgen::prelude::*;

use super::convert::promise;
use super::{Dataset, Device};
use crate::Error;
use crate::checkpoint::Checkpoint;
use crate::preset::{ConfigError, Overrides, Preset, Progress};
use crate::render;
use crate::train::{StepLosses, Trainer as Training};

/// Tiles in a row of the grid: as many as in a column.
const GRID_COLUMNS: usize = Training::GRID_COUNT.isqrt();

/// The settings a page sends: a preset's name beside the [`Overrides`].
#[derive(Deserialize)]
struct Settings {
    preset: String,
    #[serde(flatten)]
    overrides: serde_json::Value,
}

/// A training run.
#[wasm_bindgen]
pub struct Trainer {
    training: Training,
    rows: usize,
    columns: usize,
}

#[wasm_bindgen]
impl Trainer {
    /// A run at step 0. `config` is a JSON object: `preset`, and what differs from its defaults
    /// (`batchSize`, `learningRate`, `l1Weight`, `seed`). Throws with the codes `config.…`.
    #[wasm_bindgen(constructor)]
    pub fn new(config: &str, train: &Dataset, device: &Device) -> Result<Self, Error> {
        let settings: Settings = serde_json::from_str(config).map_err(ConfigError::from)?;
        let overrides: Overrides =
            serde_json::from_value(settings.overrides).map_err(ConfigError::from)?;
        let preset = Preset::by_id(&settings.preset)?;
        let config = preset.config.with(&overrides)?;
        let training = Training::new(config, train.samples.clone(), &device.0.device)?;
        Ok(Self {
            training,
            rows: train.rows,
            columns: train.columns,
        })
    }

    /// A run that goes on where a checkpoint's one stood. Throws with the codes `checkpoint.…` and
    /// `config.…`.
    pub fn resume(checkpoint: &[u8], train: &Dataset, device: &Device) -> Result<Self, Error> {
        let checkpoint = Checkpoint::from_bytes(checkpoint)?;
        let training = Training::resume(checkpoint, train.samples.clone(), &device.0.device)?;
        Ok(Self {
            training,
            rows: train.rows,
            columns: train.columns,
        })
    }

    /// A promise of the run as it is now, as the bytes of a safetensors file. Rejects with
    /// `checkpoint.tensors` if a weight is no finite number any more.
    #[wasm_bindgen(unchecked_return_type = "Promise<Uint8Array<ArrayBuffer>>")]
    pub fn checkpoint(&self) -> Promise {
        let checkpoint = self.training.checkpoint();
        promise(async {
            let bytes = checkpoint.await?.to_bytes();
            Ok(Uint8Array::from(bytes.as_slice()))
        })
    }

    /// Takes `count` steps; on a GPU it returns when they are queued.
    pub fn step(&mut self, count: usize) {
        for _ in 0..count {
            self.training.step();
        }
    }

    /// A promise of a `Float32Array` with five numbers a step since the last call: discriminator's
    /// loss on real and on fake, generator's loss, D(x), D(G(z)). Rejects with `train.non_finite`.
    #[wasm_bindgen(js_name = readLosses, unchecked_return_type = "Promise<Float32Array>")]
    pub fn read_losses(&mut self) -> Promise {
        let losses = self.training.take_losses();
        promise(async {
            let losses = losses.await?;
            let values: Vec<f32> = losses.into_iter().flat_map(StepLosses::to_array).collect();
            Ok(Float32Array::from(values.as_slice()))
        })
    }

    /// A promise of the discriminator's loss on held-out images. Throws with `config.features` if
    /// they are of another size.
    #[wasm_bindgen(unchecked_return_type = "Promise<number>")]
    pub fn validate(&self, held_out: &Dataset) -> Result<Promise, Error> {
        let loss = self.training.validate(&held_out.samples)?;
        Ok(promise(loss))
    }

    /// A promise of the grid of the fixed latents' samples.
    #[wasm_bindgen(unchecked_return_type = "Promise<Grid>")]
    pub fn grid(&self) -> Promise {
        let samples = self.training.sample();
        let (rows, columns) = (self.rows, self.columns);
        promise(async move {
            let samples = samples.await?;
            Ok(Grid(render::grid(&samples, rows, columns, GRID_COLUMNS)))
        })
    }

    /// Changes `learningRate` and `l1Weight` from the next step on: a JSON object. Throws with
    /// the codes `config.…` and changes nothing then.
    pub fn update(&mut self, hyper: &str) -> Result<(), Error> {
        self.training.update(&Overrides::from_json(hyper)?)
    }

    /// Steps taken.
    #[wasm_bindgen(getter, js_name = stepCount)]
    pub fn step_count(&self) -> usize {
        self.progress().step
    }

    /// Steps in the schedule.
    #[wasm_bindgen(getter, js_name = totalSteps)]
    pub fn total_steps(&self) -> usize {
        self.progress().step_count
    }

    /// Epochs finished.
    #[wasm_bindgen(getter)]
    pub fn epoch(&self) -> usize {
        self.progress().epoch
    }

    /// Epochs in the schedule.
    #[wasm_bindgen(getter, js_name = epochCount)]
    pub fn epoch_count(&self) -> usize {
        self.progress().epoch_count
    }

    /// How much of the current epoch is done, 0 to 1.
    #[wasm_bindgen(getter, js_name = epochProgress)]
    pub fn epoch_progress(&self) -> f64 {
        self.progress().epoch_progress
    }

    fn progress(&self) -> Progress {
        self.training.progress()
    }
}

/// A picture.
#[wasm_bindgen]
pub struct Grid(render::Grid);

#[wasm_bindgen]
impl Grid {
    /// Pixels in a row.
    #[wasm_bindgen(getter)]
    pub fn width(&self) -> usize {
        self.0.width
    }

    /// Pixels in a column.
    #[wasm_bindgen(getter)]
    pub fn height(&self) -> usize {
        self.0.height
    }

    /// The RGBA bytes, moved out: a second call gives none.
    #[wasm_bindgen(js_name = takePixels, unchecked_return_type = "Uint8ClampedArray<ArrayBuffer>")]
    pub fn take_pixels(&mut self) -> Clamped<Vec<u8>> {
        Clamped(std::mem::take(&mut self.0.rgba))
    }
}
