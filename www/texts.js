// The page's sentences that are not in index.html. What Rust says about tutorials and bad data
// comes with the wasm.

/** @import { Stage } from "./protocol.js" */

/** @type {Record<Stage, string>} */
const stages = {
  program: "Loading the training program…",
  device: "Opening the device and testing its arithmetic…",
  data: "Fetching the handwritten digits…",
  networks: "Making two untrained networks…",
};

export const texts = {
  stages,
  train: "Train",
  pause: "Pause",
  loading: "Loading…",
  unchanged: "Nothing was changed.",

  notLoaded:
    "The training program could not be loaded. This page needs a current browser (with WebAssembly SIMD) and an unbroken connection to its site.",
  crashed:
    "The training program stopped because of a mistake inside it. The reason is in the browser's console.",
  deviceLost: "The GPU was taken away from this page.",
  runLost: "You can start again.",
  /** @param {string} step */
  canGoOn: (step) => `This run can go on from step ${step}.`,
  deviceError:
    "The GPU reported an error, so its numbers can no longer be trusted: training was paused. Choose the CPU, or press Reset to try again.",
  tryAfterNonFinite: "Training was paused. Try a lower learning rate, then press Reset.",
  finished: "The tutorial's schedule ends here. Press Train to go on beyond it.",

  settingNames: {
    seed: "The seed",
    batchSize: "The batch size",
    learningRate: "The learning rate",
    l1Weight: "λ",
  },

  noFile: "No file came with that. Drop one IDX file of pictures, and one of labels if you like.",
  tooManyFiles:
    "That was more than two files. Drop one IDX file of pictures, and one of labels if you like. Nothing was changed.",
  /**
   * @param {string} name
   * @param {string} reason as the core says it
   */
  fileRefused: (name, reason) => `“${name}” cannot be used: ${reason}`,
  /**
   * @param {string} name
   * @param {number} limit bytes
   */
  fileTooLarge: (name, limit) =>
    `“${name}” is larger than ${limit / 1024 / 1024} MB, which is more than a tab should hold. Nothing was changed.`,
};
