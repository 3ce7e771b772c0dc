//! A trained generator for others, from its layers and its file of weights alone: as an ONNX model ([`onnx()`]),
//! and as one HTML file that draws ([`page()`]).
//!
//! No training and no Burn: it is the command line's and, as WebAssembly of its own, the page's. The layers are
//! told as JSON, a `Blueprint` of the crate `webgan`, which has the meaning of each; the weights are the
//! safetensors that it exports.

mod network;
mod onnx;
mod page;
mod quantized;
#[cfg(target_family = "wasm")]
mod web;

pub use network::ExportError;
pub use onnx::onnx;
pub use page::{MAX_BYTES, page};
