//! What tells one dataset from another when a run goes on: checksums of what is learned from. They
//! find a mistake, not a forgery.

use flate2::Crc;

/// Checksums of a dataset's samples and, where it knows them, of its labels and its inputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fingerprint {
    samples: u32,
    labels: Option<u32>,
    inputs: Option<u32>,
}

impl Fingerprint {
    /// Of samples as the bytes they came as.
    pub(super) fn of(samples: &[u8], labels: Option<&[u8]>) -> Self {
        Self {
            samples: checksum([samples]),
            labels: labels.map(|labels| checksum([labels])),
            inputs: None,
        }
    }

    /// Of samples that came as numbers, without labels.
    pub(super) fn of_numbers(samples: &[f32]) -> Self {
        Self {
            samples: checksum(samples.iter().map(|number| number.to_le_bytes())),
            labels: None,
            inputs: None,
        }
    }

    /// With that of the inputs, as the bytes they came as; without them.
    pub(super) fn with_inputs(self, inputs: Option<&[u8]>) -> Self {
        Self {
            inputs: inputs.map(|inputs| checksum([inputs])),
            ..self
        }
    }

    /// Without that of the labels.
    pub(super) fn without_labels(self) -> Self {
        Self {
            labels: None,
            ..self
        }
    }

    /// As text, with the size of the data.
    pub(super) fn text(self, count: usize, features: usize) -> String {
        let mut text = format!("{count}x{features} {:08x}", self.samples);
        if let Some(labels) = self.labels {
            text += &format!(" {labels:08x}");
        }
        if let Some(inputs) = self.inputs {
            text += &format!(" of {inputs:08x}");
        }
        text
    }
}

fn checksum<B: AsRef<[u8]>>(parts: impl IntoIterator<Item = B>) -> u32 {
    let mut crc = Crc::new();
    for part in parts {
        crc.update(part.as_ref());
    }
    crc.sum()
}
