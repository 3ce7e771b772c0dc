//! The device that runs the networks: what it is and can do, its errors, what it records and gives back.
//!
//! [`opening`](crate::opening) opens one and tests it. No tensors of ours, no training.

pub(crate) mod buffer;
pub(crate) mod capability;
pub(crate) mod readback;
pub(crate) mod recording;

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
    pub(crate) wgpu: Option<burn::tensor::wgpu::WgpuSetup>,
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
