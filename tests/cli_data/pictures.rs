//! Pictures as people have them: folders, archives, and files that are no good.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use image::{DynamicImage, GrayImage, ImageFormat, Luma, Rgb, RgbImage, Rgba, RgbaImage};
use serde_json::Value;
use webgan::checkpoint::Checkpoint;

use super::{folder, program, runs, set};

pub(super) const TRAIN: &str = "train --preset dense --set batch_size=2 --steps 1 --overwrite";

/// What is said on standard error by a command that ends well.
pub(super) fn says(here: &Path, words: &str) -> String {
    let output = program(here, words).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{words}: {said}");
    said
}

/// What is said of data that cannot be trained on.
pub(super) fn refuses(here: &Path, data: &str, words: &[&str]) {
    let error = runs(here, &format!("{TRAIN} --out o --data {data}")).unwrap_err();
    for word in words {
        assert!(error.contains(word), "{data}: {error} lacks {word}");
    }
    assert_eq!(
        error.lines().filter(|line| line.contains("panic")).count(),
        0
    );
}

/// The data of a run: equal only where every pixel and every label is.
pub(super) fn fingerprint(here: &Path, run: &str) -> String {
    let bytes = fs::read(here.join(run).join("checkpoint.safetensors")).unwrap();
    Checkpoint::from_bytes(&bytes).unwrap().data.unwrap()
}

/// A picture of one colour.
fn plain(width: u32, height: u32, colour: [u8; 3]) -> RgbImage {
    RgbImage::from_pixel(width, height, Rgb(colour))
}

fn save(path: &Path, picture: impl Into<DynamicImage>) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    picture.into().save(path).unwrap();
}

/// Pictures in colours, in folders for two classes, of which there are three and two.
fn pets(top: &Path) {
    for i in 0..5 {
        let class = if i < 3 { "cat" } else { "dog" };
        let colour = [40 * i as u8, 200, 10];
        save(
            &top.join(class).join(format!("{i}.png")),
            plain(40, 50, colour),
        );
    }
}

/// The files of `pets`, by their paths.
fn files_of_pets(top: &Path) -> Vec<(String, Vec<u8>)> {
    pets(top);
    let paths = [
        "cat/0.png",
        "cat/1.png",
        "cat/2.png",
        "dog/3.png",
        "dog/4.png",
    ];
    let read = |path: &str| (path.to_owned(), fs::read(top.join(path)).unwrap());
    paths.into_iter().map(read).collect()
}

pub(super) fn idx(sizes: &[u32], bytes: &[u8]) -> Vec<u8> {
    let mut file = vec![0, 0, 8, sizes.len() as u8];
    file.extend(sizes.iter().flat_map(|size| size.to_be_bytes()));
    file.extend(bytes);
    file
}

fn base64(text: &str) -> Vec<u8> {
    let digits = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digit = |letter| digits.iter().position(|&digit| digit == letter).unwrap();
    let letters = text.bytes().filter(|&letter| letter != b'=');
    let letters: Vec<_> = letters.map(digit).collect();
    let bytes = letters.chunks(4).flat_map(|some| {
        let bits = some.iter().fold(0, |bits, digit| bits << 6 | digit) << (6 * (4 - some.len()));
        let bytes = [16, 8, 0].map(|shift| (bits >> shift) as u8);
        bytes.into_iter().take(some.len() - 1)
    });
    bytes.collect()
}

/// `page.snap` is what the page makes of these pictures: `tests/unit/agreement.test.js` keeps it.
#[test]
fn a_folder_becomes_what_the_page_makes_of_it() {
    let here = folder("agreement");
    let page: Value = serde_json::from_str(include_str!("page.snap")).unwrap();
    let numbers = |values: &Value| -> Vec<u32> { serde_json::from_value(values.clone()).unwrap() };
    for picture in page["pictures"].as_array().unwrap() {
        let (path, size) = (
            picture[0].as_str().unwrap(),
            &picture.as_array().unwrap()[1..],
        );
        let [width, height] = [0, 1].map(|i| size[i].as_u64().unwrap() as usize);
        // The same formula as there.
        let rgba = (0..4 * width * height).map(|i| ((i * i * 31 + 7 * i) % 256) as u8);
        let rgba = RgbaImage::from_raw(width as u32, height as u32, rgba.collect());
        save(&here.join("pictures").join(path), rgba.unwrap());
    }
    let labels = numbers(&page["labels"]);
    let count = labels.len() as u32;
    let labels = idx(
        &[count],
        &labels.iter().map(|&label| label as u8).collect::<Vec<_>>(),
    );
    let side = page["shape"]["side"].as_u64().unwrap() as u32;
    assert_eq!(page["shape"]["channels"], 3);
    for (name, sizes, options) in [
        ("suggested", vec![count, side, side, 3], ""),
        (
            "greys",
            vec![count, 28, 28],
            " --side 28 --channels 1 --fit whole",
        ),
    ] {
        let files = here.join(format!("{name}-idx"));
        fs::create_dir_all(&files).unwrap();
        let pixels = base64(page[name].as_str().unwrap());
        let images = format!("train-images-idx{}-ubyte", sizes.len());
        fs::write(files.join(images), idx(&sizes, &pixels)).unwrap();
        fs::write(files.join("train-labels-idx1-ubyte"), &labels).unwrap();
        let train = TRAIN.replace("dense", "modern");
        says(
            &here,
            &format!("{train} --data {name}-idx --out {name}-page"),
        );
        let said = says(
            &here,
            &format!("{train} --data pictures --out {name}{options}"),
        );
        assert_eq!(
            fingerprint(&here, name),
            fingerprint(&here, &format!("{name}-page")),
            "{name}"
        );
        let names = page["classes"].as_array().unwrap().iter();
        let told: Vec<_> = names
            .zip(numbers(&page["counts"]))
            .map(|(name, count)| format!("{} ({count})", name.as_str().unwrap()))
            .collect();
        assert!(said.contains(&told.join(", ")), "{said}");
        assert!(
            said.contains("left out: 1 of another part, such as one for tests"),
            "{said}"
        );
    }
}

/// A picture of greys, each by its place.
fn greys(width: u32, height: u32, grey: impl Fn(u32, u32) -> u32) -> GrayImage {
    GrayImage::from_fn(width, height, |x, y| Luma([grey(x, y) as u8]))
}

/// Writes images, and labels where there are any, as one part of a set.
fn write_part(set: &Path, part: &str, pictures: &[GrayImage], labels: Option<&[u8]>) {
    fs::create_dir_all(set).unwrap();
    let count = pictures.len() as u32;
    let pixels: Vec<u8> = pictures
        .iter()
        .flat_map(|one| one.as_raw())
        .copied()
        .collect();
    let name = |what: &str| set.join(format!("{part}-{what}-ubyte"));
    fs::write(name("images-idx3"), idx(&[count, 28, 28], &pixels)).unwrap();
    if let Some(labels) = labels {
        fs::write(name("labels-idx1"), idx(&[count], labels)).unwrap();
    }
}

#[test]
fn what_the_page_holds_out_is_held_out() {
    let here = folder("tenths");
    let page: Value = serde_json::from_str(include_str!("page.snap")).unwrap();
    let numbered = &page["numbered"];
    let is_out = |path: &Value| numbered["heldOut"].as_array().unwrap().contains(path);
    let mut parts = [(Vec::new(), Vec::new()), (Vec::new(), Vec::new())];
    for one in numbered["pictures"].as_array().unwrap() {
        let [number, label] = [1, 2].map(|i| one[i].as_u64().unwrap() as u32);
        // The same formula as there.
        let grey = |x: u32, y: u32| (x * x * (number + 3) + 5 * y * number + 7 * x) % 251;
        let picture = greys(28, 28, grey);
        save(
            &here.join("pictures").join(one[0].as_str().unwrap()),
            picture.clone(),
        );
        let (pictures, labels) = &mut parts[usize::from(is_out(&one[0]))];
        pictures.push(picture);
        labels.push(label as u8);
    }
    assert_eq!(parts[1].0.len(), 4);
    for (part, (pictures, labels)) in ["train", "t10k"].iter().zip(&parts) {
        write_part(&here.join("set"), part, pictures, Some(labels));
    }
    let train = TRAIN.replace("dense", "modern");
    let said = says(&here, &format!("{train} --data pictures --out run"));
    assert!(
        said.contains("; 4 of them are held out to measure with"),
        "{said}"
    );
    says(&here, &format!("{train} --data set --out set-run"));
    assert_eq!(fingerprint(&here, "run"), fingerprint(&here, "set-run"));
    let measured = |data: &str| {
        let words = format!("evaluate run/checkpoint.safetensors --json --data {data}");
        let output = program(&here, &words).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(measured("pictures"), measured("set"));

    // As older runs learned them: all.
    let all = says(
        &here,
        &format!("{train} --data pictures --hold-out none --out all"),
    );
    assert!(!all.contains("held out"), "{all}");
    assert_ne!(fingerprint(&here, "all"), fingerprint(&here, "run"));
    let resume = "train --resume all/checkpoint.safetensors --steps 2 --out all --data pictures";
    let error = runs(&here, resume).unwrap_err();
    assert!(error.contains("--hold-out none"), "{error}");
    assert_eq!(runs(&here, &format!("{resume} --hold-out none")), Ok(()));
}

#[test]
fn a_sheet_is_cut_as_the_page_cuts_it() {
    let here = folder("sheet");
    let page: Value = serde_json::from_str(include_str!("page.snap")).unwrap();
    // The same formula as there.
    let tile = |x: u32, y: u32| (x % 29).pow(2) + 3 * (y % 29) + 20 * (x / 29) + 7 * (y / 29);
    let sheet = greys(115, 115, |x, y| if y < 87 { tile(x, y) % 256 } else { 200 });
    save(&here.join("sheet.png"), sheet.clone());
    let corners = page["sheet"]["corners"].as_array().unwrap();
    let tiles = corners.iter().map(|corner| {
        let [x, y] = ["x", "y"].map(|along| corner[along].as_u64().unwrap() as u32);
        image::imageops::crop_imm(&sheet, x, y, 28, 28).to_image()
    });
    let tiles: Vec<_> = tiles
        .filter(|tile| tile.get_pixel(0, 0) != tile.get_pixel(9, 9))
        .collect();
    assert_eq!((corners.len(), tiles.len()), (16, 12));
    write_part(&here.join("tiles"), "train", &tiles, None);
    says(&here, &format!("{TRAIN} --data tiles --out tiles-run"));
    for (options, out) in [("", "found"), (" --tiles 28", "asked")] {
        let said = says(
            &here,
            &format!("{TRAIN} --data sheet.png{options} --out {out}"),
        );
        assert!(said.contains("12 pictures as 28×28 greys"), "{said}");
        assert!(said.contains("left out: 4 of one colour alone"), "{said}");
        assert_eq!(fingerprint(&here, out), fingerprint(&here, "tiles-run"));
    }
    refuses(
        &here,
        "sheet.png --tiles 30",
        &["115×115 pixels are no tiles of 30", "28"],
    );
    refuses(
        &here,
        "tiles --tiles 28",
        &["IDX files are taken as they are"],
    );
    let one = runs(
        &here,
        &format!("{TRAIN} --data sheet.png --tiles none --out one"),
    )
    .unwrap_err();
    assert!(one.contains("to train on: 1."), "{one}");
}

#[test]
fn an_archive_holds_what_its_folder_holds() {
    let here = folder("archives");
    let files = files_of_pets(&here.join("pets"));
    let mut zip = zip::ZipWriter::new(File::create(here.join("pets.zip")).unwrap());
    let mut tar = tar::Builder::new(Vec::new());
    let options = zip::write::SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated);
    zip.start_file("__MACOSX/._0.png", options).unwrap();
    for (path, bytes) in &files {
        zip.start_file(path.as_str(), options).unwrap();
        zip.write_all(bytes).unwrap();
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        tar.append_data(&mut header, path, bytes.as_slice())
            .unwrap();
    }
    zip.finish().unwrap();
    let tar = tar.into_inner().unwrap();
    fs::write(here.join("pets.tar"), &tar).unwrap();
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(&tar).unwrap();
    fs::write(here.join("pets.tar.gz"), packed.finish().unwrap()).unwrap();

    let train = TRAIN.replace("dense", "modern");
    for data in ["pets", "pets.zip", "pets.tar", "pets.tar.gz"] {
        let said = says(&here, &format!("{train} --out run-{data} --data {data}"));
        let words = "5 pictures as 32×32 in colours, the folders as classes: cat (3), dog (2)";
        assert!(said.contains(words), "{said}");
        let run = fingerprint(&here, &format!("run-{data}"));
        assert_eq!(run, fingerprint(&here, "run-pets"), "{data}");
    }
    // A run that goes on sees pictures as it has seen them, whatever would be suggested.
    says(
        &here,
        &format!("{train} --side 48 --out large --data pets.zip"),
    );
    let resume = "train --resume large/checkpoint.safetensors --steps 2 --out large --data pets";
    assert!(says(&here, resume).contains("as 48×48 in colours"));

    let whole = fs::read(here.join("pets.zip")).unwrap();
    fs::write(here.join("half.zip"), &whole[..whole.len() / 2]).unwrap();
    fs::write(here.join("half.tar"), &tar[..700]).unwrap();
    for data in ["half.zip", "half.tar"] {
        refuses(&here, data, &[data, "no whole archive", "get it again"]);
    }
    // What a file's head says of it, there and at the archive's end: a password, or packing by bzip2.
    let end = whole
        .windows(4)
        .position(|some| some == b"PK\x01\x02")
        .unwrap();
    for (place, value, word) in [(6, 1, "a password"), (8, 12, "packed in a way")] {
        let mut odd = whole.clone();
        odd[place] |= value;
        odd[end + 2 + place] |= value;
        fs::write(here.join("odd.zip"), odd).unwrap();
        refuses(&here, "odd.zip", &["odd.zip", word, "unpack it"]);
    }
}

#[test]
fn what_is_held_out_lies_in_a_folder_of_its_own() {
    let here = folder("parts");
    pets(&here.join("whole/train"));
    pets(&here.join("whole/test"));
    let classifier = "classifier --steps 1 --out c.safetensors --data";
    let refused = |data: &str| runs(&here, &format!("{classifier} {data}")).unwrap_err();
    // Too few for a classifier, but read.
    let error = refused("whole");
    assert!(
        error.contains("to hold out: 5 pictures as 28×28 greys"),
        "{error}"
    );
    let error = refused("whole/train");
    assert!(error.contains("put some into a folder `test`"), "{error}");
    save(&here.join("whole/test/cow/1.png"), plain(30, 30, [9, 9, 9]));
    let error = refused("whole");
    assert!(error.contains("test/cow/1.png"), "{error}");
    pets(&here.join("flat/train"));
    save(&here.join("flat/test/1.png"), plain(30, 30, [9, 9, 9]));
    let error = refused("flat");
    assert!(error.contains("test/1.png"), "{error}");
}

#[test]
fn pictures_of_every_kind_are_read_and_others_are_named() {
    let here = folder("kinds");
    let at = |path: &str| here.join("pictures").join(path);
    for (i, name) in ["a.png", "b.jpg", "c.gif", "d.webp", "e.bmp"]
        .iter()
        .enumerate()
    {
        save(
            &at(name),
            plain(30 + 7 * i as u32, 90, [250, 20 * i as u8, 0]),
        );
    }
    let deep = image::ImageBuffer::from_pixel(40, 40, Rgb([65535_u16, 0, 30000]));
    save(&at("f.png"), deep);
    save(
        &at("g.png"),
        RgbaImage::from_pixel(40, 40, Rgba([0, 0, 0, 0])),
    );
    save(&at("h.png"), RgbaImage::from_pixel(50, 30, Rgba([255; 4])));
    save(&at("i.png"), plain(1, 1, [0; 3]));
    let mut animated = image::codecs::gif::GifEncoder::new(File::create(at("j.gif")).unwrap());
    for colour in [[255, 0, 0, 255], [0, 0, 255, 255]] {
        let frame = RgbaImage::from_pixel(40, 40, Rgba(colour));
        animated.encode_frame(image::Frame::new(frame)).unwrap();
    }
    drop(animated);
    // Fifty million pixels, in a file of a few bytes, and more than are taken.
    plain(8000, 6250, [0, 90, 200])
        .save_with_format(at("k.png"), ImageFormat::Png)
        .unwrap();
    image::GrayImage::new(9000, 8000)
        .save_with_format(at("l.png"), ImageFormat::Png)
        .unwrap();
    fs::write(at("m.heic"), b"\0\0\0\x18ftypheic\0\0\0\0mif1heic").unwrap();
    fs::write(at("n.svg"), b"<svg xmlns='http://www.w3.org/2000/svg'/>").unwrap();
    let whole = fs::read(at("a.png")).unwrap();
    fs::write(at("o.png"), &whole[..whole.len() / 2]).unwrap();
    fs::write(at("p.png"), b"").unwrap();
    fs::write(at("notes.txt"), b"mine").unwrap();
    fs::write(at(".hidden.png"), &whole).unwrap();
    let train = TRAIN.replace("dense", "modern");
    let said = says(&here, &format!("{train} --out run --data pictures"));
    for words in [
        "as that takes 20 that differ; 1 is the same as an earlier one: h.png as g.png",
        "left out: 1 hidden or left by the system; 1 not a picture",
        "are): “m.heic”, “n.svg”",
        "2 damaged: “o.png”, “p.png”",
        "1 larger than 32 MB or 64 million pixels: “l.png”",
        "1 less than 4 pixels high or wide: “i.png”",
    ] {
        assert!(said.contains(words), "{said} lacks {words}");
    }

    // The first picture of an animated one is what a still one is.
    save(&here.join("still/j.png"), plain(40, 40, [255, 0, 0]));
    save(&here.join("still/k.png"), plain(40, 40, [255, 0, 0]));
    fs::create_dir(here.join("moving")).unwrap();
    for name in ["j.gif", "k.gif"] {
        fs::copy(at("j.gif"), here.join("moving").join(name)).unwrap();
    }
    for data in ["still", "moving"] {
        let said = says(&here, &format!("{train} --out run-{data} --data {data}"));
        assert!(said.contains("all are the same picture"), "{said}");
    }
    assert_eq!(
        fingerprint(&here, "run-still"),
        fingerprint(&here, "run-moving")
    );
}

#[test]
fn what_cannot_be_trained_on_is_said_with_what_helps() {
    let here = folder("refused");
    fs::create_dir(here.join("empty")).unwrap();
    refuses(
        &here,
        "empty",
        &["empty", "nothing", "pictures are read too"],
    );
    fs::write(here.join("notes.txt"), b"mine and yours").unwrap();
    refuses(&here, "notes.txt", &["notes.txt", "a text"]);
    fs::create_dir(here.join("phone")).unwrap();
    fs::write(here.join("phone/1.heic"), b"\0\0\0\x18ftypheic").unwrap();
    refuses(&here, "phone", &["“1.heic”", "save what they show"]);
    // Of one class there are no classes, and of five pictures no batch.
    pets(&here.join("pets"));
    let said = says(
        &here,
        &format!("{TRAIN} --out o --data pets/cat --side 28 --channels 1"),
    );
    let words = "3 pictures as 28×28 greys; none is held out to measure with, as that takes 20 that differ\n";
    assert!(said.contains(words), "{said}");
    let train = TRAIN.replace(" --set batch_size=2", "");
    let error = runs(
        &here,
        &format!("{train} --out p --data pets --side 28 --channels 1"),
    )
    .unwrap_err();
    assert!(error.contains("--set batch_size=NUMBER"), "{error}");
    let error = runs(&here, &format!("{TRAIN} --out p --data pets --side 40")).unwrap_err();
    assert!(error.contains("28, 32, 48, 64"), "{error}");
    let train = TRAIN.replace("dense", "dcgan");
    let error = runs(&here, &format!("{train} --out p --data pets")).unwrap_err();
    assert!(error.contains("--side 28 --channels 1"), "{error}");
    set(&here.join("idx"), str::to_owned);
    refuses(&here, "idx --side 32", &["IDX files are taken as they are"]);
    // A damaged picture beside a set is no picture.
    fs::write(here.join("idx/cover.png"), b"\x89PNG").unwrap();
    let said = says(&here, &format!("{TRAIN} --out o --data idx"));
    assert!(
        said.contains("70 pictures as 28×28 greys, in classes: 0 (7)"),
        "{said}"
    );
}

#[test]
fn a_set_names_its_classes() {
    let here = folder("named");
    set(&here.join("set"), str::to_owned);
    let names = br#"{"classes":["happy","sad"],"credits":[]}"#;
    fs::write(here.join("set/set.json"), names).unwrap();
    let said = says(&here, &format!("{TRAIN} --out o --data set"));
    assert!(
        said.contains("in classes: happy (7), sad (7), 2 (7)"),
        "{said}"
    );
}
