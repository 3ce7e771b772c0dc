import { counted } from "./numbers.js";

/** The run's networks layer by layer, and the form that changes their sizes. */
export const networks = {
  layer: "Layer",
  makes: "Makes",
  parameters: "Parameters",
  multiplications: "Multiplications",
  total: "Together, a sample",
  /** @type {Record<import("../../code/layers.js").Layer["kind"], string>} */
  kinds: {
    dense: "Dense",
    conv: "Convolution",
    "conv-transpose": "Transposed convolution",
    "batch-norm": "Batch norm",
    relu: "ReLU",
    "leaky-relu": "LeakyReLU",
    tanh: "tanh",
    reshape: "As images",
    upsample: "Double the side",
    scale: "Scale",
    crop: "Cut to size",
    skip: "Beside it, from the way down",
    flatten: "As rows",
    mean: "Mean",
    "minibatch-deviation": "Minibatch deviation",
    projection: "Projection on the class",
  },
  /** @type {Record<"generator" | "discriminator", string>} */
  names: { generator: "Generator", discriminator: "Discriminator" },
  latent: "Latent size",
  /** @param {number} n */
  units: (n) => `Units of layer ${n}`,
  /** @param {number} n */
  channels: (n) => `Width of layer ${n}`,
  /** @param {number} n */
  norm: (n) => `Batch norm after layer ${n}`,
  batchNorm: "batch norm",
  /** @param {number} n */
  remove: (n) => `Remove layer ${n}`,
  add: "Add a layer",
  activation: "Activation",
  slope: "Slope below zero",
  spectral: "Spectral normalisation",
  deviation: "Minibatch standard deviation",
  /** @param {string} field */
  mustBeWhole: (field) => `${field}: a whole number from 1 on.`,
  /** @param {string} field */
  mustBeNumber: (field) => `${field}: a number from 0 to 1.`,
  /**
   * @param {number} parameters
   * @param {number} multiplications
   */
  counts: (parameters, multiplications) =>
    `${counted(parameters, { one: "# parameter", other: "# parameters" })}, ${counted(multiplications, { one: "# multiplication", other: "# multiplications" })} a sample.`,
};
