//! `src/schema.rs` is what `onnx.proto` says, which is the format's own (package `onnx` 1.23.2 of PyPI). With
//! `WRITE=1` it is written anew.

use std::path::Path;
use std::{env, fs};

#[test]
fn the_schema_is_the_formats_own() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let made = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let files = protox::compile(["onnx.proto"], [here]).unwrap();
    let mut config = prost_build::Config::new();
    config.disable_comments(["."]).out_dir(made);
    config.compile_fds(files).unwrap();
    let made = fs::read_to_string(made.join("onnx.rs")).unwrap();
    let kept = here.join("src/schema.rs");
    if env::var_os("WRITE").is_some() {
        fs::write(&kept, &made).unwrap();
    }
    assert!(
        made == fs::read_to_string(&kept).unwrap(),
        "WRITE=1 writes it"
    );
}
