//! Pairs on the command line: read beside the pictures or made of them, trained, measured, and a picture made of one.
#![cfg(feature = "cli")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use webgan::render;
use webgan::shape::SampleShape;

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("cli-pairs")
        .join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// A file of pictures that differ.
fn idx(sizes: &[u32]) -> Vec<u8> {
    let mut bytes = vec![0, 0, 8, sizes.len() as u8];
    bytes.extend(sizes.iter().flat_map(|size| size.to_be_bytes()));
    let count: u32 = sizes.iter().product();
    bytes.extend((0..count).map(|number| (number / 97 % 256) as u8));
    bytes
}

/// Twenty pairs to learn and four held out: colours, of greys.
fn set(here: &Path) {
    let data = here.join("data");
    fs::create_dir(&data).unwrap();
    for (part, count) in [("train", 20), ("t10k", 4)] {
        let files = [
            ("images-idx4", &[count, 28, 28, 3][..]),
            ("inputs-idx3", &[count, 28, 28]),
        ];
        for (what, sizes) in files {
            fs::write(data.join(format!("{part}-{what}-ubyte")), idx(sizes)).unwrap();
        }
    }
}

fn run(here: &Path, words: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_webgan"))
        .current_dir(here)
        .args(words.split(' '))
        .output()
        .unwrap()
}

fn succeed(here: &Path, words: &str) -> String {
    let output = run(here, words);
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{words}: {error}");
    String::from_utf8(output.stdout).unwrap()
}

fn fail(here: &Path, words: &str) -> String {
    let output = run(here, words);
    assert!(!output.status.success(), "{words}");
    String::from_utf8(output.stderr).unwrap()
}

/// Width and height, as a PNG file begins.
fn size(path: &Path) -> [u32; 2] {
    let bytes = fs::read(path).unwrap();
    [16, 20].map(|at| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap()))
}

const TRAIN: &str =
    "train --preset pix2pix --data data --set batch_size=4 --set generator=8-8-8-8-8";

#[test]
fn pairs_are_learned_measured_and_a_picture_is_made_of_another() {
    let here = folder("whole");
    set(&here);
    succeed(&here, &format!("{TRAIN} --steps 2 --out run"));
    // Input, output and truth of the four that are held out, with a pixel between.
    assert_eq!(size(&here.join("run/step-2.png")), [3 * 29 - 1, 4 * 29 - 1]);

    let measured = succeed(&here, "evaluate run/checkpoint.safetensors --data data");
    for words in [
        "4 held-out pairs",
        "made",
        "input itself",
        "mean picture",
        "nearest training",
    ] {
        assert!(measured.contains(words), "{measured}");
    }
    let json = succeed(
        &here,
        "evaluate run/checkpoint.safetensors --data data --json",
    );
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["count"], 4);
    assert!(json["made"]["psnr"].as_f64().unwrap() > 0.0);

    // Of any size, and in colours.
    let drawing = render::grid(&vec![0.5; 3 * 40 * 40], SampleShape::square(40, 3), 1);
    fs::write(here.join("drawing.png"), drawing.to_png()).unwrap();
    let sample = "sample run/checkpoint.safetensors --out made.png";
    succeed(&here, &format!("{sample} --input drawing.png"));
    assert_eq!(size(&here.join("made.png")), [28, 28]);
    assert!(fail(&here, sample).contains("--input names one"));
    assert!(
        fail(
            &here,
            &format!("{sample} --input data/train-images-idx4-ubyte")
        )
        .contains("picture")
    );

    let export = "export run/checkpoint.safetensors --out generator";
    succeed(&here, &format!("{export}.safetensors"));
    succeed(
        &here,
        "sample generator.safetensors --input drawing.png --out again.png",
    );
    assert_eq!(
        fs::read(here.join("again.png")).unwrap(),
        fs::read(here.join("made.png")).unwrap()
    );
    succeed(&here, &format!("{export}.onnx"));
    assert!(fail(&here, &format!("{export}.html")).contains("take ONNX"));

    let resume = "train --resume run/checkpoint.safetensors --out run";
    succeed(&here, &format!("{resume} --steps 3 --data data"));
    // Other inputs are other data.
    assert!(
        fail(
            &here,
            &format!("{resume} --steps 4 --data data --pairs outline")
        )
        .contains("other data")
    );
}

#[test]
fn pairs_are_made_of_any_pictures() {
    let here = folder("made");
    set(&here);
    for file in ["train-inputs-idx3-ubyte", "t10k-inputs-idx3-ubyte"] {
        fs::remove_file(here.join("data").join(file)).unwrap();
    }
    let error = fail(&here, &format!("{TRAIN} --steps 1 --out none"));
    assert!(error.contains("--pairs outline"), "{error}");
    for what in ["outline", "grey", "half", "coarse"] {
        let train = format!("{TRAIN} --pairs {what} --steps 1 --out {what}");
        succeed(&here, &train);
        assert_eq!(
            size(&here.join(what).join("step-1.png")),
            [3 * 29 - 1, 4 * 29 - 1],
            "{what}"
        );
    }
    // What it was made of is asked for again, and not taken for other data.
    for words in [
        "train --resume half/checkpoint.safetensors --data data --steps 2 --out half",
        "evaluate half/checkpoint.safetensors --data data",
    ] {
        let error = fail(&here, words);
        assert!(error.contains("to begin with: --pairs outline"), "{error}");
        succeed(&here, &format!("{words} --pairs half"));
    }
    let error = fail(
        &here,
        "train --preset modern --data data --pairs grey --steps 1 --out no",
    );
    assert!(error.contains("--preset pix2pix"), "{error}");
}
