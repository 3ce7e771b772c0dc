// The GANs as sizes and initial weights, for the contestants that do not know our presets.
// The same as src/preset.rs, src/model/mlp.rs and src/model/dcgan.rs; `modern` is ours alone. No
// arithmetic of networks.

import { randomNumbers } from "./images.js";

/** @import { Shape } from "./images.js" */

export const LATENT = 100;
export const ADAM = { learningRate: 2e-4, beta1: 0.5, beta2: 0.999, epsilon: 1e-8 };
export const NORM = { epsilon: 1e-5, momentum: 0.1 };
export const SLOPE = 0.2;

/** @typedef {"mlp" | "dcgan"} Shared What all contestants have. */
/** @typedef {string} Network one of Shared or OURS */
/** @typedef {{ shape: number[], values: Float32Array }} Weights */
/** @typedef {{ settings: { preset: string, [setting: string]: unknown }, shape?: Shape }} Ours */

const modern = (/** @type {Record<string, unknown>} */ settings = {}) => ({
  settings: { preset: "modern", ...settings },
});

/** `modern`'s two networks with so many times their channels. */
const wide = (/** @type {number} */ times) =>
  modern({
    generator: `z64-${[64, 32, 16].map((width) => width * times).join("-")}`,
    discriminator: [32, 64, 128].map((width) => width * times).join("-"),
  });

/** How `modern`'s time goes with the batch and with the width. @type {Record<string, Ours>} */
export const SCALE = {
  modern: modern(), // batches of 32, its own width
  ...Object.fromEntries(
    [16, 64, 128, 256, 512].map((batchSize) => [`modern-b${batchSize}`, modern({ batchSize })]),
  ),
  ...Object.fromEntries([0.5, 2, 4].map((times) => [`modern-x${times}`, wide(times)])),
};

/** Networks that no peer has: `modern`, and what it is made for besides 28×28 greys. @type {Record<string, Ours>} */
export const OURS = {
  "modern-32": { ...modern(), shape: { side: 32, channels: 3 } },
  "modern-64": { ...modern(), shape: { side: 64, channels: 3 } },
  ...SCALE,
};

/** @type {Record<Shared, number>} */
export const BATCH_SIZE = { mlp: 64, dcgan: 32 };

/**
 * `norms` are the sizes of the generator's batch normalisations. Kernels of convolutions are
 * `[out, in, 4 or 3, same]`, dense weights `[in, out]`.
 * @type {Record<Shared, { generator: Record<string, number[]>, discriminator: Record<string, number[]>, norms: Record<string, number> }>}
 */
const SHAPES = {
  mlp: {
    generator: {
      w1: [LATENT, 256],
      b1: [256],
      w2: [256, 512],
      b2: [512],
      scale2: [512],
      shift2: [512],
      w3: [512, 784],
      b3: [784],
    },
    discriminator: { w1: [784, 512], b1: [512], w2: [512, 1], b2: [1] },
    norms: { norm2: 512 },
  },
  dcgan: {
    generator: {
      w1: [LATENT, 128],
      b1: [128],
      w7: [128, 128 * 49],
      b7: [128 * 49],
      scale7: [128 * 49],
      shift7: [128 * 49],
      k14: [64, 128, 4, 4],
      scale14: [64],
      shift14: [64],
      k28: [32, 64, 4, 4],
      scale28: [32],
      shift28: [32],
      kOut: [1, 32, 4, 4],
      bOut: [1],
    },
    discriminator: {
      k14: [32, 1, 3, 3],
      b14: [32],
      k7: [64, 32, 3, 3],
      b7: [64],
      w1: [64 * 49, 1],
      b1: [1],
    },
    norms: { norm7: 128 * 49, norm14: 64, norm28: 32 },
  },
};

/**
 * @param {Network} network
 * @returns {Shared}
 */
export function shared(network) {
  if (network !== "mlp" && network !== "dcgan") throw new Error("has no such network");
  return network;
}

/**
 * Glorot-uniform weights, zero biases and shifts, scales of one.
 * @param {Shared} network
 */
export function initialWeights(network) {
  const random = randomNumbers(7);
  const { generator, discriminator, norms } = SHAPES[network];
  const draw = (/** @type {Record<string, number[]>} */ shapes) =>
    Object.fromEntries(
      Object.entries(shapes).map(([name, shape]) => {
        const values = new Float32Array(shape.reduce((a, b) => a * b));
        if (name.startsWith("scale")) values.fill(1);
        if (shape.length > 1) {
          const [a, b, side = 1] = shape;
          const bound = Math.sqrt(6 / ((a + b) * side * side));
          for (let i = 0; i < values.length; i += 1) values[i] = bound * (2 * random() - 1);
        }
        return [name, { shape, values }];
      }),
    );
  return { generator: draw(generator), discriminator: draw(discriminator), norms };
}
