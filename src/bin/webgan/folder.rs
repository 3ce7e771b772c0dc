//! The folder of a run: who writes into it, and whose run is in it already.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use webgan::preset::TrainConfig;

use crate::files::{self, Named, Result};
use crate::output;

/// What tells one run from another: its config and the fingerprint of its data.
pub(crate) type Identity = (TrainConfig, Option<String>);

/// A folder that no other process trains into while this one does.
pub(crate) struct RunFolder {
    path: PathBuf,
    /// Lets go when it is dropped, whatever becomes of the process.
    _lock: File,
}

impl RunFolder {
    /// The folder, made if it is not there.
    pub(crate) fn open(path: PathBuf) -> Result<Self> {
        fs::create_dir_all(&path).named(&path)?;
        let lock = path.join(".lock");
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
        self.path.join("checkpoint.safetensors")
    }

    pub(crate) fn losses(&self) -> PathBuf {
        self.path.join("losses.csv")
    }

    pub(crate) fn picture(&self, step: usize) -> PathBuf {
        self.path.join(format!("step-{step}.png"))
    }

    /// Refuses to mix a run with another one that the folder holds, or removes that one.
    ///
    /// - `run`: the config and the data of the run that goes on; without, it is a new one
    pub(crate) fn make_room(&self, run: Option<&Identity>, overwrites: bool) -> Result<()> {
        let files = self.files()?;
        if files.is_empty() || run.is_some_and(|run| self.holds(run)) {
            return Ok(());
        }
        if !overwrites {
            let checkpoint = self.checkpoint();
            let resume = match checkpoint.exists() {
                true => format!("--resume {} goes on with it, ", checkpoint.display()),
                false => String::new(),
            };
            return Err(format!(
                "{} holds another run: {resume}--overwrite removes it, another --out keeps both",
                self.path.display()
            )
            .into());
        }
        for file in files {
            fs::remove_file(&file).named(&file)?;
        }
        Ok(())
    }

    /// Whether this is the folder's run.
    fn holds(&self, run: &Identity) -> bool {
        files::checkpoint(&self.checkpoint()).is_ok_and(|own| (own.config, own.data) == *run)
    }

    /// All that runs have left here.
    fn files(&self) -> Result<Vec<PathBuf>> {
        let mut files = Vec::new();
        for entry in fs::read_dir(&self.path).named(&self.path)? {
            let path = entry.named(&self.path)?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let step = name
                .strip_prefix("step-")
                .and_then(|rest| rest.strip_suffix(".png"));
            let is_picture = step.is_some_and(|step| step.parse::<usize>().is_ok());
            if is_picture || path == self.checkpoint() || path == self.losses() {
                files.push(path);
            }
        }
        Ok(files)
    }
}
