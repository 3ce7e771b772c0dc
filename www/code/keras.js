// The networks and the training step in Python, for Keras 3 on TensorFlow.

import { shownOf, unwritten, usesBatchStatistics } from "./layers.js";
import { compares, LOSSES } from "./losses.js";
import { leftOut, pictureOf, rowWords } from "./recipe.js";

/** @import { Layer, Network, Networks } from "./layers.js" */
/** @import { Tongue } from "./losses.js" */
/** @import { Recipe } from "./recipe.js" */

/**
 * @param {Recipe} recipe
 * @param {Networks} networks
 * @param {string} title of the preset
 */
export function kerasOf(recipe, networks, title) {
  const [generator, discriminator] = [networks.generator, networks.discriminator].map(shownOf);
  const notes = leftOut(recipe, networks).map((what) => `# Left out here: ${what}.\n`);
  return `# ${title}, for Keras 3 on TensorFlow.
${notes.join("")}
import os

os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import tensorflow as tf
from keras import layers, ops

${constants(recipe, generator)}

keras.utils.set_random_seed(SEED)

${network("generator", generator)}
${network("discriminator", discriminator)}
${training(recipe, generator, discriminator)}`;
}

/**
 * @param {Recipe} recipe
 * @param {Network} generator
 */
function constants(recipe, { input }) {
  const { batch_size, seed, learning_rate, discriminator_rate, discriminator_steps } = recipe;
  return [
    `LATENT = ${input}  # numbers in each latent`,
    `BATCH = ${batch_size}`,
    `SEED = ${seed}`,
    `LEARNING_RATE = ${learning_rate}`,
    ...(discriminator_rate === 1
      ? []
      : [`DISCRIMINATOR_RATE = ${discriminator_rate}  # in units of the generator's`]),
    ...(discriminator_steps === 1
      ? []
      : [`DISCRIMINATOR_STEPS = ${discriminator_steps}  # for one of the generator`]),
  ].join("\n");
}

/**
 * @param {string} name
 * @param {Network} network
 */
function network(name, { input, classes, joinsClasses, layers }) {
  const [given, begin] =
    classes > 0
      ? [
          `samples = keras.Input((${input},))\n    classes = keras.Input((${classes},))`,
          joinsClasses ? "x = layers.Concatenate()([samples, classes])" : "x = samples",
        ]
      : [`samples = keras.Input((${input},))`, "x = samples"];
  const lines = layers.flatMap(calls);
  const inputs = classes > 0 ? "[samples, classes]" : "samples";
  return `
def make_${name}():
    ${given}
    ${begin}
${lines.map((line) => `    ${line}`).join("\n")}
    return keras.Model(${inputs}, x, name="${name}")
`;
}

/**
 * @param {Layer} layer
 * @returns {string[]}
 */
function calls(layer) {
  /** @param {string} made */
  const through = (made) => [`x = ${made}(x)`];
  const normed = (/** @type {string} */ made, /** @type {boolean} */ spectral) =>
    spectral ? `layers.SpectralNormalization(${made})` : made;
  switch (layer.kind) {
    case "dense":
      return through(normed(`layers.Dense(${layer.output})`, layer.spectral));
    case "conv": {
      const { output, kernel, stride, padding, bias, spectral } = layer;
      const [before, after] = padding;
      // What Keras calls "same" pads no other way where the stride is 1; else it would at one end alone.
      const isSame = stride === 1;
      const how = [
        ...(stride === 1 ? [] : [`strides=${stride}`]),
        ...(isSame ? ['padding="same"'] : []),
        ...(bias ? [] : ["use_bias=False"]),
      ];
      const around =
        before === after ? `${before}` : `((${before}, ${after}), (${before}, ${after}))`;
      const made = `layers.Conv2D(${[output, kernel, ...how].join(", ")})`;
      return [
        ...(isSame ? [] : through(`layers.ZeroPadding2D(${around})`)),
        ...through(normed(made, spectral)),
      ];
    }
    case "conv-transpose":
      return through(
        `layers.Conv2DTranspose(${layer.output}, 4, strides=2, padding="same", use_bias=False)`,
      );
    case "batch-norm":
      return through("layers.BatchNormalization(momentum=0.9, epsilon=1e-5)");
    case "relu":
      return through("layers.ReLU()");
    case "leaky-relu":
      return through(`layers.LeakyReLU(negative_slope=${layer.slope})`);
    case "tanh":
      return through('layers.Activation("tanh")');
    case "reshape":
      return through(`layers.Reshape((${layer.side}, ${layer.side}, ${layer.channels}))`);
    case "upsample":
      return through('layers.UpSampling2D(2, interpolation="nearest")');
    case "scale":
      return through(`layers.Rescaling(${layer.factor})`);
    case "crop":
    case "skip":
    case "mean":
      throw unwritten(layer);
    case "flatten":
      return through("layers.Flatten()");
    case "minibatch-deviation":
      return [];
    case "projection":
      return [
        "# The first number is any class's; the class adds its own.",
        "x = x[:, :1] + ops.sum(x[:, 1:] * classes, axis=1, keepdims=True)",
      ];
  }
}

/** @type {Tongue} */
const TONGUE = {
  real: "real",
  fake: "fake",
  logSigmoid: (x) => `ops.log_sigmoid(${x})`,
  relu: (x) => `ops.relu(${x})`,
  square: (x) => `ops.square(${x})`,
  number: String,
};

/**
 * @param {Recipe} recipe
 * @param {Network} generator
 * @param {Network} discriminator
 */
function training(recipe, generator, discriminator) {
  const { objective, smoothness, instance_noise, weight_clip, average_decay, l1_weight } = recipe;
  const isTold = generator.classes > 0 || discriminator.classes > 0;
  const told = isTold ? ", classes" : "";
  const forG = generator.classes > 0 ? "[latents, classes]" : "latents";
  const judged = (/** @type {string} */ x, /** @type {number} */ blocks) =>
    discriminator.classes > 0
      ? `discriminator([${x}, ops.tile(classes, (${blocks}, 1))], training=True)`
      : `discriminator(${x}, training=True)`;
  const noise = (/** @type {string} */ x, /** @type {number} */ deviation) =>
    `${x} + ${deviation} * keras.random.normal(ops.shape(${x}))`;
  const noisy = (/** @type {string} */ x) =>
    instance_noise === null ? [] : [`${x} = ${noise(x, instance_noise)}`];
  const isPaired = compares(objective);
  const needsReal = isPaired || usesBatchStatistics(discriminator);
  const many = recipe.discriminator_steps > 1;

  const teachD = [
    "both = ops.concatenate([real, fake])",
    ...noisy("both"),
    ...(smoothness === null
      ? [`real, fake = ops.split(${judged("both", 2)}, 2)`]
      : [
          `near = both${smoothness.fakes ? "" : "[:BATCH]"}`,
          `near = ${noise("near", smoothness.deviation)}`,
          `logits = ${judged("ops.concatenate([both, near])", smoothness.fakes ? 4 : 3)}`,
          smoothness.fakes
            ? "real, fake, near_real, near_fake = ops.split(logits, 4)"
            : "real, fake, near_real = ops.split(logits, 3)",
        ]),
    `loss = ${LOSSES[objective].discriminator(TONGUE)}`,
    ...(smoothness === null
      ? []
      : [
          `steepness = ops.square(real - near_real)${smoothness.fakes ? " + ops.square(fake - near_fake)" : ""}`,
          `loss = loss + ${smoothness.weight} * steepness`,
        ]),
    "loss = ops.mean(loss)",
  ];
  const pixels = l1_weight === null ? [] : ["l1 = ops.mean(ops.abs(fake - real))"];
  const teachG = [
    ...pixels,
    ...(needsReal
      ? [
          "both = ops.concatenate([real, fake])",
          ...noisy("both"),
          `real, fake = ops.split(${judged("both", 2)}, 2)`,
        ]
      : [...noisy("fake"), `fake = ${judged("fake", 1)}`]),
    `loss = ops.mean(${LOSSES[objective].generator(TONGUE)})`,
    ...(l1_weight === null ? [] : [`loss = loss + ${l1_weight} * l1`]),
  ];
  const block = (/** @type {string[]} */ lines, deep = 8) =>
    lines.map((line) => " ".repeat(deep) + line).join("\n");
  const rate = recipe.discriminator_rate === 1 ? "" : " * DISCRIMINATOR_RATE";
  const chosen = many ? "[-1]" : "";
  const shape = `[BATCH, ${discriminator.input}]${rowWords(pictureOf(recipe, discriminator), "pixel")}`;
  const batches = many ? `${shape}, DISCRIMINATOR_STEPS of them` : shape;

  return `
generator = make_generator()
discriminator = make_discriminator()
generator_optimizer = ${optimizer(recipe, "")}
discriminator_optimizer = ${optimizer(recipe, rate)}
${
  average_decay === null
    ? ""
    : `
# A running mean of the generator's numbers: samples are drawn from it.
average = keras.models.clone_model(generator)
average.set_weights(generator.get_weights())
steps = tf.Variable(0.0)
`
}

def teach_discriminator(real${told}):
    latents = keras.random.normal((BATCH, LATENT))
    fake = generator(${forG}, training=True)
    with tf.GradientTape() as tape:
${block(teachD)}
    weights = discriminator.trainable_variables
    discriminator_optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights))
${
  weight_clip === null
    ? ""
    : `    for weight in weights:
        weight.assign(ops.clip(weight, -${weight_clip}, ${weight_clip}))
`
}    return latents, loss


def teach_generator(latents, real${told}):
    with tf.GradientTape() as tape:
        fake = generator(${forG}, training=True)
${block(teachG)}
    weights = generator.trainable_variables
    generator_optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights))
${
  average_decay === null
    ? ""
    : `    steps.assign_add(1.0)
    share = ops.maximum(${float(1 - average_decay)}, 10.0 / (steps + 9.0))
    for mean, new in zip(average.weights, generator.weights):
        mean.assign(mean + share * (new - mean))
`
}    return loss


@tf.function
def train_step(real${told}):
    """One step. \`real\`: ${batches}.${isTold ? " `classes`: their one-hot rows." : ""}"""
${
  many
    ? `    for turn in range(DISCRIMINATOR_STEPS):
        latents, d_loss = teach_discriminator(real[turn]${isTold ? ", classes[turn]" : ""})
`
    : `    latents, d_loss = teach_discriminator(real${told})
`
}    g_loss = teach_generator(latents, real${chosen}${isTold ? `, classes${chosen}` : ""})
    return d_loss, g_loss
`;
}

/**
 * @param {Recipe} recipe
 * @param {string} rate what the learning rate is multiplied by
 */
function optimizer({ optimizer }, rate) {
  const step = `LEARNING_RATE${rate}`;
  return optimizer.kind === "adam"
    ? `keras.optimizers.Adam(\n    ${step}, beta_1=${optimizer.beta_1}, beta_2=${optimizer.beta_2}, epsilon=1e-8\n)`
    : `keras.optimizers.RMSprop(${step}, rho=${optimizer.decay}, epsilon=1e-8)`;
}

/** @param {number} value */
function float(value) {
  return String(Number(value.toPrecision(6)));
}
