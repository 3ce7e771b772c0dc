// Presets for the unit tests, in the form in which the wasm gives them. (The real ones, with the
// real defaults, are met in the end-to-end tests.)

/** @import { Preset, RunConfig } from "../../www/engine/protocol.js" */

/** @type {Required<RunConfig>} */
export const CONFIG = {
  preset: "mlp",
  seed: 1,
  batchSize: 64,
  learningRate: 2e-4,
  l1Weight: null,
  objective: "non-saturating",
  penalty: 0,
  discriminatorSteps: 1,
  discriminatorRate: 1,
  generator: "z100-256-512n-leaky0.2",
  discriminator: "512-leaky0.2",
};

const DIGIT = { height: 28, width: 28, channels: 1 };

/**
 * @param {string} id
 * @param {Partial<Preset["config"]>} config
 * @param {number} [features]
 * @returns {Preset}
 */
function preset(id, config, features = 784) {
  return {
    id,
    validation: false,
    classes: 0,
    features,
    shape: features === 784 ? DIGIT : { height: 1, width: features, channels: 1 },
    input: null,
    adapts: false,
    leastBatch: 1,
    config: { ...CONFIG, preset: id, ...config },
    multiplications: 1e8,
    schedule: { kind: "steps", count: 1_000 },
  };
}

export const PRESETS = [
  preset("mlp", {}),
  preset("least-squares", { batchSize: 10, l1Weight: 0.1 }),
  preset("points", { learningRate: 1e-3, objective: "relativistic", penalty: 1, l1Weight: 0 }, 2),
];

/** @type {Preset} */
const PIX2PIX = {
  ...PRESETS[0],
  id: "pix2pix",
  features: 3072,
  shape: { height: 32, width: 32, channels: 3 },
  input: { height: 32, width: 32, channels: 1 },
  adapts: true,
  config: { ...PRESETS[0].config, preset: "pix2pix", l1Weight: 20 },
};

/** With a GAN that makes pictures out of others. */
export const WITH_PAIRS = [...PRESETS.slice(0, -1), PIX2PIX, ...PRESETS.slice(-1)];
