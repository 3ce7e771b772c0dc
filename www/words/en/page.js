import { counted, stepsOf } from "./counting.js";
import { fileUnreadable } from "./unreadable.js";

/** @import { METRICS, Objective, Stage, Symptom } from "../../engine/protocol.js" */
/** @import { DataName } from "../../page/settings.js" */

/** What the opened page shows, but for what stands in it from the start. */
export const page = {
  /** @type {Record<Stage, string>} */
  stages: {
    program: "Loading the training program…",
    device: "Opening the device and testing its arithmetic…",
    data: "Fetching the handwritten digits…",
    networks: "Making two untrained networks…",
  },
  /** @param {string} data */
  fetches: (data) => `Fetching “${data}”…`,
  /** @type {Record<Symptom, string>} */
  symptoms: {
    divergence: "Training diverges.",
    "discriminator-won": "The discriminator has won.",
    "vanishing-gradient": "The generator's gradient has vanished.",
    "mode-collapse": "The generator draws few things only: mode collapse.",
    memorisation: "The generator has learned pictures by heart.",
  },
  train: "Train",
  pause: "Pause",
  loading: "Loading…",
  unchanged: "Nothing was changed.",
  partMissing: "A part of this page could not be loaded. Try again in a moment.",

  restart: "Restart",
  restartGpu: "Try the GPU again",
  runLost: "You can start again.",
  /** @param {string} step */
  canGoOn: (step) => `This run can go on from step ${step}.`,
  deviceError:
    "The GPU reported an error, so its numbers can no longer be trusted: training was paused. Choose the CPU, or press Reset to try again.",
  tryAfterNonFinite: "Training was paused. Try a lower learning rate, then press Reset.",
  finished: "The schedule ends here. Press Train to go on beyond it.",
  stopped: "Stopped here, as you asked. Press Train to go on.",
  looks: "Measuring whether it still gets better…",
  /** @param {string} step */
  plateau: (step) => `Stopped here: no better since step ${step}. Press Train to go on.`,

  /** @param {string} steps */
  showcase: (steps) => `Drawn by a generator trained for ${stepsOf(steps)}`,
  columnsAreDigits: ", a column a digit",
  /** @param {number} digit */
  allOf: (digit) => `, all asked to be a ${digit}`,
  /** @param {string} name of the data */
  real: (name) => `Real ones, out of ${name}`,
  /** @param {number} count */
  realLabel: (count) => `${count} real pictures out of the data, laid out as the generated ones.`,
  /**
   * @param {number} some
   * @param {number} all
   */
  takenForReal: (some, all) => `The discriminator takes ${some} of ${all} for real.`,
  /**
   * @param {string} lowest
   * @param {string} highest
   */
  judgedFrom: (lowest, highest) =>
    `The discriminator's marks go from ${lowest} to ${highest}, the higher the more real.`,

  allDigits: "All",
  /** @param {number} digit */
  onlyDigit: (digit) => `Draw only ${digit}s`,
  noWishes: "This GAN takes no wishes: what a latent becomes is its own choice.",
  /**
   * @param {string} x
   * @param {string} y
   */
  padPlace: (x, y) => `At ${x} across, ${y} up.`,
  padWalks: "Walking. Touch the pad to stop.",

  /**
   * @param {string} row
   * @param {string} column
   */
  tile: (row, column) => `row ${row}, column ${column}`,
  noTile: "none chosen",
  /** @param {string} distance */
  tileDistance: (distance) => `${distance} from the nearest training picture`,
  /**
   * @param {string} tile
   * @param {string} drawn when, or by whom
   */
  comparison: (tile, drawn) => `The sample in ${tile}, ${drawn}.`,
  /**
   * @param {string} distance
   * @param {string} count of training pictures
   */
  nearest: (distance, count) =>
    `The nearest of ${count} training pictures is ${distance} away; a copy would be at 0.`,
  /** @param {string} opinion */
  opinion: (opinion) => `The discriminator's opinion of it: ${opinion}.`,
  /** @param {string} distance */
  realDistance: (distance) => `Real digits that were held out are ${distance} away, in the median.`,
  /** @param {string} step */
  drawnAt: (step) => `drawn at step ${step}`,
  /** @param {string} steps */
  drawnElsewhere: (steps) => `drawn by a generator trained for ${stepsOf(steps)} elsewhere`,

  /**
   * @param {string} name of a setting
   * @param {string} rule
   */
  settingMustBe: (name, rule) => `${name} must be ${rule}.`,
  /**
   * @param {string} name of a setting
   * @param {string} rule
   */
  settingMayBeEmpty: (name, rule) => `${name} must be ${rule}, or empty.`,
  settingNames: {
    seed: "The seed",
    batchSize: "The batch size",
    learningRate: "The learning rate",
    l1Weight: "λ",
    penalty: "The penalty's weight",
    discriminatorSteps: "The discriminator's steps",
    discriminatorRate: "The discriminator's rate",
    stopSteps: "The number of steps",
    stopMinutes: "The number of minutes",
  },

  /** @type {Record<DataName, string>} */
  data: {
    mnist: "Handwritten digits",
    ring: "Ring of eight",
    grid: "Grid of 25",
    line: "Line",
    spiral: "Spiral",
    moons: "Two moons",
    drawn: "Your drawing",
  },
  /** @type {Record<Objective, string>} */
  objectives: {
    "non-saturating": "Non-saturating",
    minimax: "Minimax (saturating)",
    "least-squares": "Least squares",
    hinge: "Hinge",
    wasserstein: "Wasserstein",
    relativistic: "Relativistic pairs",
  },
  /**
   * @param {number} count
   * @param {number} least
   * @param {number} most
   */
  drawn: (count, least, most) => {
    if (count < least) return `${count} points; at least ${least} are needed.`;
    return count < most
      ? `${count} points of at most ${most}.`
      : `${count} points: that is enough.`;
  },
  /**
   * @param {number} column
   * @param {number} row
   * @param {boolean} isPoint
   */
  place: (column, row, isPoint) =>
    `Column ${column + 1}, row ${row + 1} from below${isPoint ? ", a point" : ""}`,
  saving: "Saving…",
  saveRun: "Save run",
  saveGenerator: "Save generator",
  fileUnreadable,

  measure: "Measure",
  measuring: "Measuring…",
  onlyMnist: "These measures compare with MNIST: they say nothing about your own pictures.",
  notMeasured: "Nothing has been measured yet.",
  pauseAndMeasure: "Pause and measure",
  /** What an examination gave way to. */
  gaveWay: {
    training: "Stopped, as training went on.",
    run: "Stopped, as another run was asked for.",
  },
  /**
   * @param {string} count
   * @param {string} drawn when, or by whom
   */
  measured: (count, drawn) =>
    `${count} digits ${drawn}, and as many real ones from the training data, each compared with ${count} real digits that were held out.`,
  ganTrain: "GAN-train",
  ganTrainBegins: "Drawing digits…",
  /**
   * @param {string} done
   * @param {string} total
   */
  ganTrainDraws: (done, total) => `Drawing digits: ${done} of ${total}.`,
  /**
   * @param {string} done
   * @param {string} total
   */
  ganTrainLearns: (done, total) => `A classifier learns from them: step ${done} of ${total}.`,
  /**
   * @param {string} accuracy
   * @param {string} drawn when, or by whom
   */
  ganTrained: (accuracy, drawn) =>
    `A classifier trained on digits ${drawn}, and on nothing else, reads ${accuracy} of real digits.`,

  copy: "Copy",
  copied: "Copied",
  copyByKeys: "Press Ctrl+C",

  /**
   * @param {string} button
   * @param {boolean} isOn
   */
  pressed: (button, isOn) => `${button}: ${isOn ? "on" : "off"}`,

  training: "Training.",
  paused: "Paused.",
  untrained: "Ready to train.",
  /**
   * @param {string} step
   * @param {string} epoch
   * @param {string} epochs
   */
  announcedStep: (step, epoch, epochs) => `Step ${step}, epoch ${epoch} of ${epochs}.`,
  /**
   * @param {string} real
   * @param {string} fake
   * @param {string} generator
   */
  announcedLosses: (real, fake, generator) =>
    `Discriminator loss ${real} on real and ${fake} on generated digits, generator loss ${generator}.`,

  /** @param {string} time */
  left: (time) => `${time} left`,
  /** @param {string} epoch */
  epoch: (epoch) => `Epoch ${epoch}`,
  /**
   * @param {string} epoch
   * @param {string} epochs in the schedule
   * @param {"within" | "done" | "beyond"} is
   */
  epochOf: (epoch, epochs, is) =>
    `Epoch ${epoch} of ${epochs}${{ within: "", done: ", done", beyond: ", beyond the schedule" }[is]}`,

  /** @param {string} device */
  runningOn: (device) => `Running on ${device}.`,
  /** @param {string} count more than one */
  speed: (count) => `${count} steps a second`,

  /** @param {string} count */
  pointsInUse: (count) => `In use: ${count} points in the plane.`,
  /**
   * @param {string} name
   * @param {string} count
   * @param {string} size
   */
  inUse: (name, count, size) => `In use: ${name}, ${counted(count, "picture")} of ${size}.`,
  /**
   * @param {string} name
   * @param {string} count
   * @param {string} size
   * @param {number} classes
   */
  inUseWithClasses: (name, count, size, classes) =>
    `In use: ${name}, ${counted(count, "picture")} of ${size}, in ${classes === 1 ? "1 class" : `${classes} classes`}.`,

  beforeTraining: "before training",
  /** @param {string} steps */
  afterSteps: (steps) => `after ${stepsOf(steps)}`,
  /** @param {string} steps */
  trainedElsewhere: (steps) => `trained for ${stepsOf(steps)} elsewhere`,
  /**
   * @param {string} count
   * @param {string} when
   * @param {string} order such as `columnsAreDigits`
   */
  samples: (count, when, order) => `${count} samples ${when}${order}`,
  theGenerator: "the generator",
  /**
   * @param {string} count
   * @param {string} gan
   * @param {string} when
   * @param {string} order
   */
  samplesLabel: (count, gan, when, order) =>
    `${count} pictures by the generator of “${gan}”, ${when}${order}.`,

  charts: {
    loss: "Losses",
    belief: "The discriminator's belief",
    told: "Pairs told apart",
    gradient: "Lengths of the gradients",
    frechet: "Classifier-Fréchet distance",
    share: "Shares of generated digits",
  },
  /** @type {Record<typeof METRICS[number], string>} */
  metrics: {
    dReal: "D on real",
    dFake: "D on fake",
    g: "G",
    dOfReal: "D(x)",
    dOfFake: "D(G(z))",
    accuracy: "share",
    dGradient: "D",
    gGradient: "G",
  },
  measures: {
    generated: "generated",
    real: "real",
    precision: "precision",
    recall: "recall",
    agreement: "as asked",
  },
  step: "Step",
  logScale: "Log scale",
  /** @param {string} title */
  emptyChart: (title) => `${title} over training steps: nothing yet.`,
  /**
   * @param {string} title
   * @param {string} step
   * @param {string} values
   */
  chart: (title, step, values) => `${title} up to step ${step}: ${values}.`,
  /**
   * @param {number} covered
   * @param {number} modes
   */
  modes: (covered, modes) => `${covered} of ${modes}`,
};
