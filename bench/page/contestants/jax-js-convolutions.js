// Convolutions for jax-js as matrix products, with images as `[batch, rows, columns, channels]`.
//
// Inside `jit`, jax-js 0.1.25 fuses padding and dilation of `lax.convGeneralDilated` and
// `lax.convTranspose` into the reduction, which reads every number through masks. On two busy cores
// one step of `dcgan` took 55 s on its wasm backend and 19 s on a software GPU; written as here,
// with its good matrix product, 0.4 s and 4 s. Only the order of the weights differs.

import { numpy as np } from "@jax-js/jax";

/** @typedef {import("@jax-js/jax").Array} Tensor */

/**
 * Kernel 3, stride 2, padding 1: the nine shifted images side by side, times the weights.
 * @param {Tensor} x `[batch, 2 n, 2 n, in]`
 * @param {Tensor} weights `[9 in, out]`
 * @returns {Tensor} `[batch, n, n, out]`
 */
export function halve(x, weights) {
  const [batch, side, , channels] = x.shape;
  const [half, out] = [side / 2, weights.shape[1]];
  // One row and column more than needed, so that every shift leaves whole pairs.
  const padded = np.pad(x, [[0, 0], [1, 1], [1, 1], [0, 0]]); // prettier-ignore
  const shifted = [];
  for (let a = 0; a < 3; a += 1) {
    for (let b = 0; b < 3; b += 1) {
      shifted.push(
        padded.ref
          .slice([], [a, a + side], [b, b + side], [])
          .reshape([batch, half, 2, half, 2, channels])
          .slice([], [], 0, [], 0, []),
      );
    }
  }
  padded.dispose();
  const patches = np.concatenate(shifted, -1).reshape([batch * half * half, 9 * channels]);
  return np.dot(patches, weights).reshape([batch, half, half, out]);
}

/**
 * Transposed, kernel 4, stride 2, padding 1: each pixel times the weights is a patch of 4×4, and
 * the patches overlap by half.
 * @param {Tensor} x `[batch, n, n, in]`
 * @param {Tensor} weights `[in, 16 out]`
 * @returns {Tensor} `[batch, 2 n, 2 n, out]`
 */
export function double(x, weights) {
  const [batch, side, , channels] = x.shape;
  const out = weights.shape[1] / 16;
  const patches = np
    .dot(x.reshape([batch * side * side, channels]), weights)
    // A patch's row is 2 · (which pixel of the coarse grid) + (which row in it); columns alike.
    .reshape([batch, side, side, 2, 2, 2, 2, out]);
  /** @type {Tensor | undefined} */
  let sum;
  for (const a of [0, 1]) {
    for (const b of [0, 1]) {
      const part = np.pad(patches.ref.slice([], [], [], a, [], b, [], []), [
        [0, 0],
        [a, 1 - a],
        [b, 1 - b],
        [0, 0],
        [0, 0],
        [0, 0],
      ]);
      sum = sum ? sum.add(part) : part;
    }
  }
  patches.dispose();
  return np
    .transpose(/** @type {Tensor} */ (sum), [0, 1, 3, 2, 4, 5])
    .reshape([batch, 2 * side + 2, 2 * side + 2, out])
    .slice([], [1, 2 * side + 1], [1, 2 * side + 1], []);
}

/**
 * Kernel 4, stride 1, one output channel, zeros around (one before, two after): sixteen products
 * for each pixel, shifted and added.
 * @param {Tensor} x `[batch, n, n, in]`
 * @param {Tensor} weights `[in, 16]`
 * @returns {Tensor} `[batch, n, n]`
 */
export function flatten(x, weights) {
  const [batch, side, , channels] = x.shape;
  const products = np.pad(
    np.dot(x.reshape([batch * side * side, channels]), weights).reshape([batch, side, side, 4, 4]),
    [[0, 0], [1, 2], [1, 2], [0, 0], [0, 0]], // prettier-ignore
  );
  /** @type {Tensor | undefined} */
  let sum;
  for (let a = 0; a < 4; a += 1) {
    for (let b = 0; b < 4; b += 1) {
      const part = products.ref.slice([], [a, a + side], [b, b + side], a, b);
      sum = sum ? sum.add(part) : part;
    }
  }
  products.dispose();
  return /** @type {Tensor} */ (sum);
}
