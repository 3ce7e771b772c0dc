//! Work that a GPU was given once and repeats without being told again.
//!
//! CubeCL keeps a stream's launches with all they were resolved to (pipelines, bind groups, sizes);
//! a repetition only encodes and submits them. Only WebGPU can, see
//! [`records`](super::buffer::records).

#[cfg(feature = "webgpu")]
pub(crate) use graph::Recording;
#[cfg(not(feature = "webgpu"))]
pub(crate) use none::Recording;

#[cfg(feature = "webgpu")]
mod graph {
    use burn::tensor::Device;
    use cubecl::client::Graph;
    use cubecl::device::WgpuDeviceKind;

    /// Launches that can be repeated.
    #[derive(Debug)]
    pub(crate) struct Recording {
        graph: Graph,
        device: Device,
    }

    impl Recording {
        /// Does `work` once, then records it: the second time it is not executed.
        ///
        /// `work` must launch the same kernels each time, read and upload nothing, and leave its
        /// results in [`Buffer`](crate::device::buffer::Buffer)s. Once before is not enough: the
        /// kernels must have been compiled and chosen, the memory must have been allocated.
        ///
        /// # Errors
        ///
        /// What the device says. The results of `work` are lost then.
        pub(crate) fn of(device: &Device, mut work: impl FnMut()) -> Result<Self, String> {
            let said = |error: &dyn std::fmt::Display| error.to_string();
            let flush = || device.flush().map_err(|error| said(&error));
            let client = cubecl::Device::wgpu(WgpuDeviceKind::DefaultDevice)
                .map_err(|error| said(&error))?
                .client();
            flush()?;
            client.graph_prepare().map_err(|error| said(&error))?;
            work();
            flush()?;
            client.start_capture().map_err(|error| said(&error))?;
            work();
            let flushed = flush();
            let graph = client.stop_capture().map_err(|error| said(&error))?;
            flushed?;
            let device = device.clone();
            Ok(Self { graph, device })
        }

        /// Queues the work again, behind everything queued before.
        ///
        /// # Errors
        ///
        /// What the device says.
        pub(crate) fn replay(&self) -> Result<(), String> {
            // Burn may hold operations back that read or write what the work does.
            self.device.flush().map_err(|error| error.to_string())?;
            // SAFETY: the recording holds the memory of its launches; what they share with the
            // outside lives in buffers that never move and that the recording's owner keeps as
            // long as the recording. All work goes through this thread's one stream.
            unsafe { self.graph.replay() }.map_err(|error| error.to_string())
        }
    }
}

#[cfg(not(feature = "webgpu"))]
mod none {
    use burn::tensor::Device;

    /// Nothing: the CPU records no work.
    #[derive(Debug)]
    pub(crate) enum Recording {}

    impl Recording {
        pub(crate) fn of(_: &Device, _: impl FnMut()) -> Result<Self, String> {
            Err("this build has no device that records".into())
        }

        pub(crate) fn replay(&self) -> Result<(), String> {
            match *self {}
        }
    }
}
