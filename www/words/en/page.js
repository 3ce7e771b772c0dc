import { counted, loss, number, UNKNOWN } from "./numbers.js";
import { classesOf, duration, picturesOf, pointsOf } from "./quantities.js";
import { fileUnreadable } from "./unreadable.js";
import { stepsOf } from "./steps.js";

/** @import { Symptom } from "../../engine/examined.js" */
/** @import { METRICS, Objective, Stage } from "../../engine/protocol.js" */
/** @import { DataName } from "../../page/settings.js" */

/** What the data are called that the page knows, wherever they are named. @type {Record<DataName, string>} */
const data = {
  mnist: "Handwritten digits",
  faces: "Faces in colour",
  faces64: "Faces, 64×64",
  emoji: "Emoji in colour",
  emoji64: "Emoji, 64×64",
  lineart: "Lines of emoji",
  lineart64: "Lines of emoji, 64×64",
  styles: "Emoji, artist to artist",
  fashion: "Clothes",
  ring: "Ring of eight",
  grid: "Grid of 25",
  line: "Line",
  spiral: "Spiral",
  moons: "Two moons",
  drawn: "Your drawing",
};

/** What the opened page shows, but for what stands in it from the start. */
export const page = {
  /** @type {Record<Stage, string>} */
  stages: {
    program: "Loading the training program…",
    device: "Opening the device and testing its arithmetic…",
    data: `Fetching “${data.mnist}”…`,
    networks: "Making two untrained networks…",
  },
  /** @param {string} data */
  fetches: (data) => `Fetching “${data}”…`,
  /** @param {string} chosen what is not there yet */
  next: (chosen) => `Next: ${chosen}`,
  /**
   * @param {string} data
   * @param {string} inUse
   */
  fetchesBeside: (data, inUse) =>
    `Fetching “${data}”… Until it is here, this is the run on “${inUse}”.`,
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
  /** @param {number} step */
  canGoOn: (step) => `This run can go on from step ${number(step)}.`,
  deviceError:
    "The GPU reported an error, so its numbers can no longer be trusted: training was paused. Choose the CPU, or press Reset to try again.",
  tryAfterNonFinite: "Training was paused. Try a lower learning rate, then press Reset.",
  finished: "The schedule ends here. Press Train to go on beyond it.",
  stopped: "Stopped here, as you asked. Press Train to go on.",
  looks: "Measuring whether it still gets better…",
  /** @param {number} step */
  plateau: (step) => `Stopped here: no better since step ${number(step)}. Press Train to go on.`,

  /** @param {number} steps */
  showcase: (steps) => `Drawn by a generator trained for ${stepsOf(steps)}`,
  columnsAreDigits: ", a column a digit",
  columnsAreClasses: ", each column of one class",
  /** @param {number} digit */
  allOf: (digit) => `, all asked to be a ${digit}`,
  /** @param {string} name of a class */
  allOfClass: (name) => `, all asked to be ${name}`,
  /** @param {string} name of the data */
  real: (name) => `Real ones, out of “${name}”`,
  /** @param {number} count */
  realLabel: (count) =>
    `${counted(count, { one: "# real picture", other: "# real pictures" })} out of the data, laid out as the generated ones.`,
  /**
   * @param {number} some
   * @param {number} all
   */
  takenForReal: (some, all) =>
    `The discriminator takes ${number(some)} of ${number(all)} for real.`,
  /**
   * @param {number} lowest
   * @param {number} highest
   */
  judgedFrom: (lowest, highest) =>
    `The discriminator's marks go from ${loss(lowest)} to ${loss(highest)}, the higher the more real.`,

  allDigits: "All",
  /** Of data that name none. @param {number} label */
  classNumber: (label) => `class ${number(label)}`,
  /** @param {number} digit */
  onlyDigit: (digit) => `Draw only ${digit}s`,
  /** @param {string} name of a class */
  onlyClass: (name) => `Draw only ${name}`,
  /**
   * @param {number} row
   * @param {number} column
   */
  tile: (row, column) => `row ${number(row)}, column ${number(column)}`,
  noTile: "none chosen",
  /** @param {number} distance */
  tileDistance: (distance) => `${number(distance, 1)} from the nearest training picture`,
  /**
   * @param {string} tile
   * @param {string} drawn when, or by whom
   */
  comparison: (tile, drawn) => `The sample in ${tile}, ${drawn}.`,
  /**
   * @param {number} distance
   * @param {number} count of training pictures
   */
  nearest: (distance, count) =>
    `The nearest of ${counted(count, { one: "# training picture", other: "# training pictures" })} is ${number(distance, 1)} away; a copy would be at 0.`,
  /** @param {number} opinion */
  opinion: (opinion) => `The discriminator's opinion of it: ${loss(opinion)}.`,
  /** @param {number} distance */
  realDistance: (distance) =>
    `Real pictures that were held out are ${number(distance, 1)} away, in the median.`,
  /** @param {number} step */
  drawnAt: (step) => `drawn at step ${number(step)}`,
  /** @param {number} steps */
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

  data,
  /**
   * @param {string} when
   * @param {boolean} areHeldOut
   */
  pairs: (when, areHeldOut) =>
    `${areHeldOut ? "Pictures never learned" : "Pictures that are learned"}, ${when}: given, made, original`,
  /** @type {Record<Objective, string>} */
  objectives: {
    "non-saturating": "Non-saturating",
    minimax: "Minimax (saturating)",
    "least-squares": "Least squares",
    hinge: "Hinge",
    wasserstein: "Wasserstein",
    relativistic: "Relativistic pairs",
  },
  saving: "Saving…",
  saveRun: "Save run",
  saveGenerator: "Save generator",
  fileUnreadable,

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
   * @param {number} step
   * @param {number} epoch
   * @param {number} epochs
   */
  announcedStep: (step, epoch, epochs) =>
    `Step ${number(step)}, epoch ${number(epoch)} of ${number(epochs)}.`,
  /**
   * @param {number} real
   * @param {number} fake
   * @param {number} generator
   */
  announcedLosses: (real, fake, generator) =>
    `Discriminator loss ${loss(real)} on real and ${loss(fake)} on generated pictures, generator loss ${loss(generator)}.`,

  /** @param {number} seconds */
  left: (seconds) => `${duration(seconds)} left`,
  noEpoch: `Epoch ${UNKNOWN}`,
  /**
   * @param {number} epoch
   * @param {number} epochs in the schedule
   * @param {"within" | "done" | "beyond"} is
   */
  epochOf: (epoch, epochs, is) =>
    `Epoch ${number(epoch)} of ${number(epochs)}${{ within: "", done: ", done", beyond: ", beyond the schedule" }[is]}`,

  /** @param {string} device */
  runningOn: (device) => `Running on ${device}.`,
  /** @param {number} steps */
  speed: (steps) => `${stepsOf(steps)} a second`,

  /** @param {number} count */
  pointsInUse: (count) => `In use: ${pointsOf(count)} in the plane.`,
  inGreys: "In greys.",
  inColour: "In colour.",
  /**
   * @param {string} name
   * @param {number} count
   * @param {string} size
   */
  inUse: (name, count, size) => `In use: ${name}, ${picturesOf(count)} of ${size}.`,
  /**
   * @param {string} name
   * @param {number} count
   * @param {string} size
   * @param {number} classes
   */
  inUseWithClasses: (name, count, size, classes) =>
    `In use: ${name}, ${picturesOf(count)} of ${size}, in ${classesOf(classes)}.`,

  picturesBy: "Pictures by",
  /**
   * @param {string} title
   * @param {string} author
   * @param {string} license
   */
  credit: (title, author, license) =>
    `${title === author ? title : `${title}, ${author}`} (${license})`,

  beforeTraining: "before training",
  /** @param {number} steps */
  afterSteps: (steps) => `after ${stepsOf(steps)}`,
  /** @param {number} steps */
  trainedElsewhere: (steps) => `trained for ${stepsOf(steps)} elsewhere`,
  /**
   * @param {number} count
   * @param {string} when
   * @param {string} order such as `columnsAreDigits`
   */
  samples: (count, when, order) =>
    `${counted(count, { one: "# sample", other: "# samples" })} ${when}${order}`,
  theGenerator: "the generator",
  /**
   * @param {number} count
   * @param {string} gan
   * @param {string} when
   * @param {string} order
   */
  samplesLabel: (count, gan, when, order) =>
    `${picturesOf(count)} by the generator of “${gan}”, ${when}${order}.`,

  charts: {
    loss: "Losses",
    belief: "The discriminator's belief",
    told: "Pairs told apart",
    gradient: "Lengths of the gradients",
    frechet: "Classifier-Fréchet distance",
    share: "Shares of generated pictures",
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
   * @param {number} step
   * @param {string} values
   */
  chart: (title, step, values) => `${title} up to step ${number(step)}: ${values}.`,
};
