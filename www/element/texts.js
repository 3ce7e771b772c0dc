// The words of the loader; those of the part that trains are in problems.js. What Rust and the worker say comes with them.

/** @import { Stage } from "../protocol.js" */
/** @import { Control } from "./attributes.js" */
/** @import { Away } from "./state.js" */

/** @type {Record<Stage, string>} */
const stages = {
  program: "Loading the training program…",
  device: "Testing the device…",
  data: "Fetching the digits…",
  networks: "Making two untrained networks…",
};

/** @type {Record<Away, string>} */
const away = {
  yielded: "Paused: another one trains.",
  unseen: "Paused while out of sight.",
  limit: "Paused after ten minutes.",
};

/** @type {Record<Exclude<Control, "play">, string>} */
const controls = { step: "Step", reset: "Reset", save: "Save run" };

export const texts = {
  stages,
  away,
  controls,
  train: "Train",
  pause: "Pause",
  retry: "Try again",
  label: "A generative adversarial network that trains in this page",
  /** @param {string} megabytes */
  offer: (megabytes) => `Loads about ${megabytes} MB and trains here.`,
  waiting: "Waits: another one trains.",
  training: "Training…",
  ready: "Ready. Nothing is trained yet.",
  paused: "Paused.",
  finished: "Done.",
  unsupported: "This browser cannot train networks: it has no WebAssembly with SIMD.",
  notLoaded: "The training program could not be loaded: the connection to its site broke.",
  removed: "The element is no longer on the page.",
  noPicture: "Nothing has been drawn yet.",

  poster: "Handwritten digits that a trained generator drew",
  /**
   * @param {string} count
   * @param {boolean} isShowcase
   */
  picture: (count, isShowcase) =>
    isShowcase ? `Samples of a trained generator` : `Samples of the generator after ${count} steps`,
  /** @param {string} step */
  step: (step) => `Step ${step}`,
  /**
   * @param {string} step
   * @param {string} total
   */
  steps: (step, total) => `Step ${step} of ${total}`,
  /**
   * @param {string} d
   * @param {string} g
   */
  losses: (d, g) => `Losses: D ${d}, G ${g}`,
};
