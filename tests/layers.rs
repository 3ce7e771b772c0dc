//! Keeps the walls between the parts of the crate: which module may use which.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What each top-level module may use of the crate, and whether it may use Burn.
const MAY_USE: [(&str, &[&str], bool); 16] = [
    (
        "error",
        &["checkpoint", "data", "device", "metrics", "preset", "train"],
        false,
    ),
    ("checkpoint", &["error", "model", "preset"], false),
    ("data", &["device", "error"], true),
    ("model", &[], true),
    ("loss", &[], true),
    ("preset", &["error", "loss", "model"], false),
    (
        "train",
        &[
            "checkpoint",
            "data",
            "device",
            "error",
            "loss",
            "model",
            "preset",
        ],
        true,
    ),
    ("metrics", &[], false),
    (
        "quality",
        &[
            "data", "draw", "error", "metrics", "model", "preset", "train",
        ],
        true,
    ),
    ("draw", &["data", "error", "model", "preset", "train"], true),
    ("monitor", &["data", "quality", "train"], false),
    ("lab", &["loss", "monitor", "preset"], false),
    ("plane", &["data", "error", "loss", "model", "train"], true),
    ("render", &[], false),
    ("device", &["error"], true),
    (
        "web",
        &[
            "checkpoint",
            "data",
            "device",
            "draw",
            "error",
            "lab",
            "model",
            "monitor",
            "plane",
            "preset",
            "quality",
            "render",
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
            module == "device" || !names_backend,
            "{} names a backend",
            inside.display()
        );
    }
    assert_eq!(seen.len(), MAY_USE.len(), "{seen:?}");
}

#[test]
fn data_files_know_no_tensors() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/data");
    for file in ["idx.rs", "images.rs", "toys.rs", "error.rs"] {
        let text = fs::read_to_string(root.join(file)).unwrap();
        assert!(!text.contains("burn::"), "{file}");
    }
}
