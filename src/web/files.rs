//! Which files hold what, for JavaScript.

use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::convert::to_json;
use crate::Error;
use crate::data::{self, Choice, Kind, Pair, Part};

/// How many bytes of a file's beginning tell what it is.
#[wasm_bindgen(js_name = beginningBytes)]
pub fn beginning_bytes() -> usize {
    data::BEGINNING
}

/// What the files of a part, "train" or "held-out", are called, the likeliest first.
#[wasm_bindgen]
pub fn spellings(part: &str, labels: bool) -> Vec<String> {
    data::spellings(part_of(part), labels)
}

/// What the files of pictures are called that those of a part are to be made of, the likeliest first.
#[wasm_bindgen(js_name = inputSpellings)]
pub fn input_spellings(part: &str) -> Vec<String> {
    data::input_spellings(part_of(part))
}

fn part_of(name: &str) -> Part {
    match name {
        "train" => Part::Train,
        _ => Part::HeldOut,
    }
}

/// Files among which is to be chosen.
#[wasm_bindgen]
#[derive(Default)]
pub struct FileList(Vec<(String, Kind)>);

#[wasm_bindgen]
impl FileList {
    /// An empty list.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file by its first bytes.
    pub fn add(&mut self, name: String, beginning: &[u8]) {
        self.0.push((name, Kind::of_file(beginning)));
    }

    /// Adds a file of which there is but the name.
    #[wasm_bindgen(js_name = addName)]
    pub fn add_name(&mut self, name: String) {
        self.0.push((name, Kind::Unknown));
    }

    /// What to train on and what to hold out, as the JSON of places in the list. Throws with
    /// `data.files`, `data.idx.magic` or `data.label_count`; see [`choose`](data::choose).
    pub fn choose(&self) -> Result<String, Error> {
        Ok(to_json(&ChoiceView::from(data::choose(&self.0)?)))
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ChoiceView {
    train: PairView,
    held_out: Option<PairView>,
}

#[derive(Serialize)]
struct PairView {
    images: usize,
    labels: Option<usize>,
    inputs: Option<usize>,
}

impl From<Choice> for ChoiceView {
    fn from(Choice { train, held_out }: Choice) -> Self {
        let view = |pair: Pair| PairView {
            images: pair.images,
            labels: pair.labels,
            inputs: pair.inputs,
        };
        Self {
            train: view(train),
            held_out: held_out.map(view),
        }
    }
}
