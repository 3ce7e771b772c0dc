//! The kernels as operations of Burn on its CPU backend, with their gradients.
//!
//! Tensors keep Burn's order of dimensions, channels before pixels, but in memory the channels are
//! last: what one of these operations returns the next one reads as it is, and Burn's own
//! operations read it through its strides.

use burn::backend::autodiff::NodeId;
use burn::backend::autodiff::checkpoint::base::Checkpointer;
use burn::backend::autodiff::checkpoint::strategy::CheckpointStrategy;
use burn::backend::autodiff::grads::Gradients;
use burn::backend::autodiff::ops::{Backward, Ops, OpsKind};
use burn::backend::tensor::FloatTensor;
use burn::backend::{Autodiff, Backend, Flex, TensorMetadata, backend_extension};
use burn::tensor::TensorData;
use webgan_kernels::{self as kernels, Affine, Layer, Rates, Seen, Statistics};

type Cpu = FloatTensor<Flex>;

#[backend_extension(Flex, Autodiff)]
pub(crate) trait Kernels: Backend {
    /// A convolution of `[batch, channels, height, width]` with the activation behind it.
    fn convolve(
        input: FloatTensor<Self>,
        weight: FloatTensor<Self>,
        bias: FloatTensor<Self>,
        layer: Layer,
    ) -> FloatTensor<Self>;

    /// Batch normalisation of `[batch, channels, ..]` with the activation behind it, and the
    /// batch's mean and variance, which are constants to gradients.
    fn normalise(
        input: FloatTensor<Self>,
        gamma: FloatTensor<Self>,
        beta: FloatTensor<Self>,
        epsilon: f64,
        slope: f64,
    ) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>);
}

impl Kernels for Flex {
    fn convolve(input: Cpu, weight: Cpu, bias: Cpu, layer: Layer) -> Cpu {
        let input = channels_last(input);
        let weight = weight.to_contiguous();
        convolve(&input, &weight, &bias.to_contiguous(), layer)
    }

    fn normalise(input: Cpu, gamma: Cpu, beta: Cpu, epsilon: f64, slope: f64) -> (Cpu, Cpu, Cpu) {
        let input = channels_last(input);
        let (gamma, beta) = (gamma.to_contiguous(), beta.to_contiguous());
        let (output, statistics) = normalise(&input, &gamma, &beta, epsilon, slope);
        let channels = statistics.mean.len();
        let row = |numbers| Cpu::from_data(TensorData::new(numbers, [channels]));
        (output, row(statistics.mean), row(statistics.variance))
    }
}

/// - `input`: channels last in memory
fn convolve(input: &Cpu, weight: &Cpu, bias: &Cpu, layer: Layer) -> Cpu {
    let geometry = layer.geometry(input.shape().dims(), weight.shape().dims());
    let numbers = layer.forward(&geometry, stored(input), plain(weight), plain(bias));
    let [height, width, channels] = layer.output(&geometry);
    channels_second(numbers, &[geometry.batch, height, width, channels])
}

/// - `input`: channels last in memory
fn normalise(input: &Cpu, gamma: &Cpu, beta: &Cpu, epsilon: f64, slope: f64) -> (Cpu, Statistics) {
    let affine = affine(gamma, beta, epsilon, slope);
    let rows = stored(input);
    let statistics = kernels::statistics(rows, affine.gamma.len());
    let output = kernels::apply(rows, &statistics, affine);
    (channels_second(output, &last_shape(input)), statistics)
}

fn affine<'a>(gamma: &'a Cpu, beta: &'a Cpu, epsilon: f64, slope: f64) -> Affine<'a> {
    Affine {
        gamma: plain(gamma),
        beta: plain(beta),
        epsilon: epsilon as f32,
        slope: slope as f32,
    }
}

/// The tensor with its channels last in memory, copied if they were not.
fn channels_last(tensor: Cpu) -> Cpu {
    let axes = last_axes(tensor.shape().num_dims());
    let layout = tensor.layout().permute(&axes);
    let last = tensor.with_layout(layout);
    let last = if last.is_contiguous() {
        last
    } else {
        last.to_contiguous()
    };
    let layout = last.layout().permute(&second_axes(axes.len()));
    last.with_layout(layout)
}

/// `[batch, .., channels]` as `[batch, channels, ..]`.
fn channels_second(numbers: Vec<f32>, shape: &[usize]) -> Cpu {
    let last = Cpu::from_data(TensorData::new(numbers, shape));
    let layout = last.layout().permute(&second_axes(shape.len()));
    last.with_layout(layout)
}

fn last_axes(dimensions: usize) -> Vec<usize> {
    (0..1).chain(2..dimensions).chain(1..2).collect()
}

fn second_axes(dimensions: usize) -> Vec<usize> {
    (0..1)
        .chain(dimensions - 1..dimensions)
        .chain(1..dimensions - 1)
        .collect()
}

fn last_shape(tensor: &Cpu) -> Vec<usize> {
    let shape = tensor.shape();
    last_axes(shape.num_dims())
        .into_iter()
        .map(|axis| shape[axis])
        .collect()
}

/// The numbers of a tensor whose channels are last in memory, in that order.
fn stored(tensor: &Cpu) -> &[f32] {
    let start = tensor.layout().start_offset();
    &tensor.storage::<f32>()[start..start + tensor.layout().num_elements()]
}

/// The numbers of a contiguous tensor.
fn plain(tensor: &Cpu) -> &[f32] {
    tensor.as_slice::<f32>().expect("it was made contiguous")
}

impl<C: CheckpointStrategy> Kernels for Autodiff<Flex, C> {
    fn convolve(
        input: FloatTensor<Self>,
        weight: FloatTensor<Self>,
        bias: FloatTensor<Self>,
        layer: Layer,
    ) -> FloatTensor<Self> {
        let (input, input_node) = input.into_parts();
        let (weight, weight_node) = weight.into_parts();
        let (bias, bias_node) = bias.into_parts();
        let (input, weight) = (channels_last(input), weight.to_contiguous());
        let output = convolve(&input, &weight, &bias.to_contiguous(), layer);
        match Convolve
            .prepare::<C>([input_node, weight_node, bias_node])
            .compute_bound()
            .stateful()
        {
            OpsKind::Tracked(operation) => {
                let state = (input, weight, output.clone(), layer);
                operation.finish(state, output)
            }
            OpsKind::UnTracked(operation) => operation.finish(output),
        }
    }

    fn normalise(
        input: FloatTensor<Self>,
        gamma: FloatTensor<Self>,
        beta: FloatTensor<Self>,
        epsilon: f64,
        slope: f64,
    ) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>) {
        let (input, input_node) = input.into_parts();
        let (gamma, gamma_node) = gamma.into_parts();
        let (beta, beta_node) = beta.into_parts();
        let (input, gamma, beta) = (
            channels_last(input),
            gamma.to_contiguous(),
            beta.to_contiguous(),
        );
        let (output, statistics) = normalise(&input, &gamma, &beta, epsilon, slope);
        let row = |numbers: &Vec<f32>| {
            let shape = [numbers.len()];
            <FloatTensor<Self>>::new(Cpu::from_data(TensorData::new(numbers.clone(), shape)))
        };
        let (mean, variance) = (row(&statistics.mean), row(&statistics.variance));
        let nodes = [input_node, gamma_node, beta_node];
        let output = match Normalise.prepare::<C>(nodes).compute_bound().stateful() {
            OpsKind::Tracked(operation) => {
                let state = Normalised {
                    input,
                    gamma,
                    beta,
                    output: output.clone(),
                    statistics,
                    epsilon,
                    slope,
                };
                operation.finish(state, output)
            }
            OpsKind::UnTracked(operation) => operation.finish(output),
        };
        (output, mean, variance)
    }
}

#[derive(Debug)]
struct Convolve;

impl Backward<Flex, 3> for Convolve {
    /// Input, weight, output.
    type State = (Cpu, Cpu, Cpu, Layer);

    fn backward(self, ops: Ops<Self::State, 3>, grads: &mut Gradients, _: &mut Checkpointer) {
        let gradient = channels_last(grads.consume::<Flex>(&ops.node));
        let (input, weight, output, layer) = ops.state;
        let nodes = ops.parents.map(|parent| parent.map(|node| node.id));
        let weight_shape: [usize; 4] = weight.shape().dims();
        let geometry = layer.geometry(input.shape().dims(), weight_shape);
        let seen = Seen {
            input: stored(&input),
            weight: plain(&weight),
            output: stored(&output),
            gradient: stored(&gradient),
        };
        let [of_input, of_weight, of_bias] = nodes;
        let wanted = [of_input.is_some(), of_weight.is_some()];
        let (to_input, to_weight, to_bias) = layer.gradients(&geometry, seen, wanted);
        let to_input = to_input.map(|numbers| channels_second(numbers, &last_shape(&input)));
        let to_weight =
            to_weight.map(|numbers| Cpu::from_data(TensorData::new(numbers, weight_shape)));
        let channels = to_bias.len();
        register(grads, of_input, to_input);
        register(grads, of_weight, to_weight);
        register(
            grads,
            of_bias,
            Some(Cpu::from_data(TensorData::new(to_bias, [channels]))),
        );
    }
}

#[derive(Debug)]
struct Normalise;

#[derive(Clone, Debug)]
struct Normalised {
    input: Cpu,
    gamma: Cpu,
    beta: Cpu,
    output: Cpu,
    statistics: Statistics,
    epsilon: f64,
    slope: f64,
}

impl Backward<Flex, 3> for Normalise {
    type State = Normalised;

    fn backward(self, ops: Ops<Self::State, 3>, grads: &mut Gradients, _: &mut Checkpointer) {
        let gradient = channels_last(grads.consume::<Flex>(&ops.node));
        let state = ops.state;
        let affine = affine(&state.gamma, &state.beta, state.epsilon, state.slope);
        let (input, output) = (stored(&state.input), stored(&state.output));
        let [to_input, to_gamma, to_beta] =
            kernels::gradients(input, output, stored(&gradient), &state.statistics, affine);
        let channels = to_gamma.len();
        let row = |numbers| Some(Cpu::from_data(TensorData::new(numbers, [channels])));
        let [of_input, of_gamma, of_beta] = ops.parents.map(|parent| parent.map(|node| node.id));
        register(
            grads,
            of_input,
            Some(channels_second(to_input, &last_shape(&state.input))),
        );
        register(grads, of_gamma, row(to_gamma));
        register(grads, of_beta, row(to_beta));
    }
}

/// Adds a gradient where one is wanted.
fn register(grads: &mut Gradients, node: Option<NodeId>, gradient: Option<Cpu>) {
    if let (Some(node), Some(gradient)) = (node, gradient) {
        grads.register::<Flex>(node, gradient);
    }
}

/// What needs no gradients.
#[backend_extension(Flex)]
pub(crate) trait Descent: Backend {
    /// One step of Adam: the changes, which are to be subtracted from the parameters, and the new
    /// moments.
    ///
    /// - `gradient`, `first`, `second`: of one length
    /// - `factors`: `[2]`, 1 / √(1 − β₂ᵗ) and α / (1 − β₁ᵗ)
    fn adam(
        gradient: FloatTensor<Self>,
        first: FloatTensor<Self>,
        second: FloatTensor<Self>,
        factors: FloatTensor<Self>,
        betas: [f64; 2],
        epsilon: f64,
    ) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>);
}

impl Descent for Flex {
    fn adam(
        gradient: Cpu,
        first: Cpu,
        second: Cpu,
        factors: Cpu,
        betas: [f64; 2],
        epsilon: f64,
    ) -> (Cpu, Cpu, Cpu) {
        let factors = factors.to_contiguous();
        let &[second_factor, rate] = plain(&factors) else {
            unreachable!("there are two factors");
        };
        let rates = Rates {
            betas: betas.map(|beta| beta as f32),
            second_factor,
            rate,
            epsilon: epsilon as f32,
        };
        let [mut gradient, mut first, mut second] =
            [gradient, first, second].map(|tensor| tensor.to_contiguous());
        // Copied where somebody else holds them.
        kernels::adam(
            gradient.storage_mut(),
            first.storage_mut(),
            second.storage_mut(),
            rates,
        );
        (gradient, first, second)
    }
}
