//! The command line, as somebody uses it: train, go on, measure, draw, export, and what bad input
//! gets.
#![cfg(feature = "cli")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

#[path = "cli/ends.rs"]
mod ends;
#[path = "cli/folders.rs"]
mod folders;
#[path = "cli/outputs.rs"]
mod outputs;
#[path = "cli/words.rs"]
mod words;

/// The quickest to train.
const TRAIN: &str = "train --preset dense --data data --set batch_size=16";

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("cli")
        .join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn run(folder: &Path, words: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_webgan"))
        .current_dir(folder)
        .args(words.split(' '))
        .output()
        .unwrap()
}

fn succeed(folder: &Path, words: &str) -> String {
    let output = run(folder, words);
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{words}: {error}");
    String::from_utf8(output.stdout).unwrap()
}

fn fail(folder: &Path, words: &str) -> String {
    let output = run(folder, words);
    assert!(!output.status.success(), "{words}");
    assert!(output.stdout.is_empty(), "{words}");
    String::from_utf8(output.stderr).unwrap()
}

/// What lies in a folder, in order.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let name = |entry: std::io::Result<fs::DirEntry>| entry.unwrap().file_name();
    let mut names: Vec<_> = (entries.map(name))
        .map(|name| name.into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// Four IDX files of bright squares, whose place is their class.
fn digits(folder: &Path) {
    digits_of(folder, [160, 80]);
}

/// The same, so many for training and so many held out.
fn digits_of(folder: &Path, counts: [u32; 2]) {
    let data = folder.join("data");
    fs::create_dir_all(&data).unwrap();
    for (split, count) in ["train", "t10k"].into_iter().zip(counts) {
        let mut images = vec![0, 0, 8, 3];
        images.extend([count, 28, 28].iter().flat_map(|size| size.to_be_bytes()));
        let mut labels = vec![0, 0, 8, 1];
        labels.extend(count.to_be_bytes());
        for index in 0..count {
            let class = index % 10;
            let shift = index / 10 % 3;
            labels.push(class as u8);
            for row in 0..28 {
                for column in 0..28 {
                    let left = 5 * (class % 5) + shift;
                    let top = 12 * (class / 5) + 2;
                    let inside =
                        (left..left + 4).contains(&column) && (top..top + 8).contains(&row);
                    images.push(if inside { 255 } else { 0 });
                }
            }
        }
        fs::write(data.join(format!("{split}-images-idx3-ubyte")), images).unwrap();
        fs::write(data.join(format!("{split}-labels-idx1-ubyte")), labels).unwrap();
    }
}

#[test]
fn a_run_is_interrupted_resumed_measured_and_exported() {
    let here = folder("whole");
    digits(&here);
    let train = "train --preset mlp --data data --set batch_size=16 --every 4";
    succeed(&here, &format!("{train} --steps 8 --out whole"));
    succeed(&here, &format!("{train} --steps 4 --out parts"));
    let resume = "train --resume parts/checkpoint.safetensors --data data --steps 8 --out parts";
    succeed(&here, resume);
    for file in ["checkpoint.safetensors", "losses.csv", "step-8.png"] {
        let [whole, parts] =
            ["whole", "parts"].map(|run| fs::read(here.join(run).join(file)).unwrap());
        assert!(whole == parts, "{file} differs after a pause");
    }
    let error = fail(&here, &resume.replace("--steps 8", "--steps 6"));
    assert!(error.contains("has taken 8 steps already"), "{error}");

    let csv = fs::read_to_string(here.join("whole/losses.csv")).unwrap();
    let lines: Vec<_> = csv.lines().collect();
    assert_eq!(lines.len(), 1 + 8);
    assert!(lines[0].starts_with("step,discriminator_real,"));
    assert!(lines[8].starts_with("8,"));
    let columns = lines[0].split(',').count();
    assert!(lines.iter().all(|line| line.split(',').count() == columns));

    let said = succeed(
        &here,
        "classifier --data data --steps 60 --out c.safetensors",
    );
    assert!(said.contains("of 80 held-out pictures"), "{said}");
    let measure = "--data data --classifier c.safetensors --json";
    let measured = succeed(
        &here,
        &format!("evaluate whole/checkpoint.safetensors {measure}"),
    );
    let json: serde_json::Value = serde_json::from_str(&measured).unwrap();
    assert_eq!(json["samples"]["count"], 80);
    assert!(
        json["samples"]["classifierFrechet"].as_f64() > json["real"]["classifierFrechet"].as_f64()
    );

    succeed(
        &here,
        "export whole/checkpoint.safetensors --out g.safetensors",
    );
    for (name, begins) in [
        ("g.onnx", &b"\x08\x08"[..]),
        ("g.html", &b"<!doctype html>"[..]),
    ] {
        for from in ["whole/checkpoint.safetensors", "g.safetensors"] {
            succeed(&here, &format!("export {from} --out {name}"));
            assert!(
                fs::read(here.join(name)).unwrap().starts_with(begins),
                "{name}"
            );
        }
        let error = fail(&here, &format!("export g.safetensors --half --out {name}"));
        assert!(error.contains("--half is for .safetensors"), "{error}");
    }
    let exported = succeed(&here, &format!("evaluate g.safetensors {measure}"));
    assert_eq!(
        exported, measured,
        "an exported generator is measured as its checkpoint is"
    );
    succeed(&here, "sample g.safetensors --rows 3 --out grid.png");
    let png = fs::read(here.join("grid.png")).unwrap();
    assert_eq!(&png[1..4], b"PNG");
    let side = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    assert_eq!((side(16), side(20)), (3 * 29 - 1, 3 * 29 - 1));
}

/// `a` and `b` agree in everything but the last digits of their numbers.
fn alike(a: &serde_json::Value, b: &serde_json::Value, tolerance: f64) -> bool {
    use serde_json::Value::{Array, Number, Object};
    match (a, b) {
        (Number(a), Number(b)) => {
            let [a, b] = [a, b].map(|number| number.as_f64().unwrap());
            (a - b).abs() <= tolerance * b.abs().max(1.0)
        }
        (Array(a), Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| alike(a, b, tolerance))
        }
        (Object(a), Object(b)) => {
            let of_b = |(key, a)| b.get(key).is_some_and(|b| alike(a, b, tolerance));
            a.len() == b.len() && a.iter().all(of_b)
        }
        _ => a == b,
    }
}

/// The page's end of this is in tests/e2e/quality.spec.js; `npm run data` makes the digits.
#[test]
fn the_shipped_generator_is_measured_as_on_the_page() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let said = succeed(root, "evaluate www/models/modern.safetensors --json");
    let found: serde_json::Value = serde_json::from_str(&said).unwrap();
    let expected = fs::read(root.join("tests/modern-measured.json")).unwrap();
    let expected = serde_json::from_slice(&expected).unwrap();
    // One sample in a thousand, where rounding decides of which class it is.
    assert!(alike(&found, &expected, 0.002), "{found:#}");
}

#[test]
fn bad_input_is_named() {
    let here = folder("bad");
    digits(&here);
    for (words, said) in [
        (
            "train --preset mpl --data data --out o",
            "invalid value 'mpl'",
        ),
        ("train --data nowhere --out o", "nowhere"),
        (
            "train --resume data/t10k-labels-idx1-ubyte --data data --out o",
            "no safetensors file",
        ),
        ("evaluate missing --data data", "missing"),
        ("train --device abacus --out o", "abacus"),
    ] {
        let error = fail(&here, words);
        assert!(error.contains(said), "{words}: {error}");
    }
}

#[test]
fn a_number_beyond_its_range_is_told_the_range() {
    let here = folder("ranges");
    for (words, first, last) in [
        ("train --out o --every", 1, u32::MAX),
        ("train --out o --steps", 1, u32::MAX),
        ("train --out o --seed", 0, u32::MAX),
        ("classifier --out o --steps", 1, u32::MAX),
        ("classifier --out o --seed", 0, u32::MAX),
        ("sample missing --out o --rows", 1, 100),
        ("sample missing --out o --seed", 0, u32::MAX),
        ("evaluate missing --seed", 0, u32::MAX),
        ("bench --rounds", 1, u32::MAX),
    ] {
        let beyond = [i64::from(first) - 1, i64::from(last) + 1].map(|number| number.to_string());
        let beyond = beyond.iter().map(String::as_str);
        for number in beyond.chain(["99999999999999999999", "1.5", "many"]) {
            let error = fail(&here, &format!("{words} {number}"));
            let said = format!("expected a whole number, {first} to {last}");
            assert!(error.contains(&said), "{words} {number}: {error}");
        }
    }
}

/// There the operations are Burn's own, here some are ours, so sums round differently.
#[cfg(feature = "remote")]
#[test]
fn a_run_on_another_machines_device_is_the_run_on_ones_own() {
    use std::io::{BufRead, BufReader, Read};
    use std::process::{Child, Stdio};

    struct Server(Child);
    impl Drop for Server {
        fn drop(&mut self) {
            self.0.kill().unwrap();
            self.0.wait().unwrap();
        }
    }

    let here = folder("remote");
    digits(&here);
    let server = Command::new(env!("CARGO_BIN_EXE_webgan"))
        .args(["serve", "--listen", "127.0.0.1:0"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut server = Server(server);
    let mut line = String::new();
    let mut stdout = BufReader::new(server.0.stdout.take().unwrap());
    stdout.read_line(&mut line).unwrap();
    let url = line.trim().strip_prefix("serving at ").unwrap();

    let train = "train --preset mlp --data data --set batch_size=16 --steps 4";
    succeed(&here, &format!("{train} --out near"));
    succeed(&here, &format!("{train} --out far --remote {url}"));
    let losses = |run: &str| {
        let text = fs::read_to_string(here.join(run).join("losses.csv")).unwrap();
        let numbers = text
            .lines()
            .skip(1)
            .flat_map(|line| line.split(','))
            .map(|x| x.parse().unwrap());
        numbers.collect::<Vec<f64>>()
    };
    let (near, far) = (losses("near"), losses("far"));
    assert_eq!(near.len(), far.len());
    for (near, far) in near.iter().zip(&far) {
        assert!((near - far).abs() < 1e-3, "{near} here, {far} there");
    }

    // The command to go on with goes there too.
    let mut running = Command::new(env!("CARGO_BIN_EXE_webgan"))
        .current_dir(&here)
        .args(format!("{train}0000000 --out long --remote {url}").split(' '))
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(running.stderr.take().unwrap()).lines();
    said.by_ref()
        .find(|line| line.as_ref().unwrap().contains("step "))
        .unwrap()
        .unwrap();
    let id = running.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-s", "INT", &id])
            .status()
            .unwrap()
            .success()
    );
    let command = said
        .map(Result::unwrap)
        .find(|line| line.contains("webgan train"));
    running.wait().unwrap();
    assert!(
        command
            .as_ref()
            .is_some_and(|line| line.contains(&format!("--remote {url}"))),
        "{command:?}"
    );

    // Into a pipe its log is written without colours.
    server.0.kill().unwrap();
    let mut log = String::new();
    stdout.read_to_string(&mut log).unwrap();
    assert!(!log.is_empty() && !log.contains('\u{1b}'), "{log}");
    drop(server);
    let error = fail(&here, &format!("{train} --out none --remote {url}"));
    assert!(
        error.contains("offers no device") && error.contains(url),
        "{error}"
    );
}
