//! The IDX reader: what it accepts, and what it says of every way in which a file can be wrong.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use webgan::data::{ImageSet, Images, MAX_BYTES, NamedFile, parse_images, parse_labels};

/// An `idx3-ubyte` file written by hand.
fn images_file(count: u32, rows: u32, columns: u32, pixels: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0, 0, 8, 3];
    for dimension in [count, rows, columns] {
        bytes.extend(dimension.to_be_bytes());
    }
    bytes.extend(pixels);
    bytes
}

fn labels_file(labels: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0, 0, 8, 1];
    bytes.extend((labels.len() as u32).to_be_bytes());
    bytes.extend(labels);
    bytes
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn expect_images_error(bytes: &[u8], code: &str, words: &[&str]) {
    let error = parse_images(bytes).unwrap_err();
    assert_eq!(error.code(), code, "{error}");
    for word in words {
        assert!(error.to_string().contains(word), "{error} lacks {word}");
    }
}

#[test]
fn plain_and_gzip_files_give_the_same_images() {
    let pixels: Vec<u8> = (0..12).collect();
    let file = images_file(2, 2, 3, &pixels);
    let expected = Images {
        count: 2,
        rows: 2,
        columns: 3,
        channels: 1,
        pixels,
    };
    assert_eq!(parse_images(&file).unwrap(), expected);
    assert_eq!(parse_images(&gzip(&file)).unwrap(), expected);
}

#[test]
fn labels_are_read() {
    let file = labels_file(&[7, 0, 9]);
    assert_eq!(parse_labels(&file).unwrap(), [7, 0, 9]);
    assert_eq!(parse_labels(&gzip(&file)).unwrap(), [7, 0, 9]);
}

#[test]
fn another_file_type_is_refused_by_its_magic() {
    expect_images_error(
        b"\x89PNG\r\n\x1a\n00000000",
        "data.idx.magic",
        &["a PNG picture", "idx3-ubyte"],
    );
}

#[test]
fn labels_in_place_of_images_are_refused_and_the_reverse() {
    expect_images_error(
        &labels_file(&[1, 2]),
        "data.idx.magic",
        &["2 unsigned bytes", "three dimensions"],
    );
    let error = parse_labels(&images_file(1, 1, 1, &[0])).unwrap_err();
    assert_eq!(error.code(), "data.idx.magic");
}

#[test]
fn float_elements_are_refused() {
    let mut file = images_file(1, 1, 1, &[0; 4]);
    file[2] = 0x0d;
    expect_images_error(&file, "data.idx.magic", &["decimal numbers of 32 bits"]);
}

#[test]
fn every_truncation_is_refused_with_both_lengths() {
    let file = images_file(2, 2, 2, &[5; 8]);
    expect_images_error(&[], "data.idx.truncated", &["empty"]);
    for length in 1..file.len() {
        let expected = if length < 16 {
            "expected 16"
        } else {
            "expected 24"
        };
        expect_images_error(
            &file[..length],
            "data.idx.truncated",
            &[&format!("after {length} bytes"), expected],
        );
    }
}

#[test]
fn a_truncated_gzip_stream_is_refused() {
    let file = gzip(&images_file(4, 8, 8, &[3; 256]));
    for length in 2..file.len() {
        // Also where all data is there and only the checksum behind it is cut.
        expect_images_error(&file[..length], "data.gzip", &["gzip"]);
    }
}

#[test]
fn a_damaged_gzip_stream_is_refused() {
    let mut file = gzip(&images_file(4, 8, 8, &[3; 256]));
    let crc = file.len() - 8;
    file[crc] ^= 0xff;
    expect_images_error(&file, "data.gzip", &["gzip"]);
}

#[test]
fn trailing_bytes_are_refused() {
    let mut file = images_file(1, 2, 2, &[0; 4]);
    file.push(0);
    expect_images_error(&file, "data.idx.trailing", &["20 bytes"]);
    expect_images_error(&gzip(&file), "data.idx.trailing", &["20 bytes"]);
}

#[test]
fn a_header_that_announces_too_much_is_refused_before_anything_is_read() {
    let largest = u32::MAX;
    expect_images_error(
        &images_file(largest, largest, largest, &[]),
        "data.idx.too_large",
        &["256 MB"],
    );
    let just_over = images_file(MAX_BYTES as u32 / 16 + 1, 4, 4, &[]);
    expect_images_error(&just_over, "data.idx.too_large", &[]);
}

#[test]
fn a_gzip_bomb_is_cut_off_after_what_its_header_announces() {
    let mut file = images_file(1, 1, 1, &[0]);
    file.resize(64 << 20, 0);
    expect_images_error(&gzip(&file), "data.idx.trailing", &["17 bytes"]);
}

#[test]
fn empty_images_are_refused() {
    for [count, rows, columns] in [[0, 28, 28], [1, 0, 28], [1, 28, 0]] {
        expect_images_error(
            &images_file(count, rows, columns, &[]),
            "data.idx.empty",
            &["at least one"],
        );
    }
}

#[test]
fn labels_must_match_the_images() {
    let images = images_file(3, 1, 1, &[0; 3]);
    let error = ImageSet::from_idx(&images, Some(&labels_file(&[1, 2]))).unwrap_err();
    assert_eq!(error.code(), "data.label_count");
    assert!(error.to_string().contains("2 labels for 3 images"));
}

#[test]
fn classes_are_the_labels_that_occur_and_a_held_out_set_has_the_same() {
    let images = images_file(4, 1, 1, &[0; 4]);
    let set = ImageSet::from_idx(&images, Some(&labels_file(&[3, 0, 3, 1]))).unwrap();
    assert_eq!(set.class_labels(), [0, 1, 3]);
    assert_eq!(set.class_counts(), [1, 1, 2]);
    assert_eq!(set.classes(), Some([2, 0, 2, 1].as_slice()));
    let of_held_out = |labels: &[u8]| {
        let images = images_file(labels.len() as u32, 1, 1, &vec![0; labels.len()]);
        let held_out = ImageSet::from_idx(&images, Some(&labels_file(labels))).unwrap();
        held_out.in_classes_of(&set)
    };
    let held_out = of_held_out(&[3, 3]).unwrap();
    assert_eq!(held_out.classes(), Some([2, 2].as_slice()));
    assert_eq!(held_out.class_counts(), [0, 0, 2]);
    assert_eq!(of_held_out(&[2]).unwrap_err().code(), "data.labels");
    let unlabelled = ImageSet::from_idx(&images, None).unwrap();
    assert!(unlabelled.class_counts().is_empty());
}

#[test]
fn turned_images_have_rows_for_columns() {
    let images = images_file(2, 2, 3, &(0..12).collect::<Vec<u8>>());
    let turned = ImageSet::from_idx(&images, None).unwrap().turned();
    assert_eq!((turned.rows(), turned.columns()), (3, 2));
    assert_eq!(turned.pixels(), [0, 3, 1, 4, 2, 5, 6, 9, 7, 10, 8, 11]);
}

#[test]
fn the_file_that_is_wrong_is_named() {
    fn named<'a>(name: &'a str, bytes: &'a [u8]) -> NamedFile<'a> {
        NamedFile { name, bytes }
    }
    let (images, labels) = (images_file(2, 1, 1, &[0; 2]), labels_file(&[1, 2]));
    let said = |images: &[u8], labels: &[u8]| {
        let result = ImageSet::from_files(named("a.gz", images), Some(named("b.gz", labels)));
        result.unwrap_err().to_string()
    };
    assert!(said(&images[..17], &labels).starts_with("“a.gz” cannot be used: idx data ends"));
    assert!(said(&images, &labels[..9]).starts_with("“b.gz” cannot be used: idx data ends"));
    let wide = said(&images_file(2, 14, 56, &[0; 1568]), &labels);
    assert!(
        wide.contains("“a.gz”") && wide.contains("14 pixels high and 56 wide"),
        "{wide}"
    );
    let both = said(&images, &labels_file(&[1]));
    assert!(
        both.contains("“a.gz” holds 2 images and “b.gz” 1 labels"),
        "{both}"
    );
}

#[test]
fn images_made_by_hand_are_checked_too() {
    let images = Images {
        count: 2,
        rows: 2,
        columns: 2,
        channels: 1,
        pixels: vec![0; 7],
    };
    let error = ImageSet::new(images, None).unwrap_err();
    assert_eq!(error.code(), "data.pixel_count");
}

proptest! {
    #[test]
    fn no_bytes_panic_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..2048)) {
        let _ = parse_images(&bytes);
        let _ = parse_labels(&bytes);
    }

    #[test]
    fn no_bytes_behind_a_right_header_panic_the_reader(
        dimensions in prop::array::uniform3(0_u32..40),
        rest in prop::collection::vec(any::<u8>(), 0..4096),
        zip in any::<bool>(),
        cut in 0_usize..64,
    ) {
        let [count, rows, columns] = dimensions;
        let mut file = images_file(count, rows, columns, &rest);
        if zip {
            file = gzip(&file);
        }
        file.truncate(file.len().saturating_sub(cut));
        if let Ok(images) = parse_images(&file) {
            prop_assert_eq!(images.pixels.len(), images.count * images.rows * images.columns);
        }
    }

    #[test]
    fn what_was_written_is_read_back(
        rows in 1_usize..9,
        columns in 1_usize..9,
        pixels in prop::collection::vec(any::<u8>(), 1..500),
    ) {
        let count = pixels.len() / (rows * columns);
        prop_assume!(count > 0);
        let pixels = &pixels[..count * rows * columns];
        let file = images_file(count as u32, rows as u32, columns as u32, pixels);
        let images = parse_images(&file).unwrap();
        prop_assert_eq!(images.pixels, pixels);
    }
}
