//! A network's numbers and its optimiser's moments by name: out of a trainer, and into one.

use std::collections::BTreeMap;

use burn::module::{Module, ModuleMapper, ModuleVisitor, Param};
use burn::optim::GradientsParams;
use burn::tensor::{Device, Tensor, TensorData};

use super::average::Average;
use super::losses::read;
use super::optimizer::Adam;
use crate::Error;
use crate::checkpoint::{CheckpointError, Values, take};

/// What the moments' names begin with; see [`Checkpoint::tensors`].
const MOMENTS: [&str; 2] = ["optimizer.first", "optimizer.second"];
const POWERS: &str = "optimizer.powers";
const AVERAGE: &str = "average";

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

    /// Adds a network's running average.
    pub(super) fn add_average<M: Module>(&mut self, name: &str, network: &M, average: &Average) {
        average.apply(network).visit(&mut Collect {
            path: vec![AVERAGE.into(), name.into()],
            moments: None,
            snapshot: self,
        });
        self.push(format!("{AVERAGE}.steps"), average.steps.get());
    }

    /// Adds a network alone.
    pub(super) fn add_network<M: Module>(&mut self, name: &str, network: &M) {
        network.visit(&mut Collect {
            path: vec![name.into()],
            moments: None,
            snapshot: self,
        });
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
    tensors: &mut BTreeMap<String, Values>,
    device: &Device,
) -> Result<M, CheckpointError> {
    let device = device.clone().without_autodiff();
    let network = put(
        vec![name.into()],
        network,
        Some(optimizer),
        tensors,
        &device,
    )?;
    let powers = take(
        tensors,
        &format!("{POWERS}.{name}"),
        &[optimizer.powers.len()],
    )?;
    for (buffer, power) in optimizer.powers.iter_mut().zip(powers) {
        buffer.set(Tensor::from_floats([power], &device));
    }
    Ok(network)
}

/// The network with a file's numbers, on a plain device. What is used is taken out.
pub(super) fn restore_network<M: Module>(
    name: &str,
    network: M,
    tensors: &mut BTreeMap<String, Values>,
    device: &Device,
) -> Result<M, CheckpointError> {
    put(vec![name.into()], network, None, tensors, device)
}

/// A network's running average, out of a checkpoint.
pub(super) fn restore_average<M: Module>(
    name: &str,
    network: &M,
    average: &mut Average,
    tensors: &mut BTreeMap<String, Values>,
    device: &Device,
) -> Result<(), CheckpointError> {
    let device = device.clone().without_autodiff();
    let path = vec![AVERAGE.into(), name.into()];
    // Not a clone: that would share the network's running statistics.
    let averaged = put(path, network.valid(), None, tensors, &device)?;
    average.set(&averaged);
    let steps = take(tensors, &format!("{AVERAGE}.steps"), &[1])?;
    average.steps.set(Tensor::from_floats([steps[0]], &device));
    Ok(())
}

/// The network with the numbers of this path, and, if given, its optimiser with its moments.
fn put<M: Module>(
    path: Vec<String>,
    network: M,
    optimizer: Option<&mut Adam>,
    tensors: &mut BTreeMap<String, Values>,
    device: &Device,
) -> Result<M, CheckpointError> {
    let mut put = Put {
        path,
        optimizer,
        tensors,
        device: device.clone(),
        outcome: Ok(()),
    };
    let network = network.map(&mut put);
    put.outcome?;
    Ok(network)
}

struct Put<'a> {
    path: Vec<String>,
    optimizer: Option<&'a mut Adam>,
    tensors: &'a mut BTreeMap<String, Values>,
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
        let numbers = take(self.tensors, name, &shape)?;
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
        for (index, prefix) in MOMENTS.iter().enumerate() {
            let has_moment = |adam: &&mut Adam| adam.moments[index].get::<D>(param.id).is_some();
            if self.optimizer.as_ref().is_some_and(has_moment) {
                let moment = self.take(&format!("{prefix}.{name}"), shape)?;
                if let Some(adam) = &mut self.optimizer {
                    adam.moments[index].register(param.id, moment);
                }
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
