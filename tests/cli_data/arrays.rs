//! Pictures as numbers: NumPy's arrays, and CIFAR's files.

use std::fs::{self, File};
use std::io::Write;

use super::pictures::{TRAIN, fingerprint, idx, refuses, says};
use super::{folder, runs};

/// An array as NumPy writes it.
fn npy(kind: &str, shape: &str, numbers: &[u8]) -> Vec<u8> {
    let head = format!("{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}, }}\n");
    let length = (head.len() as u16).to_le_bytes();
    [
        b"\x93NUMPY\x01\0".as_slice(),
        &length,
        head.as_bytes(),
        numbers,
    ]
    .concat()
}

#[test]
fn arrays_are_read_with_what_they_hold_out() {
    let here = folder("arrays");
    let pixels: Vec<u8> = (0..12 * 28 * 28_u64)
        .map(|i| (i * i * 31 % 251) as u8)
        .collect();
    let labels: Vec<i64> = (0..12).map(|i| i % 3 * 2).collect();
    let labels: Vec<u8> = labels
        .iter()
        .flat_map(|label| label.to_be_bytes())
        .collect();
    let floats = pixels
        .iter()
        .flat_map(|&pixel| (f32::from(pixel) / 255.0).to_le_bytes());
    let floats: Vec<u8> = floats.collect();
    let mut zip = zip::ZipWriter::new(File::create(here.join("mnist.npz")).unwrap());
    let options = zip::write::SimpleFileOptions::default();
    for (name, array) in [
        ("x_test.npy", npy("|u1", "(2, 28, 28)", &pixels[..2 * 784])),
        ("y_test.npy", npy("|u1", "(2,)", &[4, 0])),
        ("x_train.npy", npy("<f4", "(12, 784)", &floats)),
        ("y_train.npy", npy(">i8", "(12,)", &labels)),
    ] {
        zip.start_file(name, options).unwrap();
        zip.write_all(&array).unwrap();
    }
    zip.finish().unwrap();
    let said = says(&here, &format!("{TRAIN} --out run --data mnist.npz"));
    let words = "12 pictures as 28×28 greys, in classes: 0 (4), 2 (4), 4 (4); 2 to hold out";
    assert!(said.contains(words), "{said}");
    // The same pixels and labels as IDX.
    fs::create_dir(here.join("idx")).unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(here.join("idx").join(name), bytes).unwrap();
    write("train-images-idx3-ubyte", &idx(&[12, 28, 28], &pixels));
    let labels: Vec<u8> = (0..12).map(|i| i % 3 * 2).collect();
    write("train-labels-idx1-ubyte", &idx(&[12], &labels));
    says(&here, &format!("{TRAIN} --out idx-run --data idx"));
    assert_eq!(fingerprint(&here, "run"), fingerprint(&here, "idx-run"));
    let classifier = "classifier --steps 1 --out c.safetensors --data mnist.npz";
    // What is held out is read as well; of twelve pictures no batch can be made.
    let error = runs(&here, classifier).unwrap_err();
    assert!(error.contains("to train on: 12"), "{error}");

    fs::write(here.join("table.npy"), npy("|u1", "(3, 5)", &[0; 15])).unwrap();
    refuses(&here, "table.npy", &["table (3×5)", "x_train"]);
    fs::write(here.join("cut.npy"), npy("|u1", "(3, 28, 28)", &[0; 15])).unwrap();
    refuses(&here, "cut.npy", &["cut.npy", "ends before its numbers do"]);
    fs::write(here.join("text.npy"), npy("<U3", "(3,)", &[0; 36])).unwrap();
    refuses(&here, "text.npy", &["“U3”", "uint8"]);
}

#[test]
fn cifar_s_binary_files_are_read_with_their_names() {
    let here = folder("cifar");
    let batch = |first: u8| -> Vec<u8> {
        let record = |label: u8| {
            let planes = [[10 * label; 1024], [200; 1024], [first; 1024]];
            [vec![label], planes.concat()].concat()
        };
        (0..4).flat_map(|i| record((first + i) % 3)).collect()
    };
    let data = here.join("cifar-10-batches-bin");
    fs::create_dir(&data).unwrap();
    for (name, bytes) in [
        ("data_batch_1.bin", batch(0)),
        ("data_batch_2.bin", batch(1)),
        ("test_batch.bin", batch(2)),
        ("batches.meta.txt", b"plane\ncar\nbird\n\n".to_vec()),
    ] {
        fs::write(data.join(name), bytes).unwrap();
    }
    let said = says(
        &here,
        &format!(
            "{} --out run --data cifar-10-batches-bin",
            TRAIN.replace("dense", "modern")
        ),
    );
    let words =
        "8 pictures as 32×32 in colours, in classes: plane (3), car (3), bird (2); 4 to hold out";
    assert!(said.contains(words), "{said}");
    fs::write(data.join("data_batch_2.bin"), [0; 100]).unwrap();
    refuses(
        &here,
        "cifar-10-batches-bin",
        &["data_batch_1.bin", "get it again"],
    );
}
