//! The crate for JavaScript: what goes wrong is thrown as an `Error`.

use wasm_bindgen::prelude::*;

/// See [`onnx()`](crate::onnx()).
#[wasm_bindgen(js_name = onnx, unchecked_return_type = "Uint8Array<ArrayBuffer>")]
pub fn onnx(blueprint: &str, weights: &[u8]) -> Result<Vec<u8>, JsError> {
    Ok(crate::onnx(blueprint, weights)?)
}

/// See [`page()`](crate::page()).
#[wasm_bindgen(js_name = page)]
pub fn page(
    blueprint: &str,
    weights: &[u8],
    title: &str,
    class_names: Vec<String>,
) -> Result<String, JsError> {
    Ok(crate::page(blueprint, weights, title, &class_names)?)
}
