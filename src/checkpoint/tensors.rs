//! A network's numbers by name, out of the network and into it, and so the moments of an optimiser
//! that keeps them end to end.

use std::collections::BTreeMap;

use burn::module::{Module, ModuleMapper, ModuleVisitor, Param};
use burn::tensor::{Device, Tensor, TensorData};

use super::{CheckpointError, Values};
use crate::Error;
use crate::device::readback::read;

/// What the networks' tensors are called in a file.
pub(crate) const GENERATOR: &str = "generator";
pub(crate) const DISCRIMINATOR: &str = "discriminator";
pub(super) const CLASSIFIER: &str = "classifier";
/// What the moments' names begin with; see [`Checkpoint::tensors`](super::Checkpoint::tensors).
const MOMENTS: [&str; 2] = ["optimizer.first", "optimizer.second"];
pub(crate) const POWERS: &str = "optimizer.powers";
/// What the names of a running average's tensors begin with.
pub(crate) const AVERAGE: &str = "average";

/// An optimiser's first and second moments where it keeps them, each of all trained parameters end to
/// end, in the order in which the network is visited.
pub(crate) type Moments<T> = [Option<T>; 2];

/// Numbers on the device, on their way to the host in one readback.
#[derive(Default)]
pub(crate) struct Snapshot {
    names: Vec<(String, Vec<usize>)>,
    numbers: Vec<Tensor<1>>,
}

impl Snapshot {
    /// Adds a network.
    pub(crate) fn add_network<M: Module>(&mut self, path: &[&str], network: &M) {
        network.visit(&mut Collect {
            path: owned(path),
            snapshot: self,
        });
    }

    /// Adds the moments of a network's optimiser, in a piece for each parameter.
    ///
    /// - each of `moments`: `[parameters]`
    pub(crate) fn add_moments<M: Module>(
        &mut self,
        path: &[&str],
        network: &M,
        moments: Moments<Tensor<1>>,
    ) {
        network.visit(&mut CollectMoments {
            path: owned(path),
            moments,
            offset: 0,
            snapshot: self,
        });
    }

    /// Adds one tensor.
    pub(crate) fn add<const D: usize>(&mut self, name: String, tensor: Tensor<D>) {
        self.names.push((name, tensor.dims().to_vec()));
        self.numbers.push(tensor.flatten(0, D - 1));
    }

    /// Waits for the numbers.
    pub(crate) fn read(
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
pub(crate) struct Extent {
    numbers: u64,
    tensors: u64,
}

impl Extent {
    /// Bytes that an entry of the header may have: its name, its shape, its place; and the config's
    /// share of them.
    const ENTRY: u64 = 256;

    /// Adds a network.
    pub(crate) fn add_network<M: Module>(&mut self, network: &M) {
        network.visit(self);
    }

    /// Adds a network's moment, of so many numbers.
    pub(crate) fn add_moment<M: Module>(&mut self, network: &M, numbers: usize) {
        let mut own = Self::default();
        own.add_network(network);
        self.numbers += numbers as u64;
        self.tensors += own.tensors;
    }

    /// The file's size, rather too large than too small.
    pub(crate) fn bytes(self) -> u64 {
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
        self.snapshot.add(self.path.join("."), param.val());
    }
}

struct CollectMoments<'a> {
    path: Vec<String>,
    moments: Moments<Tensor<1>>,
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
        for (prefix, moments) in MOMENTS.iter().zip(&self.moments) {
            if let Some(moments) = moments {
                let moment = moments.clone().narrow(0, self.offset, count);
                let moment = moment.reshape::<D, _>(shape.clone());
                self.snapshot.add(format!("{prefix}.{name}"), moment);
            }
        }
        self.offset += count;
    }
}

/// The network with the numbers of this path, on a plain device, and with its optimiser's moments added
/// to those given. What is used is taken out.
pub(crate) fn restore<M: Module>(
    path: &[&str],
    network: M,
    moments: Moments<Vec<f32>>,
    tensors: &mut BTreeMap<String, Values>,
    device: &Device,
) -> Result<(M, Moments<Vec<f32>>), CheckpointError> {
    let mut put = Put {
        path: owned(path),
        moments,
        tensors,
        device: device.clone().without_autodiff(),
        outcome: Ok(()),
    };
    let network = network.map(&mut put);
    put.outcome?;
    Ok((network, put.moments))
}

/// [`restore`] without moments.
pub(crate) fn restore_network<M: Module>(
    path: &[&str],
    network: M,
    tensors: &mut BTreeMap<String, Values>,
    device: &Device,
) -> Result<M, CheckpointError> {
    let (network, _) = restore(path, network, [None, None], tensors, device)?;
    Ok(network)
}

fn owned(path: &[&str]) -> Vec<String> {
    path.iter().map(|&name| name.into()).collect()
}

struct Put<'a> {
    path: Vec<String>,
    moments: Moments<Vec<f32>>,
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

/// Takes a tensor of this shape out.
pub(crate) fn take(
    tensors: &mut BTreeMap<String, Values>,
    name: &str,
    shape: &[usize],
) -> Result<Vec<f32>, CheckpointError> {
    let values = tensors.remove(name);
    let values = values.ok_or_else(|| CheckpointError::Missing { name: name.into() })?;
    if values.shape != shape {
        return Err(CheckpointError::Shape {
            name: name.into(),
            found: format!("{:?}", values.shape),
            expected: format!("{shape:?}"),
        });
    }
    Ok(values.numbers)
}

/// Checks that nothing is left over.
pub(crate) fn finish(tensors: BTreeMap<String, Values>) -> Result<(), CheckpointError> {
    match tensors.into_keys().next() {
        Some(name) => Err(CheckpointError::Unexpected { name }),
        None => Ok(()),
    }
}
