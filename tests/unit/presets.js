// Presets for the unit tests, in the form in which the wasm gives them. (The real ones, with the
// real defaults, are met in the end-to-end tests.)

/** @import { Preset } from "../../www/protocol.js" */

/**
 * @param {string} id
 * @param {Partial<Preset["config"]>} config
 * @returns {Preset}
 */
function preset(id, config) {
  return {
    id,
    title: `Title of ${id}`,
    article: "",
    changes: [],
    generator: [],
    discriminator: [],
    objective: "",
    schedule: "",
    validation: false,
    classes: 0,
    latentSize: 100,
    config: { preset: id, seed: 1, batchSize: 64, learningRate: 2e-4, l1Weight: null, ...config },
  };
}

export const PRESETS = [
  preset("mlp", {}),
  preset("least-squares", { batchSize: 10, l1Weight: 0.1 }),
];
