//! `webgan train`.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use pollster::block_on;
use webgan::checkpoint::Checkpoint;
use webgan::data::{Dataset, ImageSet};
use webgan::device::Device;
use webgan::preset::{Preset, TrainConfig};
use webgan::shape::SampleShape;
use webgan::train::Trainer;

use crate::files::{self, Named, Result};
use crate::folder::{RunFolder, RunState};
use crate::losses::Losses;
use crate::output::{self, Ended};
use crate::pairs::{self, Pairs};
use crate::progress::Progress;
use crate::{Data, On, Outcome, interrupt, numbers, settings};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// What to train; `webgan presets` lists them too.
    #[arg(long, default_value = "modern", value_parser = settings::ids())]
    preset: String,
    /// Changes one field of the preset's config: a path and a word, a number or other JSON, such as
    /// `learning_rate=0.001`, `objective=hinge` or `smoothness.weight=10`. `webgan presets --show
    /// PRESET` lists all paths; short names that files of the page have, such as `penalty=10` or `batchSize=16`, do as
    /// well.
    #[arg(long = "set", value_name = "PATH=VALUE")]
    settings: Vec<String>,
    /// Steps in all; the preset's schedule by default.
    #[arg(long, value_parser = numbers::count, allow_negative_numbers = true)]
    steps: Option<u32>,
    /// Where all randomness of the run comes from.
    #[arg(long, value_parser = numbers::seed, allow_negative_numbers = true)]
    seed: Option<u32>,
    /// A checkpoint to go on from; its config stands.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["preset", "settings", "seed"])]
    resume: Option<PathBuf>,
    /// Goes on with other data than the checkpoint's run has learned from.
    #[arg(long, requires = "resume")]
    other_data: bool,
    /// A picture and a checkpoint are written every so many steps, and at the end.
    #[arg(long, default_value_t = EVERY, value_parser = numbers::count, allow_negative_numbers = true)]
    every: u32,
    /// The folder for losses, pictures and checkpoints.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Removes another run that the folder holds, and what its own holds of later steps.
    #[arg(long)]
    overwrite: bool,
    #[command(flatten)]
    data: Data,
    #[command(flatten)]
    on: On,
}

/// Steps between pictures and checkpoints.
const EVERY: u32 = 1000;
/// Steps whose losses wait on the device for one readback, and for how long.
const READ_EVERY: usize = 50;
const READ_AFTER: Duration = Duration::from_secs(1);
/// How old the state may be that is kept in memory, for a run whose numbers stop being finite.
const REMEMBER_AFTER: Duration = Duration::from_secs(10);

/// Where a run begins.
enum Begin<'a> {
    New(TrainConfig),
    /// From a checkpoint, and its file.
    Again(&'a Path, Checkpoint),
}

pub(crate) fn train(arguments: Arguments) -> Outcome {
    let (images, held_out, begin) = match arguments.resume.as_deref() {
        Some(path) => {
            let checkpoint = files::checkpoint(path)?;
            // It sees pictures as it has seen them.
            let shape = checkpoint.config.generator.shape();
            let is_paired = checkpoint.config.generator.input_shape().is_some();
            let (images, held_out) = arguments.read(is_paired, Some(shape))?;
            (images, held_out, Begin::Again(path, checkpoint))
        }
        None => {
            let preset = Preset::by_id(&arguments.preset)?;
            let is_paired = preset.config.generator.input_shape().is_some();
            let (images, held_out) = arguments.read(is_paired, None)?;
            let config = arguments.config(&images)?;
            (images, held_out, Begin::New(config))
        }
    };
    let device = arguments.on.open()?;
    let dataset = files::dataset(&images, &device)?;
    let (mut trainer, run) = match begin {
        Begin::New(config) => {
            let trainer = Trainer::new(config, dataset, &device)
                .map_err(|error| settings::with_cure(&error, images.shape()))?;
            let run = RunState::new(&trainer);
            (trainer, run)
        }
        Begin::Again(path, checkpoint) => arguments.resumed(path, checkpoint, dataset, &device)?,
    };
    let first = trainer.progress().step;
    let last = match arguments.steps {
        Some(steps) => steps as usize,
        None => trainer.progress().step_count,
    };
    if last <= first {
        return Err(
            format!("the run has taken {first} steps already, and --steps is {last}").into(),
        );
    }
    // A folder that is there says first whether the run may have it; no other is made before a step has
    // found room: what cannot begin leaves none.
    let open = || {
        let folder = RunFolder::open(arguments.out.clone())?;
        folder.make_room(&run, arguments.overwrite)?;
        Result::Ok(folder)
    };
    let there = arguments
        .out
        .symlink_metadata()
        .is_ok()
        .then(open)
        .transpose()?;
    let begun = Instant::now();
    interrupt::gently();
    let progress = Progress::counted("step", last, first);
    trainer.step();
    let folder = there.map_or_else(open, Ok)?;
    let shown = trainer.config().generator.input_shape().map(|_| {
        // Those that it has not learned from, if there are any.
        Pairs::of(held_out.as_ref().unwrap_or(&images))
    });
    let mut run = Run {
        shown,
        losses: Losses::open(&folder.losses(), first)?,
        progress,
        trainer,
        folder,
        last,
        read: (first, begun),
        remembered: (None, begun),
        kept: None,
    };
    let outcome = run.go_on(arguments.every as usize);
    let kept = run.keep();
    drop(run.progress);
    let folder = arguments.out.display();
    if let Err(error) = outcome {
        let advice = match error
            .downcast_ref::<webgan::Error>()
            .map(webgan::Error::code)
        {
            Some("train.non_finite" | "checkpoint.tensors") if arguments.resume.is_some() => {
                "; a run that goes on keeps its config: an earlier checkpoint, or a new run with a \
                 smaller --set learning_rate, may help"
            }
            Some("train.non_finite" | "checkpoint.tensors") => {
                "; a smaller --set learning_rate may help"
            }
            _ => "",
        };
        let kept = match run.kept {
            Some(step) => format!("the checkpoint in {folder} is that of step {step}"),
            None => "no new checkpoint was written".into(),
        };
        return Err(format!("{error}{advice}\n{kept}").into());
    }
    kept?;
    let done = run.trainer.progress().step;
    if let Some(status) = interrupt::caught() {
        let words = match done == last {
            true => format!("all {last} steps are done and kept in {folder}"),
            false => format!(
                "step {done} of {last} is kept in {folder}. To go on:\n{}",
                arguments.resuming(&run.folder, last)
            ),
        };
        return Err(Box::new(Ended { status, words }));
    }
    let seconds = begun.elapsed().as_secs_f64();
    output::print(&format!(
        "{} steps in {seconds:.1} s: {folder}",
        last - first
    ))
}

impl Arguments {
    /// The pictures to train on, and those of pairs that are held out, if there are any.
    fn read(
        &self,
        is_paired: bool,
        shape: Option<SampleShape>,
    ) -> Result<(ImageSet, Option<ImageSet>)> {
        match is_paired {
            true => {
                let sets = self.data.with_held_out(shape)?;
                pairs::given(&sets.0)?;
                Ok(sets)
            }
            false if self.data.makes_pairs() => Err(
                "--pairs is for a GAN that makes pictures out of others: --preset pix2pix".into(),
            ),
            false => Ok((self.data.training(shape)?, None)),
        }
    }

    /// What a new run trains.
    fn config(&self, images: &ImageSet) -> Result<TrainConfig> {
        let mut config = settings::config(&self.preset, &self.settings, images)?;
        config.seed = self.seed.unwrap_or(config.seed);
        Ok(config)
    }

    /// The run that goes on, and which it is.
    fn resumed(
        &self,
        path: &Path,
        checkpoint: Checkpoint,
        dataset: Dataset,
        device: &Device,
    ) -> Result<(Trainer, RunState)> {
        let run = RunState::of(&checkpoint);
        let rounded = checkpoint.rounded;
        if !self.other_data
            && let Err(error) = Trainer::check_data(&checkpoint, &dataset)
        {
            return Err(format!(
                "{error}: --data names their folder, --fit and --tiles take pictures as the run's were taken, \
                 --hold-out none has all of them learned, as older runs did, and --other-data goes on with these"
            ))
            .named(path);
        }
        let trainer = Trainer::resume(checkpoint, dataset, device).named(path)?;
        if rounded {
            output::remark(&format!(
                "{} has numbers of 16 bits: the run goes on from rounded ones, not exactly from \
                 where it was",
                path.display()
            ));
        }
        Ok((trainer, run))
    }

    /// The command that goes on with the run.
    fn resuming(&self, folder: &RunFolder, last: usize) -> String {
        let mut words = vec![
            "webgan train --resume".into(),
            output::shell_word(folder.checkpoint()),
            format!("--steps {last} --out"),
            output::shell_word(folder.path()),
        ];
        if self.every != EVERY {
            words.push(format!("--every {}", self.every));
        }
        words.extend(self.data.words());
        words.extend(self.on.words());
        words.join(" ")
    }
}

/// A run that goes on, and what is kept of it.
struct Run {
    /// Where pictures are made out of others, those that its own pictures show.
    shown: Option<Pairs>,
    trainer: Trainer,
    folder: RunFolder,
    losses: Losses,
    progress: Progress,
    last: usize,
    /// Steps whose losses were read, and when.
    read: (usize, Instant),
    /// The last state that was seen to be finite, if it is newer than the file, and when it was seen.
    remembered: (Option<Checkpoint>, Instant),
    /// The step of the checkpoint in the folder, if this run wrote it.
    kept: Option<u32>,
}

impl Run {
    /// Goes on after the first step to the last, or until somebody wants the program to end.
    fn go_on(&mut self, every: usize) -> Result<()> {
        let mut step = self.trainer.progress().step;
        self.read_losses()?;
        self.check_room()?;
        loop {
            let ends = step >= self.last || interrupt::caught().is_some();
            let pauses = ends || step.is_multiple_of(every);
            let (read, at) = self.read;
            if pauses || step - read >= READ_EVERY || at.elapsed() >= READ_AFTER {
                self.read_losses()?;
            }
            if pauses {
                self.pause()?;
            }
            if ends {
                return Ok(());
            }
            self.trainer.step();
            step += 1;
        }
    }

    /// Looks for room for checkpoints before hours depend on it: for the first, and for the next beside it.
    fn check_room(&self) -> Result<()> {
        let checkpoint = block_on(self.trainer.checkpoint())?;
        let path = self.folder.checkpoint();
        let copies = if path.exists() { 1 } else { 2 };
        output::check_room(&path, &checkpoint.to_bytes(), copies)
    }

    /// Waits for the steps taken so far.
    fn read_losses(&mut self) -> Result<()> {
        let step = self.trainer.progress().step;
        let outcome = block_on(self.trainer.take_metrics());
        let reports = match &outcome {
            Ok(reports) => reports,
            Err(error) => error.reports(),
        };
        for finding in self.losses.add(reports) {
            self.progress.remark(&finding);
        }
        self.losses.write()?;
        outcome?;
        self.progress.reach(step);
        self.read = (step, Instant::now());
        if self.remembered.1.elapsed() >= REMEMBER_AFTER {
            self.remember()?;
        }
        Ok(())
    }

    fn remember(&mut self) -> Result<()> {
        let checkpoint = block_on(self.trainer.checkpoint())?;
        self.remembered = (Some(checkpoint), Instant::now());
        Ok(())
    }

    /// Writes what is kept of a step.
    fn pause(&mut self) -> Result<()> {
        self.remember()?;
        self.keep()?;
        let picture = self.folder.picture(self.trainer.progress().step);
        let shape = self.trainer.config().generator.shape();
        let (samples, columns) = match &self.shown {
            Some(pairs) => (pairs.made_by(&self.trainer.averaged())?, Pairs::COLUMNS),
            None => (
                block_on(self.trainer.sample())?,
                self.trainer.grid_columns(),
            ),
        };
        output::picture(&picture, &samples, shape, columns)
    }

    /// Writes the last finite state, unless it is written.
    fn keep(&mut self) -> Result<()> {
        let losses = self.losses.write();
        if let Some(checkpoint) = self.remembered.0.take() {
            output::write(&self.folder.checkpoint(), &checkpoint.to_bytes())?;
            self.kept = Some(checkpoint.step);
        }
        losses
    }
}
