//! The folder of a run: who writes into it, and whose run is in it already.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use webgan::checkpoint::Checkpoint;
use webgan::preset::TrainConfig;
use webgan::train::Trainer;

use crate::files::{self, Named, Result};
use crate::{losses, output};

/// A run that begins or goes on: what tells it from others, and from where.
pub(crate) struct RunState {
    config: TrainConfig,
    /// The fingerprint of what it has learned from.
    pub(crate) data: Option<String>,
    /// Steps taken.
    step: usize,
}

impl RunState {
    pub(crate) fn of(checkpoint: &Checkpoint) -> Self {
        Self {
            config: checkpoint.config.clone(),
            data: checkpoint.data.clone(),
            step: checkpoint.step as usize,
        }
    }

    pub(crate) fn new(trainer: &Trainer) -> Self {
        Self {
            config: trainer.config().clone(),
            data: trainer.dataset().fingerprint(),
            step: 0,
        }
    }

    fn is_same_run(&self, other: &Self) -> bool {
        (&self.config, &self.data) == (&other.config, &other.data)
    }
}

/// What helps against a folder that holds something else.
const BOTH: &str = "--overwrite removes it, another --out keeps both";

const LOCK: &str = ".lock";
pub(crate) const CHECKPOINT: &str = "checkpoint.safetensors";
const LOSSES: &str = "losses.csv";

/// What a file's name says that a run leaves in its folder.
enum Left {
    State,
    /// Of a step.
    Picture(usize),
}

impl Left {
    fn by(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?;
        if [CHECKPOINT, LOSSES].contains(&name) {
            return Some(Self::State);
        }
        let step = name.strip_prefix("step-")?.strip_suffix(".png")?;
        step.parse().ok().map(Self::Picture)
    }
}

/// Whether a file is what a run keeps in its folder.
pub(crate) fn is_of_run(path: &Path) -> bool {
    let is_own = path.file_name().is_some_and(|name| name == LOCK) || Left::by(path).is_some();
    is_own
        && [LOCK, LOSSES]
            .iter()
            .any(|name| path.with_file_name(name).exists())
}

/// A folder that no other process trains into while this one does.
pub(crate) struct RunFolder {
    path: PathBuf,
    /// Lets go when it is dropped, whatever becomes of the process.
    _lock: File,
}

impl RunFolder {
    /// The folder, made if it is not there.
    pub(crate) fn open(path: PathBuf) -> Result<Self> {
        // A file, a pipe, a link that leads nowhere.
        if path.symlink_metadata().is_ok() && !path.is_dir() {
            return Err("this is no folder, and --out names the run's").named(&path);
        }
        fs::create_dir_all(&path).named(&path)?;
        let lock = path.join(LOCK);
        let lock = File::create(&lock).named(&lock)?;
        // A file system that knows no locks keeps nobody from training.
        if let Err(TryLockError::WouldBlock) = lock.try_lock() {
            let path = path.display();
            return Err(format!("{path}: another process trains into this folder").into());
        }
        output::remove_parts(&path)?;
        Ok(Self { path, _lock: lock })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn checkpoint(&self) -> PathBuf {
        self.path.join(CHECKPOINT)
    }

    pub(crate) fn losses(&self) -> PathBuf {
        self.path.join(LOSSES)
    }

    pub(crate) fn picture(&self, step: usize) -> PathBuf {
        self.path.join(format!("step-{step}.png"))
    }

    /// Refuses to mix a run with what else the folder holds, or removes that.
    pub(crate) fn make_room(&self, run: &RunState, overwrites: bool) -> Result<()> {
        let files = self.files()?;
        if files.is_empty() {
            return Ok(());
        }
        // Up to which step all stays, and what speaks against it.
        let (stays, against) = self.judge(run, &files);
        if let Some(against) = against
            && !overwrites
        {
            return Err(against).named(&self.path);
        }
        for (path, left) in files {
            let goes = match left {
                Left::State => stays == 0,
                Left::Picture(step) => step > stays,
            };
            if goes {
                fs::remove_file(&path).named(&path)?;
            }
        }
        Ok(())
    }

    /// How much of the folder's files stays if this run has it, and why it should not.
    fn judge(&self, run: &RunState, files: &[(PathBuf, Left)]) -> (usize, Option<String>) {
        let path = self.checkpoint();
        if !path.exists() {
            let table = self.losses();
            let begun = matches!(files, [(path, _)] if *path == table && losses::is_table(path));
            let against = match begun {
                // No state of it is lost if a run begins anew.
                true if run.step == 0 => return (0, None),
                true => format!("it holds the beginnings of a run without a checkpoint: {BOTH}"),
                false => format!("it holds what a run has left, without a checkpoint: {BOTH}"),
            };
            return (0, Some(against));
        }
        let held = match files::checkpoint(&path) {
            Ok(held) => RunState::of(&held),
            Err(error) => return (0, Some(format!("its run cannot go on: {error}; {BOTH}"))),
        };
        let resume = format!("--resume {} goes on with it", output::shell_word(path));
        if !run.is_same_run(&held) {
            let against = format!("it holds another run: {resume}, {BOTH}");
            return (0, Some(against));
        }
        let (step, held) = (run.step, held.step);
        if step == 0 {
            let against = format!(
                "it holds this run, at step {held}: {resume}, --overwrite begins it anew, another \
                 --out keeps both"
            );
            (0, Some(against))
        } else if step < held {
            let against = format!(
                "its run stands at step {held}, and would go on from step {step}: --overwrite \
                 removes what is later, another --out keeps both"
            );
            (step, Some(against))
        } else if step == held || losses::last_step(&self.losses()) >= step {
            // What was told of it reaches further than its checkpoint, if it was ended at once.
            (step, None)
        } else {
            let against = format!(
                "its run stands at step {held}, and would go on from step {step}: the losses \
                 between would be missing. --overwrite begins the folder anew, another --out \
                 keeps it"
            );
            (0, Some(against))
        }
    }

    /// All that runs have left here. A folder in the place of one of these files is refused before
    /// anything is removed or trained.
    fn files(&self) -> Result<Vec<(PathBuf, Left)>> {
        let mut files = Vec::new();
        for entry in fs::read_dir(&self.path).named(&self.path)? {
            let path = entry.named(&self.path)?.path();
            let Some(left) = Left::by(&path) else {
                continue;
            };
            if path.is_dir() {
                let why = "this is a folder, and a run has a file of that name: move it away, or \
                           take another --out";
                return Err(why).named(&path);
            }
            files.push((path, left));
        }
        Ok(files)
    }
}
