//! Generative adversarial networks that train in a browser tab.
//!
//! The crate holds the whole of a GAN's training (data, networks, losses, the adversarial step)
//! and knows no browser; only `web`, compiled for wasm alone, does. It runs on any device that
//! [Burn](https://burn.dev) offers: the CPU everywhere, WebGPU with the feature `webgpu`.
//!
//! # Example
//!
//! Three steps of the `mlp` preset on noise in place of digits:
//!
//! ```
//! use webgan::{data::{Dataset, ImageSet, Images}, device, preset::Preset, train::Trainer};
//!
//! # fn main() -> Result<(), webgan::Error> {
//! let device = device::cpu();
//! let pixels = (0..64 * 784_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
//! let images = ImageSet::new(Images { count: 64, rows: 28, columns: 28, channels: 1, pixels }, None)?;
//!
//! let config = Preset::by_id("mlp")?.config;
//! let mut trainer = Trainer::new(config, Dataset::from_images(&images, &device)?, &device)?;
//! for _ in 0..3 {
//!     trainer.step();
//! }
//! let metrics = pollster::block_on(trainer.take_metrics())?;
//! assert_eq!(metrics.len(), 3);
//! assert!(metrics.iter().all(|step| step.discriminator_real.is_finite()));
//! # Ok(())
//! # }
//! ```
//!
//! # Map
//!
//! | module | holds |
//! |---|---|
//! | [`shape`] | height, width and channels of a sample |
//! | [`data`] | IDX files → images → one tensor on the device → shuffled batches |
//! | [`model`] | generators and discriminators, each config beside its network |
//! | `kernels` | layers by kernels of our own on the CPU, by Burn's operations elsewhere |
//! | [`loss`] | adversarial objectives on logits, L1 |
//! | [`preset`] | the config of a run, what it must be, and the table of presets |
//! | [`random`] | noise drawn on the device, seeds |
//! | [`train`] | the adversarial step, and what it reports |
//! | [`checkpoint`] | a run, a generator, a classifier ↔ a safetensors file |
//! | [`metrics`] | measures of quality and variety, as plain numbers |
//! | [`generator`] | a generator that no longer learns: samples, also for chosen latents |
//! | [`evaluate`] | a generator, measured with a classifier or on pairs |
//! | [`monitor`] | what goes wrong in a run, by name |
//! | [`lab`] | runs that are made to fail, and what mends a run |
//! | [`plane`] | what can be seen of a run whose samples are points |
//! | [`render`] | samples → an RGBA grid |
//! | [`device`] | what runs it all, what it can do and records |
//! | [`opening`] | which device it is to be, and whether it can be trusted |
//!
//! # Features
//!
//! | feature | default | does |
//! |---|---|---|
//! | `webgpu` | yes | Burn's WebGPU backend with kernel fusion, and steps that are recorded and replayed; without it there is the CPU alone |
//! | `cli` | no | the command line `webgan`: trains, measures, draws and exports natively |
//! | `vulkan`, `cuda` | no | Burn's own backends for the command line's `--device` |
//! | `png` | no | pictures as PNG files |
//! | `threads` | no | all cores of the CPU; the same numbers as with one |
//! | `remote` | no | Burn's remote execution for the command line: `webgan serve` and `--remote` |

// What only the crate uses is `pub(crate)`; in a browser `wasm-bindgen` writes code of its own.
#![cfg_attr(not(target_family = "wasm"), warn(unreachable_pub))]

pub mod checkpoint;
pub mod data;
pub mod device;
mod error;
pub mod evaluate;
pub mod generator;
mod kernels;
pub mod lab;
pub mod loss;
pub mod metrics;
pub mod model;
pub mod monitor;
pub mod opening;
pub mod plane;
pub mod preset;
pub mod random;
pub mod render;
pub mod shape;
pub mod train;
#[cfg(target_family = "wasm")]
pub mod web;

/// Burn's, which signatures here name.
pub use burn::tensor::{Device, Tensor};
pub use error::Error;

/// The code in README.md compiles.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
