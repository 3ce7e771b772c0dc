//! `Generator`, `Evaluator`, `Fakes`, `Pupil` and `Monitor` for JavaScript.

use std::rc::Rc;

use js_sys::{Function, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::convert::{floats, promise, to_json};
use super::dataset::one_image;
use super::{Dataset, Device, Grid, PlaneView};
use crate::Error;
use crate::checkpoint::{ClassifierFile, GeneratorFile};
use crate::evaluate::{self, QualityError, accuracy, triples};
use crate::generator::TrainedGenerator;
use crate::model::{Eyes, GRID_ROWS, RandomFeatures, grid_columns};
use crate::preset::{ConfigError, check_images};
use crate::render;
use crate::train::{ClassifierTrainer, StepMetrics};

/// A generator that no longer learns.
#[wasm_bindgen]
pub struct Generator {
    pub(super) generator: TrainedGenerator,
    pub(super) step: u32,
}

#[wasm_bindgen]
impl Generator {
    /// Reads an exported generator. Throws with the codes `checkpoint.…` and `config.…`.
    pub fn parse(bytes: &[u8], device: &Device) -> Result<Self, Error> {
        let file = GeneratorFile::from_bytes(bytes)?;
        Ok(Self {
            step: file.step,
            generator: file.load(&device.0.device)?,
        })
    }

    /// Classes it draws on demand; 0 if it takes none.
    #[wasm_bindgen(getter)]
    pub fn classes(&self) -> usize {
        self.generator.config().classes()
    }

    /// Steps it was trained for.
    #[wasm_bindgen(getter)]
    pub fn step(&self) -> u32 {
        self.step
    }

    /// A promise of the latents that `seed` gives, enough for a grid of [`rows`](Self::rows) and
    /// [`columns`](Self::columns), as a `Float32Array`.
    #[wasm_bindgen(unchecked_return_type = "Promise<Float32Array<ArrayBuffer>>")]
    pub fn latents(&self, seed: u32) -> Promise {
        let count = GRID_ROWS * self.columns();
        floats(self.generator.latents(count, seed))
    }

    /// A promise of how far its samples are from `real` ones; see [`energy`](crate::evaluate::energy()). Throws with
    /// `config.features`, rejects with `metrics.not_finite` and `train.readback`.
    #[wasm_bindgen(unchecked_return_type = "Promise<number>")]
    pub fn energy(&self, real: &Dataset, seed: u32) -> Result<Promise, Error> {
        let distance = evaluate::energy(&self.generator, &real.samples, seed)?;
        Ok(promise(distance))
    }

    /// A promise of a picture with a sample for each latent, in rows of so many columns. Throws with
    /// `config.features` if samples are no images, `config.latents` and `config.labels`; see
    /// [`TrainedGenerator::decode`].
    #[wasm_bindgen(unchecked_return_type = "Promise<Grid>")]
    pub fn draw(&self, latents: &[f32], labels: &[u8], columns: usize) -> Result<Promise, Error> {
        let shape = self.generator.config().shape();
        check_images(shape)?;
        let samples = self.generator.decode(latents, labels)?;
        Ok(promise(async move {
            let samples = samples.await?;
            Ok(Grid(render::grid(&samples, shape, columns)))
        }))
    }

    /// A promise of what it makes of a picture, which is given row by row, the channels of a pixel side by side. Throws
    /// with `config.inputs` if it makes no pictures out of others, `data.pixel_count`.
    #[wasm_bindgen(unchecked_return_type = "Promise<Grid>")]
    pub fn translate(&self, input: &[u8]) -> Result<Promise, Error> {
        let config = self.generator.config();
        let taken = config.input_shape().ok_or(ConfigError::NoInput)?;
        let shape = config.shape();
        let input = one_image(input, taken)?;
        let made = self.generator.decode(&input.scaled(), &[])?;
        Ok(promise(async move {
            Ok(Grid(render::grid(&made.await?, shape, 1)))
        }))
    }

    /// A promise of a picture of some pairs of a set, so many in a row, each as its input, what it makes of that, and
    /// the truth. Throws with `config.inputs` and `config.features`.
    #[wasm_bindgen(unchecked_return_type = "Promise<Grid>")]
    pub fn pairs(&self, data: &Dataset, rows: usize, in_row: usize) -> Result<Promise, Error> {
        let shape = self.generator.config().shape();
        let pictures = triples(&self.generator, &data.samples, rows * in_row)?;
        Ok(promise(async move {
            Ok(Grid(render::grid(&pictures.await?, shape, 3 * in_row)))
        }))
    }

    /// A promise of how near what it makes of held-out inputs comes to the truth: a [`PairQuality`](evaluate::PairQuality)
    /// as JSON. Rejects with `config.inputs`, `config.features`, `metrics.…` and `train.readback`.
    #[wasm_bindgen(js_name = pairQuality, unchecked_return_type = "Promise<string>")]
    pub fn pair_quality(&self, train: &Dataset, held_out: &Dataset) -> Promise {
        let generator = self.generator.clone();
        let (train, held_out) = (train.samples.clone(), held_out.samples.clone());
        promise(async move {
            let quality = evaluate::pair_quality(&generator, &train, &held_out).await?;
            Ok(to_json(&quality))
        })
    }

    /// Rows of a grid.
    #[wasm_bindgen(getter)]
    pub fn rows(&self) -> usize {
        GRID_ROWS
    }

    /// Columns of a grid: the classes, or as many as rows.
    #[wasm_bindgen(getter)]
    pub fn columns(&self) -> usize {
        grid_columns(self.generator.config().classes(), GRID_ROWS)
    }
}

/// A classifier and what it says of real pictures.
#[wasm_bindgen(js_name = Yardstick)]
pub struct Evaluator(Rc<evaluate::Evaluator>);

#[wasm_bindgen(js_class = Yardstick)]
impl Evaluator {
    /// A promise of an evaluator by a classifier's file. `rest` is called between two pieces of work; what it returns
    /// is waited for, and where that is a promise that rejects, nothing more is done. Throws with the codes
    /// `checkpoint.…`, rejects with `metrics.…`, `train.readback` and, where `rest` says so, `quality.stopped`.
    #[wasm_bindgen(unchecked_return_type = "Promise<Yardstick>")]
    pub fn open(
        classifier: &[u8],
        train: &Dataset,
        held_out: &Dataset,
        device: &Device,
        rest: Function,
    ) -> Result<Promise, Error> {
        let classifier = ClassifierFile::from_bytes(classifier)?.load(&device.0.device)?;
        Ok(Self::by(classifier, train, held_out, rest))
    }

    /// As [`open`](Self::open), by a classifier as it is after its last step.
    #[wasm_bindgen(unchecked_return_type = "Promise<Yardstick>")]
    pub fn learned(pupil: &Pupil, train: &Dataset, held_out: &Dataset, rest: Function) -> Promise {
        Self::by(pupil.0.classifier(), train, held_out, rest)
    }

    /// As [`open`](Self::open), by random features. Throws with `config.features` unless samples are pictures.
    #[wasm_bindgen(unchecked_return_type = "Promise<Yardstick>")]
    pub fn unlearned(
        train: &Dataset,
        held_out: &Dataset,
        device: &Device,
        rest: Function,
    ) -> Result<Promise, Error> {
        let shape = train.samples.shape();
        check_images(shape)?;
        let device = device.0.device.clone().without_autodiff();
        let features = RandomFeatures::new(shape, &device);
        Ok(Self::by(features, train, held_out, rest))
    }

    /// What real pictures get, as JSON; see [`Quality`](crate::evaluate::Quality).
    #[wasm_bindgen(getter, js_name = ofReal)]
    pub fn of_real(&self) -> String {
        to_json(&self.0.of_real)
    }

    /// The fewest held-out pictures of which more is measured than whether they are copied.
    pub fn fewest() -> usize {
        evaluate::Evaluator::FEWEST
    }

    /// What samples are that got such a `measure`: the name of a [`Verdict`](crate::evaluate::Verdict), as JSON; null
    /// where that cannot be told. Throws with `config.json` if it is something else.
    pub fn verdict(&self, quality: &str) -> Result<String, Error> {
        let quality = serde_json::from_str(quality).map_err(ConfigError::from)?;
        Ok(to_json(&self.0.verdict(&quality)))
    }

    /// A promise of a generator's [`Quality`](crate::evaluate::Quality) as JSON, with `rest` as for
    /// [`open`](Self::open), and rejected as that.
    #[wasm_bindgen(unchecked_return_type = "Promise<string>")]
    pub fn measure(&self, generator: &Generator, seed: u32, rest: Function) -> Promise {
        let evaluator = self.0.clone();
        let generator = generator.generator.clone();
        promise(async move {
            let quality = evaluator.measure(&generator, seed, pausing(rest));
            Ok(to_json(&quality.await?))
        })
    }

    /// Pictures for a classifier to learn from: none yet, of `count` that can be drawn.
    /// Throws with `config.classes` where the generator takes no classes and these eyes read none.
    pub fn fakes(&self, generator: &Generator, count: usize, seed: u32) -> Result<Fakes, Error> {
        let generator = &generator.generator;
        Ok(Fakes(evaluate::Fakes::new(
            &self.0, generator, count, seed,
        )?))
    }
}

impl Evaluator {
    fn by(eyes: impl Into<Eyes>, train: &Dataset, held_out: &Dataset, rest: Function) -> Promise {
        let eyes = eyes.into();
        let (train, held_out) = (train.samples.clone(), held_out.samples.clone());
        promise(async move {
            let evaluator = evaluate::Evaluator::new(eyes, &train, &held_out, pausing(rest));
            let evaluator = evaluator.await?;
            Ok(Self(Rc::new(evaluator)))
        })
    }
}

/// Generated pictures and the class of each, drawn some at a time.
#[wasm_bindgen]
pub struct Fakes(evaluate::Fakes);

#[wasm_bindgen]
impl Fakes {
    /// Draws the next, some at once. Returns whether there were any left.
    pub fn draw(&mut self) -> bool {
        self.0.draw()
    }

    /// How many are drawn.
    #[wasm_bindgen(getter)]
    pub fn count(&self) -> usize {
        self.0.count()
    }

    /// A classifier that is to learn from them alone, for `steps` steps: the GAN-train measure in the making
    /// (Shmelkov et al. 2018). Throws with `config.batch_size` and `config.features`.
    pub fn train(&mut self, steps: usize, seed: u32) -> Result<Pupil, Error> {
        Ok(Pupil(self.0.train(steps, seed)?))
    }
}

/// A classifier that learns, from generated pictures or from real ones.
#[wasm_bindgen]
pub struct Pupil(ClassifierTrainer);

#[wasm_bindgen]
impl Pupil {
    /// One that is to learn from real pictures, for `steps` steps. Throws with `config.batch_size`,
    /// `config.features` and, where they have no labels, `config.classes`.
    #[wasm_bindgen(constructor)]
    pub fn new(train: &Dataset, steps: usize, seed: u32, device: &Device) -> Result<Self, Error> {
        let device = &device.0.device;
        let trainer = ClassifierTrainer::new(train.samples.clone(), steps, seed, device)?;
        Ok(Self(trainer))
    }

    /// Takes `count` steps.
    pub fn step(&mut self, count: usize) {
        for _ in 0..count {
            self.0.step();
        }
    }

    /// Steps taken.
    #[wasm_bindgen(getter, js_name = stepCount)]
    pub fn step_count(&self) -> usize {
        self.0.step_count()
    }

    /// A promise of the share of real held-out digits that the classifier reads right. Throws with
    /// `config.classes` if they have no labels.
    #[wasm_bindgen(unchecked_return_type = "Promise<number>")]
    pub fn accuracy(&self, held_out: &Dataset) -> Result<Promise, Error> {
        Ok(promise(accuracy(&self.0.classifier(), &held_out.samples)?))
    }
}

/// A JS function to be called, and what it returns waited for, between two pieces of work.
fn pausing(rest: Function) -> impl AsyncFn() -> Result<(), Error> {
    async move || {
        let rested = rest.call0(&JsValue::NULL);
        let rested = rested.map(|value| JsFuture::from(Promise::resolve(&value)));
        let is_to_go_on = match rested {
            Ok(rested) => rested.await.is_ok(),
            Err(_) => false,
        };
        match is_to_go_on {
            true => Ok(()),
            false => Err(QualityError::Stopped.into()),
        }
    }
}

/// A promise of an exported generator's bytes.
pub(super) fn exported(
    file: impl Future<Output = Result<GeneratorFile, Error>> + 'static,
    half: bool,
) -> Promise {
    promise(async move {
        let bytes = file.await?.to_bytes(half);
        Ok(Uint8Array::from(bytes.as_slice()))
    })
}

/// Watches a run and names what goes wrong in it.
#[wasm_bindgen]
pub struct Monitor(crate::monitor::Monitor);

#[wasm_bindgen]
impl Monitor {
    /// Of a run that has taken `steps` steps.
    #[wasm_bindgen(constructor)]
    pub fn new(steps: usize) -> Self {
        Self(crate::monitor::Monitor::new(steps))
    }

    /// Takes in what `Trainer.readLosses` gave.
    pub fn add(&mut self, values: &[f32]) {
        let (rows, _) = values.as_chunks::<{ StepMetrics::COUNT }>();
        let steps: Vec<_> = rows.iter().copied().map(StepMetrics::from_array).collect();
        self.0.add(&steps);
    }

    /// Takes in what [`Evaluator::measure`] gave. Throws with `config.json` if it is something else.
    pub fn measured(&mut self, evaluator: &Evaluator, quality: &str) -> Result<(), Error> {
        let quality = serde_json::from_str(quality).map_err(ConfigError::from)?;
        self.0.measured(quality, evaluator.0.of_real.clone());
        Ok(())
    }

    /// Takes in how points spread.
    pub fn covered(&mut self, view: &PlaneView) {
        self.0.covered(view.0.coverage);
    }

    /// What shows now, as JSON: a list of [`Finding`](crate::monitor::Finding)s.
    pub fn findings(&self) -> String {
        to_json(&self.0.findings())
    }
}
