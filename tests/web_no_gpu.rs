//! In a browser without WebGPU. A file of its own because it takes the page's WebGPU away.

#![cfg(target_family = "wasm")]

#[path = "support/fallback.rs"]
mod fallback;

use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

#[wasm_bindgen_test]
async fn without_webgpu_the_cpu_takes_over() {
    webgan::web::start();
    js_sys::eval("Object.defineProperty(navigator, 'gpu', {value: undefined})").unwrap();
    fallback::expect_fallback("device.unavailable", "no GPU can be used").await;
}
