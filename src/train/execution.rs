//! How a step's work gets to the device: operation by operation, or as a recording of it. What the
//! work is, is the caller's.

use burn::tensor::Device;

use crate::device::recording::Recording;

/// How the next step is executed.
#[derive(Debug)]
pub(super) enum Execution {
    /// Operation by operation.
    Eager {
        /// Steps so far.
        taken: usize,
        /// Whether they are to be recorded.
        records: bool,
    },
    /// As a recording of all operations.
    Recorded(Recording),
    /// Not at all: the device refused one. Why.
    Refused(String),
}

impl Execution {
    /// Of steps that are recorded, or are not.
    pub(super) fn new(records: bool) -> Self {
        Self::Eager { taken: 0, records }
    }

    /// Executes `work`, always the same: twice as it is, the second time in the memory that a
    /// recording will need, the third time to record it, and from then on by replaying that.
    pub(super) fn run(&mut self, device: &Device, mut work: impl FnMut() + Send) {
        let outcome = match self {
            Self::Eager { taken, records } => {
                *taken += 1;
                match (*taken, *records) {
                    (2, true) => Recording::rehearse(device, work),
                    (3, true) => Recording::of(device, work).map(|recording| {
                        *self = Self::Recorded(recording);
                    }),
                    _ => {
                        work();
                        Ok(())
                    }
                }
            }
            Self::Recorded(recording) => recording.replay(),
            Self::Refused(_) => Ok(()),
        };
        if let Err(reason) = outcome {
            *self = Self::Refused(reason);
        }
    }

    /// Why the device takes no more steps, if it takes none.
    pub(super) fn refusal(&self) -> Option<&str> {
        match self {
            Self::Refused(reason) => Some(reason),
            _ => None,
        }
    }
}
