//! Which files hold what: kinds by their first bytes, roles by kinds and names.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use webgan::data::{
    BEGINNING, Choice, Kind, Pair, Part, choose, input_spellings, is_clutter, parse_images,
    parse_labels, spellings,
};

fn idx(element: u8, sizes: &[u32], length: usize) -> Vec<u8> {
    let mut bytes = vec![0, 0, element, sizes.len() as u8];
    bytes.extend(sizes.iter().flat_map(|size| size.to_be_bytes()));
    bytes.resize(bytes.len() + length, 0);
    bytes
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn images(count: u32) -> Vec<u8> {
    idx(8, &[count, 28, 28], 784 * count as usize)
}

fn labels(count: u32) -> Vec<u8> {
    idx(8, &[count], count as usize)
}

fn chosen(files: &[(&str, Vec<u8>)]) -> Result<Choice, webgan::Error> {
    let kinds: Vec<_> = files
        .iter()
        .map(|(name, bytes)| {
            let beginning = &bytes[..bytes.len().min(BEGINNING)];
            (String::from(*name), Kind::of_file(beginning))
        })
        .collect();
    choose(&kinds)
}

fn refused(files: &[(&str, Vec<u8>)], code: &str, words: &[&str]) {
    let error = chosen(files).unwrap_err();
    assert_eq!(error.code(), code, "{error}");
    for word in words {
        assert!(error.to_string().contains(word), "{error} lacks {word}");
    }
}

/// One of each kind, as its writers begin it.
fn others() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let mut tar = vec![b'a'; 600];
    tar[257..262].copy_from_slice(b"ustar");
    let safetensors = [&[64, 0, 0, 0, 0, 0, 0, 0][..], b"{\"__metadata__\":{}}"].concat();
    vec![
        (
            "zip archive",
            b"PK\x03\x04\x14\0\0\0 train.png".to_vec(),
            "unpack it",
        ),
        ("npz", b"PK\x03\x04\x14\0\0\0 x_train.npy".to_vec(), "IDX"),
        (
            "7z archive",
            b"7z\xbc\xaf\x27\x1c\0\x04".to_vec(),
            "unpack it",
        ),
        ("rar archive", b"Rar!\x1a\x07\x01\0".to_vec(), "unpack it"),
        ("tar archive", tar, "unpack it"),
        ("xz", b"\xfd7zXZ\0\0\x04".to_vec(), "unpack it"),
        ("bzip2", b"BZh91AY&SY".to_vec(), "unpack it"),
        ("NumPy", b"\x93NUMPY\x01\0v\0{'descr'".to_vec(), "IDX"),
        (
            "MATLAB",
            b"MATLAB 5.0 MAT-file, Platform: GLNXA64".to_vec(),
            "IDX",
        ),
        ("HDF5", b"\x89HDF\r\n\x1a\n\0\0".to_vec(), "IDX"),
        ("Parquet", b"PAR1\x15\x04".to_vec(), "IDX"),
        ("pickle", b"\x80\x04\x95\x10".to_vec(), "IDX"),
        ("PNG", b"\x89PNG\r\n\x1a\n0000".to_vec(), "pictures"),
        ("JPEG", b"\xff\xd8\xff\xe0".to_vec(), "pictures"),
        ("safetensors", safetensors, "run"),
        (
            "web page",
            b"\n<!DOCTYPE html><html>".to_vec(),
            "get the file itself",
        ),
        (
            "web page",
            b"\xef\xbb\xbf<html lang=en>".to_vec(),
            "get the file itself",
        ),
        (
            "Git LFS",
            b"version https://git-lfs.github.com/spec/v1\n".to_vec(),
            "git lfs",
        ),
        ("ARFF", b"@RELATION mnist_784\n".to_vec(), "IDX"),
        ("CSV", b"label,1x1,1x2\n5,0,0\n".to_vec(), "IDX"),
        ("JSON", b"{\"images\": []}".to_vec(), "IDX"),
        ("a text", "Grüße, dies ist kein Bild".into(), "IDX"),
    ]
}

#[test]
fn files_of_other_kinds_are_named_with_what_to_do_packed_or_not() {
    for (name, bytes, cure) in others() {
        for bytes in [bytes.clone(), gzip(&bytes)] {
            let error = parse_images(&bytes).unwrap_err();
            assert_eq!(error.code(), "data.idx.magic", "{error}");
            let words = error.to_string();
            assert!(
                words.contains(name) && words.contains(cure),
                "{name}: {words}"
            );
            assert!(!words.contains("0x"), "{words}");
            refused(&[("one", bytes)], "data.idx.magic", &["“one”", name, cure]);
        }
    }
}

#[test]
fn numbers_of_other_types_and_shapes_are_told_in_words() {
    for (file, words) in [
        (
            idx(0x0d, &[2, 28, 28], 16),
            "2×28×28 decimal numbers of 32 bits",
        ),
        (
            idx(0x0b, &[2, 28, 28], 16),
            "2×28×28 whole numbers of 16 bits",
        ),
        (
            idx(0x08, &[2, 8, 32, 32, 3], 16),
            "2×8×32×32×3 unsigned bytes",
        ),
        (labels(2), "2 unsigned bytes"),
    ] {
        let error = parse_images(&file).unwrap_err();
        assert_eq!(error.code(), "data.idx.magic");
        assert!(error.to_string().contains(words), "{error}");
    }
    let error = parse_labels(&idx(0x0c, &[60_000, 8], 64)).unwrap_err();
    let words = "60000×8 whole numbers of 32 bits";
    assert!(error.to_string().contains(words), "{error}");
}

#[test]
fn sizes_with_their_lowest_byte_first_are_recognised() {
    for (magic, sizes) in [
        ([0, 0, 8, 3], [60_000_u32, 28, 28].map(u32::to_le_bytes)),
        ([3, 8, 0, 0], [2, 28, 28].map(u32::to_le_bytes)),
    ] {
        let mut file = magic.to_vec();
        file.extend(sizes.concat());
        file.extend([0; 2 * 784]);
        let error = parse_images(&file).unwrap_err();
        assert!(error.to_string().contains("lowest byte first"), "{error}");
    }
    // Ten labels would be 167,772,160.
    let mut file = vec![0, 0, 8, 1, 10, 0, 0, 0];
    file.extend([0; 10]);
    let error = parse_labels(&file).unwrap_err();
    assert!(error.to_string().contains("lowest byte first"), "{error}");
}

#[test]
fn files_that_were_packed_twice_are_read() {
    let once = gzip(&images(3));
    assert_eq!(parse_images(&gzip(&once)).unwrap().count, 3);
    assert!(matches!(Kind::of_file(&gzip(&once)), Kind::Idx(_)));
    let often = (0..9).fold(once, |bytes, _| gzip(&bytes));
    assert_eq!(parse_images(&often).unwrap_err().code(), "data.gzip");
}

#[test]
fn a_bomb_of_gzip_costs_little() {
    let bomb = gzip(&gzip(&vec![0; 64 << 20]));
    assert_eq!(
        Kind::of_file(&bomb[..bomb.len().min(BEGINNING)]),
        Kind::Unknown
    );
}

const FOUR: [&str; 4] = [
    "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
    "train-images-idx3-ubyte",
    "train-labels-idx1-ubyte",
];

#[test]
fn of_four_files_the_training_pair_is_taken_and_the_other_held_out() {
    type Rename = fn(&str) -> String;
    let habits: [Rename; 9] = [
        |name| name.into(),
        |name| format!("{name}.gz"),
        |name| format!("{name}(1).gz"),
        |name| name.replace("-idx", ".idx"),
        |name| format!("emnist-letters-{}.gz", name.replace("t10k", "test")),
        |name| format!("MNIST/raw/{name}"),
        |name| format!("{name}/{name}"),
        |name| format!("archive/{name} (2)"),
        |name| match name.split_once('-').unwrap() {
            ("train", rest) => format!("set/train/{rest}"),
            (_, rest) => format!("set/test/{rest}"),
        },
    ];
    let expected = Choice {
        train: Pair {
            images: 2,
            labels: Some(3),
            inputs: None,
        },
        held_out: Some(Pair {
            images: 0,
            labels: Some(1),
            inputs: None,
        }),
    };
    for habit in habits {
        let names = FOUR.map(habit);
        let [a, b, c, d] = names.each_ref().map(String::as_str);
        let files = [
            (a, images(2)),
            (b, labels(2)),
            (c, images(5)),
            (d, labels(5)),
        ];
        assert_eq!(chosen(&files).unwrap(), expected, "{names:?}");
        // By the names alone, as where a site lists a folder.
        let unknown = names.map(|name| (name, Kind::Unknown));
        assert_eq!(choose(&unknown).unwrap(), expected);
    }
}

#[test]
fn copies_are_one_and_clutter_is_none() {
    let files = [
        ("raw/train-images-idx3-ubyte.gz", gzip(&images(5))),
        ("raw/train-images-idx3-ubyte", images(5)),
        ("raw/train-images-idx3-ubyte(1).gz", gzip(&images(5))),
        ("__MACOSX/raw/._train-images-idx3-ubyte", images(5)),
        ("raw/.DS_Store", b"\0\0\0\x01Bud1".to_vec()),
        ("raw/train-labels-idx1-ubyte", labels(5)),
    ];
    let choice = chosen(&files).unwrap();
    assert_eq!((choice.train.images, choice.train.labels), (0, Some(5)));
    for path in [
        "a/.ipynb_checkpoints/x.png",
        "Thumbs.db",
        "x/desktop.ini",
        "._7.png",
    ] {
        assert!(is_clutter(path), "{path}");
    }
    for path in ["a.b/x.png", "./x.png", "../x.png", "thumbs/x.png"] {
        assert!(!is_clutter(path), "{path}");
    }
}

#[test]
fn one_file_is_taken_for_images_and_two_of_any_name_for_a_pair() {
    assert_eq!(chosen(&[("x", images(2))]).unwrap().train.images, 0);
    let choice = chosen(&[("a", labels(2)), ("b", gzip(&images(2)))]).unwrap();
    assert_eq!((choice.train.images, choice.train.labels), (1, Some(0)));
    assert_eq!(choice.held_out, None);
    refused(
        &[("x", labels(2))],
        "data.idx.magic",
        &["“x”", "2 unsigned bytes", "images"],
    );
    refused(&[("x", vec![])], "data.idx.truncated", &["“x”", "empty"]);
}

#[test]
fn two_of_a_kind_are_both_named() {
    let both = &["“a”", "“b”", "both hold images"];
    refused(&[("a", images(2)), ("b", images(3))], "data.files", both);
    let both = &["“a”", "“b”", "both hold labels"];
    refused(&[("a", labels(2)), ("b", labels(3))], "data.files", both);
    let files = [("x", images(2)), ("a", labels(2)), ("b", labels(2))];
    refused(&files, "data.files", both);
}

#[test]
fn images_and_labels_of_two_sets_are_both_named() {
    let names = &["“few”", "20 images", "“some”", "19 labels"];
    refused(
        &[("few", images(20)), ("some", labels(19))],
        "data.label_count",
        names,
    );
    for foreign in ["t10k-labels-idx1-ubyte", "emnist-train-labels-idx1-ubyte"] {
        let files = [("train-images-idx3-ubyte", images(2)), (foreign, labels(2))];
        refused(
            &files,
            "data.files",
            &["“train-images-idx3-ubyte”", foreign],
        );
    }
    let digits = [
        "emnist-digits-train-images-idx3-ubyte",
        "emnist-letters-train-images-idx3-ubyte",
    ];
    let sets = digits.map(|name| (name, images(2)));
    refused(&sets, "data.files", &["emnist-digits", "emnist-letters"]);
}

#[test]
fn the_file_that_is_wrong_is_the_one_that_is_named() {
    let files = [
        ("qmnist-train-images-idx3-ubyte.gz", images(2)),
        ("qmnist-train-labels-idx2-int.gz", idx(0x0c, &[2, 8], 64)),
    ];
    refused(
        &files,
        "data.idx.magic",
        &[
            "“qmnist-train-labels-idx2-int.gz”",
            "2×8 whole numbers of 32 bits",
        ],
    );
    let page = b"<!doctype html>".to_vec();
    let files = [
        ("train-images-idx3-ubyte", images(2)),
        ("train-labels-idx1-ubyte", page.clone()),
    ];
    refused(
        &files,
        "data.idx.magic",
        &["“train-labels-idx1-ubyte”", "web page"],
    );
    // Beside files that are of use others may lie.
    let files = [("x", images(2)), ("readme.html", page)];
    assert_eq!(chosen(&files).unwrap().train.images, 0);
}

#[test]
fn where_nothing_is_of_use_what_lies_there_is_listed() {
    let files = [
        ("train.csv", b"label,1,2\n".to_vec()),
        ("notes.txt", b"hello".to_vec()),
    ];
    refused(
        &files,
        "data.files",
        &["“train.csv” (a table of text (CSV))", "“notes.txt”"],
    );
    refused(&[], "data.files", &["nothing"]);
}

#[test]
fn the_usual_spellings_name_what_they_are_for() {
    for (part, is_train) in [(Part::Train, true), (Part::HeldOut, false)] {
        for name in spellings(part, false) {
            let file = [(name.clone(), Kind::Unknown)];
            assert_eq!(choose(&file).unwrap().train.images, 0, "{name}");
            assert_eq!(name.contains("train"), is_train);
        }
        assert_eq!(spellings(part, true).len(), spellings(part, false).len());
        // In the same places those that belong together.
        for (images, inputs) in spellings(part, false)
            .into_iter()
            .zip(input_spellings(part))
        {
            let files = [images, inputs].map(|name| (name, Kind::Unknown));
            let train = choose(&files).unwrap().train;
            assert_eq!((train.images, train.inputs), (0, Some(1)), "{files:?}");
        }
    }
}
