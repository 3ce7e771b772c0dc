//! `Trainer` and `Grid` for JavaScript.

use js_sys::{Float32Array, Promise, Uint8Array};
use serde::{Deserialize, Serialize};
use wasm_bindgen::Clamped;
use wasm_bindgen::prelude::*;

use super::convert::{floats, promise, to_json};
use super::quality::exported;
use super::{Dataset, Device, Generator, PlaneView, SettingsView};
use crate::Error;
use crate::checkpoint::{Blueprint, Checkpoint, DISCRIMINATOR, GENERATOR};
use crate::data::Dataset as Samples;
use crate::lab;
use crate::plane;
use crate::preset::{ConfigError, Overrides, Preset, Progress, Structures, TrainConfig};
use crate::render;
use crate::shape::SampleShape;
use crate::train::{Network, StepMetrics, Trainer as Training};

/// The settings a page sends: a preset's name beside the [`Overrides`].
#[derive(Deserialize)]
struct Settings {
    preset: String,
    #[serde(flatten)]
    overrides: serde_json::Value,
}

/// The config of which a page names a preset and what differs from it, for samples of such a shape, of so many
/// classes.
fn config_of(json: &str, shape: SampleShape, classes: usize) -> Result<TrainConfig, Error> {
    let settings: Settings = serde_json::from_str(json).map_err(ConfigError::from)?;
    let overrides: Overrides =
        serde_json::from_value(settings.overrides).map_err(ConfigError::from)?;
    let config = Preset::by_id(&settings.preset)?.config;
    config.with_for(&overrides, shape, classes)
}

/// The config for some data.
fn config_for(json: &str, data: &Samples) -> Result<TrainConfig, Error> {
    let config = config_of(json, data.shape(), data.class_count())?;
    Ok(match data.input_shape() {
        Some(input) => config.fitted_to_pairs(input),
        None => config,
    })
}

/// The networks that a run of this config, as [`Trainer::new`] takes it, could have, whatever the data are to be; as
/// [`Trainer::networks`] gives them, without places. Throws with the codes `config.…`.
#[wasm_bindgen]
pub fn networks(config: &str) -> Result<String, Error> {
    let of = |side| config_of(config, SampleShape::square(side, 1), 0);
    // With two doublings or with three.
    let config = of(28).or_else(|error| of(64).map_err(|_| error))?;
    Ok(to_json(&NetworksView::of(&config)))
}

#[wasm_bindgen]
impl Dataset {
    /// The networks that a run of this config on these data, as [`Trainer::new`] takes it, would have; as
    /// [`Trainer::networks`] gives them, without places. Throws with the codes `config.…`.
    pub fn networks(&self, config: &str) -> Result<String, Error> {
        Ok(to_json(&NetworksView::of(&config_for(
            config,
            &self.samples,
        )?)))
    }
}

#[derive(Serialize)]
struct NetworksView {
    generator: Blueprint,
    discriminator: Blueprint,
}

impl NetworksView {
    fn of(config: &TrainConfig) -> Self {
        let Structures {
            generator,
            discriminator,
        } = config.structures();
        Self {
            generator: Blueprint::new(&generator, config.generator.shape()),
            discriminator: Blueprint::new(&discriminator, config.discriminator.shape()),
        }
    }
}

/// A training run.
#[wasm_bindgen]
pub struct Trainer {
    training: Training,
}

#[wasm_bindgen]
impl Trainer {
    /// A run at step 0. `config` is a JSON object: `preset`, and what differs from its defaults, as
    /// [`Overrides`] names it. Throws with the codes `config.…`.
    #[wasm_bindgen(constructor)]
    pub fn new(config: &str, train: &Dataset, device: &Device) -> Result<Self, Error> {
        let training = Training::new(
            config_for(config, &train.samples)?,
            train.samples.clone(),
            &device.0.device,
        )?;
        Ok(Self { training })
    }

    /// A run that goes on where a checkpoint's one stood: on the data that it learned from, or on any if
    /// `other_data`. Throws with the codes `checkpoint.…` and `config.…`; `checkpoint.data` for other data.
    pub fn resume(
        checkpoint: &[u8],
        train: &Dataset,
        device: &Device,
        other_data: bool,
    ) -> Result<Self, Error> {
        let checkpoint = Checkpoint::from_bytes(checkpoint)?;
        if !other_data {
            Training::check_data(&checkpoint, &train.samples)?;
        }
        let training = Training::resume(checkpoint, train.samples.clone(), &device.0.device)?;
        Ok(Self { training })
    }

    /// The run's whole config, a [`TrainConfig`](crate::preset::TrainConfig) as JSON.
    #[wasm_bindgen(getter)]
    pub fn config(&self) -> String {
        to_json(self.training.config())
    }

    /// Its two networks as JSON, by the names `generator` and `discriminator`: each a [`Blueprint`] with places.
    #[wasm_bindgen(getter)]
    pub fn networks(&self) -> String {
        let NetworksView {
            generator,
            discriminator,
        } = NetworksView::of(self.training.config());
        to_json(&NetworksView {
            generator: generator.placed(GENERATOR, self.training.generator()),
            discriminator: discriminator.placed(DISCRIMINATOR, self.training.discriminator()),
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

    /// A promise of the averaged generator alone, as the bytes of a safetensors file with numbers of
    /// 16 bits if `half`, else of 32. Rejects as [`checkpoint`](Self::checkpoint).
    #[wasm_bindgen(js_name = exportGenerator, unchecked_return_type = "Promise<Uint8Array<ArrayBuffer>>")]
    pub fn export_generator(&self, half: bool) -> Promise {
        exported(self.training.export(), half)
    }

    /// The averaged generator as it is now, to be measured.
    pub fn generator(&self) -> Generator {
        Generator {
            generator: self.training.averaged(),
            step: self.progress().step as u32,
        }
    }

    /// Takes `count` steps; on a GPU it returns when they are queued.
    pub fn step(&mut self, count: usize) {
        for _ in 0..count {
            self.training.step();
        }
    }

    /// A promise of a `Float32Array` with eight numbers a step since the last call, in the order of
    /// [`StepMetrics`]' fields. Rejects with `train.non_finite`.
    #[wasm_bindgen(js_name = readLosses, unchecked_return_type = "Promise<Float32Array>")]
    pub fn read_metrics(&mut self) -> Promise {
        let losses = self.training.take_metrics();
        promise(async {
            let losses = losses.await?;
            let values: Vec<f32> = losses.into_iter().flat_map(StepMetrics::to_array).collect();
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

    /// Takes a step in which only the generator learns.
    #[wasm_bindgen(js_name = stepGenerator)]
    pub fn step_generator(&mut self) {
        self.training.step_alone(Network::Generator);
    }

    /// Takes a step in which only the discriminator learns.
    #[wasm_bindgen(js_name = stepDiscriminator)]
    pub fn step_discriminator(&mut self) {
        self.training.step_alone(Network::Discriminator);
    }

    /// A promise of the grid of the fixed latents' samples, all of one class if one is given.
    /// Throws with `config.labels`.
    #[wasm_bindgen(unchecked_return_type = "Promise<Grid>")]
    pub fn grid(&self, class: Option<u8>) -> Result<Promise, Error> {
        let samples = self.training.sample_of(class)?;
        let shape = self.training.config().generator.shape();
        let tiles = self.training.grid_columns();
        Ok(promise(async move {
            let samples = samples.await?;
            Ok(Grid(render::grid(&samples, shape, tiles)))
        }))
    }

    /// A promise of the discriminator's score of each of [`grid`](Self::grid)'s samples, as a
    /// `Float32Array`. Throws with `config.labels`.
    #[wasm_bindgen(js_name = opinions, unchecked_return_type = "Promise<Float32Array<ArrayBuffer>>")]
    pub fn scores(&self, class: Option<u8>) -> Result<Promise, Error> {
        Ok(floats(self.training.scores(class)?))
    }

    /// A promise of the fixed latents, as a `Float32Array`.
    #[wasm_bindgen(unchecked_return_type = "Promise<Float32Array<ArrayBuffer>>")]
    pub fn latents(&self) -> Promise {
        floats(self.training.latents())
    }

    /// What to start over with where a run shows a symptom, as the JSON of [`Overrides`]; nothing
    /// where nothing is known. Throws with `config.json` for a word that is no symptom.
    pub fn cure(&self, symptom: &str) -> Result<Option<String>, Error> {
        let symptom = serde_json::from_value(symptom.into()).map_err(ConfigError::from)?;
        let cure = lab::cure(symptom, &self.training.config_in_force());
        Ok(cure.as_ref().map(to_json))
    }

    /// A promise of what can be seen of a run on points. Throws with `data.points` if it is none.
    #[wasm_bindgen(unchecked_return_type = "Promise<PlaneView>")]
    pub fn plane(&self, train: &Dataset) -> Result<Promise, Error> {
        let view = plane::view(&self.training, train.toy_of_points()?)?;
        Ok(promise(async { Ok(PlaneView(view.await?)) }))
    }

    /// Changes `learningRate` and `l1Weight` from the next step on: a JSON object. [`settings`](Self::settings)
    /// remember it. Throws with the codes `config.…` and changes nothing then.
    pub fn update(&mut self, hyper: &str) -> Result<(), Error> {
        self.training.update(&Overrides::from_json(hyper)?)
    }

    /// The run's settings and their changes, as a JSON object like a preset's `config`; `preset` is null
    /// if no preset has the rest of what this run is made of.
    #[wasm_bindgen(getter)]
    pub fn settings(&self) -> String {
        let config = self.training.config();
        to_json(&SettingsView::of_run(config))
    }

    /// Of one step; see [`TrainConfig::multiplications`](crate::preset::TrainConfig::multiplications).
    #[wasm_bindgen(getter)]
    pub fn multiplications(&self) -> f64 {
        self.training.config().multiplications() as f64
    }

    /// Whether it makes pictures out of others.
    #[wasm_bindgen(getter, js_name = makesPairs)]
    pub fn makes_pairs(&self) -> bool {
        self.training.config().generator.input_shape().is_some()
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
pub struct Grid(pub(super) render::Grid);

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
