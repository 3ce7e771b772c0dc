//! The files that are shipped, damaged: whatever happens to them, reading gives an error or a value.

use std::fs;

use proptest::prelude::*;
use webgan::checkpoint::{Checkpoint, ClassifierFile, GeneratorFile};
use webgan::preset::{MAX_BATCH_SIZE, Overrides, presets};

/// Where most of a safetensors file's meaning is: its header.
const HEADER: usize = 4096;

fn shipped(name: &str) -> Vec<u8> {
    let path = format!(
        "{}/www/models/{name}.safetensors",
        env!("CARGO_MANIFEST_DIR")
    );
    fs::read(path).expect("the file is part of the repository")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn shipped_files_that_were_damaged_never_panic(
        name in prop::sample::select(vec!["dense", "classifier"]),
        keep in 0.0..2.0_f64,
        changes in prop::collection::vec((0..HEADER, any::<u8>()), 1..12),
    ) {
        let mut bytes = shipped(name);
        for (place, value) in changes {
            let length = bytes.len();
            bytes[place % length] = value;
        }
        bytes.truncate((bytes.len() as f64 * keep) as usize);
        let _ = Checkpoint::from_bytes(&bytes);
        let _ = GeneratorFile::from_bytes(&bytes);
        let _ = ClassifierFile::from_bytes(&bytes);
    }

    #[test]
    fn settings_of_any_kind_are_refused_or_in_range(
        key in prop::sample::select(vec!["batchSize", "learningRate", "l1Weight", "seed", "preset"]),
        value in prop::sample::select(vec![
            "0", "-1", "1e308", "1e999", "1.5", "null", "\"7\"", "[]", "{}", "true", "1024", "NaN",
            "4294967296", "0.0002",
        ]),
    ) {
        let json = format!("{{\"{key}\": {value}}}");
        if let Ok(overrides) = Overrides::from_json(&json) {
            for preset in presets() {
                if let Ok(config) = preset.config.with(&overrides) {
                    prop_assert!((1..=MAX_BATCH_SIZE).contains(&config.batch_size));
                    prop_assert!(config.learning_rate > 0.0 && config.learning_rate <= 1.0);
                }
            }
        }
    }
}

#[test]
fn shipped_files_are_read_where_they_are_whole() {
    assert!(GeneratorFile::from_bytes(&shipped("dense")).is_ok());
    assert!(ClassifierFile::from_bytes(&shipped("classifier")).is_ok());
}
