//! Training and held-out digits out of a folder. Every error names the file.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use webgan::data::{ImageSet, parse_images, parse_labels};

use crate::files::{Named, Result, read};

/// Where `npm run data` puts them, from the project's folder.
pub(crate) const FOLDER: &str = "www/data/mnist";

/// Training and held-out digits.
pub(crate) struct Digits {
    pub(crate) train: ImageSet,
    pub(crate) held_out: ImageSet,
}

impl Digits {
    pub(crate) fn read(folder: &Path) -> Result<Self> {
        if !folder.is_dir() {
            return Err(format!("there is no such folder; {REMEDY}")).named(folder);
        }
        Ok(Self {
            train: images(folder, "train")?,
            held_out: images(folder, "t10k")?,
        })
    }
}

/// How to get digits.
const REMEDY: &str = "`npm run data` in the project's own folder puts MNIST's digits into its \
                      www/data/mnist, and --data DIR names a folder from anywhere";

fn images(folder: &Path, split: &str) -> Result<ImageSet> {
    let (images, bytes) = either(folder, &format!("{split}-images-idx3-ubyte"))?;
    let pictures = parse_images(&bytes).named(&images)?;
    let (labels, bytes) = either(folder, &format!("{split}-labels-idx1-ubyte"))?;
    let known = parse_labels(&bytes).named(&labels)?;
    let both = format!("{} and {}", images.display(), labels.display());
    ImageSet::new(pictures, Some(known)).named(Path::new(&both))
}

/// The file, or the same with `.gz`.
fn either(folder: &Path, name: &str) -> Result<(PathBuf, Vec<u8>)> {
    let compressed = folder.join(format!("{name}.gz"));
    match fs::read(&compressed) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let plain = folder.join(name);
            let bytes = read(&plain)?;
            Ok((plain, bytes))
        }
        other => Ok((compressed.clone(), other.named(&compressed)?)),
    }
}
