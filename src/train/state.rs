//! A network's numbers and its optimiser's moments by name: out of a trainer, and into one.

use std::collections::BTreeMap;

use burn::module::{Module, ModuleMapper, ModuleVisitor, Param};
use burn::optim::GradientsParams;
use burn::tensor::{Device, Tensor, TensorData};

use super::losses::read;
use super::optimizer::Adam;
use crate::Error;
use crate::checkpoint::{Checkpoint, CheckpointError, Values};

/// What the moments' names begin with; see [`Checkpoint::tensors`].
const MOMENTS: [&str; 2] = ["adam.first", "adam.second"];
const POWERS: &str = "adam.powers";

/// Numbers on the device, on their way to the host in one readback.
#[derive(Default)]
pub(super) struct Snapshot {
    names: Vec<(String, Vec<usize>)>,
    numbers: Vec<Tensor<1>>,
}

impl Snapshot {
    /// Adds a network and its optimiser.
    pub(super) fn add<M: Module>(&mut self, name: &str, network: &M, optimizer: &Adam) {
        // The inference form holds the running statistics as the last step left them.
        network.valid().visit(&mut Collect {
            path: vec![name.into()],
            moments: None,
            snapshot: self,
        });
        network.visit(&mut Collect {
            path: vec![name.into()],
            moments: Some(&optimizer.moments),
            snapshot: self,
        });
        let powers = optimizer.powers.each_ref().map(|power| power.get());
        self.push(format!("{POWERS}.{name}"), Tensor::cat(powers.to_vec(), 0));
    }

    fn push<const D: usize>(&mut self, name: String, tensor: Tensor<D>) {
        self.names.push((name, tensor.dims().to_vec()));
        self.numbers.push(tensor.flatten(0, D - 1));
    }

    /// Waits for the numbers.
    pub(super) fn read(
        self,
    ) -> impl Future<Output = Result<BTreeMap<String, Values>, Error>> + use<> {
        let numbers = read(Tensor::cat(self.numbers, 0));
        async move {
            let numbers = numbers.await?;
            let mut rest = numbers.as_slice();
            let mut tensors = BTreeMap::new();
            for (name, shape) in self.names {
                let (numbers, others) = rest.split_at(shape.iter().product());
                rest = others;
                if numbers.iter().any(|number| !number.is_finite()) {
                    return Err(CheckpointError::NonFinite { name }.into());
                }
                let numbers = numbers.to_vec();
                tensors.insert(name, Values { shape, numbers });
            }
            Ok(tensors)
        }
    }
}

struct Collect<'a> {
    path: Vec<String>,
    /// The moments to collect, in place of the numbers themselves.
    moments: Option<&'a [GradientsParams; 2]>,
    snapshot: &'a mut Snapshot,
}

impl ModuleVisitor for Collect<'_> {
    fn enter_module(&mut self, name: &str, _container_type: &str) {
        self.path.push(name.into());
    }

    fn exit_module(&mut self, _name: &str, _container_type: &str) {
        self.path.pop();
    }

    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        let name = self.path.join(".");
        let Some(moments) = self.moments else {
            self.snapshot.push(name, param.val());
            return;
        };
        for (prefix, moments) in MOMENTS.iter().zip(moments) {
            if let Some(moment) = moments.get::<D>(param.id) {
                self.snapshot.push(format!("{prefix}.{name}"), moment);
            }
        }
    }
}

/// The network with a checkpoint's numbers, and its optimiser with the checkpoint's moments. What is
/// used is taken out of the checkpoint.
pub(super) fn restore<M: Module>(
    name: &str,
    network: M,
    optimizer: &mut Adam,
    checkpoint: &mut Checkpoint,
    device: &Device,
) -> Result<M, CheckpointError> {
    let mut put = Put {
        path: vec![name.into()],
        optimizer,
        checkpoint,
        device: device.clone().without_autodiff(),
        outcome: Ok(()),
    };
    let network = network.map(&mut put);
    put.outcome?;
    let powers = checkpoint.take(&format!("{POWERS}.{name}"), &[optimizer.powers.len()])?;
    let device = device.clone().without_autodiff();
    for (buffer, power) in optimizer.powers.iter_mut().zip(powers) {
        buffer.set(Tensor::from_floats([power], &device));
    }
    Ok(network)
}

struct Put<'a> {
    path: Vec<String>,
    optimizer: &'a mut Adam,
    checkpoint: &'a mut Checkpoint,
    device: Device,
    /// The first problem.
    outcome: Result<(), CheckpointError>,
}

impl Put<'_> {
    fn take<const D: usize>(
        &mut self,
        name: &str,
        shape: [usize; D],
    ) -> Result<Tensor<D>, CheckpointError> {
        let numbers = self.checkpoint.take(name, &shape)?;
        Ok(Tensor::from_data(
            TensorData::new(numbers, shape),
            &self.device,
        ))
    }

    fn put<const D: usize>(
        &mut self,
        param: &Param<Tensor<D>>,
    ) -> Result<Tensor<D>, CheckpointError> {
        let name = self.path.join(".");
        let shape = param.lazy_shape().dims();
        if param.is_require_grad() {
            for (index, prefix) in MOMENTS.iter().enumerate() {
                let moment = self.take(&format!("{prefix}.{name}"), shape)?;
                self.optimizer.moments[index].register(param.id, moment);
            }
        }
        self.take(&name, shape)
    }
}

impl ModuleMapper for Put<'_> {
    fn enter_module(&mut self, name: &str, _container_type: &str) {
        self.path.push(name.into());
    }

    fn exit_module(&mut self, _name: &str, _container_type: &str) {
        self.path.pop();
    }

    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        if self.outcome.is_err() {
            return param;
        }
        match self.put(&param) {
            Ok(values) => {
                let trains = param.is_require_grad();
                let (id, _, mapper) = param.consume();
                let values = Tensor::from_inner(values).set_require_grad(trains);
                Param::from_mapped_value(id, values, mapper)
            }
            Err(error) => {
                self.outcome = Err(error);
                param
            }
        }
    }
}
