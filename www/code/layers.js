// The two networks of a run as lists of layers, which the program tells when the run starts: what all
// languages' code is written from, and what is counted. No text of any language.

/**
 * Where a file has a layer's numbers: Rust's `Place`.
 * @typedef {{ module: string, turned: boolean }} Place
 */

/**
 * Rust's `Layer`, which has the meaning of each; a run's own layers have places.
 * @typedef {{ place?: Place } & ({ kind: "dense", input: number, output: number, spectral: boolean }
 *   | { kind: "conv", input: number, output: number, kernel: number, stride: number,
 *       padding: [before: number, after: number], bias: boolean, spectral: boolean }
 *   | { kind: "conv-transpose", input: number, output: number }
 *   | { kind: "batch-norm", features: number }
 *   | { kind: "relu" }
 *   | { kind: "leaky-relu", slope: number }
 *   | { kind: "tanh" }
 *   | { kind: "reshape", channels: number, side: number }
 *   | { kind: "upsample" }
 *   | { kind: "scale", factor: number }
 *   | { kind: "crop", side: number }
 *   | { kind: "skip", channels: number }
 *   | { kind: "flatten" }
 *   | { kind: "mean" }
 *   | { kind: "minibatch-deviation" }
 *   | { kind: "projection", classes: number })} Layer
 */

/**
 * A layer and what it asks for, as the program counts it.
 * @typedef {Layer & { shape: number[], parameters: number, multiplications: number }} CountedLayer shape: of what it
 *   makes of one sample
 */

/**
 * Rust's `Blueprint`.
 * @typedef {object} Network
 * @property {number} input numbers in each row
 * @property {number} output numbers in each row that it makes
 * @property {number} classes that it is told, as one-hot rows; 0 for none
 * @property {boolean} joinsClasses whether they stand beside its input
 * @property {CountedLayer[]} layers from rows to rows
 */

/** @typedef {{ generator: Network, discriminator: Network }} Networks */

/**
 * Layers of networks that make pictures out of others, of which there is code for PyTorch alone.
 * @type {readonly Layer["kind"][]}
 */
const UNWRITTEN = ["crop", "skip", "mean"];

/**
 * Whether there is code of all layers in every language.
 * @param {Networks} networks
 */
export function areWritten({ generator, discriminator }) {
  return [generator, discriminator].every(({ layers }) =>
    layers.every(({ kind }) => !UNWRITTEN.includes(kind)),
  );
}

/** @param {Layer} layer */
export function unwritten({ kind }) {
  return new Error(`there is no code of a layer "${kind}"`);
}

/**
 * The network as code shows it: minibatch standard deviation, which no preset has, is left out, and the
 * number that it would give the dense layer after it.
 * @param {Network} network
 * @returns {Network}
 */
export function shownOf(network) {
  const layers = network.layers.flatMap((layer, i, all) => {
    if (layer.kind === "minibatch-deviation") return [];
    const widened = layer.kind === "dense" && all[i - 1]?.kind === "minibatch-deviation";
    return widened ? [{ ...layer, input: layer.input - 1 }] : [layer];
  });
  return { ...network, layers };
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
    case "conv-transpose":
      return { trained: [[layer.input, layer.output, 4, 4]], kept: [] };
    case "batch-norm": {
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
  return layers.some(({ kind }) => kind === "batch-norm");
}
