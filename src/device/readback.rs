//! Numbers that come back from a device.

use burn::tensor::Tensor;

use crate::Error;
use crate::error::ErrorKind;

#[derive(Debug, thiserror::Error)]
#[error("the device did not give its results back: {0}")]
pub(crate) struct ReadbackError(String);

impl ErrorKind for ReadbackError {
    fn code(&self) -> &'static str {
        "train.readback"
    }
}

/// Waits for the numbers of a tensor.
pub(crate) async fn read<const D: usize>(tensor: Tensor<D>) -> Result<Vec<f32>, Error> {
    // On the heap: with WebGPU Burn's future has tens of kilobytes, every future around it doubles
    // them, and a tab's stack has one megabyte.
    let data = Box::pin(tensor.into_data_async())
        .await
        .map_err(|error| ReadbackError(error.to_string()))?;
    data.try_into_vec::<f32>()
        .map_err(|error| ReadbackError(format!("{error:?}")).into())
}
