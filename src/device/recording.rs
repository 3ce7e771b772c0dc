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
    use cubecl::client::{Client, Graph};

    use crate::device::local_gpu;

    /// Launches that can be repeated.
    #[derive(Debug)]
    pub(crate) struct Recording {
        graph: Graph,
        device: Device,
    }

    impl Recording {
        /// Does `work` as [`of`](Self::of) will, and leaves the memory for it.
        ///
        /// # Errors
        ///
        /// What the device says.
        pub(crate) fn rehearse(device: &Device, work: impl FnOnce() + Send) -> Result<(), String> {
            device.flush().map_err(said)?;
            // What earlier recordings held goes back to the device.
            device.memory_cleanup();
            client(device)?.memory_persistent_allocation((), |()| {
                work();
                device.flush().map_err(said)
            })
        }

        /// Does `work` once, then records it: the second time it is not executed.
        ///
        /// `work` must have been [rehearsed](Self::rehearse), launch the same kernels each time, read
        /// and upload nothing, and leave its results in
        /// [`Buffer`](crate::device::buffer::Buffer)s.
        ///
        /// While CubeCL records it allocates nothing, so all memory must be there. Its ordinary
        /// pools do not promise that: they give a small tensor a large page if no other is free, and
        /// release pages meanwhile, so whether there was room hung on what had been drawn before.
        /// Its persistent memory is handed out by exact size and kept: where one time of `work`
        /// found room, the next does.
        ///
        /// # Errors
        ///
        /// What the device says. The results of `work` are lost then.
        pub(crate) fn of(device: &Device, mut work: impl FnMut() + Send) -> Result<Self, String> {
            let client = client(device)?;
            let flush = || device.flush().map_err(said);
            flush()?;
            let graph = client.memory_persistent_allocation((), |()| {
                client.graph_prepare().map_err(said)?;
                work();
                flush()?;
                client.start_capture().map_err(said)?;
                work();
                let flushed = flush();
                let graph = client.stop_capture().map_err(said)?;
                flushed.map(|()| graph)
            })?;
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
            self.device.flush().map_err(said)?;
            // SAFETY: the recording holds the memory of its launches; what they share with the
            // outside lives in buffers that never move and that the recording's owner keeps as
            // long as the recording. All work goes through this thread's one stream.
            unsafe { self.graph.replay() }.map_err(said)
        }
    }

    /// The client of this very device.
    fn client(device: &Device) -> Result<Client, String> {
        let gpu = local_gpu(device).ok_or("it is no GPU of this machine")?;
        Ok(gpu.client())
    }

    fn said(error: impl std::fmt::Display) -> String {
        error.to_string()
    }
}

#[cfg(not(feature = "webgpu"))]
mod none {
    use burn::tensor::Device;

    const NONE: &str = "this build has no device that records";

    /// Nothing: the CPU records no work.
    #[derive(Debug)]
    pub(crate) enum Recording {}

    impl Recording {
        pub(crate) fn rehearse(_: &Device, _: impl FnOnce() + Send) -> Result<(), String> {
            Err(NONE.into())
        }

        pub(crate) fn of(_: &Device, _: impl FnMut() + Send) -> Result<Self, String> {
            Err(NONE.into())
        }

        pub(crate) fn replay(&self) -> Result<(), String> {
            match *self {}
        }
    }
}
