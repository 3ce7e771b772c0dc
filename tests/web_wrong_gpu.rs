//! In a browser whose GPU skips its work, as it does for a shader that fails validation: nothing
//! is reported and stale numbers come back. A file of its own because it breaks the page's WebGPU.

#![cfg(target_family = "wasm")]

#[path = "support/fallback.rs"]
mod fallback;

use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

#[wasm_bindgen_test]
async fn a_gpu_that_computes_nonsense_is_refused() {
    webgan::web::start();
    js_sys::eval(
        "for (const name of ['dispatchWorkgroups', 'dispatchWorkgroupsIndirect']) {
             GPUComputePassEncoder.prototype[name] = () => {};
         }",
    )
    .unwrap();
    fallback::expect_fallback("device.self_test", "wrong numbers").await;
}
