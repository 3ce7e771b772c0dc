//! Whole products out of blocks: tilings, and the instruction set they are compiled for.

use super::lanes::Lanes;
#[cfg(target_arch = "x86_64")]
use super::lanes::{avx2::Eight, avx512::Sixteen};
use super::tile::{self, Finish, ROWS, VECTORS};

#[cfg(not(all(target_family = "wasm", target_feature = "simd128")))]
type Four = [f32; 4];
#[cfg(all(target_family = "wasm", target_feature = "simd128"))]
type Four = std::arch::wasm32::v128;

/// Weights laid out as [`Panels::product`] reads them.
#[derive(Debug)]
pub(super) struct Panels {
    /// `[panels, taps, depth, columns]`, zeros behind the last column
    numbers: Vec<f32>,
    simd: Simd,
    columns: usize,
    depth: usize,
    width: usize,
}

/// What the processor offers, the narrowest first.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub(super) enum Simd {
    /// Four lanes, with no fused products.
    Portable,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl Simd {
    /// What is best for so many columns. Fewer lanes leave no more of the last block empty; and sums are the same bits
    /// with AVX2 and AVX-512, as each has a lane to itself, but for one column, whose lanes are summed: that one has
    /// AVX2.
    #[cfg_attr(not(target_arch = "x86_64"), expect(unused_variables))]
    pub(super) fn best(columns: usize) -> Self {
        let widest = Self::widest();
        #[cfg(target_arch = "x86_64")]
        if widest == Self::Avx512 && columns <= Self::Avx2.columns() {
            return Self::Avx2;
        }
        widest
    }

    pub(super) fn widest() -> Self {
        let widest = Self::offered();
        #[cfg(test)]
        if let Some(limit) = LIMIT.get().filter(|&limit| limit < widest) {
            return limit;
        }
        widest
    }

    fn offered() -> Self {
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
            return match is_x86_feature_detected!("avx512f") {
                true => Self::Avx512,
                false => Self::Avx2,
            };
        }
        Self::Portable
    }

    /// Columns in a block.
    fn columns(self) -> usize {
        VECTORS
            * match self {
                Self::Portable => Four::COUNT,
                #[cfg(target_arch = "x86_64")]
                Self::Avx2 => Eight::COUNT,
                #[cfg(target_arch = "x86_64")]
                Self::Avx512 => Sixteen::COUNT,
            }
    }
}

#[cfg(test)]
thread_local! {
    static LIMIT: std::cell::Cell<Option<Simd>> = const { std::cell::Cell::new(None) };
}

/// Does something as a processor does it that offers no more than this.
#[cfg(test)]
pub(super) fn at_most<T>(simd: Simd, act: impl FnOnce() -> T) -> T {
    LIMIT.set(Some(simd));
    let outcome = act();
    LIMIT.set(None);
    outcome
}

impl Panels {
    /// - `weight(tap, depth, width)`: a number of the weight
    pub(super) fn new(
        taps: usize,
        depth: usize,
        width: usize,
        weight: impl Fn(usize, usize, usize) -> f32,
    ) -> Self {
        let simd = Simd::best(width);
        let columns = if width == 1 { 1 } else { simd.columns() };
        let mut numbers = vec![0.0; width.div_ceil(columns) * taps * depth * columns];
        for (index, row) in numbers.chunks_exact_mut(columns).enumerate() {
            let (panel, rest) = (index / (taps * depth), index % (taps * depth));
            let first = panel * columns;
            for (column, number) in row.iter_mut().enumerate().take(width - first) {
                *number = weight(rest / depth, rest % depth, first + column);
            }
        }
        Self {
            numbers,
            simd,
            columns,
            depth,
            width,
        }
    }

    /// Takes all taps for one, whose depth they are.
    pub(super) fn joined(self, taps: usize) -> Self {
        Self {
            depth: self.depth * taps,
            ..self
        }
    }

    /// Writes every pixel: the sum over all taps of what is read there times the weights.
    pub(super) fn product(
        &self,
        input: &[f32],
        pixels: &[[usize; 2]],
        taps: &[usize],
        finish: Finish,
        output: &mut [f32],
    ) {
        match self.simd {
            #[cfg(target_arch = "x86_64")]
            // SAFETY: only `offered` makes it, where it has found both features.
            Simd::Avx2 => unsafe { product_avx2(self, input, pixels, taps, finish, output) },
            #[cfg(target_arch = "x86_64")]
            // SAFETY: as above.
            Simd::Avx512 => unsafe { product_avx512(self, input, pixels, taps, finish, output) },
            Simd::Portable => product::<Four>(self, input, pixels, taps, finish, output),
        }
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn product_avx2(
    panels: &Panels,
    input: &[f32],
    pixels: &[[usize; 2]],
    taps: &[usize],
    finish: Finish,
    output: &mut [f32],
) {
    product::<Eight>(panels, input, pixels, taps, finish, output);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f")]
fn product_avx512(
    panels: &Panels,
    input: &[f32],
    pixels: &[[usize; 2]],
    taps: &[usize],
    finish: Finish,
    output: &mut [f32],
) {
    product::<Sixteen>(panels, input, pixels, taps, finish, output);
}

#[inline(always)]
fn product<V: Lanes>(
    panels: &Panels,
    input: &[f32],
    pixels: &[[usize; 2]],
    taps: &[usize],
    finish: Finish,
    output: &mut [f32],
) {
    let depth = panels.depth;
    if panels.columns == 1 {
        let weights = &panels.numbers;
        let (blocks, rest) = pixels.as_chunks::<4>();
        for block in blocks {
            tile::dot::<V, 4>(input, block, taps, weights, depth, finish, output);
        }
        for &pixel in rest {
            tile::dot::<V, 1>(input, &[pixel], taps, weights, depth, finish, output);
        }
        return;
    }
    if taps.is_empty() {
        // No weight reaches these pixels.
        for &[_, to] in pixels {
            let to = &mut output[to..][..panels.width];
            to.fill(0.0);
            finish.finish(to, 0);
        }
        return;
    }
    let block = VECTORS * V::COUNT;
    let panel_length = taps.len() * depth * block;
    for (index, panel) in panels.numbers.chunks_exact(panel_length).enumerate() {
        let first = index * block;
        let columns = (first, block.min(panels.width - first));
        let (blocks, rest) = pixels.as_chunks::<ROWS>();
        for block in blocks {
            tile::product::<V, ROWS>(input, block, taps, panel, depth, columns, finish, output);
        }
        macro_rules! rest {
            ($($m:literal)*) => {
                match rest.len() {
                    $($m => tile::product::<V, $m>(
                        input, rest.first_chunk().expect("so many are left"), taps, panel, depth, columns, finish, output,
                    ),)*
                    _ => {}
                }
            };
        }
        rest!(1 2 3 4 5);
    }
}

/// A weight's gradient, to which pixels are added.
#[derive(Debug)]
pub(super) struct Sums {
    /// `[panels, taps, depth, columns]`
    numbers: Vec<f32>,
    simd: Simd,
    columns: usize,
    depth: usize,
    width: usize,
}

impl Sums {
    pub(super) fn new(simd: Simd, [taps, depth, width]: [usize; 3]) -> Self {
        let columns = simd.columns();
        let numbers = vec![0.0; width.div_ceil(columns) * taps * depth * columns];
        Self {
            numbers,
            simd,
            columns,
            depth,
            width,
        }
    }

    /// The small side in panels, zeros behind the last column: lines of one panel lie side by side,
    /// so that they do not push one another out of the cache.
    ///
    /// - `small`: `[pixels, width]`; `panels`: `[panels, pixels, columns]`
    pub(super) fn lay_out(&self, small: &[f32], panels: &mut Vec<f32>) {
        let Self { columns, width, .. } = *self;
        let pixels = small.len() / width;
        panels.resize(width.div_ceil(columns) * pixels * columns, 0.0);
        for (index, panel) in panels.chunks_exact_mut(pixels * columns).enumerate() {
            let first = index * columns;
            let count = columns.min(width - first);
            for (row, numbers) in panel
                .chunks_exact_mut(columns)
                .zip(small.chunks_exact(width))
            {
                row[..count].copy_from_slice(&numbers[first..][..count]);
            }
        }
    }

    /// - `large`: framed pictures; `pixels`: where each is read
    /// - `small`: as [`lay_out`](Self::lay_out) has made it
    pub(super) fn add(&mut self, large: &[f32], pixels: &[usize], taps: &[usize], small: &[f32]) {
        match self.simd {
            #[cfg(target_arch = "x86_64")]
            // SAFETY: only `offered` makes it, where it has found both features.
            Simd::Avx2 => unsafe { add_avx2(self, large, pixels, taps, small) },
            #[cfg(target_arch = "x86_64")]
            // SAFETY: as above.
            Simd::Avx512 => unsafe { add_avx512(self, large, pixels, taps, small) },
            Simd::Portable => add::<Four>(self, large, pixels, taps, small),
        }
    }

    pub(super) fn plus(mut self, other: Self) -> Self {
        for (sum, number) in self.numbers.iter_mut().zip(&other.numbers) {
            *sum += number;
        }
        self
    }

    /// Each number with its tap, its depth and its column.
    pub(super) fn read(&self, mut each: impl FnMut(f32, [usize; 3])) {
        let panels = self.width.div_ceil(self.columns);
        let rows = self.numbers.len() / panels / self.columns;
        for (index, row) in self.numbers.chunks_exact(self.columns).enumerate() {
            let (first, row_index) = (index / rows * self.columns, index % rows);
            let place = [row_index / self.depth, row_index % self.depth];
            for (column, &number) in row.iter().enumerate().take(self.width - first) {
                each(number, [place[0], place[1], first + column]);
            }
        }
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn add_avx2(sums: &mut Sums, large: &[f32], pixels: &[usize], taps: &[usize], small: &[f32]) {
    add::<Eight>(sums, large, pixels, taps, small);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f")]
fn add_avx512(sums: &mut Sums, large: &[f32], pixels: &[usize], taps: &[usize], small: &[f32]) {
    add::<Sixteen>(sums, large, pixels, taps, small);
}

#[inline(always)]
fn add<V: Lanes>(sums: &mut Sums, large: &[f32], pixels: &[usize], taps: &[usize], small: &[f32]) {
    let (depth, block) = (sums.depth, VECTORS * V::COUNT);
    let panels = small.chunks_exact(pixels.len() * block);
    let sums = sums.numbers.chunks_exact_mut(taps.len() * depth * block);
    for (small, sums) in panels.zip(sums) {
        for (tap, sums) in taps.iter().zip(sums.chunks_exact_mut(depth * block)) {
            for (index, sums) in sums.chunks_mut(ROWS * block).enumerate() {
                let large = &large[tap + index * ROWS..];
                macro_rules! rows {
                    ($($m:literal)*) => {
                        match sums.len() / block {
                            $($m => tile::outer::<V, $m>(large, pixels, small, sums),)*
                            _ => unreachable!("a block has at most so many rows"),
                        }
                    };
                }
                rows!(1 2 3 4 5 6);
            }
        }
    }
}
