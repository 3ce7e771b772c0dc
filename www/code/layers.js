// A recipe's two networks as lists of layers: what both languages' code is written from, and what is
// counted. No text of either language.

/** @import { Activation, Mlp, Recipe } from "./recipe.js" */

/**
 * @typedef {{ kind: "dense", input: number, output: number, spectral: boolean }
 *   | { kind: "conv", input: number, output: number, kernel: number, stride: number,
 *       padding: [before: number, after: number], bias: boolean, spectral: boolean }
 *   | { kind: "up", input: number, output: number }
 *   | { kind: "norm", features: number }
 *   | { kind: "relu" }
 *   | { kind: "leaky", slope: number }
 *   | { kind: "tanh" }
 *   | { kind: "image", channels: number, side: number }
 *   | { kind: "double" }
 *   | { kind: "scale", factor: number }
 *   | { kind: "flatten" }
 *   | { kind: "projection", classes: number }} Layer `up` is a transposed convolution 4×4 of stride 2,
 *   without bias; `projection` adds to the first number that of the class
 */

/**
 * @typedef {object} Network
 * @property {"generator" | "discriminator"} name
 * @property {number} input numbers in each row
 * @property {number} classes that it is told, as one-hot rows; 0 for none
 * @property {boolean} joinsClasses whether they stand beside its input
 * @property {Layer[]} layers from rows to rows
 */

/** Side of the images. */
const SIDE = 28;
/** As `DENSE_GAIN` in Rust's `conv_critic.rs`, and `LEAK` in `projection.rs`. */
const DENSE_GAIN = 0.05;
const LEAK = 0.2;

/** @type {Layer} */
const RELU = { kind: "relu" };
/** @type {Layer} */
const TANH = { kind: "tanh" };
/** @type {Layer} */
const FLATTEN = { kind: "flatten" };
/** @type {Layer} */
const PICTURE = { kind: "image", channels: 1, side: SIDE };

/** @type {(input: number, output: number, spectral?: boolean) => Layer} */
const dense = (input, output, spectral = false) => ({ kind: "dense", input, output, spectral });
/** @type {(features: number) => Layer} */
const norm = (features) => ({ kind: "norm", features });
/** @type {(channels: number, side: number) => Layer} */
const image = (channels, side) => ({ kind: "image", channels, side });
/** @type {(input: number, output: number) => Layer} */
const up = (input, output) => ({ kind: "up", input, output });

/**
 * @param {number} input
 * @param {number} output
 * @param {number} kernel
 * @param {{ stride?: number, padding?: [number, number], bias?: boolean, spectral?: boolean }} [how]
 * @returns {Layer}
 */
function conv(input, output, kernel, how = {}) {
  const around = (kernel - 1) / 2;
  const { stride = 1, padding = [around, around], bias = true, spectral = false } = how;
  return { kind: "conv", input, output, kernel, stride, padding, bias, spectral };
}

/**
 * @param {Recipe["generator"]} config
 * @returns {Network}
 */
export function generatorOf(config) {
  const name = "generator";
  const plain = /** @type {const} */ ({ name, classes: 0, joinsClasses: false });
  switch (config.kind) {
    case "mlp":
      return { ...plain, input: config.input, layers: mlp(config) };
    case "dcgan": {
      const [c7, c14, c28] = config.channels;
      const layers = [
        ...[dense(config.latent, config.hidden), RELU],
        // Unit by unit, so before the picture begins.
        ...[dense(config.hidden, c7 * 49), norm(c7 * 49), RELU, image(c7, 7)],
        ...[up(c7, c14), norm(c14), RELU],
        ...[up(c14, c28), norm(c28), RELU],
        ...[conv(c28, 1, 4, { padding: [1, 2] }), TANH, FLATTEN],
      ];
      return { ...plain, input: config.latent, layers };
    }
    case "upsample": {
      const { latent, classes, channels } = config;
      const [c7, c14, c28] = channels;
      /** @type {Layer} */
      const double = { kind: "double" };
      const layers = [
        ...[dense(latent + classes, c7 * 49), image(c7, 7), norm(c7), RELU],
        ...[double, conv(c7, c14, 3, { bias: false }), norm(c14), RELU],
        ...[double, conv(c14, c28, 3, { bias: false }), norm(c28), RELU],
        ...[conv(c28, 1, 3), TANH, FLATTEN],
      ];
      return { name, input: latent, classes, joinsClasses: classes > 0, layers };
    }
  }
}

/**
 * @param {Recipe["discriminator"]} config
 * @returns {Network}
 */
export function discriminatorOf(config) {
  const name = "discriminator";
  const plain = /** @type {const} */ ({ name, classes: 0, joinsClasses: false });
  const input = SIDE * SIDE;
  switch (config.kind) {
    case "mlp":
      return { ...plain, input: config.input, layers: mlp(config) };
    case "dcgan": {
      const [c14, c7] = config.channels;
      const layers = [
        PICTURE,
        ...[conv(1, c14, 3, { stride: 2 }), RELU],
        ...[conv(c14, c7, 3, { stride: 2 }), RELU],
        ...[FLATTEN, dense(c7 * 49, 1)],
      ];
      return { ...plain, input, layers };
    }
    case "conv-critic": {
      const { channels, hidden } = config;
      const layers = [
        PICTURE,
        ...[conv(1, channels, 5, { stride: 2 }), RELU, norm(channels)],
        FLATTEN,
        /** @type {Layer} */ ({ kind: "scale", factor: DENSE_GAIN }),
        ...[dense(channels * 196, hidden), RELU, dense(hidden, 1)],
      ];
      return { ...plain, input, layers };
    }
    case "projection": {
      const { classes, channels, spectral_norm: spectral } = config;
      const [c14, c7, c4] = channels;
      /** @type {Layer} */
      const leaky = { kind: "leaky", slope: LEAK };
      const layers = [
        PICTURE,
        ...[conv(1, c14, 3, { stride: 2, spectral }), leaky],
        ...[conv(c14, c7, 3, { stride: 2, spectral }), leaky],
        ...[conv(c7, c4, 3, { stride: 2, spectral }), leaky],
        ...[FLATTEN, dense(c4 * 16, 1 + classes, spectral)],
        ...(classes > 0 ? [/** @type {Layer} */ ({ kind: "projection", classes })] : []),
      ];
      return { name, input, classes, joinsClasses: false, layers };
    }
  }
}

/**
 * @param {Mlp} config
 * @returns {Layer[]}
 */
function mlp({ input, hidden, activation, output, tanh }) {
  const widths = [input, ...hidden.map(({ width }) => width)];
  return [
    ...hidden.flatMap(({ width, batch_norm }, i) => [
      dense(widths[i], width),
      ...(batch_norm ? [norm(width)] : []),
      bend(activation),
    ]),
    dense(widths[hidden.length], output),
    ...(tanh ? [TANH] : []),
  ];
}

/**
 * @param {Activation} activation
 * @returns {Layer}
 */
function bend(activation) {
  if (activation === "relu") return RELU;
  return { kind: "leaky", slope: activation["leaky-relu"].slope };
}

/**
 * The sizes of a layer's tensors.
 * @param {Layer} layer
 * @returns {{ trained: number[][], kept: number[][] }} kept: running statistics, moved without gradients
 */
export function tensorsOf(layer) {
  switch (layer.kind) {
    case "dense": {
      const { input, output, spectral } = layer;
      return { trained: [[input, output], [output]], kept: spectral ? [[input]] : [] };
    }
    case "conv": {
      const { input, output, kernel, bias, spectral } = layer;
      const weights = [output, input, kernel, kernel];
      return { trained: bias ? [weights, [output]] : [weights], kept: spectral ? [[output]] : [] };
    }
    case "up":
      return { trained: [[layer.input, layer.output, 4, 4]], kept: [] };
    case "norm": {
      const size = [layer.features];
      return { trained: [size, size], kept: [size, size] };
    }
    default:
      return { trained: [], kept: [] };
  }
}

/**
 * @param {Network} network
 * @returns {number} numbers that it trains
 */
export function trainedCount({ layers }) {
  const sizes = layers.flatMap((layer) => tensorsOf(layer).trained);
  return sizes.reduce((sum, size) => sum + size.reduce((a, b) => a * b), 0);
}

/**
 * Whether what it says of a sample depends on the batch around it.
 * @param {Network} network
 */
export function usesBatchStatistics({ layers }) {
  return layers.some(({ kind }) => kind === "norm");
}
