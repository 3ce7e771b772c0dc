//! Kinds of files that people have and that are not read: how each begins, and what to do with it. `kind.rs` asks.

/// A kind of file that is not read, and what helps.
#[derive(Debug, PartialEq, Eq)]
pub struct Known {
    pub(super) name: &'static str,
    pub(super) cure: &'static str,
    pub(super) signs: Signs,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Signs {
    /// Any of these bytes at the beginning.
    Start(&'static [&'static [u8]]),
    /// These bytes further on.
    At(usize, &'static [u8]),
    /// Both.
    StartAndInside(&'static [u8], &'static [u8]),
    /// Any of these words, in small letters, at the beginning of a text, whatever blanks stand before.
    Words(&'static [&'static str]),
    /// A text of several numbers or words a line, with commas between them.
    Table,
    Text,
}

const UNPACK: &str = "unpack it and give the files that lie in it";
const TO_IDX: &str = "save its numbers as an IDX file of unsigned bytes, or as pictures";

const PICTURE: &str = "give it with other pictures, not as an IDX file";

/// In the order in which they are tried.
pub(super) static KNOWN: &[Known] = &[
    Known {
        name: "an npz archive of NumPy",
        cure: TO_IDX,
        signs: Signs::StartAndInside(b"PK\x03\x04", b".npy"),
    },
    Known {
        name: "a zip archive",
        cure: UNPACK,
        signs: Signs::Start(&[b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"]),
    },
    Known {
        name: "a 7z archive",
        cure: UNPACK,
        signs: Signs::Start(&[b"7z\xbc\xaf\x27\x1c"]),
    },
    Known {
        name: "a rar archive",
        cure: UNPACK,
        signs: Signs::Start(&[b"Rar!\x1a\x07"]),
    },
    Known {
        name: "a tar archive",
        cure: UNPACK,
        signs: Signs::At(257, b"ustar"),
    },
    Known {
        name: "packed by xz",
        cure: UNPACK,
        signs: Signs::Start(&[b"\xfd7zXZ\0"]),
    },
    Known {
        name: "packed by bzip2",
        cure: UNPACK,
        signs: Signs::Start(&[b"BZh"]),
    },
    Known {
        name: "packed by zstd",
        cure: UNPACK,
        signs: Signs::Start(&[b"\x28\xb5\x2f\xfd"]),
    },
    Known {
        name: "an array of NumPy",
        cure: TO_IDX,
        signs: Signs::Start(&[b"\x93NUMPY"]),
    },
    Known {
        name: "a file of MATLAB",
        cure: TO_IDX,
        signs: Signs::Start(&[b"MATLAB "]),
    },
    Known {
        name: "an HDF5 file",
        cure: TO_IDX,
        signs: Signs::Start(&[b"\x89HDF\r\n\x1a\n"]),
    },
    Known {
        name: "a Parquet file",
        cure: TO_IDX,
        signs: Signs::Start(&[b"PAR1"]),
    },
    Known {
        name: "a pickle of Python",
        cure: TO_IDX,
        signs: Signs::Start(&[b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05"]),
    },
    Known {
        name: "a PNG picture",
        cure: PICTURE,
        signs: Signs::Start(&[b"\x89PNG"]),
    },
    Known {
        name: "a JPEG picture",
        cure: PICTURE,
        signs: Signs::Start(&[b"\xff\xd8\xff"]),
    },
    Known {
        name: "a GIF picture",
        cure: PICTURE,
        signs: Signs::Start(&[b"GIF87a", b"GIF89a"]),
    },
    Known {
        name: "a WebP picture",
        cure: PICTURE,
        signs: Signs::StartAndInside(b"RIFF", b"WEBP"),
    },
    Known {
        name: "an AVIF or HEIC picture",
        cure: PICTURE,
        signs: Signs::At(4, b"ftyp"),
    },
    Known {
        name: "a PDF document",
        cure: "give its pictures",
        signs: Signs::Start(&[b"%PDF"]),
    },
    Known {
        name: "a safetensors file, as runs are saved in",
        cure: "load it as a run, not as data",
        signs: Signs::At(8, b"{\""),
    },
    Known {
        name: "a web page",
        cure: "the download was not the file but a page about it: get the file itself",
        signs: Signs::Words(&["<!doctype", "<html", "<head", "<!--", "<?xml", "<body"]),
    },
    Known {
        name: "a pointer of Git LFS",
        cure: "the file itself lies elsewhere: “git lfs pull” gets it",
        signs: Signs::Words(&["version https://git-lfs"]),
    },
    Known {
        name: "an ARFF table",
        cure: TO_IDX,
        signs: Signs::Words(&["@relation"]),
    },
    Known {
        name: "a JSON text",
        cure: TO_IDX,
        signs: Signs::Words(&["{", "["]),
    },
    Known {
        name: "a table of text (CSV)",
        cure: TO_IDX,
        signs: Signs::Table,
    },
    Known {
        name: "a text",
        cure: "give the data themselves: IDX files, or pictures",
        signs: Signs::Text,
    },
];
