//! What tells one dataset from another when a run goes on: checksums of what is learned from. They
//! find a mistake, not a forgery.

use flate2::Crc;

/// Checksums of a dataset's samples and, where it knows them, of its labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fingerprint {
    samples: u32,
    labels: Option<u32>,
}

impl Fingerprint {
    /// Of samples as the bytes they came as.
    pub(super) fn of(samples: &[u8], labels: Option<&[u8]>) -> Self {
        Self {
            samples: checksum([samples]),
            labels: labels.map(|labels| checksum([labels])),
        }
    }

    /// Of samples that came as numbers, without labels.
    pub(super) fn of_numbers(samples: &[f32]) -> Self {
        Self {
            samples: checksum(samples.iter().map(|number| number.to_le_bytes())),
            labels: None,
        }
    }

    /// The samples' alone.
    pub(super) fn without_labels(self) -> Self {
        Self {
            labels: None,
            ..self
        }
    }

    /// As text, with the size of the data.
    pub(super) fn text(self, count: usize, features: usize) -> String {
        let samples = format!("{count}x{features} {:08x}", self.samples);
        match self.labels {
            Some(labels) => format!("{samples} {labels:08x}"),
            None => samples,
        }
    }
}

fn checksum<B: AsRef<[u8]>>(parts: impl IntoIterator<Item = B>) -> u32 {
    let mut crc = Crc::new();
    for part in parts {
        crc.update(part.as_ref());
    }
    crc.sum()
}
