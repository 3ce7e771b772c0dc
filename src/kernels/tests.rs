//! Every kernel against Burn's own operations, and its gradients against differences.

use burn::module::Module;
use burn::nn::BatchNormConfig;
use burn::tensor::module::{conv_transpose2d, conv2d, interpolate};
use burn::tensor::ops::{ConvOptions, ConvTransposeOptions, InterpolateMode, InterpolateOptions};
use burn::tensor::{Tensor, TensorData};
use rand::RngExt;
use rand_pcg::Pcg64;
use webgan_kernels::Kind;

use super::{Then, batch_norm, convolve, double_transposed, doubling};
use crate::device::cpu;

/// A convolution's numbers.
struct Case {
    kind: Kind,
    stride: usize,
    padding: usize,
    then: Then,
    x: TensorData,
    weight: TensorData,
    bias: TensorData,
}

fn random(rng: &mut Pcg64, shape: &[usize]) -> TensorData {
    let count = shape.iter().product();
    let numbers: Vec<f32> = (0..count).map(|_| rng.random_range(-1.0..1.0)).collect();
    TensorData::new(numbers, shape)
}

fn numbers<const D: usize>(tensor: Tensor<D>) -> Vec<f32> {
    tensor.into_data().try_into_vec().unwrap()
}

fn assert_close(found: &[f32], expected: &[f32], what: &str) {
    assert_eq!(found.len(), expected.len(), "{what}");
    let largest = expected
        .iter()
        .fold(1.0_f32, |most, number| most.max(number.abs()));
    for (found, expected) in found.iter().zip(expected) {
        let error = (found - expected).abs() / largest;
        assert!(
            error < 2e-5,
            "{what}: {found} in place of {expected}, among up to {largest}"
        );
    }
}

/// Shapes that fill blocks and that do not, of each kind in turn.
fn cases() -> Vec<Case> {
    let mut rng = Pcg64::new(7, 0);
    (0..60)
        .map(|index| {
            let kind = [Kind::Plain, Kind::Transposed, Kind::Doubling][index % 3];
            let [batch, input, out] = [5, 20, 40].map(|most| rng.random_range(1..=most));
            let [input, out] = if index % 5 == 0 {
                [1, out]
            } else {
                [input, out]
            };
            let [input, out] = if index % 7 == 0 {
                [input, 1]
            } else {
                [input, out]
            };
            let kernel = [rng.random_range(1..=4), rng.random_range(1..=4)];
            let [stride, padding] = [rng.random_range(1..=3), rng.random_range(0..=1)];
            let side =
                |kernel: usize, rng: &mut Pcg64| kernel.max(2) + rng.random_range(0..8_usize);
            let (height, width) = (side(kernel[0], &mut rng), side(kernel[1], &mut rng));
            let (weight, stride, padding) = match kind {
                Kind::Plain => ([out, input, kernel[0], kernel[1]], stride, padding),
                Kind::Transposed => (
                    [input, out, kernel[0].max(2), kernel[1].max(2)],
                    stride,
                    padding,
                ),
                Kind::Doubling => ([out, input, 3, 3], 2, 1),
            };
            Case {
                kind,
                stride,
                padding,
                then: [Then::Nothing, Then::Relu, Then::LeakyRelu(0.2)][index / 3 % 3],
                x: random(&mut rng, &[batch, input, height, width]),
                weight: random(&mut rng, &weight),
                bias: random(&mut rng, &[out]),
            }
        })
        .collect()
}

impl Case {
    fn ours(&self, x: Tensor<4>, weight: Tensor<4>, bias: Tensor<1>) -> Tensor<4> {
        let out = bias.dims()[0];
        convolve(
            x,
            weight,
            Some(bias),
            out,
            (self.kind, self.stride, self.padding),
            self.then,
        )
    }

    fn burns(&self, x: Tensor<4>, weight: Tensor<4>, bias: Tensor<1>) -> Tensor<4> {
        let (stride, padding) = ([self.stride; 2], [self.padding; 2]);
        let plain = |x, stride| {
            conv2d(
                x,
                weight.clone(),
                Some(bias.clone()),
                ConvOptions::new(stride, padding, [1, 1], 1),
            )
        };
        self.then.apply(match self.kind {
            Kind::Plain => plain(x, stride),
            Kind::Transposed => {
                let options = ConvTransposeOptions::new(stride, padding, [0, 0], [1, 1], 1);
                conv_transpose2d(x, weight, Some(bias), options)
            }
            Kind::Doubling => {
                let nearest = InterpolateOptions::new(InterpolateMode::Nearest);
                plain(
                    interpolate(x, nearest.with_scale_factor([2.0, 2.0])),
                    [1, 1],
                )
            }
        })
    }

    /// Output, and the gradients of input, weight and bias of its sum, each number weighed by
    /// another one.
    fn run(&self, layer: impl Fn(Tensor<4>, Tensor<4>, Tensor<1>) -> Tensor<4>) -> [Vec<f32>; 4] {
        let device = cpu().autodiff();
        let x = Tensor::from_data(self.x.clone(), &device).require_grad();
        let weight = Tensor::from_data(self.weight.clone(), &device).require_grad();
        let bias = Tensor::from_data(self.bias.clone(), &device).require_grad();
        let output = layer(x.clone(), weight.clone(), bias.clone());
        let weights = random(&mut Pcg64::new(1, 0), &output.dims());
        let gradients = (output.clone() * Tensor::from_data(weights, &device))
            .sum()
            .backward();
        [
            numbers(output),
            numbers(x.grad(&gradients).unwrap()),
            numbers(weight.grad(&gradients).unwrap()),
            numbers(bias.grad(&gradients).unwrap()),
        ]
    }

    fn describe(&self) -> String {
        let (x, weight) = (self.x.shape(), self.weight.shape());
        format!(
            "{:?} {x:?} {weight:?} stride {} padding {}",
            self.kind, self.stride, self.padding
        )
    }
}

#[test]
fn convolutions_and_their_gradients_are_burns_own() {
    for case in cases() {
        let found = case.run(|x, weight, bias| case.ours(x, weight, bias));
        let expected = case.run(|x, weight, bias| case.burns(x, weight, bias));
        for ((found, expected), what) in found
            .iter()
            .zip(&expected)
            .zip(["output", "input", "weight", "bias"])
        {
            assert_close(found, expected, &format!("{what} of {}", case.describe()));
        }
    }
}

#[test]
fn doubling_is_a_transposed_convolution() {
    let device = cpu().autodiff();
    for case in cases()
        .into_iter()
        .filter(|case| case.kind == Kind::Doubling)
    {
        let found = case.run(|x, weight, bias| {
            let output = double_transposed(x, weight, Some(bias), &doubling(&device));
            case.then.apply(output)
        });
        let expected = case.run(|x, weight, bias| case.burns(x, weight, bias));
        for (found, expected) in found.iter().zip(&expected) {
            assert_close(found, expected, &case.describe());
        }
    }
}

#[test]
fn gradients_of_convolutions_are_the_limit_of_differences() {
    for case in cases()
        .into_iter()
        .filter(|case| case.then == Then::Nothing)
    {
        let [_, of_input, of_weight, _] = case.run(|x, weight, bias| case.ours(x, weight, bias));
        let mut rng = Pcg64::new(3, 0);
        let device = cpu();
        let way = |data: &TensorData, rng: &mut Pcg64| -> Tensor<4> {
            Tensor::from_data(random(rng, data.shape().as_slice()), &device)
        };
        let (to_x, to_weight) = (way(&case.x, &mut rng), way(&case.weight, &mut rng));
        let value = |step: f64| {
            let x = Tensor::from_data(case.x.clone(), &device) + to_x.clone() * step;
            let weight = Tensor::from_data(case.weight.clone(), &device);
            let both = [
                (x, weight.clone()),
                (
                    Tensor::from_data(case.x.clone(), &device),
                    weight + to_weight.clone() * step,
                ),
            ];
            both.map(|(x, weight)| {
                let output = case.ours(x, weight, Tensor::from_data(case.bias.clone(), &device));
                let weights = random(&mut Pcg64::new(1, 0), &output.dims());
                let products = numbers(output * Tensor::from_data(weights, &device));
                products.into_iter().map(f64::from).sum::<f64>()
            })
        };
        // The function is linear in each: no step is too long.
        let (ahead, behind) = (value(1.0), value(-1.0));
        for ((gradient, way), (ahead, behind)) in [(of_input, to_x), (of_weight, to_weight)]
            .into_iter()
            .zip(ahead.into_iter().zip(behind))
        {
            let way = numbers(way);
            let terms: Vec<f64> = gradient
                .iter()
                .zip(&way)
                .map(|(g, w)| f64::from(g * w))
                .collect();
            let scale = terms.iter().map(|term| term.abs()).sum::<f64>().max(1.0);
            let error = (terms.iter().sum::<f64>() - (ahead - behind) / 2.0).abs() / scale;
            assert!(error < 1e-4, "{error} in {}", case.describe());
        }
    }
}

#[test]
fn batch_normalisation_and_its_gradients_are_burns_own() {
    let mut rng = Pcg64::new(9, 0);
    for (shape, then) in [
        ([6, 3, 5, 4], Then::Relu),
        ([40, 17, 3, 3], Then::LeakyRelu(0.2)),
        ([2, 8, 1, 1], Then::Nothing),
    ] {
        let device = cpu().autodiff();
        let mut layer = BatchNormConfig::new(shape[1]).init(&device);
        layer.gamma = layer
            .gamma
            .map(|_| Tensor::from_data(random(&mut rng, &[shape[1]]), &device).require_grad());
        layer.beta = layer
            .beta
            .map(|_| Tensor::from_data(random(&mut rng, &[shape[1]]), &device).require_grad());
        let data = random(&mut rng, &shape);
        let run = |ours: bool| {
            let layer = layer.valid().train();
            // Far from zero, where a sum of squares alone would cancel.
            let x = (Tensor::<4>::from_data(data.clone(), &device) * 0.3 + 5.0).require_grad();
            let output = match ours {
                true => batch_norm(&layer, x.clone(), then),
                false => then.apply(layer.forward(x.clone())),
            };
            let weights = random(&mut Pcg64::new(1, 0), &shape);
            let gradients = (output.clone() * Tensor::from_data(weights, &device))
                .sum()
                .backward();
            [
                numbers(output),
                numbers(x.grad(&gradients).unwrap()),
                numbers(layer.gamma.val().grad(&gradients).unwrap()),
                numbers(layer.beta.val().grad(&gradients).unwrap()),
                numbers(layer.running_mean.value_sync()),
                numbers(layer.running_var.value_sync()),
            ]
        };
        for (found, expected) in run(true).iter().zip(&run(false)) {
            assert_close(found, expected, &format!("{shape:?}"));
        }
    }
}
