//! `webgan export`: a generator alone, in the format that the file's name ends as.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use crate::files::{self, Named};
use crate::{Outcome, output};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A checkpoint or an exported generator.
    file: PathBuf,
    /// Writes numbers of 16 bits (safetensors alone).
    #[arg(long)]
    half: bool,
    /// The file: `.safetensors`, `.onnx`, or `.html` for a page that draws.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

pub(crate) fn export(arguments: Arguments) -> Outcome {
    let Arguments { file, half, out } = arguments;
    let format = format_of(&out);
    output::check_place(&out, format, std::slice::from_ref(&file))?;
    if half && format != output::SAFETENSORS {
        return Err(format!("--half is for .safetensors: .{format} has its own numbers").into());
    }
    let generator = files::generator_file(&file)?;
    if format == output::SAFETENSORS {
        return output::write(&out, &generator.to_bytes(half));
    }
    let blueprint = serde_json::to_string(&generator.blueprint())?;
    let weights = generator.to_bytes(false);
    let bytes = if format == output::ONNX {
        webgan_export::onnx(&blueprint, &weights)
    } else {
        let title = out.file_stem().unwrap_or_default().to_string_lossy();
        webgan_export::page(&blueprint, &weights, &title, &[]).map(String::into_bytes)
    };
    output::write(&out, &bytes.named(&file)?)
}

fn format_of(out: &Path) -> &'static str {
    let ending = out.extension().unwrap_or(OsStr::new(output::SAFETENSORS));
    let of_name = [output::ONNX, output::HTML];
    let mut of_name = of_name.into_iter();
    let found = of_name.find(|format| ending.eq_ignore_ascii_case(format));
    found.unwrap_or(output::SAFETENSORS)
}
