// A run with every ingredient at once, for those who hold the code that the page writes against something.

import { inputOf } from "../../www/code/recipe.js";

/** @import { Recipe } from "../../www/code/recipe.js" */

/**
 * A recipe with every ingredient that the code can show.
 * @param {Recipe} config
 * @returns {Recipe}
 */
export function rich(config) {
  return {
    ...config,
    l1_weight: 0.25,
    smoothness: { weight: 3, deviation: 0.2, fakes: false },
    ...(isOfPictures(config) && { translation: 2, mirror: true, zoom: 0.25, cutout: 0.5 }),
    // A pair's colours are never changed.
    ...(isOfPictures(config) && { colour: inputOf(config) === undefined }),
    instance_noise: 0.75,
    weight_clip: 0.125,
    discriminator_steps: 3,
    discriminator_rate: 0.5,
    optimizer: { kind: "rms-prop", decay: 0.95 },
    average_decay: 0.9,
    seed: 77,
  };
}

/** Those of points can be neither moved nor coloured. @param {Recipe} config */
const isOfPictures = ({ generator }) => !("output" in generator && generator.output === 2);
