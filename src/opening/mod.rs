//! Opens the device that was asked for, and trusts it once it has computed what the CPU computes.
//!
//! [`open`] tests a GPU, and says why it took the CPU instead, if it did. With [`device`](crate::device) the only
//! module that names a backend.

#[cfg(any(feature = "other-devices", test))]
mod self_test;

use crate::Error;
#[cfg(any(feature = "other-devices", not(target_family = "wasm")))]
use crate::device::Device;
use crate::device::{DeviceChoice, DeviceError, DeviceKind, OpenDevice, cpu};

/// The device, if its numbers are the CPU's.
#[cfg(feature = "other-devices")]
async fn tested(device: Device, name: &str) -> Result<Device, DeviceError> {
    match self_test::run(&device).await {
        Ok(()) => Ok(device),
        Err(reason) => Err(DeviceError::SelfTest {
            name: name.into(),
            reason,
        }),
    }
}

/// Opens the device that was asked for.
///
/// A GPU first runs a small network forward and backward; if its numbers differ from the CPU's, it
/// is refused. All calls share one GPU device: Burn opens it once a process.
///
/// # Errors
///
/// Only for [`DeviceChoice::WebGpu`]: `device.unavailable` and `device.self_test`.
pub async fn open(choice: DeviceChoice) -> Result<OpenDevice, Error> {
    match choice {
        DeviceChoice::Cpu => Ok(open_cpu(None)),
        DeviceChoice::WebGpu => Ok(open_webgpu().await?),
        DeviceChoice::Auto => Ok(match open_webgpu().await {
            Ok(device) => device,
            Err(error) => open_cpu(Some(format!("Training runs on the CPU: {error}."))),
        }),
    }
}

/// A device of a native program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[cfg(not(target_family = "wasm"))]
pub enum Native {
    /// Burn's `flex` backend.
    Cpu,
    /// Burn's `vulkan` backend, on the first GPU.
    #[cfg(feature = "vulkan")]
    Vulkan,
    /// Burn's `cuda` backend, on the first GPU.
    #[cfg(feature = "cuda")]
    Cuda,
}

#[cfg(not(target_family = "wasm"))]
impl Native {
    /// Opens the device. A GPU first has to compute what the CPU computes, as in [`open`].
    ///
    /// # Errors
    ///
    /// `device.unavailable` if there is no such GPU, `device.self_test`.
    ///
    /// # Panics
    ///
    /// With `Cuda`, if there is no such GPU: Burn offers no way to ask before.
    pub async fn open(self) -> Result<Device, Error> {
        match self {
            Self::Cpu => Ok(cpu()),
            #[cfg(feature = "vulkan")]
            Self::Vulkan => {
                let device = Device::wgpu_options()
                    .graphics_api(burn::tensor::wgpu::WgpuBackend::Vulkan)
                    .tasks_max(TASKS_MAX)
                    .init_async()
                    .await
                    .map_err(|error| DeviceError::Unavailable {
                        reason: error.to_string(),
                    })?;
                Ok(tested(device, "vulkan").await?)
            }
            #[cfg(feature = "cuda")]
            Self::Cuda => Ok(tested(Device::cuda(0), "cuda").await?),
        }
    }
}

/// The first device of a machine that [`serve`](crate::device::serve)s it: Burn's remote execution, over a WebSocket.
///
/// It first has to compute what this machine's CPU computes, as in [`open`].
///
/// - `url`: such as `ws://gpu.local:3000`
///
/// # Errors
///
/// `device.remote` if nothing there serves a device, `device.self_test`.
#[cfg(all(feature = "remote", not(target_family = "wasm")))]
pub async fn open_remote(url: &str) -> Result<Device, Error> {
    let host = burn::tensor::remote::RemoteHost::websocket(url);
    let device = Device::remote_options(&host).init_async().await;
    let device = device.map_err(|error| DeviceError::Remote {
        url: url.into(),
        reason: error.to_string(),
    })?;
    Ok(tested(device, url).await?)
}

fn open_cpu(note: Option<String>) -> OpenDevice {
    let mut means = Vec::new();
    if cfg!(target_feature = "simd128") {
        means.push("WebAssembly SIMD".to_owned());
    }
    #[cfg(feature = "threads")]
    means.push(match rayon::current_num_threads() {
        1 => "one thread".into(),
        threads => format!("{threads} threads"),
    });
    let means = match means.is_empty() {
        true => String::new(),
        false => format!(" ({})", means.join(", ")),
    };
    OpenDevice {
        device: cpu(),
        kind: DeviceKind::Cpu,
        name: format!("CPU{means}"),
        note,
        #[cfg(feature = "webgpu")]
        wgpu: None,
    }
}

#[cfg(not(feature = "webgpu"))]
async fn open_webgpu() -> Result<OpenDevice, DeviceError> {
    Err(DeviceError::Unavailable {
        reason: "this build has no WebGPU".into(),
    })
}

/// Launches that are handed to the GPU in one go: more than a step has. Each handing over costs the
/// calling thread as much as dozens of launches.
#[cfg(any(feature = "webgpu", feature = "vulkan"))]
const TASKS_MAX: usize = 1024;

#[cfg(feature = "webgpu")]
async fn open_webgpu() -> Result<OpenDevice, DeviceError> {
    use burn::tensor::wgpu::{WgpuInitError, WgpuSetup};
    use std::sync::OnceLock;

    static OPENED: OnceLock<(Device, WgpuSetup)> = OnceLock::new();

    let (device, setup) = match OPENED.get() {
        Some(opened) => opened.clone(),
        None => {
            let opened = Device::wgpu_options()
                .tasks_max(TASKS_MAX)
                .init_with_setup_async()
                .await
                .map_err(|error| DeviceError::Unavailable {
                    reason: match error {
                        WgpuInitError::AdapterUnavailable { .. } => {
                            "this browser offers no WebGPU adapter".into()
                        }
                        WgpuInitError::RequestDevice { .. } => {
                            "the browser offers WebGPU, but opened no device".into()
                        }
                        other => other.to_string(),
                    },
                })?;
            OPENED.get_or_init(|| opened).clone()
        }
    };
    let info = setup.adapter.get_info();
    let name = [info.name, info.driver, info.driver_info]
        .into_iter()
        .find(|name| !name.is_empty())
        .unwrap_or_else(|| "WebGPU".into());
    Ok(OpenDevice {
        device: tested(device, &name).await?,
        kind: DeviceKind::WebGpu,
        name,
        note: None,
        wgpu: Some(setup),
    })
}
