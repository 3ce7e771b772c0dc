//! What every refused GPU must lead to: an error to who asked for it by name, the CPU and a reason
//! to everyone else.

use webgan::device::{DeviceChoice, DeviceKind};
use webgan::opening::open;

pub async fn expect_fallback(code: &str, reason: &str) {
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
