//! Which device runs the networks, and whether it can be trusted.
//!
//! The only module that names a backend. [`open`] looks for what was asked for, tests it against
//! the CPU and says why it took the CPU instead, if it did. No tensors of ours, no training.

pub(crate) mod buffer;
pub(crate) mod capability;
pub(crate) mod readback;
pub(crate) mod recording;
#[cfg(any(feature = "other-devices", test))]
mod self_test;

pub use burn::tensor::Device;

use crate::Error;
use crate::error::ErrorKind;

/// What a user asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeviceChoice {
    /// WebGPU if there is a GPU that passes the self-test, else the CPU.
    Auto,
    /// The CPU.
    Cpu,
    /// WebGPU or an error.
    WebGpu,
}

/// What a device is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeviceKind {
    /// Burn's `flex` backend, on the calling thread in a browser.
    Cpu,
    /// Burn's `webgpu` backend.
    WebGpu,
}

/// A device that passed the self-test.
#[derive(Clone, Debug)]
pub struct OpenDevice {
    /// What to put tensors on. Plain: call `autodiff()` for training.
    pub device: Device,
    /// What it is.
    pub kind: DeviceKind,
    /// Its name, for people.
    pub name: String,
    /// Why the CPU was taken where [`DeviceChoice::Auto`] prefers a GPU: one sentence.
    pub note: Option<String>,
    #[cfg(feature = "webgpu")]
    wgpu: Option<burn::tensor::wgpu::WgpuSetup>,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum DeviceError {
    #[error("there is no device \"{found}\", expected auto, cpu or webgpu")]
    Choice { found: String },
    #[error("no GPU can be used: {reason}")]
    Unavailable { reason: String },
    #[cfg(all(feature = "remote", not(target_family = "wasm")))]
    #[error("{url} offers no device: {reason}")]
    Remote { url: String, reason: String },
    #[cfg(all(feature = "remote", not(target_family = "wasm")))]
    #[error("the device cannot be served: {reason}")]
    Serve { reason: String },
    #[cfg(feature = "other-devices")]
    #[error("the GPU ({name}) computes wrong numbers: {reason}")]
    SelfTest { name: String, reason: String },
    #[error(
        "{} MB are needed in one piece, and this GPU gives at most {}: the CPU has no such limit",
        needed.div_ceil(1 << 20),
        limit >> 20
    )]
    TooLarge { needed: u64, limit: u64 },
    #[cfg(feature = "webgpu")]
    #[error("the GPU reported an error: {reason}")]
    Gpu { reason: String },
    #[cfg(feature = "webgpu")]
    #[error("the GPU was lost: {reason}")]
    Lost { reason: String },
}

impl ErrorKind for DeviceError {
    fn code(&self) -> &'static str {
        match self {
            Self::Choice { .. } => "device.choice",
            Self::Unavailable { .. } => "device.unavailable",
            #[cfg(all(feature = "remote", not(target_family = "wasm")))]
            Self::Remote { .. } => "device.remote",
            #[cfg(all(feature = "remote", not(target_family = "wasm")))]
            Self::Serve { .. } => "device.serve",
            #[cfg(feature = "other-devices")]
            Self::SelfTest { .. } => "device.self_test",
            Self::TooLarge { .. } => "device.too_large",
            #[cfg(feature = "webgpu")]
            Self::Gpu { .. } => "device.error",
            #[cfg(feature = "webgpu")]
            Self::Lost { .. } => "device.lost",
        }
    }
}

impl std::str::FromStr for DeviceChoice {
    type Err = Error;

    /// Reads `auto`, `cpu` or `webgpu`.
    fn from_str(text: &str) -> Result<Self, Error> {
        match text {
            "auto" => Ok(Self::Auto),
            "cpu" => Ok(Self::Cpu),
            "webgpu" => Ok(Self::WebGpu),
            found => Err(DeviceError::Choice {
                found: found.into(),
            }
            .into()),
        }
    }
}

impl DeviceKind {
    /// `cpu` or `webgpu`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cpu => "cpu",
            Self::WebGpu => "webgpu",
        }
    }
}

/// The CPU, which is always there.
pub fn cpu() -> Device {
    Device::flex()
}

/// Whether it is [`cpu`], with or without gradients.
pub(crate) fn is_cpu(device: &Device) -> bool {
    device.clone().without_autodiff() == cpu()
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
                tested(device, "vulkan").await
            }
            #[cfg(feature = "cuda")]
            Self::Cuda => tested(Device::cuda(0), "cuda").await,
        }
    }
}

/// The first device of a machine that [`serve`]s it: Burn's remote execution, over a WebSocket.
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
    tested(device, url).await
}

/// Lets other machines compute on `device` until the process is told to end. The connection is
/// neither encrypted nor guarded: for networks that are trusted.
///
/// # Errors
///
/// `device.serve` if it cannot be served.
#[cfg(all(feature = "remote", not(target_family = "wasm")))]
pub fn serve(device: Device, listener: std::net::TcpListener) -> Result<(), Error> {
    use burn::server::{RemoteServer, WebSocketTransport};
    let transport = WebSocketTransport::from_listener(listener);
    let served = RemoteServer::new([device]).serve(transport);
    Ok(served.map_err(|error| DeviceError::Serve {
        reason: error.to_string(),
    })?)
}

/// The device, if its numbers are the CPU's.
#[cfg(all(
    not(target_family = "wasm"),
    any(feature = "vulkan", feature = "cuda", feature = "remote")
))]
async fn tested(device: Device, name: &str) -> Result<Device, Error> {
    match self_test::run(&device).await {
        Ok(()) => Ok(device),
        Err(reason) => Err(DeviceError::SelfTest {
            name: name.into(),
            reason,
        }
        .into()),
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

/// Checks that a device can hold so many bytes in one tensor. GPUs have limits, some of 128 MB.
///
/// # Errors
///
/// `device.too_large`.
pub fn check_size(device: &Device, bytes: u64) -> Result<(), Error> {
    match capability::largest_tensor(device) {
        Some(limit) if bytes > limit => {
            let needed = bytes;
            Err(DeviceError::TooLarge { needed, limit }.into())
        }
        _ => Ok(()),
    }
}

/// Whether training steps on this device are recorded and replayed.
pub fn records(device: &Device) -> bool {
    capability::records(device)
}

/// How the device calls itself; `CPU` for the CPU.
pub fn name(device: &Device) -> String {
    capability::name(device)
}

fn open_cpu(note: Option<String>) -> OpenDevice {
    let simd = if cfg!(target_feature = "simd128") {
        " (WebAssembly SIMD)"
    } else {
        ""
    };
    OpenDevice {
        device: cpu(),
        kind: DeviceKind::Cpu,
        name: format!("CPU{simd}"),
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
    self_test::run(&device)
        .await
        .map_err(|reason| DeviceError::SelfTest {
            name: name.clone(),
            reason,
        })?;
    Ok(OpenDevice {
        device,
        kind: DeviceKind::WebGpu,
        name,
        note: None,
        wgpu: Some(setup),
    })
}

impl OpenDevice {
    /// Calls `handler` with every error that no operation reports: a shader that fails validation
    /// (`device.error`; it is skipped, and stale numbers come back) and the loss of the device
    /// (`device.lost`). The CPU has none.
    pub fn on_error(&self, handler: impl Fn(Error) + Clone + Send + Sync + 'static) {
        #[cfg(feature = "webgpu")]
        if let Some(setup) = &self.wgpu {
            let lost = handler.clone();
            setup.device.set_device_lost_callback(move |_, reason| {
                lost(DeviceError::Lost { reason }.into());
            });
            setup
                .device
                .on_uncaptured_error(std::sync::Arc::new(move |error| {
                    let reason = format!("{error}");
                    handler(DeviceError::Gpu { reason }.into());
                }));
        }
        #[cfg(not(feature = "webgpu"))]
        drop(handler);
    }
}
