//! Files of runs, generators and classifiers. What is accepted can be written, and read again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use webgan::checkpoint::{Checkpoint, ClassifierFile, GeneratorFile};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(checkpoint) = Checkpoint::from_bytes(bytes) {
        assert!(Checkpoint::from_bytes(&checkpoint.to_bytes()).is_ok());
    }
    let _ = GeneratorFile::from_bytes(bytes);
    let _ = ClassifierFile::from_bytes(bytes);
});
