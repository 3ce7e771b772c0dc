//! IDX files, plain and gzipped. What is accepted is as large as it says.
#![no_main]

use libfuzzer_sys::fuzz_target;
use webgan::data::{parse_images, parse_labels};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(images) = parse_images(bytes) {
        assert_eq!(
            images.pixels.len(),
            images.count * images.rows * images.columns
        );
    }
    let _ = parse_labels(bytes);
});
