//! Safetensors, with config and step in the metadata: bytes to plain numbers and back, every number
//! checked. No networks, no device.

use std::collections::{BTreeMap, HashMap};

use half::{bf16, f16};
use safetensors::tensor::{Dtype, Metadata, SafeTensors, TensorView};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::migrations::current_name;
use super::{CheckpointError, MAX_BYTES, Values};

/// Steps that a run can have taken: counts of 32 bits have room behind it.
const MAX_STEPS: u32 = 1 << 31;
pub(super) const VERSION: u32 = 1;
/// Keys of the metadata.
pub(super) const FORMAT: &str = "webgan.checkpoint";
pub(super) const GENERATOR_FORMAT: &str = "webgan.generator";
pub(super) const CLASSIFIER_FORMAT: &str = "webgan.classifier";
/// What files hold, by the key of their metadata.
static KINDS: [(&str, &str); 3] = [
    (FORMAT, "a training run"),
    (GENERATOR_FORMAT, "a generator"),
    (CLASSIFIER_FORMAT, "a classifier"),
];

/// What the metadata says under the format's name, as JSON. In one entry: safetensors keeps them in
/// no order, and the same run should give the same file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct About<C> {
    pub(super) version: u32,
    pub(super) config: C,
    pub(super) step: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) data: Option<String>,
    /// Seen in the tensors, not written.
    #[serde(skip)]
    pub(super) rounded: bool,
}

impl<C> About<C> {
    pub(super) fn new(config: C, step: u32) -> Self {
        Self {
            version: VERSION,
            config,
            step,
            data: None,
            rounded: false,
        }
    }
}

/// Named tensors as safetensors, with numbers of 32 bits, or of 16 if `half`.
pub(super) fn write<C: Serialize>(
    format: &str,
    about: About<C>,
    tensors: &BTreeMap<String, Values>,
    half: bool,
) -> Vec<u8> {
    let about = serde_json::to_string(&about).expect("a config is plain data");
    let bytes = |values: &Values| -> Vec<u8> {
        let numbers = values.numbers.iter();
        if half {
            numbers
                .flat_map(|&x| f16::from_f32(x).to_le_bytes())
                .collect()
        } else {
            numbers.flat_map(|x| x.to_le_bytes()).collect()
        }
    };
    let dtype = if half { Dtype::F16 } else { Dtype::F32 };
    let bytes: Vec<Vec<u8>> = tensors.values().map(bytes).collect();
    let views = tensors.iter().zip(&bytes).map(|((name, values), bytes)| {
        let view = TensorView::new(dtype, values.shape.clone(), bytes)
            .expect("a tensor has as many numbers as its shape says");
        (name, view)
    });
    let metadata = HashMap::from([(format.to_string(), about)]);
    safetensors::serialize(views, Some(metadata)).expect("names and sizes are within bounds")
}

pub(super) fn read<C: DeserializeOwned>(
    bytes: &[u8],
    format: &'static str,
) -> Result<(About<C>, BTreeMap<String, Values>), CheckpointError> {
    if bytes.len() > MAX_BYTES {
        let found = bytes.len();
        return Err(CheckpointError::Size { found });
    }
    let damaged = |error: safetensors::SafeTensorError| CheckpointError::Damaged {
        reason: error.to_string(),
    };
    let (_, header) = SafeTensors::read_metadata(bytes).map_err(damaged)?;
    let file = SafeTensors::deserialize(bytes).map_err(damaged)?;
    let about = header.metadata().as_ref().and_then(|map| map.get(format));
    let about = about.ok_or_else(|| other_kind(&header, format))?;
    let misread = |error: serde_json::Error| CheckpointError::Config {
        reason: error.to_string(),
    };
    let about: serde_json::Value = serde_json::from_str(about).map_err(misread)?;
    if about["version"] != VERSION {
        let found = about["version"].to_string();
        return Err(CheckpointError::Version { found });
    }
    let mut about: About<C> = serde_json::from_value(about).map_err(misread)?;
    if about.step > MAX_STEPS {
        let reason = format!("{} steps, expected at most {MAX_STEPS}", about.step);
        return Err(CheckpointError::Config { reason });
    }
    about.rounded = file.iter().any(|(_, view)| view.dtype().bitsize() < 32);
    let mut tensors = BTreeMap::new();
    for (name, view) in file.iter() {
        tensors.insert(current_name(name), Values::read(name, &view)?);
    }
    Ok((about, tensors))
}

/// What a file is that has no metadata of this format.
fn other_kind(header: &Metadata, format: &'static str) -> CheckpointError {
    let name_of = |format| KINDS.iter().find(|kind| kind.0 == format);
    let mut keys = header.metadata().iter().flat_map(|map| map.keys());
    if let Some((_, found)) = keys.find_map(|key| name_of(key.as_str())) {
        let expected = name_of(format).map_or("another kind", |kind| kind.1);
        return CheckpointError::Kind { found, expected };
    }
    let tensors = header.tensors();
    let has = |name: &str| tensors.keys().any(|key| key.starts_with(name));
    let networks =
        ["Mlp.", "Dcgan.", "Upsample.", "UNet."].map(|network| format!("generator.{network}"));
    let found = if has("classifier.conv") {
        name_of(CLASSIFIER_FORMAT)
    } else if !networks.iter().any(|network| has(network)) {
        None
    } else if has("discriminator.") {
        name_of(FORMAT)
    } else {
        name_of(GENERATOR_FORMAT)
    };
    match found {
        Some((_, found)) => CheckpointError::Bare { found },
        None => CheckpointError::Foreign { missing: format },
    }
}

impl Values {
    fn read(name: &str, view: &TensorView) -> Result<Self, CheckpointError> {
        /// Words of so many bytes, each as a number.
        fn numbers<const N: usize>(bytes: &[u8], number: fn([u8; N]) -> f32) -> Vec<f32> {
            let (words, _) = bytes.as_chunks::<N>();
            words.iter().map(|&word| number(word)).collect()
        }
        let bytes = view.data();
        let numbers = match view.dtype() {
            Dtype::F64 => numbers(bytes, |word| f64::from_le_bytes(word) as f32),
            Dtype::F32 => numbers(bytes, f32::from_le_bytes),
            Dtype::F16 => numbers(bytes, |word| f16::from_le_bytes(word).to_f32()),
            Dtype::BF16 => numbers(bytes, |word| bf16::from_le_bytes(word).to_f32()),
            other => {
                return Err(CheckpointError::Shape {
                    name: name.into(),
                    found: format!("of {other:?} numbers"),
                    expected: "F64, F32, F16 or BF16".into(),
                });
            }
        };
        if numbers.iter().any(|number| !number.is_finite()) {
            return Err(CheckpointError::NonFinite { name: name.into() });
        }
        // The root of one would be NaN, which a drawing shows as black.
        if name.ends_with(".running_var") && numbers.iter().any(|&number| number < 0.0) {
            return Err(CheckpointError::Variance { name: name.into() });
        }
        Ok(Self {
            shape: view.shape().to_vec(),
            numbers,
        })
    }
}
