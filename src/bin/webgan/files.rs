//! Files in and out: networks, pictures. Every error names its file.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use burn::tensor::Device;
use webgan::checkpoint::{Checkpoint, ClassifierFile, GeneratorFile};
use webgan::data::{Dataset, ImageSet};
use webgan::model::{Classifier, IMAGE_SIDE};
use webgan::render;

pub(crate) type Result<T> = std::result::Result<T, Box<dyn Error>>;

pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).map_err(|error| format!("{}: {error}", path.display()).into())
}

/// Writes a whole file or none: what was there before stays until the new one is complete.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let part = path.with_added_extension("part");
    fs::write(&part, bytes)
        .and_then(|()| fs::rename(&part, path))
        .map_err(|error| format!("{}: {error}", path.display()).into())
}

/// A generator, out of a file of its own or a checkpoint.
pub(crate) fn generator(path: &Path) -> Result<GeneratorFile> {
    let bytes = read(path)?;
    let named = |error: webgan::Error| format!("{}: {error}", path.display());
    match GeneratorFile::from_bytes(&bytes) {
        Err(error) if error.code() == "checkpoint.foreign" => {
            let checkpoint = Checkpoint::from_bytes(&bytes).map_err(named)?;
            Ok(checkpoint.export())
        }
        other => Ok(other.map_err(named)?),
    }
}

pub(crate) fn classifier(path: &Path, device: &Device) -> Result<Classifier> {
    let named = |error: webgan::Error| format!("{}: {error}", path.display());
    let file = ClassifierFile::from_bytes(&read(path)?).map_err(named)?;
    Ok(file.load(device).map_err(named)?)
}

pub(crate) fn dataset(images: &ImageSet, device: &Device) -> Result<Dataset> {
    Ok(Dataset::from_images(images, device)?)
}

/// Images as a PNG file.
pub(crate) fn picture(path: &Path, samples: &[f32], columns: usize) -> Result<()> {
    let grid = render::grid(samples, IMAGE_SIDE, IMAGE_SIDE, columns);
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, grid.width as u32, grid.height as u32);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&grid.rgba)?;
    writer.finish()?;
    write(path, &bytes)
}

/// A folder, made if it is not there.
pub(crate) fn folder(path: PathBuf) -> Result<PathBuf> {
    fs::create_dir_all(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(path)
}
