//! The examples, run one after another as somebody would, with few steps and few pictures.
#![cfg(feature = "png")]

use std::fs;
use std::path::{Path, PathBuf};

use webgan::checkpoint::Checkpoint;

/// A program of its own, whose `main` nothing calls here.
macro_rules! example {
    ($name:ident, $file:literal) => {
        #[path = $file]
        #[allow(dead_code)]
        mod $name;
    };
}
example!(train, "../examples/train.rs");
example!(resume, "../examples/resume.rs");
example!(sample, "../examples/sample.rs");
example!(evaluate, "../examples/evaluate.rs");
example!(own_data, "../examples/own_data.rs");

const COUNT: u32 = 80;

fn words(folder: &Path, names: &[&str]) -> Vec<String> {
    let word = |path: PathBuf| path.into_os_string().into_string().unwrap();
    names.iter().map(|name| word(folder.join(name))).collect()
}

fn step_of(run: &Path) -> u32 {
    Checkpoint::from_bytes(&fs::read(run).unwrap())
        .unwrap()
        .step
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
    let folder = &Path::new(env!("CARGO_TARGET_TMPDIR")).join("examples");
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder).unwrap();
    digits(folder);
    let run = folder.join("run.safetensors");
    let steps =
        |count: &str| [words(folder, &["", "run.safetensors"]), vec![count.into()]].concat();

    train::run(&steps("2")).unwrap();
    assert_eq!(step_of(&run), 2);
    resume::run(&steps("1")).unwrap();
    assert_eq!(step_of(&run), 3);
    sample::run(&words(folder, &["run.safetensors", "samples.png"])).unwrap();
    let decoder = png::Decoder::new(std::io::Cursor::new(
        fs::read(folder.join("samples.png")).unwrap(),
    ));
    // Eight tiles of 28 pixels with a line between two.
    assert_eq!(decoder.read_info().unwrap().info().size(), (231, 231));
    evaluate::run(&words(folder, &["", "run.safetensors"])).unwrap();
    assert!(train::run(&[]).is_err());
}

#[test]
fn the_example_of_own_data_trains() {
    own_data::run(&["1".into()]).unwrap();
}
