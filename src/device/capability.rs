//! What a device can do, asked of the device itself.
//!
//! A Burn device says which backend it belongs to; whatever runs on CubeCL (WebGPU, Vulkan, CUDA) has
//! a client that knows limits and records work. The CPU and another machine's device have none.

use burn::tensor::Device;

/// Whether the work of a step can be recorded and replayed, see
/// [`Recording`](super::recording::Recording).
pub(crate) fn records(device: &Device) -> bool {
    #[cfg(feature = "gpu")]
    let records = cube::records(device);
    #[cfg(not(feature = "gpu"))]
    let records = {
        let _ = device;
        false
    };
    records
}

/// The most bytes that one tensor can have; none where memory alone sets the limit.
pub(crate) fn largest_tensor(device: &Device) -> Option<u64> {
    #[cfg(feature = "gpu")]
    let limit = cube::client(device).map(|client| client.properties().memory.max_page_size);
    #[cfg(not(feature = "gpu"))]
    let limit = {
        let _ = device;
        None
    };
    limit
}

/// Its name, for people.
pub(crate) fn name(device: &Device) -> String {
    #[cfg(feature = "gpu")]
    if let Some(client) = cube::client(device) {
        return client.properties().identity.name.clone();
    }
    if device.clone().without_autodiff() == super::cpu() {
        "CPU".into()
    } else {
        format!("{device:?}")
    }
}

#[cfg(feature = "gpu")]
pub(super) mod cube {
    use burn::backend::DispatchDevice;
    use burn::tensor::Device;
    use cubecl::client::Client;

    /// The client of a device that runs on CubeCL.
    pub(in crate::device) fn client(device: &Device) -> Option<Client> {
        found(device).map(cubecl::Device::client)
    }

    pub(super) fn records(device: &Device) -> bool {
        matches!(
            found(device),
            Some(cubecl::Device::Wgpu(_) | cubecl::Device::Cuda(_))
        )
    }

    fn found(device: &Device) -> Option<&cubecl::Device> {
        let device = match device.as_dispatch() {
            DispatchDevice::Autodiff(device) => device,
            device => device,
        };
        match device {
            DispatchDevice::Cube(device) => Some(device),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cpu_neither_records_nor_limits_a_tensor() {
        let cpu = crate::device::cpu();
        assert!(!records(&cpu) && !records(&cpu.clone().autodiff()));
        assert_eq!(largest_tensor(&cpu), None);
    }
}
