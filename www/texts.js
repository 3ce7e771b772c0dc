// The page's sentences that are not in index.html. What Rust says about presets and bad data
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
  finished: "The schedule ends here. Press Train to go on beyond it.",

  /** @param {string} steps */
  showcase: (steps) => `Drawn by a generator trained for ${steps} steps. Train your own.`,
  columnsAreDigits: ", a column a digit",

  settingNames: {
    seed: "The seed",
    batchSize: "The batch size",
    learningRate: "The learning rate",
    l1Weight: "λ",
  },

  needsLabels:
    "this GAN draws the digit it is asked for and must be told what each picture shows. Drop the file of labels with the pictures, or choose a GAN that needs none",

  saving: "Saving…",
  saveRun: "Save run",
  saveGenerator: "Save generator",
  /** @param {string} name */
  fileUnreadable: (name) =>
    `“${name}” could not be read. Was it moved, or changed since you chose it?`,

  measure: "Measure",
  measuring: "Measuring…",
  onlyMnist: "These measures compare with MNIST: they say nothing about your own pictures.",
  notMeasured: "Nothing has been measured yet.",
  pauseToMeasure: "Pause to measure.",
  /**
   * @param {string} count
   * @param {string} step
   */
  measuredAt: (count, step) =>
    `${count} digits drawn at step ${step}, and as many real ones from the training data, each compared with ${count} real digits that were held out.`,
  ganTrain: "GAN-train",
  /** @param {string} step */
  ganTrainDraws: (step) => `Drawing 5,000 digits at step ${step}…`,
  /**
   * @param {string} done
   * @param {string} total
   */
  ganTrainLearns: (done, total) => `A classifier learns from them: step ${done} of ${total}.`,
  /**
   * @param {string} accuracy
   * @param {string} step
   */
  ganTrained: (accuracy, step) =>
    `A classifier trained on these digits alone reads ${accuracy} of real digits. (Drawn at step ${step}.)`,

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
