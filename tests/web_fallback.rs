//! In a browser: what happens where there is no GPU, and where it computes nonsense.
//!
//! A file of its own because it breaks the page's WebGPU on purpose.

#![cfg(target_family = "wasm")]

use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use webgan::device::{DeviceChoice, DeviceKind, open};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

async fn expect_fallback(code: &str, reason: &str) {
    let asked_by_name = open(DeviceChoice::WebGpu).await.unwrap_err();
    assert_eq!(asked_by_name.code(), code, "{asked_by_name}");

    let opened = open(DeviceChoice::Auto).await.unwrap();
    assert_eq!(opened.kind, DeviceKind::Cpu);
    let note = opened.note.expect("the fallback is explained");
    assert!(note.contains("CPU") && note.contains(reason), "{note}");

    let cpu = open(DeviceChoice::Cpu).await.unwrap();
    assert_eq!((cpu.kind, cpu.note), (DeviceKind::Cpu, None));
    assert!(cpu.name.contains("SIMD"), "{}", cpu.name);
}

#[wasm_bindgen_test]
async fn the_cpu_takes_over_with_a_reason() {
    webgan::web::start();

    // No GPU at all.
    js_sys::eval("Object.defineProperty(navigator, 'gpu', {value: undefined, configurable: true})")
        .unwrap();
    expect_fallback("device.unavailable", "no GPU can be used").await;

    // A GPU that skips its work, as a shader that fails validation does: stale numbers come back.
    js_sys::eval(
        "delete navigator.gpu;
         for (const name of ['dispatchWorkgroups', 'dispatchWorkgroupsIndirect']) {
             GPUComputePassEncoder.prototype[name] = () => {};
         }",
    )
    .unwrap();
    expect_fallback("device.self_test", "wrong numbers").await;
}
