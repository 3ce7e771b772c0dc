// The peer jax-js: the whole step, both networks, both Adams and the random numbers, is one `jit`.
//
// Ownership as jax-js asks for it: a call consumes its arguments, `.ref` keeps one for later.
// Nothing is uploaded in a step: key, moments and running statistics are part of the state, the
// batch is gathered on the device at indices drawn there.

import {
  defaultDevice,
  init,
  jit,
  lax,
  nn,
  numpy as np,
  random,
  tree,
  valueAndGrad,
  vjp,
} from "@jax-js/jax";
import { double, flatten, halve } from "./jax-js-convolutions.js";
import { IMAGE_COUNT, PIXELS, scaled } from "../images.js";
import { ADAM, BATCH_SIZE, initialWeights, LATENT, NORM, shared, SLOPE } from "../networks.js";

/** @typedef {import("@jax-js/jax").Array} Tensor */
/** @typedef {Record<string, Tensor>} Tensors */
/** @typedef {{ params: Tensors, first: Tensors, second: Tensors, powers: Tensors }} Trained */

/** @type {import("../main.js").Open} */
export async function open({ network: wanted, device: choice, images }) {
  const device = choice === "cpu" ? "wasm" : "webgpu";
  if (!(await init(device)).includes(device)) throw new Error(`no ${device} device`);
  defaultDevice(device);

  const network = shared(wanted);
  const batchSize = BATCH_SIZE[network];
  const { generator, discriminator } = { mlp, dcgan }[network];
  const weights = initialWeights(network);
  const data = np.array(scaled(images)).reshape([IMAGE_COUNT, PIXELS]);
  let state = {
    generator: trained(weights.generator),
    discriminator: trained(weights.discriminator),
    statistics: Object.fromEntries(
      Object.entries(weights.norms).map(([name, size]) => [
        name,
        { mean: np.zeros([size]), variance: np.ones([size]) },
      ]),
    ),
    key: random.key(1),
  };

  const step = jit(function step(/** @type {typeof state} */ before, /** @type {Tensor} */ all) {
    const keys = random.split(before.key, 3);
    const key = keys.ref.slice(0);
    const latents = random.normal(keys.ref.slice(1), [batchSize, LATENT]);
    const places = { minval: 0, maxval: IMAGE_COUNT, shape: [batchSize] };
    const real = np.take(all, random.randint(keys.slice(2), places), 0);

    const [fake, pullBack, statistics] = vjp(
      (/** @type {Tensors} */ params) => generator(params, latents, before.statistics, batchSize),
      [tree.ref(before.generator.params)],
      { hasAux: true },
    );

    const judge = (/** @type {Tensors} */ params) => {
      const logits = discriminator(params, np.concatenate([real, fake.ref], 0));
      const lossReal = softplus(logits.ref.slice([0, batchSize]).neg()).mean();
      const lossFake = softplus(logits.slice([batchSize, 2 * batchSize])).mean();
      return [lossReal.ref.add(lossFake.ref), np.stack([lossReal, lossFake])];
    };
    const [[total, lossesJudge], judgeGradients] = valueAndGrad(judge, { hasAux: true })(
      tree.ref(before.discriminator.params),
    );
    total.dispose();
    const nextDiscriminator = adam(before.discriminator, judgeGradients);

    const deceive = (/** @type {Tensor} */ samples) =>
      softplus(discriminator(tree.ref(nextDiscriminator.params), samples).neg()).mean();
    const [lossGenerator, direction] = valueAndGrad(deceive)(fake);
    const [gradients] = pullBack(direction);
    pullBack.dispose();

    return {
      state: {
        generator: adam(before.generator, gradients),
        discriminator: nextDiscriminator,
        statistics,
        key,
      },
      losses: np.concatenate([lossesJudge, lossGenerator.reshape([1])], 0),
    };
  });

  /** @type {Tensor[]} */
  let losses = [];
  let underWay = Promise.resolve();
  return {
    step() {
      const after = step(state, data.ref);
      state = after.state;
      losses.push(after.losses);
      // Calls only note what is to be done. Left so, all steps' intermediate results are held until
      // the losses are read: 3.6 GB after 20 steps of `dcgan`. Asking for a result's buffer sends
      // a GPU the step without waiting for it. The wasm backend has no such call: there, the next
      // step is sent to the threads while the one before is under way.
      if (device === "webgpu") {
        after.losses.ref.gpuBufferSync();
        return undefined;
      }
      const before = underWay;
      underWay = after.losses.blockUntilReady().then(() => {});
      return before;
    },
    async readLosses() {
      const all = np.concatenate(losses, 0);
      losses = [];
      return Array.from(await all.data());
    },
  };
}

/**
 * @param {Record<string, import("../networks.js").Weights>} weights
 * @returns {Trained}
 */
function trained(weights) {
  const each = (/** @type {(of: import("../networks.js").Weights) => Tensor} */ make) =>
    Object.fromEntries(Object.entries(weights).map(([name, of]) => [name, make(of)]));
  return {
    params: each(({ shape, values }) =>
      np.array(/** @type {Float32Array<ArrayBuffer>} */ (values)).reshape(shape),
    ),
    first: each(({ shape }) => np.zeros(shape)),
    second: each(({ shape }) => np.zeros(shape)),
    powers: { beta1: np.ones([]), beta2: np.ones([]) },
  };
}

/**
 * One step of Adam; consumes both.
 * @param {Trained} before
 * @param {Tensors} gradients
 * @returns {Trained}
 */
function adam(before, gradients) {
  const beta1 = before.powers.beta1.mul(ADAM.beta1);
  const beta2 = before.powers.beta2.mul(ADAM.beta2);
  const stepSize = np.reciprocal(beta1.ref.neg().add(1)).mul(ADAM.learningRate);
  const secondScale = np.reciprocal(np.sqrt(beta2.ref.neg().add(1)));
  /** @type {Trained} */
  const after = { params: {}, first: {}, second: {}, powers: { beta1, beta2 } };
  for (const [name, gradient] of Object.entries(gradients)) {
    const first = before.first[name].mul(ADAM.beta1).add(gradient.ref.mul(1 - ADAM.beta1));
    const second = before.second[name].mul(ADAM.beta2).add(np.square(gradient).mul(1 - ADAM.beta2));
    const scale = np.sqrt(second.ref).mul(secondScale.ref).add(ADAM.epsilon);
    after.params[name] = before.params[name].sub(first.ref.mul(stepSize.ref).div(scale));
    after.first[name] = first;
    after.second[name] = second;
  }
  stepSize.dispose();
  secondScale.dispose();
  return after;
}

/** log(1 + eˣ) that does not overflow. @param {Tensor} x */
function softplus(x) {
  return np.logaddexp(x, 0);
}

/**
 * Batch normalisation in training form over all axes but the last, and the running statistics.
 * @param {Tensor} x
 * @param {Tensor} scale
 * @param {Tensor} shift
 * @param {{ mean: Tensor, variance: Tensor }} running
 */
function batchNorm(x, scale, shift, running) {
  const axes = Array.from({ length: x.ndim - 1 }, (_, axis) => axis);
  const mean = np.mean(x.ref, axes);
  const centred = x.sub(mean.ref);
  const variance = np.mean(np.square(centred.ref), axes);
  const factor = scale.div(np.sqrt(variance.ref.add(NORM.epsilon)));
  const move = (/** @type {Tensor} */ old, /** @type {Tensor} */ now) =>
    old.mul(1 - NORM.momentum).add(lax.stopGradient(now).mul(NORM.momentum));
  return {
    y: centred.mul(factor).add(shift),
    running: { mean: move(running.mean, mean), variance: move(running.variance, variance) },
  };
}

/** @typedef {Record<string, { mean: Tensor, variance: Tensor }>} Statistics */

const mlp = {
  /**
   * @param {Tensors} p
   * @param {Tensor} z
   * @param {Statistics} statistics
   * @returns {[Tensor, Statistics]}
   */
  generator(p, z, statistics) {
    let x = nn.leakyRelu(np.dot(z, p.w1).add(p.b1), SLOPE);
    const norm2 = batchNorm(np.dot(x, p.w2).add(p.b2), p.scale2, p.shift2, statistics.norm2);
    x = nn.leakyRelu(norm2.y, SLOPE);
    return [np.tanh(np.dot(x, p.w3).add(p.b3)), { norm2: norm2.running }];
  },
  /**
   * @param {Tensors} p
   * @param {Tensor} samples
   */
  discriminator(p, samples) {
    const x = nn.leakyRelu(np.dot(samples, p.w1).add(p.b1), SLOPE);
    return np.dot(x, p.w2).add(p.b2);
  },
};

const dcgan = {
  /**
   * @param {Tensors} p
   * @param {Tensor} z
   * @param {Statistics} statistics
   * @param {number} batchSize
   * @returns {[Tensor, Statistics]}
   */
  generator(p, z, statistics, batchSize) {
    let x = nn.relu(np.dot(z, p.w1).add(p.b1));
    const norm7 = batchNorm(np.dot(x, p.w7).add(p.b7), p.scale7, p.shift7, statistics.norm7);
    x = nn.relu(norm7.y).reshape([batchSize, 7, 7, 128]);
    x = double(x, p.k14.reshape([128, 16 * 64]));
    const norm14 = batchNorm(x, p.scale14, p.shift14, statistics.norm14);
    x = double(nn.relu(norm14.y), p.k28.reshape([64, 16 * 32]));
    const norm28 = batchNorm(x, p.scale28, p.shift28, statistics.norm28);
    x = flatten(nn.relu(norm28.y), p.kOut.reshape([32, 16]));
    return [
      np.tanh(x.add(p.bOut)).reshape([batchSize, PIXELS]),
      { norm7: norm7.running, norm14: norm14.running, norm28: norm28.running },
    ];
  },
  /**
   * @param {Tensors} p
   * @param {Tensor} samples
   */
  discriminator(p, samples) {
    const count = samples.shape[0];
    let x = samples.reshape([count, 28, 28, 1]);
    x = nn.relu(halve(x, p.k14.reshape([9, 32])).add(p.b14));
    x = nn.relu(halve(x, p.k7.reshape([9 * 32, 64])).add(p.b7));
    return np.dot(x.reshape([count, 49 * 64]), p.w1).add(p.b1);
  },
};
