//! Convolutions against the sums that define them, with every kind of vectors and with none.
//!
//! That layers are those of Burn, and their gradients right, is tested where they meet Burn.

use crate::conv::{gather, scatter, weight_gradient};
use crate::geometry::Geometry;
use crate::product::{Simd, at_most};
use crate::tile::Finish;

/// Numbers in [−½, ½) that look random.
fn numbers(count: usize, seed: u32) -> Vec<f32> {
    let mut state = seed;
    let next = |state: &mut u32| {
        *state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (*state >> 8) as f32 / (1 << 24) as f32 - 0.5
    };
    (0..count).map(|_| next(&mut state)).collect()
}

/// Calls back for every product of a convolution, with the places of its numbers in the small side,
/// the large side and the weight.
fn each_product(geometry: &Geometry, mut each: impl FnMut(usize, usize, usize)) {
    let [small_height, small_width, smalls] = geometry.small;
    let [height, width, larges] = geometry.large;
    let [kernel_height, kernel_width] = geometry.kernel;
    let meet = |at: usize, k: usize, side: usize| {
        let place = (at * geometry.stride + k).checked_sub(geometry.padding)?;
        (place < side).then_some(place)
    };
    for picture in 0..geometry.batch {
        for (y, x) in (0..small_height * small_width).map(|i| (i / small_width, i % small_width)) {
            for (ky, kx) in (0..geometry.taps()).map(|i| (i / kernel_width, i % kernel_width)) {
                let (Some(row), Some(column)) = (meet(y, ky, height), meet(x, kx, width)) else {
                    continue;
                };
                for small in 0..smalls {
                    for large in 0..larges {
                        each(
                            ((picture * small_height + y) * small_width + x) * smalls + small,
                            ((picture * height + row) * width + column) * larges + large,
                            ((small * larges + large) * kernel_height + ky) * kernel_width + kx,
                        );
                    }
                }
            }
        }
    }
}

fn assert_close(found: &[f32], expected: &[f64], what: &str) {
    assert_eq!(found.len(), expected.len());
    for (&found, expected) in found.iter().zip(expected) {
        let error = (f64::from(found) - expected).abs() / (1.0 + expected.abs());
        assert!(error < 1e-5, "{what}: {found} in place of {expected}");
    }
}

#[test]
fn convolutions_are_the_sums_that_define_them() {
    let geometry = |batch, small, large, kernel, stride, padding| Geometry {
        batch,
        small,
        large,
        kernel,
        stride,
        padding,
    };
    for geometry in [
        geometry(9, [14, 14, 32], [28, 28, 1], [3, 3], 2, 1),
        geometry(6, [4, 4, 40], [7, 7, 33], [3, 3], 2, 1),
        geometry(3, [7, 7, 17], [14, 14, 16], [4, 4], 2, 1),
        geometry(2, [10, 10, 16], [10, 10, 1], [3, 3], 1, 1),
        geometry(3, [3, 4, 5], [7, 6, 3], [3, 2], 2, 1),
        geometry(2, [5, 4, 9], [7, 6, 20], [3, 3], 1, 0),
        geometry(2, [2, 2, 9], [7, 7, 3], [2, 2], 3, 0),
    ] {
        let side = |shape| geometry.batch * Geometry::volume(shape);
        let small = numbers(side(geometry.small), 1);
        let large = numbers(side(geometry.large), 2);
        let channels = geometry.small[2] * geometry.large[2];
        let weight = numbers(channels * geometry.taps(), 3);
        let mut sums = [&small, &large, &weight].map(|numbers| vec![0.0_f64; numbers.len()]);
        each_product(&geometry, |s, l, w| {
            sums[0][s] += f64::from(large[l] * weight[w]);
            sums[1][l] += f64::from(small[s] * weight[w]);
            sums[2][w] += f64::from(small[s] * large[l]);
        });
        let run = || {
            let finish = Finish {
                bias: None,
                slope: 1.0,
            };
            [
                gather(&geometry, &large, &weight, finish),
                scatter(&geometry, &small, &weight, finish),
                weight_gradient(&geometry, &small, &large),
            ]
        };
        let ways = [
            Simd::Portable,
            #[cfg(target_arch = "x86_64")]
            Simd::Avx2,
            #[cfg(target_arch = "x86_64")]
            Simd::Avx512,
        ];
        let found = ways.map(|simd| at_most(simd, run));
        for (way, found) in ways.iter().zip(&found) {
            for (found, expected) in found.iter().zip(&sums) {
                assert_close(found, expected, &format!("{way:?}, {geometry:?}"));
            }
        }
        // Wider vectors change no bit, so a run is the same on all such processors.
        #[cfg(target_arch = "x86_64")]
        assert!(found[1] == found[2], "{geometry:?}");
    }
}

/// What is summed together, and in which order, depends on a picture's place in its batch alone for
/// the weight, and on nothing for the pictures.
#[test]
fn a_picture_gives_the_same_bits_in_any_batch() {
    let geometry = Geometry {
        batch: 7,
        small: [4, 4, 40],
        large: [7, 7, 33],
        kernel: [3, 3],
        stride: 2,
        padding: 1,
    };
    let alone = Geometry {
        batch: 1,
        ..geometry
    };
    let finish = Finish {
        bias: None,
        slope: 0.2,
    };
    let large = numbers(7 * Geometry::volume(geometry.large), 2);
    let weight = numbers(40 * 33 * 9, 3);
    let together = gather(&geometry, &large, &weight, finish);
    let pictures = large.chunks(Geometry::volume(geometry.large));
    let apart = pictures.flat_map(|picture| gather(&alone, picture, &weight, finish));
    assert!(together.into_iter().eq(apart));
}

#[cfg(feature = "threads")]
#[test]
fn any_number_of_threads_gives_the_same_bits() {
    let geometry = Geometry {
        batch: 21,
        small: [4, 4, 40],
        large: [7, 7, 33],
        kernel: [3, 3],
        stride: 2,
        padding: 1,
    };
    let small = numbers(21 * Geometry::volume(geometry.small), 1);
    let large = numbers(21 * Geometry::volume(geometry.large), 2);
    let weight = numbers(40 * 33 * 9, 3);
    let finish = Finish {
        bias: None,
        slope: 0.2,
    };
    let affine = crate::Affine {
        gamma: &numbers(33, 4),
        beta: &numbers(33, 5),
        epsilon: 1e-5,
        slope: 0.2,
    };
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
        pool.build().unwrap().install(|| {
            let statistics = crate::statistics(&large, 33);
            let normal = crate::apply(&large, &statistics, affine);
            let [batch, gamma, beta] =
                crate::gradients(&large, &normal, &large, &statistics, affine);
            [
                gather(&geometry, &large, &weight, finish),
                scatter(&geometry, &small, &weight, finish),
                weight_gradient(&geometry, &small, &large),
                normal,
                batch,
                gamma,
                beta,
            ]
        })
    };
    let one = run(1);
    assert!([2, 5].into_iter().all(|threads| run(threads) == one));
}
