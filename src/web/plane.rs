//! `PlaneView` for JavaScript.

use wasm_bindgen::prelude::*;

use crate::plane::{EXTENT, LINES, SIDE, View};

/// What can be seen of a run on points; see [`View`].
#[wasm_bindgen]
pub struct PlaneView(pub(super) View);

#[wasm_bindgen]
impl PlaneView {
    /// Fakes, pairs of x and y.
    #[wasm_bindgen(getter)]
    pub fn fakes(&self) -> Vec<f32> {
        self.0.fakes.clone()
    }

    /// How probably real the discriminator finds each place of a lattice, in [0, 1], from below, left to right.
    #[wasm_bindgen(getter, js_name = beliefs)]
    pub fn real_probability(&self) -> Vec<f32> {
        self.0.real_probability.clone()
    }

    /// Where a lattice of latents goes, pairs of x and y; empty unless latents have two numbers.
    #[wasm_bindgen(getter)]
    pub fn manifold(&self) -> Vec<f32> {
        self.0.manifold.clone()
    }

    /// The pull on each of the first fakes, pairs of x and y.
    #[wasm_bindgen(getter)]
    pub fn pulls(&self) -> Vec<f32> {
        self.0.pulls.clone()
    }

    /// Places along a side of `real_probability`.
    #[wasm_bindgen(getter)]
    pub fn side(&self) -> usize {
        SIDE
    }

    /// Half the side of the square that `real_probability` fills.
    #[wasm_bindgen(getter)]
    pub fn extent(&self) -> f32 {
        EXTENT
    }

    /// Points along a side of `manifold`.
    #[wasm_bindgen(getter)]
    pub fn lines(&self) -> usize {
        LINES
    }

    /// Modes there are.
    #[wasm_bindgen(getter)]
    pub fn modes(&self) -> usize {
        self.0.coverage.modes
    }

    /// Modes that are covered.
    #[wasm_bindgen(getter)]
    pub fn covered(&self) -> usize {
        self.0.coverage.covered
    }

    /// Share of the samples that lie on a mode, in [0, 1].
    #[wasm_bindgen(getter)]
    pub fn good(&self) -> f64 {
        self.0.coverage.good
    }
}
