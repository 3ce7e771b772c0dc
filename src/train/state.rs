//! A network's numbers and its optimiser's moments by name: out of a trainer, and into one.

use std::collections::BTreeMap;

use burn::module::{Module, ModuleMapper, ModuleVisitor, Param};
use burn::tensor::{Device, Tensor, TensorData};

use super::average::Average;
use super::losses::read;
use super::optimizer::Adam;
use crate::Error;
use crate::checkpoint::{CheckpointError, Values, take};
use crate::device::buffer::Buffer;

/// What the networks' tensors are called in a file.
pub(super) const GENERATOR: &str = "generator";
pub(super) const DISCRIMINATOR: &str = "discriminator";
pub(super) const CLASSIFIER: &str = "classifier";
/// What the moments' names begin with; see [`Checkpoint::tensors`].
const MOMENTS: [&str; 2] = ["optimizer.first", "optimizer.second"];
const POWERS: &str = "optimizer.powers";
/// What the names of a running average's tensors begin with.
pub(super) const AVERAGE: &str = "average";

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
            snapshot: self,
        });
        network.visit(&mut CollectMoments {
            path: vec![name.into()],
            moments: &optimizer.moments,
            offset: 0,
            snapshot: self,
        });
        let powers = optimizer.powers.each_ref().map(|power| power.get());
        self.push(format!("{POWERS}.{name}"), Tensor::cat(powers.to_vec(), 0));
    }

    /// Adds a network's running average.
    pub(super) fn add_average<M: Module>(&mut self, name: &str, network: &M, average: &Average) {
        average.apply(network).visit(&mut Collect {
            path: vec![AVERAGE.into(), name.into()],
            snapshot: self,
        });
        self.push(format!("{AVERAGE}.steps"), average.steps.get());
    }

    /// Adds a network alone.
    pub(super) fn add_network<M: Module>(&mut self, name: &str, network: &M) {
        network.visit(&mut Collect {
            path: vec![name.into()],
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

/// How much a checkpoint holds, counted without the numbers.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Extent {
    numbers: u64,
    tensors: u64,
}

impl Extent {
    /// Bytes that an entry of the header may have: its name, its shape, its place; and the config's
    /// share of them.
    const ENTRY: u64 = 256;

    /// Adds a network and its optimiser.
    pub(super) fn add<M: Module>(&mut self, network: &M, optimizer: &Adam) {
        let mut own = Self::default();
        own.add_network(network);
        self.numbers += own.numbers;
        self.tensors += own.tensors;
        for moments in optimizer.moments.iter().flatten() {
            self.numbers += moments.get().dims()[0] as u64;
            self.tensors += own.tensors;
        }
    }

    /// Adds a network alone.
    pub(super) fn add_network<M: Module>(&mut self, network: &M) {
        network.visit(self);
    }

    /// The file's size, rather too large than too small.
    pub(super) fn bytes(self) -> u64 {
        4 * self.numbers + Self::ENTRY * (self.tensors + 16)
    }
}

impl ModuleVisitor for Extent {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        self.numbers += param.lazy_shape().num_elements() as u64;
        self.tensors += 1;
    }
}

struct Collect<'a> {
    path: Vec<String>,
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
        self.snapshot.push(self.path.join("."), param.val());
    }
}

/// Takes an optimiser's moments apart, into a piece for each parameter.
struct CollectMoments<'a> {
    path: Vec<String>,
    moments: &'a [Option<Buffer<1>>; 2],
    /// Where the next parameter's piece begins.
    offset: usize,
    snapshot: &'a mut Snapshot,
}

impl ModuleVisitor for CollectMoments<'_> {
    fn enter_module(&mut self, name: &str, _container_type: &str) {
        self.path.push(name.into());
    }

    fn exit_module(&mut self, _name: &str, _container_type: &str) {
        self.path.pop();
    }

    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        if !param.is_require_grad() {
            return;
        }
        let name = self.path.join(".");
        let shape = param.lazy_shape();
        let count = shape.num_elements();
        for (prefix, moments) in MOMENTS.iter().zip(self.moments) {
            if let Some(moments) = moments {
                let moment = moments.get().narrow(0, self.offset, count);
                let moment = moment.reshape::<D, _>(shape.clone());
                self.snapshot.push(format!("{prefix}.{name}"), moment);
            }
        }
        self.offset += count;
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
    let moments = optimizer
        .moments
        .each_ref()
        .map(|moments| moments.as_ref().map(|_| Vec::new()));
    let (network, moments) = put(vec![name.into()], network, moments, tensors, &device)?;
    for (buffer, numbers) in optimizer.moments.iter_mut().zip(moments) {
        if let (Some(buffer), Some(numbers)) = (buffer, numbers) {
            buffer.set(Tensor::from_floats(numbers.as_slice(), &device));
        }
    }
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
    let (network, _) = put(vec![name.into()], network, [None, None], tensors, device)?;
    Ok(network)
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
    let (averaged, _) = put(path, network.valid(), [None, None], tensors, &device)?;
    average.set(&averaged);
    let steps = take(tensors, &format!("{AVERAGE}.steps"), &[1])?;
    average.steps.set(Tensor::from_floats([steps[0]], &device));
    Ok(())
}

/// An optimiser's moments, of all parameters end to end, where it keeps them.
type Moments = [Option<Vec<f32>>; 2];

/// The network with the numbers of this path, and with its optimiser's moments added to those given.
fn put<M: Module>(
    path: Vec<String>,
    network: M,
    moments: Moments,
    tensors: &mut BTreeMap<String, Values>,
    device: &Device,
) -> Result<(M, Moments), CheckpointError> {
    let mut put = Put {
        path,
        moments,
        tensors,
        device: device.clone(),
        outcome: Ok(()),
    };
    let network = network.map(&mut put);
    put.outcome?;
    Ok((network, put.moments))
}

struct Put<'a> {
    path: Vec<String>,
    moments: Moments,
    tensors: &'a mut BTreeMap<String, Values>,
    device: Device,
    /// The first problem.
    outcome: Result<(), CheckpointError>,
}

impl Put<'_> {
    fn put<const D: usize>(
        &mut self,
        param: &Param<Tensor<D>>,
    ) -> Result<Tensor<D>, CheckpointError> {
        let name = self.path.join(".");
        let shape = param.lazy_shape().dims::<D>();
        if param.is_require_grad() {
            for (prefix, moments) in MOMENTS.iter().zip(&mut self.moments) {
                if let Some(moments) = moments {
                    moments.extend(take(self.tensors, &format!("{prefix}.{name}"), &shape)?);
                }
            }
        }
        let numbers = take(self.tensors, &name, &shape)?;
        let numbers = TensorData::new(numbers, shape);
        Ok(Tensor::from_data(numbers, &self.device))
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
