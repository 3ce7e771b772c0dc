// The peer TensorFlow.js, with its core operations: `tidy`, `variableGrads`, `applyGradients`.
// On the CPU its wasm backend, on a GPU its WebGPU backend.
//
// Its own ways where they differ: latents come from `randomNormal`, which draws on the host; the
// batch is gathered on the device at indices that are uploaded.

import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import "@tensorflow/tfjs-backend-webgpu";
import { IMAGE_COUNT, PIXELS, randomNumbers, scaled } from "../images.js";
import { ADAM, BATCH_SIZE, initialWeights, LATENT, NORM, shared, SLOPE } from "../networks.js";

/** @typedef {Record<string, tf.Variable>} Variables */
/** @typedef {Record<string, { mean: tf.Variable, variance: tf.Variable }>} Statistics */

/** @type {import("../main.js").Open} */
export async function open({ network: wanted, device, images }) {
  tf.enableProdMode();
  setWasmPaths("/node_modules/@tensorflow/tfjs-backend-wasm/dist/");
  const backend = device === "cpu" ? "wasm" : "webgpu";
  if (!(await tf.setBackend(backend))) throw new Error(`no ${backend} backend`);
  await tf.ready();

  const network = shared(wanted);
  const batchSize = BATCH_SIZE[network];
  const { generator, discriminator } = { mlp, dcgan }[network];
  const weights = initialWeights(network);
  const g = variables(weights.generator);
  const d = variables(weights.discriminator);
  /** @type {Statistics} */
  const statistics = Object.fromEntries(
    Object.entries(weights.norms).map(([name, size]) => [
      name,
      {
        mean: tf.variable(tf.zeros([size]), false),
        variance: tf.variable(tf.ones([size]), false),
      },
    ]),
  );
  const data = tf.tensor2d(scaled(images), [IMAGE_COUNT, PIXELS]);
  const random = randomNumbers(3);
  const { learningRate, beta1, beta2, epsilon } = ADAM;
  const optimizerG = tf.train.adam(learningRate, beta1, beta2, epsilon);
  const optimizerD = tf.train.adam(learningRate, beta1, beta2, epsilon);
  /** @type {tf.Tensor1D[]} */
  let losses = [];

  return {
    step() {
      const places = Int32Array.from({ length: batchSize }, () => random() * IMAGE_COUNT);
      const numbers = tf.tidy(() => {
        const real = tf.gather(data, tf.tensor1d(places, "int32"));
        const latents = /** @type {tf.Tensor2D} */ (tf.randomNormal([batchSize, LATENT]));
        /** @type {tf.Scalar[]} */
        let judged = [];
        // The discriminator's half inside the generator's function, so that the fakes are made
        // once: its operations are on the tape, but on no way from the loss to the generator.
        const { value, grads } = tf.variableGrads(() => {
          const fake = /** @type {tf.Tensor2D} */ (generator(g, latents, statistics));
          const half = tf.variableGrads(() => {
            const logits = discriminator(d, /** @type {tf.Tensor2D} */ (tf.concat([real, fake])));
            const [ofReal, ofFake] = tf.split(logits, 2);
            judged = [
              tf.keep(tf.mean(tf.softplus(tf.neg(ofReal)))),
              tf.keep(tf.mean(tf.softplus(ofFake))),
            ];
            return /** @type {tf.Scalar} */ (tf.add(judged[0], judged[1]));
          }, Object.values(d));
          optimizerD.applyGradients(/** @type {any} */ (half.grads));
          return tf.mean(tf.softplus(tf.neg(discriminator(d, fake))));
        }, Object.values(g));
        optimizerG.applyGradients(/** @type {any} */ (grads));
        const all = tf.stack([...judged, value]);
        tf.dispose(judged);
        return /** @type {tf.Tensor1D} */ (all);
      });
      losses.push(numbers);
    },
    async readLosses() {
      const all = tf.concat(losses);
      const numbers = Array.from(await all.data());
      tf.dispose([all, ...losses]);
      losses = [];
      return numbers;
    },
  };
}

/**
 * Kernels as TensorFlow wants them: `[side, side, in, out]`, and `[side, side, out, in]` for the
 * transposed convolutions, whose names are the generator's `k14` and `k28`.
 * @param {Record<string, import("../networks.js").Weights>} weights
 */
function variables(weights) {
  const isGenerator = "kOut" in weights;
  return Object.fromEntries(
    Object.entries(weights).map(([name, { shape, values }]) => {
      const [out, into, side] = shape;
      const transposed = isGenerator && name !== "kOut";
      const own =
        shape.length < 4 ? shape : [side, side, ...(transposed ? [out, into] : [into, out])];
      return [name, tf.variable(tf.tensor(values, own))];
    }),
  );
}

/**
 * Batch normalisation in training form over all axes but the last; moves the running statistics.
 * @template {tf.Tensor} T
 * @param {T} x
 * @param {tf.Variable} scale
 * @param {tf.Variable} shift
 * @param {{ mean: tf.Variable, variance: tf.Variable }} running
 * @returns {T}
 */
function batchNorm(x, scale, shift, running) {
  const { mean, variance } = tf.moments(x, x.rank === 4 ? [0, 1, 2] : [0]);
  const move = (/** @type {tf.Variable} */ old, /** @type {tf.Tensor} */ now) =>
    old.assign(tf.add(tf.mul(old, 1 - NORM.momentum), tf.mul(now, NORM.momentum)));
  move(running.mean, mean);
  move(running.variance, variance);
  const [m, v, s, b] = /** @type {tf.Tensor1D[]} */ ([mean, variance, scale, shift]);
  return /** @type {T} */ (tf.batchNorm(x, m, v, b, s, NORM.epsilon));
}

/**
 * @param {tf.Tensor} x
 * @param {tf.Variable} weights
 * @param {tf.Variable} bias
 */
function dense(x, weights, bias) {
  return /** @type {tf.Tensor2D} */ (
    tf.add(tf.matMul(/** @type {tf.Tensor2D} */ (x), /** @type {any} */ (weights)), bias)
  );
}

const mlp = {
  /**
   * @param {Variables} p
   * @param {tf.Tensor2D} z
   * @param {Statistics} statistics
   */
  generator(p, z, statistics) {
    const x = tf.leakyRelu(dense(z, p.w1, p.b1), SLOPE);
    const normal = batchNorm(dense(x, p.w2, p.b2), p.scale2, p.shift2, statistics.norm2);
    return tf.tanh(dense(tf.leakyRelu(normal, SLOPE), p.w3, p.b3));
  },
  /**
   * @param {Variables} p
   * @param {tf.Tensor2D} samples
   */
  discriminator(p, samples) {
    return dense(tf.leakyRelu(dense(samples, p.w1, p.b1), SLOPE), p.w2, p.b2);
  },
};

const dcgan = {
  /**
   * @param {Variables} p
   * @param {tf.Tensor2D} z
   * @param {Statistics} statistics
   */
  generator(p, z, statistics) {
    const batch = z.shape[0];
    const double = (
      /** @type {tf.Tensor4D} */ from,
      /** @type {tf.Variable} */ kernel,
      /** @type {number} */ side,
    ) =>
      tf.conv2dTranspose(
        from,
        /** @type {any} */ (kernel),
        [batch, side, side, kernel.shape[2] ?? 0],
        2,
        "same",
      );
    const hidden = tf.relu(dense(z, p.w1, p.b1));
    const start = batchNorm(dense(hidden, p.w7, p.b7), p.scale7, p.shift7, statistics.norm7);
    /** @type {tf.Tensor4D} */
    let x = tf.reshape(tf.relu(start), [batch, 7, 7, 128]);
    x = tf.relu(batchNorm(double(x, p.k14, 14), p.scale14, p.shift14, statistics.norm14));
    x = tf.relu(batchNorm(double(x, p.k28, 28), p.scale28, p.shift28, statistics.norm28));
    x = tf.conv2d(x, /** @type {any} */ (p.kOut), 1, "same");
    return tf.reshape(tf.tanh(tf.add(x, p.bOut)), [batch, PIXELS]);
  },
  /**
   * @param {Variables} p
   * @param {tf.Tensor2D} samples
   */
  discriminator(p, samples) {
    const count = samples.shape[0];
    const halve = (/** @type {tf.Tensor4D} */ from, /** @type {tf.Variable} */ kernel) =>
      tf.conv2d(from, /** @type {any} */ (kernel), 2, 1);
    /** @type {tf.Tensor4D} */
    let x = tf.reshape(samples, [count, 28, 28, 1]);
    x = tf.relu(tf.add(halve(x, p.k14), p.b14));
    x = tf.relu(tf.add(halve(x, p.k7), p.b7));
    return dense(tf.reshape(x, [count, 64 * 49]), p.w1, p.b1);
  },
};
