//! Settings as JSON, laid over every preset. What is accepted is in range.
#![no_main]

use libfuzzer_sys::fuzz_target;
use webgan::preset::{MAX_BATCH_SIZE, Overrides, presets};

fuzz_target!(|json: &str| {
    let Ok(overrides) = Overrides::from_json(json) else {
        return;
    };
    for preset in presets() {
        if let Ok(config) = preset.config.with(&overrides) {
            assert!((1..=MAX_BATCH_SIZE).contains(&config.batch_size));
            assert!(config.learning_rate > 0.0 && config.learning_rate <= 1.0);
        }
    }
});
