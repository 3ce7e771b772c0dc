//! Spectral normalisation: a weight matrix divided by its largest singular value (Miyato et al. 2018).

use burn::module::{Module, Param, ParamId};
use burn::tensor::{Device, Tensor};

/// An estimate of a weight's first left singular vector, bettered once a step.
#[derive(Module, Debug)]
pub(super) struct SpectralNorm {
    /// `[rows]`
    left: Param<Tensor<1>>,
}

impl SpectralNorm {
    /// For a weight of so many rows.
    pub(super) fn new(rows: usize, device: &Device) -> Self {
        let left = Tensor::ones([rows], device) / (rows as f64).sqrt();
        Self {
            left: Param::initialized(ParamId::new(), left).set_require_grad(false),
        }
    }

    /// One power iteration (algorithm 1 of the paper).
    ///
    /// - `weight`: `[rows, columns]`
    pub(super) fn advance(self, weight: Tensor<2>) -> Self {
        let weight = weight.inner();
        let right = unit(self.left.val().inner().unsqueeze().matmul(weight.clone()));
        let left = unit(right.matmul(weight.transpose())).squeeze_dim::<1>(0);
        Self {
            left: self
                .left
                .map(|_| Tensor::from_inner(left).set_require_grad(false)),
        }
    }

    /// The largest singular value's estimate uᵀWv. Gradients flow through W alone.
    ///
    /// - `weight`: `[rows, columns]`
    /// - output: `[1, 1]`
    pub(super) fn sigma(&self, weight: Tensor<2>) -> Tensor<2> {
        let left: Tensor<2> = self.left.val().detach().unsqueeze();
        let right = unit(left.clone().matmul(weight.clone().detach()));
        (left.matmul(weight) * right).sum_dim(1)
    }
}

/// A row divided by its length.
fn unit(row: Tensor<2>) -> Tensor<2> {
    let length = row.clone().square().sum_dim(1).sqrt() + 1e-12;
    row / length
}

#[cfg(test)]
mod tests {
    use super::SpectralNorm;
    use crate::device;
    use burn::tensor::Tensor;

    /// U·diag(5, 2)·Vᵀ with the rotations (3, 4)/5 and (5, 12)/13.
    #[test]
    fn sigma_becomes_the_largest_singular_value_and_its_gradient_u_v() {
        let device = device::cpu();
        let (u, v) = ([[0.6, -0.8], [0.8, 0.6]], [[5.0, -12.0], [12.0, 5.0]]);
        let [u, v] = [u, v.map(|row| row.map(|x: f32| x / 13.0))]
            .map(|rows| Tensor::<2>::from_floats(rows, &device));
        let scale = Tensor::<2>::from_floats([[5.0, 0.0], [0.0, 2.0]], &device);
        let weight = u.clone().matmul(scale).matmul(v.clone().transpose());

        let sigma = |norm: &SpectralNorm| norm.sigma(weight.clone()).into_scalar::<f32>();
        let mut norm = SpectralNorm::new(2, &device);
        let before = sigma(&norm);
        assert!(before < 4.99, "already there: {before}");
        let mut last = before;
        for _ in 0..3 {
            norm = norm.advance(weight.clone());
            let now = sigma(&norm);
            assert!(now > last, "{now} after {last}");
            last = now;
        }
        for _ in 0..7 {
            norm = norm.advance(weight.clone());
        }
        let found = sigma(&norm);
        assert!((found - 5.0).abs() < 1e-5, "{found}");

        // dσ/dW = u·vᵀ of the largest singular value's vectors.
        let weight = weight.autodiff().require_grad();
        let gradients = norm.sigma(weight.clone()).backward();
        let found = weight.grad(&gradients).unwrap();
        let expected = u.narrow(1, 0, 1).matmul(v.narrow(1, 0, 1).transpose());
        let error = (found - expected).abs().max().into_scalar::<f32>();
        assert!(error < 1e-5, "off by {error}");
    }
}
