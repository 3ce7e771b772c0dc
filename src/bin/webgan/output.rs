//! What the program gives: words to the terminal, whole files, pictures. Every error names its file.

use std::error::Error;
use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;
use webgan::render;
use webgan::shape::SampleShape;

use crate::files::{Named, Result};
use crate::folder;

/// An end that has its own exit status, and perhaps nothing to say.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) status: u8,
    pub(crate) words: String,
}

impl std::fmt::Display for Ended {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.words)
    }
}

impl Error for Ended {}

/// The status of a program whose reader has gone: that of SIGPIPE.
const READER_GONE: u8 = 128 + 13;

/// The end of a program that cannot write to `place`.
fn unwritten(place: &str, error: io::Error) -> Box<dyn Error> {
    match error.kind() {
        ErrorKind::BrokenPipe => Box::new(Ended {
            status: READER_GONE,
            words: String::new(),
        }),
        _ => format!("{place}: {error}").into(),
    }
}

/// Prints what was asked for, a line or several.
pub(crate) fn print(words: &str) -> Result<()> {
    printed(writeln!(io::stdout(), "{words}"))
}

/// What becomes of words that went to standard output.
pub(crate) fn printed(outcome: io::Result<()>) -> Result<()> {
    outcome
        .and_then(|()| io::stdout().flush())
        .map_err(|error| unwritten("standard output", error))
}

/// Says something beside what was asked for. Where nobody can hear it, nothing is lost.
pub(crate) fn remark(words: &str) {
    let _ = writeln!(io::stderr(), "webgan: {words}");
}

/// Begins and ends the name of a file that is not whole yet.
const PART: (&str, &str) = (".webgan-", ".part");

/// Writes a whole file or none: what was there before stays until the new one is complete.
///
/// Links are followed. What is no plain file (a pipe, a device, an open descriptor) is written to,
/// and so is one that cannot be replaced: one that is mounted alone, or in a folder that is closed.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let target = followed(path);
    let done = match fs::metadata(&target) {
        Ok(metadata) if is_descriptor(&target) || !metadata.is_file() => through(&target, bytes),
        known => match replace(&target, bytes) {
            Err(error) if known.is_ok() && cannot_be_replaced(&error) => fs::write(&target, bytes),
            other => other,
        },
    };
    done.map_err(|error| unwritten(&path.display().to_string(), error))
}

/// The formats of whole files, by the ending of their names.
pub(crate) const PNG: &str = "png";
pub(crate) const SAFETENSORS: &str = "safetensors";
pub(crate) const ONNX: &str = "onnx";
pub(crate) const HTML: &str = "html";

/// Refuses to write where something is lost by it: into one of the files that are read, or over what a
/// run keeps in its folder; and under a name that ends as another format's.
pub(crate) fn check_place(path: &Path, format: &str, read: &[PathBuf]) -> Result<()> {
    let shown = path.display();
    if path.as_os_str() == "-" {
        return Err("--out -: standard output is /dev/stdout, a file of this name ./-".into());
    }
    if path.is_dir() {
        let why = format!("this is a folder, and --out names a file, such as NAME.{format} in it");
        return Err(why).named(path);
    }
    if let Some(read) = read.iter().find(|read| is_same(path, read)) {
        let words = match path == read {
            true => String::new(),
            false => format!(" ({})", read.display()),
        };
        return Err(format!("{shown}: this file is read{words}: another --out keeps it").into());
    }
    if folder::is_of_run(&followed(path)) {
        return Err(format!("{shown}: a run keeps its own there: another --out leaves it").into());
    }
    let ending = path.extension().map(OsStr::to_string_lossy);
    if let Some(ending) = ending
        && !ending.eq_ignore_ascii_case(format)
        // A version or a date says nothing of a format.
        && ending.contains(char::is_alphabetic)
        && !is_stream(path)
    {
        let words = format!(
            "what is written is {format}: a name that ends in .{format}, or has no ending, says so"
        );
        return Err(words).named(path);
    }
    Ok(())
}

/// Whether two paths lead to one file, by whatever links.
fn is_same(a: &Path, b: &Path) -> bool {
    let (Ok(of_a), Ok(of_b)) = (fs::metadata(a), fs::metadata(b)) else {
        return false;
    };
    if !of_a.is_file() || !of_b.is_file() {
        return false;
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        (of_a.dev(), of_a.ino()) == (of_b.dev(), of_b.ino())
    }
    #[cfg(not(unix))]
    {
        matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
    }
}

/// Whether a path stands for what this program's caller reads, not for a file of its own.
pub(crate) fn is_stream(path: &Path) -> bool {
    let target = followed(path);
    is_descriptor(&target) || fs::metadata(&target).is_ok_and(|metadata| !metadata.is_file())
}

/// Where the links that begin at a path end, whether something is there or not.
fn followed(path: &Path) -> PathBuf {
    /// More links than any system follows.
    const LINKS: usize = 64;
    let mut path = path.to_path_buf();
    for _ in 0..LINKS {
        if is_descriptor(&path) {
            break;
        }
        let Ok(target) = fs::read_link(&path) else {
            break;
        };
        path = path.parent().unwrap_or(Path::new("")).join(target);
    }
    path
}

/// Whether a path names an open file of a process, which may have no other name.
fn is_descriptor(path: &Path) -> bool {
    cfg!(unix) && (path.starts_with("/proc") || path.starts_with("/dev/fd"))
}

fn through(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // What a shell has redirected with `>>` is not begun anew.
    OpenOptions::new().append(true).open(path)?.write_all(bytes)
}

/// Refuses a place where a file of these bytes, or so many of them at once, will find no room: before work
/// whose end they are. Nothing stays there.
pub(crate) fn check_room(path: &Path, bytes: &[u8], copies: usize) -> Result<()> {
    let target = followed(path);
    let in_place = |error: &io::Error| target.exists() && cannot_be_replaced(error);
    if is_stream(path) {
        return Ok(());
    }
    let parts: io::Result<Vec<_>> = (0..copies).map(|_| written_part(&target, bytes)).collect();
    match parts {
        Err(error) if !in_place(&error) => Err(unwritten(&path.display().to_string(), error)),
        _ => Ok(()),
    }
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // Gone again if anything fails.
    let part = written_part(path, bytes)?;
    if let Ok(metadata) = fs::metadata(path) {
        part.as_file().set_permissions(metadata.permissions())?;
    }
    part.as_file().sync_all()?;
    part.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// A file with these bytes beside the one that it may become.
fn written_part(path: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let mut part = new_part(folder)?;
    part.as_file_mut().write_all(bytes)?;
    Ok(part)
}

fn new_part(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PART.0).suffix(PART.1);
    // As any new file, where temporary ones are for their owner alone; and an error is the system's own,
    // without the name of a file that nobody asked for.
    let create = |path: &Path| OpenOptions::new().write(true).create_new(true).open(path);
    builder.make_in(folder, create)
}

fn cannot_be_replaced(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::ResourceBusy
            | ErrorKind::PermissionDenied
            | ErrorKind::ReadOnlyFilesystem
            | ErrorKind::CrossesDevices
    )
}

/// Removes what a program that was killed left of files that it had not finished.
pub(crate) fn remove_parts(folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder).named(folder)? {
        let entry = entry.named(folder)?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(PART.0) && name.ends_with(PART.1) {
            fs::remove_file(entry.path()).named(&entry.path())?;
        }
    }
    Ok(())
}

/// A file that lines are added to.
pub(crate) struct Lines {
    path: PathBuf,
    file: File,
    /// Bytes of it that are whole lines.
    whole: u64,
    waiting: String,
}

impl Lines {
    /// One that holds `text`, as whole lines.
    pub(crate) fn begin(path: &Path, text: &str) -> Result<Self> {
        write(path, text.as_bytes())?;
        Ok(Self {
            file: OpenOptions::new().append(true).open(path).named(path)?,
            path: path.into(),
            whole: text.len() as u64,
            waiting: String::new(),
        })
    }

    /// What the next [`write`](Self::write) adds.
    pub(crate) fn waiting(&mut self) -> &mut String {
        &mut self.waiting
    }

    /// Writes what waits: all of it or nothing.
    pub(crate) fn write(&mut self) -> Result<()> {
        if let Err(error) = self.file.write_all(self.waiting.as_bytes()) {
            let _ = self.file.set_len(self.whole);
            return Err(unwritten(&self.path.display().to_string(), error));
        }
        self.whole += self.waiting.len() as u64;
        self.waiting.clear();
        Ok(())
    }
}

/// A path or another word as a shell takes it, and a program that takes no words with `-` for options.
pub(crate) fn shell_word(word: impl AsRef<OsStr>) -> String {
    let mut word = word.as_ref().to_string_lossy().into_owned();
    if word.starts_with('-') {
        word.insert_str(0, "./");
    }
    let is_plain = |c: char| c.is_alphanumeric() || "/._-+,:@%".contains(c);
    match word.chars().all(is_plain) {
        true => word,
        false => format!("'{}'", word.replace('\'', r"'\''")),
    }
}

/// Whether a terminal has no more than letters.
pub(crate) fn is_dumb() -> bool {
    std::env::var_os("TERM").is_some_and(|term| term == "dumb")
}

/// Refuses numbers that are none: their picture would be black, like any that is.
pub(crate) fn check_finite(samples: &[f32]) -> std::result::Result<(), &'static str> {
    match samples.iter().all(|number| number.is_finite()) {
        true => Ok(()),
        false => Err("the generator's pictures are not finite numbers"),
    }
}

/// Images as a PNG file.
pub(crate) fn picture(
    path: &Path,
    samples: &[f32],
    shape: SampleShape,
    columns: usize,
) -> Result<()> {
    check_finite(samples).named(path)?;
    write(path, &render::grid(samples, shape, columns).to_png())
}
