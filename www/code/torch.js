// A run's program in Python, for PyTorch: its constants, its networks (torch-network.js), how a file that the page
// saved is put into them (torch-load.js), and its training step (torch-step.js). No data.

import { shownOf } from "./layers.js";
import { inputOf, leftOut, pairOf, pictureOf } from "./recipe.js";
import { augmentation, pairMoves } from "./torch-augment.js";
import { loader } from "./torch-load.js";
import { INITIAL, isSpectral, network, ownModules } from "./torch-network.js";
import { training } from "./torch-step.js";

/** @import { Network, Networks } from "./layers.js" */
/** @import { Recipe } from "./recipe.js" */

/**
 * @param {Recipe} recipe
 * @param {Networks} networks
 * @param {string} title of the preset
 */
export function torchOf(recipe, networks, title) {
  const [generator, discriminator] = [networks.generator, networks.discriminator].map(shownOf);
  const both = [...generator.layers, ...discriminator.layers];
  const notes = leftOut(recipe, networks, true).map((what) => `# Left out here: ${what}.\n`);
  const spectral = both.some(isSpectral);
  const picture = pictureOf(recipe, discriminator);
  const pair = pairOf(recipe, picture);
  // Pairs are moved before anything is made of them.
  const seen = pair ? { ...recipe, translation: null, mirror: false, zoom: null } : recipe;
  const [jitter, augment] = [pairMoves(recipe, pair), augmentation(seen, pair ?? picture)];
  const body = [
    constants(recipe, generator),
    ...ownModules([generator, discriminator]),
    INITIAL,
    network("Generator", generator),
    network("Discriminator", discriminator),
    loader(recipe, generator, discriminator),
    training(recipe, generator, discriminator, { jitter, augment }),
  ].join("\n\n");
  return `# ${title}, for PyTorch (and the package safetensors, for files that the page saved).
${notes.join("")}
${recipe.average_decay === null ? "" : "import copy\n\n"}import torch
${/\bF\./.test(body) ? "import torch.nn.functional as F\n" : ""}from safetensors.torch import load_file
from torch import nn
${spectral ? "from torch.nn.utils.parametrizations import spectral_norm\n" : ""}
${body}`;
}

/**
 * @param {Recipe} recipe
 * @param {Network} generator
 */
function constants(recipe, { input }) {
  const { batch_size, seed, learning_rate, discriminator_rate, discriminator_steps } = recipe;
  return `${[
    inputOf(recipe) === undefined
      ? `LATENT = ${input}  # numbers in each latent`
      : `INPUT = ${input}  # numbers in each picture that it is given`,
    `BATCH = ${batch_size}`,
    `SEED = ${seed}`,
    `LEARNING_RATE = ${learning_rate}`,
    ...(discriminator_rate === 1
      ? []
      : [`DISCRIMINATOR_RATE = ${discriminator_rate}  # in units of the generator's`]),
    ...(discriminator_steps === 1
      ? []
      : [`DISCRIMINATOR_STEPS = ${discriminator_steps}  # for one of the generator`]),
  ].join("\n")}

torch.manual_seed(SEED)
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
`;
}
