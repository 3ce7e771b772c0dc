// A run's program in Rust, for Burn 0.22: what it imports, its constants, its networks (rust-network.js) and its
// training step (rust-step.js). No data and no page.

import { shownOf } from "./layers.js";
import { leftOut } from "./recipe.js";
import { GLOROT, isSpectral, network, SPECTRAL_NORM } from "./rust-network.js";
import { AVERAGE, clip, trainer } from "./rust-step.js";
import { float } from "./rust-words.js";

/** @import { Network, Networks } from "./layers.js" */
/** @import { Recipe } from "./recipe.js" */

/**
 * @param {Recipe} recipe
 * @param {Networks} networks
 * @param {string} title of the preset
 */
export function rustOf(recipe, networks, title) {
  const [generator, discriminator] = [networks.generator, networks.discriminator].map(shownOf);
  const parts = [
    network("Generator", generator),
    network("Discriminator", discriminator),
    ...(generator.layers.some(({ kind }) => kind === "conv-transpose") ? [GLOROT] : []),
    ...(discriminator.layers.some(isSpectral) ? [SPECTRAL_NORM] : []),
    trainer(recipe, generator, discriminator),
    ...(recipe.average_decay === null ? [] : [AVERAGE]),
    ...(recipe.weight_clip === null ? [] : [clip(recipe.weight_clip)]),
  ].join("\n");
  const body = `${constants(recipe, generator)}\n${parts}`;
  const notes = leftOut(recipe, networks).map((what) => `// Left out here: ${what}.\n`);
  return `// ${title}, for Burn 0.22 (features "std", "train" and a backend, such as "flex").\n${notes.join("")}\n${imports(body)}\n${body}`;
}

/** What can be imported: a name is when the code has it. */
const PATHS = /** @type {const} */ ([
  ["burn::module", ["Module", "ModuleMapper", "ModuleVisitor", "Param"]],
  [
    "burn::nn",
    ["BatchNorm", "BatchNormConfig", "Initializer", "Linear", "LinearConfig", "PaddingConfig2d"],
  ],
  ["burn::nn::conv", ["Conv2d", "Conv2dConfig", "ConvTranspose2d", "ConvTranspose2dConfig"]],
  ["burn::optim", ["AdamConfig", "GradientsParams", "ModuleOptimizer", "RmsPropConfig"]],
  ["burn::tensor::module", ["conv2d", "interpolate", "linear"]],
  ["burn::tensor::ops", ["ConvOptions", "InterpolateMode", "InterpolateOptions"]],
  ["burn::tensor", ["Device", "Distribution", "Tensor", "activation"]],
]);

/** @param {string} body */
function imports(body) {
  return PATHS.flatMap(([path, names]) => {
    const here = names.filter((name) => new RegExp(`(?<![.\\w])${name}(?!\\w)`).test(body));
    if (here.length === 0) return [];
    return `use ${path}::${here.length === 1 ? here[0] : `{${here.join(", ")}}`};\n`;
  }).join("");
}

/**
 * @param {Recipe} recipe
 * @param {Network} generator
 */
function constants(recipe, { input }) {
  const { batch_size, seed, learning_rate, discriminator_rate, discriminator_steps } = recipe;
  return `${[
    `/// Numbers in each latent.\nconst LATENT: usize = ${input};`,
    `const BATCH: usize = ${batch_size};`,
    `const SEED: u64 = ${seed};`,
    `const LEARNING_RATE: f64 = ${float(learning_rate)};`,
    ...(discriminator_rate === 1
      ? []
      : [
          `/// The discriminator's, in units of the generator's.\nconst DISCRIMINATOR_RATE: f64 = ${float(discriminator_rate)};`,
        ]),
    ...(discriminator_steps === 1
      ? []
      : [
          `/// Of the discriminator, for one of the generator.\nconst DISCRIMINATOR_STEPS: usize = ${discriminator_steps};`,
        ]),
    `/// Glorot's, for biases too. (The page's biases begin at zero.)\nconst GLOROT: Initializer = Initializer::XavierUniform { gain: 1.0 };`,
  ].join("\n")}\n`;
}
