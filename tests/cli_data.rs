//! The data of the command line: folders and names as people have them, and what is said of others.
#![cfg(feature = "cli")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

#[path = "cli_data/arrays.rs"]
mod arrays;
#[path = "cli_data/pictures.rs"]
mod pictures;

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("cli-data")
        .join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn idx(sizes: &[u32]) -> Vec<u8> {
    let mut bytes = vec![0, 0, 8, sizes.len() as u8];
    bytes.extend(sizes.iter().flat_map(|size| size.to_be_bytes()));
    let count: u32 = sizes.iter().product();
    bytes.extend((0..count).map(|number| (number % 10) as u8));
    bytes
}

/// Writes a set of 70 and 10 digits under the names that `habit` makes of MNIST's.
fn set(folder: &Path, habit: impl Fn(&str) -> String) {
    for (part, count) in [("train", 70), ("t10k", 10)] {
        for (what, sizes) in [
            ("images-idx3", &[count, 28, 28][..]),
            ("labels-idx1", &[count]),
        ] {
            let path = folder.join(habit(&format!("{part}-{what}-ubyte")));
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, idx(sizes)).unwrap();
        }
    }
}

/// Whether the classifier learns from such data for a step, and what is said if not.
fn learns(folder: &Path, data: &str) -> Result<(), String> {
    runs(
        folder,
        &format!("classifier --steps 1 --out o.safetensors --data {data}"),
    )
}

fn program(folder: &Path, words: &str) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_webgan"));
    program.current_dir(folder).args(words.split(' '));
    program
}

/// Whether a command ends well, and what is said if not.
fn runs(folder: &Path, words: &str) -> Result<(), String> {
    let output = program(folder, words).output().unwrap();
    match output.status.success() {
        true => Ok(()),
        false => Err(String::from_utf8(output.stderr).unwrap()),
    }
}

#[test]
fn names_as_unpackers_write_them_are_read() {
    let here = folder("names");
    set(&here.join("dots"), |name| name.replace("-idx", ".idx"));
    set(&here.join("twice"), |name| format!("{name}(1)"));
    set(&here.join("folders"), |name| format!("{name}/{name}"));
    set(&here.join("raw"), |name| format!("MNIST/raw/{name}"));
    set(&here.join("emnist"), |name| {
        format!("emnist-digits-{}", name.replace("t10k", "test"))
    });
    set(&here.join("emnist"), |name| {
        format!("emnist-mnist-{}", name.replace("t10k", "test"))
    });
    for data in ["dots", "twice", "folders", "raw", "emnist/emnist-digits"] {
        assert_eq!(learns(&here, data), Ok(()), "{data}");
    }
    let error = learns(&here, "emnist").unwrap_err();
    assert!(error.contains("emnist-digits, emnist-mnist"), "{error}");
}

#[test]
fn what_cannot_be_read_is_named_and_what_lies_there_is_listed() {
    let here = folder("others");
    let says = |data: &str, words: &[&str]| {
        let error = learns(&here, data).unwrap_err();
        for word in words {
            assert!(error.contains(word), "{error} lacks {word}");
        }
    };
    says("nowhere", &["nowhere", "no such file or folder"]);
    fs::write(here.join("mnist.zip"), b"PK\x03\x04").unwrap();
    says("mnist.zip", &["mnist.zip", "no whole archive"]);
    fs::create_dir(here.join("tables")).unwrap();
    for name in ["mnist_test.csv", "mnist_train.csv"] {
        fs::write(here.join("tables").join(name), b"5,0,0\n").unwrap();
    }
    says(
        "tables",
        &["tables", "“mnist_train.csv” (a table of text (CSV))"],
    );

    set(&here.join("page"), str::to_owned);
    fs::write(here.join("page/t10k-labels-idx1-ubyte"), b"<!doctype html>").unwrap();
    says("page", &["t10k-labels-idx1-ubyte", "a web page"]);
    fs::write(here.join("page/t10k-labels-idx1-ubyte"), &idx(&[10])[..9]).unwrap();
    says("page", &["t10k-labels-idx1-ubyte", "ends after 9 bytes"]);
    fs::remove_file(here.join("page/t10k-labels-idx1-ubyte")).unwrap();
    says("page", &["no labels to hold out", "t10k-images-idx3-ubyte"]);

    set(&here.join("tests"), str::to_owned);
    let missing = |folder: &str, name: &str| fs::remove_file(here.join(folder).join(name)).unwrap();
    missing("tests", "train-labels-idx1-ubyte");
    says(
        "tests",
        &["no labels to train on", "train-images-idx3-ubyte"],
    );
    missing("tests", "train-images-idx3-ubyte");
    says(
        "tests",
        &["no images to train on", "t10k-images-idx3-ubyte"],
    );
    says(
        "tests/t10k-images-idx3-ubyte",
        &["this is one file", "the folder"],
    );

    // A label that nothing is trained on, and a header that announces what cannot be.
    set(&here.join("odd"), str::to_owned);
    let labels = here.join("odd/t10k-labels-idx1-ubyte");
    let mut bytes = fs::read(&labels).unwrap();
    *bytes.last_mut().unwrap() = 77;
    fs::write(&labels, bytes).unwrap();
    says("odd", &["t10k-labels-idx1-ubyte", "the label 77"]);
    let images = here.join("odd/train-images-idx3-ubyte");
    let mut bytes = fs::read(&images).unwrap();
    bytes[4..8].fill(0xff);
    fs::write(&images, bytes).unwrap();
    says(
        "odd",
        &["train-images-idx3-ubyte", "at most 256 MB are accepted"],
    );
}

#[test]
fn a_gan_trains_on_what_it_learns_from_and_needs_nothing_else() {
    let here = folder("alone");
    set(&here.join("all"), str::to_owned);
    let copy = |file: &str| {
        fs::create_dir_all(here.join("some")).unwrap();
        fs::copy(here.join("all").join(file), here.join("some").join(file)).unwrap();
    };
    let train = "train --data some --set batch_size=16 --steps 1 --overwrite --out";
    copy("train-images-idx3-ubyte");
    assert_eq!(
        runs(&here, &format!("{train} dense --preset dense")),
        Ok(())
    );
    // One that draws classes on demand draws what it likes where there are none.
    assert_eq!(
        runs(&here, &format!("{train} modern --preset modern")),
        Ok(())
    );
    assert_eq!(
        runs(
            &here,
            "bench --data some --preset modern --rounds 1 --seconds 0.001"
        ),
        Ok(())
    );
    copy("train-labels-idx1-ubyte");
    assert_eq!(
        runs(&here, &format!("{train} modern --preset modern")),
        Ok(())
    );
    let resume = "train --data some --steps 2 --out dense --resume dense/checkpoint.safetensors";
    // What the run does not look at makes no other data of it.
    assert_eq!(runs(&here, resume), Ok(()));
}
