//! Keeps the walls between the parts of the crate: which module may use which.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What each top-level module may use of the crate, all of it above, and whether it may use Burn.
const MAY_USE: [(&str, &[&str], bool); 20] = [
    ("error", &[], false),
    ("shape", &[], false),
    ("device", &["error"], true),
    ("random", &["device"], true),
    ("kernels", &["device"], true),
    ("model", &["kernels", "shape"], true),
    ("loss", &[], true),
    ("render", &["shape"], false),
    ("metrics", &["error"], false),
    ("data", &["device", "error", "shape"], true),
    (
        "opening",
        &["data", "device", "error", "model", "shape"],
        true,
    ),
    ("preset", &["error", "loss", "model", "shape"], false),
    (
        "generator",
        &["data", "device", "error", "model", "preset", "random"],
        true,
    ),
    (
        "checkpoint",
        &["device", "error", "generator", "model", "preset", "shape"],
        true,
    ),
    (
        "train",
        &[
            "checkpoint",
            "data",
            "device",
            "error",
            "generator",
            "kernels",
            "loss",
            "model",
            "preset",
            "random",
            "shape",
        ],
        true,
    ),
    (
        "evaluate",
        &[
            "data",
            "device",
            "error",
            "generator",
            "metrics",
            "model",
            "preset",
            "shape",
            "train",
        ],
        true,
    ),
    ("monitor", &["data", "evaluate", "train"], false),
    ("lab", &["loss", "monitor", "preset"], false),
    (
        "plane",
        &[
            "data", "device", "error", "loss", "model", "random", "train",
        ],
        true,
    ),
    (
        "web",
        &[
            "checkpoint",
            "data",
            "device",
            "error",
            "generator",
            "lab",
            "model",
            "monitor",
            "opening",
            "plane",
            "preset",
            "evaluate",
            "render",
            "shape",
            "train",
        ],
        false,
    ),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The first word after each `crate::`, as a module's name.
fn crate_uses(text: &str) -> BTreeSet<String> {
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| line.split("crate::").skip(1))
        .map(|rest| {
            let name: String = rest
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            if name == "Error" {
                "error".into()
            } else {
                name
            }
        })
        .collect()
}

#[test]
fn modules_use_only_what_they_may() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let texts: Vec<_> = files
        .iter()
        .map(|file| fs::read_to_string(file).unwrap())
        .collect();
    let test_modules: BTreeSet<_> = texts
        .iter()
        .flat_map(|text| text.split("#[cfg(test)]\nmod ").skip(1))
        .filter_map(|rest| rest.split_once(';').map(|(name, _)| name))
        .collect();
    let mut seen = BTreeSet::new();
    for (file, text) in files.iter().zip(&texts) {
        let inside = file.strip_prefix(&root).unwrap();
        let first = inside.components().next().unwrap().as_os_str();
        let module = Path::new(first).file_stem().unwrap().to_str().unwrap();
        let stem = file.file_stem().unwrap().to_str().unwrap();
        // What is in `bin` is another crate, which sees no more than everybody.
        if ["lib", "bin"].contains(&module) || test_modules.contains(stem) {
            continue;
        }
        let (_, may_use, burn) = MAY_USE
            .iter()
            .find(|(name, ..)| *name == module)
            .unwrap_or_else(|| panic!("{module} is not in the table"));
        seen.insert(module.to_string());
        // Unit tests may put parts together.
        let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap();

        for used in crate_uses(text) {
            assert!(
                used == module || may_use.contains(&used.as_str()),
                "{} uses {used}",
                inside.display()
            );
        }
        assert!(
            *burn || !text.contains("burn::"),
            "{} uses Burn",
            inside.display()
        );
        let names_backend = ["flex", "wgpu"].iter().any(|name| {
            text.contains(&format!("Device::{name}")) || text.contains(&format!("tensor::{name}"))
        });
        assert!(
            ["device", "opening"].contains(&module) || !names_backend,
            "{} names a backend",
            inside.display()
        );
        // Operations of our own belong to one backend: there, and nowhere else, it is named.
        assert!(
            inside == Path::new("kernels/extension.rs") || !text.contains("Flex"),
            "{} names a backend",
            inside.display()
        );
    }
    assert_eq!(seen.len(), MAY_USE.len(), "{seen:?}");
}

#[test]
fn files_know_no_tensors() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for file in [
        "data/idx.rs",
        "data/images.rs",
        "data/preview.rs",
        "data/toys.rs",
        "data/error.rs",
        "checkpoint/format.rs",
        "checkpoint/error.rs",
    ] {
        let text = fs::read_to_string(root.join(file)).unwrap();
        assert!(!text.contains("burn::"), "{file}");
    }
}

#[test]
fn who_uses_whom_goes_round_in_no_circle() {
    for (place, (module, may_use, _)) in MAY_USE.iter().enumerate() {
        let above: Vec<_> = MAY_USE[..place].iter().map(|row| row.0).collect();
        for used in *may_use {
            assert!(
                above.contains(used),
                "{module} uses {used}, which is below it"
            );
        }
    }
}

#[test]
fn no_file_is_too_long_to_be_read_in_a_sitting() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        // Against which the step is tested, and all in one piece.
        let is_reference = file.ends_with("train/reference.rs");
        assert!(
            is_reference || text.lines().count() <= 400,
            "{} has more than 400 lines",
            file.display()
        );
    }
}
