//! Adam's arithmetic, each number read and written once.

/// What one step of Adam goes by.
#[derive(Clone, Copy, Debug)]
pub struct Rates {
    /// β₁ and β₂: how much of the moments stays.
    pub betas: [f32; 2],
    /// 1 / √(1 − β₂ᵗ)
    pub second_factor: f32,
    /// α / (1 − β₁ᵗ)
    pub rate: f32,
    pub epsilon: f32,
}

/// Moves the moments on, and puts what is to be subtracted from the parameters in the gradient's
/// place: rate · m / (√v · factor + ε).
pub fn adam(gradient: &mut [f32], first: &mut [f32], second: &mut [f32], rates: Rates) {
    let [beta_1, beta_2] = rates.betas;
    for ((gradient, first), second) in gradient.iter_mut().zip(first).zip(second) {
        *first = beta_1 * *first + (1.0 - beta_1) * *gradient;
        *second = beta_2 * *second + (1.0 - beta_2) * (*gradient * *gradient);
        *gradient = *first / (second.sqrt() * rates.second_factor + rates.epsilon) * rates.rate;
    }
}
