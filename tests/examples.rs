//! The examples, run one after another as somebody would, with few steps and few pictures.
#![cfg(feature = "cli")] // which has what draws a PNG

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const COUNT: u32 = 80;

/// Cargo builds them before the tests, beside the command line.
fn example(name: &str) -> PathBuf {
    let beside = Path::new(env!("CARGO_BIN_EXE_webgan")).parent().unwrap();
    beside.join("examples").join(name)
}

fn succeed(folder: &Path, name: &str, arguments: &[&str]) -> String {
    let output = Command::new(example(name))
        .current_dir(folder)
        .args(arguments)
        .output()
        .expect("with `--test examples` alone, cargo builds no examples: add `--examples`");
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name}: {error}");
    String::from_utf8(output.stdout).unwrap()
}

/// Pictures and labels as MNIST's files are named. Not packed, whatever the name says: readers look inside.
fn digits(folder: &Path) {
    for (part, seed) in [("train", 1_u32), ("t10k", 2)] {
        let pixel = |i: u32| ((i ^ seed).wrapping_mul(2_654_435_761) >> 24) as u8;
        let head = [0x0803, COUNT, 28, 28].map(u32::to_be_bytes).concat();
        let images: Vec<u8> = head
            .into_iter()
            .chain((0..COUNT * 784).map(pixel))
            .collect();
        let head = [0x0801, COUNT].map(u32::to_be_bytes).concat();
        let labels: Vec<u8> = head
            .into_iter()
            .chain((0..COUNT).map(|i| (i % 10) as u8))
            .collect();
        fs::write(folder.join(format!("{part}-images-idx3-ubyte.gz")), images).unwrap();
        fs::write(folder.join(format!("{part}-labels-idx1-ubyte.gz")), labels).unwrap();
    }
}

#[test]
fn the_examples_follow_one_another() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("examples");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    digits(&folder);

    let said = succeed(&folder, "train", &[".", "run.safetensors", "2"]);
    assert!(said.starts_with("step 2: D "), "{said}");
    let said = succeed(&folder, "resume", &[".", "run.safetensors", "1"]);
    assert_eq!(said, "steps 2 to 3, 1 reports\n");
    let said = succeed(&folder, "sample", &["run.safetensors", "samples.png"]);
    assert_eq!(said, "231 × 231 pixels\n");
    assert!(
        fs::read(folder.join("samples.png"))
            .unwrap()
            .starts_with(b"\x89PNG")
    );
    let said = succeed(&folder, "evaluate", &[".", "run.safetensors"]);
    assert!(
        said.starts_with("generated: classifier-Fréchet distance "),
        "{said}"
    );
}

#[test]
fn the_example_of_own_data_draws_in_colours() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let said = succeed(folder, "own_data", &["1"]);
    assert!(
        said.contains(&format!("{} numbers", 4 * 3 * 32 * 32)),
        "{said}"
    );
}
