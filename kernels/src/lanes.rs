//! Vectors of the processor at hand: a handful of operations on a few numbers at once.
//!
//! Left to itself the compiler keeps the blocks of [`tile`](super::tile) in memory, one number at a
//! time, fifteen times slower.

/// Some numbers in one register.
pub(super) trait Lanes: Copy {
    /// How many.
    const COUNT: usize;

    fn splat(value: f32) -> Self;

    /// The first numbers of a slice, of which there must be [`COUNT`](Self::COUNT).
    fn load(from: &[f32]) -> Self;

    fn store(self, to: &mut [f32]);

    /// `self + a · b`, rounded once where the processor can.
    fn multiply_add(self, a: Self, b: Self) -> Self;
}

/// Four numbers without vectors.
impl Lanes for [f32; 4] {
    const COUNT: usize = 4;

    #[inline(always)]
    fn splat(value: f32) -> Self {
        [value; 4]
    }

    #[inline(always)]
    fn load(from: &[f32]) -> Self {
        *from.first_chunk().expect("a whole vector")
    }

    #[inline(always)]
    fn store(self, to: &mut [f32]) {
        to[..4].copy_from_slice(&self);
    }

    #[inline(always)]
    fn multiply_add(self, a: Self, b: Self) -> Self {
        std::array::from_fn(|n| self[n] + a[n] * b[n])
    }
}

#[cfg(target_arch = "x86_64")]
pub(super) mod avx2 {
    use std::arch::x86_64::*;

    use super::Lanes;

    /// Eight numbers. Made only by functions that are compiled for AVX2 and FMA, and called only
    /// where both are.
    #[derive(Clone, Copy)]
    pub struct Eight(__m256);

    // SAFETY of all below: the processor has AVX2 and FMA, and slices are as long as what is read.
    impl Lanes for Eight {
        const COUNT: usize = 8;

        #[inline(always)]
        fn splat(value: f32) -> Self {
            Self(unsafe { _mm256_set1_ps(value) })
        }

        #[inline(always)]
        fn load(from: &[f32]) -> Self {
            let from: &[f32; 8] = from.first_chunk().expect("a whole vector");
            Self(unsafe { _mm256_loadu_ps(from.as_ptr()) })
        }

        #[inline(always)]
        fn store(self, to: &mut [f32]) {
            let to: &mut [f32; 8] = to.first_chunk_mut().expect("a whole vector");
            unsafe { _mm256_storeu_ps(to.as_mut_ptr(), self.0) }
        }

        #[inline(always)]
        fn multiply_add(self, a: Self, b: Self) -> Self {
            Self(unsafe { _mm256_fmadd_ps(a.0, b.0, self.0) })
        }
    }
}

#[cfg(target_arch = "x86_64")]
pub(super) mod avx512 {
    use std::arch::x86_64::*;

    use super::Lanes;

    /// Sixteen numbers. Made only by functions that are compiled for AVX-512, and called only where there is.
    #[derive(Clone, Copy)]
    pub struct Sixteen(__m512);

    // SAFETY of all below: the processor has AVX-512F, and slices are as long as what is read.
    impl Lanes for Sixteen {
        const COUNT: usize = 16;

        #[inline(always)]
        fn splat(value: f32) -> Self {
            Self(unsafe { _mm512_set1_ps(value) })
        }

        #[inline(always)]
        fn load(from: &[f32]) -> Self {
            let from: &[f32; 16] = from.first_chunk().expect("a whole vector");
            Self(unsafe { _mm512_loadu_ps(from.as_ptr()) })
        }

        #[inline(always)]
        fn store(self, to: &mut [f32]) {
            let to: &mut [f32; 16] = to.first_chunk_mut().expect("a whole vector");
            unsafe { _mm512_storeu_ps(to.as_mut_ptr(), self.0) }
        }

        #[inline(always)]
        fn multiply_add(self, a: Self, b: Self) -> Self {
            Self(unsafe { _mm512_fmadd_ps(a.0, b.0, self.0) })
        }
    }
}

#[cfg(all(target_family = "wasm", target_feature = "simd128"))]
pub(super) mod simd128 {
    use std::arch::wasm32::*;

    use super::Lanes;

    /// Four numbers.
    impl Lanes for v128 {
        const COUNT: usize = 4;

        #[inline(always)]
        fn splat(value: f32) -> Self {
            f32x4_splat(value)
        }

        #[inline(always)]
        fn load(from: &[f32]) -> Self {
            let from: &[f32; 4] = from.first_chunk().expect("a whole vector");
            // SAFETY: as many numbers as are read, and no alignment is asked for.
            unsafe { v128_load(from.as_ptr().cast()) }
        }

        #[inline(always)]
        fn store(self, to: &mut [f32]) {
            let to: &mut [f32; 4] = to.first_chunk_mut().expect("a whole vector");
            // SAFETY: as many numbers as are written, and no alignment is asked for.
            unsafe { v128_store(to.as_mut_ptr().cast(), self) }
        }

        #[inline(always)]
        fn multiply_add(self, a: Self, b: Self) -> Self {
            f32x4_add(self, f32x4_mul(a, b))
        }
    }
}
