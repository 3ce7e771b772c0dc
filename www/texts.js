// The page's sentences that are not in index.html. What Rust says about presets and bad data
// comes with the wasm.

/** @import { Objective, Stage, Symptom } from "./protocol.js" */
/** @import { DataName } from "./settings.js" */

/** @type {Record<Stage, string>} */
const stages = {
  program: "Loading the training program…",
  device: "Opening the device and testing its arithmetic…",
  data: "Fetching the handwritten digits…",
  networks: "Making two untrained networks…",
};

/** @type {Record<Symptom, string>} */
const symptoms = {
  divergence: "Training diverges.",
  "discriminator-won": "The discriminator has won.",
  "vanishing-gradient": "The generator's gradient has vanished.",
  "mode-collapse": "The generator draws few things only: mode collapse.",
  memorisation: "The generator has learned pictures by heart.",
};

export const texts = {
  stages,
  symptoms,
  train: "Train",
  trainYourOwn: "Train your own",
  pause: "Pause",
  loading: "Loading…",
  unchanged: "Nothing was changed.",

  notLoaded:
    "The training program could not be loaded. This page needs a current browser (with WebAssembly SIMD) and an unbroken connection to its site.",
  crashed:
    "The training program stopped because of a mistake inside it. The reason is in the browser's console.",
  restart: "Restart",
  restartGpu: "Try the GPU again",
  deviceLost: "The GPU was taken away from this page.",
  runLost: "You can start again.",
  /** @param {string} step */
  canGoOn: (step) => `This run can go on from step ${step}.`,
  deviceError:
    "The GPU reported an error, so its numbers can no longer be trusted: training was paused. Choose the CPU, or press Reset to try again.",
  tryAfterNonFinite: "Training was paused. Try a lower learning rate, then press Reset.",
  finished: "The schedule ends here. Press Train to go on beyond it.",
  stopped: "Stopped here, as you asked. Press Train to go on.",

  /** @param {string} steps */
  showcase: (steps) => `Drawn by a generator trained for ${steps} steps`,
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
   * @param {string} from
   * @param {string} to
   */
  between: (from, to) =>
    `Each row goes from one digit of the picture to another: the first from ${from} to ${to}. Choose two in the picture to see the way between them.`,
  classSheetTitle: "One hand, ten digits",
  plainSheetTitle: "More of its digits",
  classSheet: "Each row is one latent, each column a digit: the hand stays, the digit changes.",
  plainSheet: "Every one a latent of its own.",

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
  drawnElsewhere: (steps) => `drawn by a generator trained for ${steps} steps elsewhere`,

  /** @param {string} advice */
  tryThis: (advice) => `What to try: ${advice}`,
  /**
   * @param {string} changes
   * @param {boolean} live
   */
  cure: (changes, live) => (live ? `Go on with ${changes}` : `Start over with ${changes}`),

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
   * @param {string} step
   * @param {string} covered
   * @param {string} modes
   * @param {string} good
   */
  spread: (step, covered, modes, good) =>
    `After ${step} steps: ${covered} of ${modes} modes, ${good} good`,
  /** @param {string} words */
  planeLabel: (words) =>
    `Real points as rings, generated ones as crosses. ${words}: so many of the real clusters are covered, and so many of the generated points lie on one. Behind them, how real the discriminator finds each place.`,
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
  needsLabels:
    "this GAN draws the digit it is asked for and must be told which of ten classes each picture shows. Drop the file of labels with the pictures, or ten folders of them, or choose a GAN that needs none",

  /** @param {string} gan */
  useOther: (gan) => `Learn them with “${gan}”`,

  /**
   * @param {string} step
   * @param {string} gan
   * @param {string} time
   */
  savedOffer: (step, gan, time) => `Go on from step ${step} of “${gan}” (saved ${time})?`,
  /**
   * @param {string} step
   * @param {string} gan
   * @param {string} time
   * @param {string} data
   */
  savedElsewhere: (step, gan, time, data) =>
    `“${gan}” was saved at step ${step} (${time}), but not the data it learns: to go on, drop “${data}” again.`,
  /**
   * @param {string} step
   * @param {string} time
   */
  savedKept: (step, time) => `Kept in this browser only: step ${step}, ${time}.`,

  notAwake: "The browser did not allow it. Is the battery low, or a power saver on?",

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

  noMoment: "No picture of this run yet.",
  /** @param {string} step */
  moment: (step) =>
    step === "0" ? "Before training" : `After ${step} ${step === "1" ? "step" : "steps"}`,
  makingFilm: "Making the film…",
  /**
   * @param {string} done
   * @param {string} all
   */
  drawingDigits: (done, all) => `Drawing digits: ${done} of ${all}…`,
  noLabels: "This generator takes no classes, so nobody knows what its digits are: no labels.",

  run: "Run",
  thisRun: "This one",
  steps: "Steps",
  distance: "Fréchet",
  inCharts: "In charts",
  pinned: "Pinned",
  /** @type {Record<string, string>} */
  columns: {
    preset: "GAN",
    seed: "Seed",
    batchSize: "Batch",
    learningRate: "Learning rate",
    l1Weight: "λ",
    objective: "Loss",
    penalty: "Penalty",
    discriminatorSteps: "D steps",
    discriminatorRate: "D rate",
    device: "Device",
  },
  /** @param {string} mark */
  runNamed: (mark) => `Run ${mark}`,
  /** @param {string} run */
  nameOf: (run) => `Name of ${run}`,
  /** @param {string} run */
  showIt: (run) => `Show ${run} in the charts`,
  /** @param {string} run */
  pinIt: (run) => `Keep ${run} when clearing`,

  /** @param {string} title of a preset */
  lessonAbout: (title) => `The lesson: ${title}`,
  lessonBuilds: "What it builds",
  lessonMended: "What was wrong, and how it was mended",
  lessonWatch: "What to watch for",
  lessonTry: "Two things to try",

  /**
   * @param {string} g
   * @param {string} d
   */
  trainedCounts: (g, d) => `The generator trains ${g} numbers, the discriminator ${d}.`,

  copy: "Copy",
  copied: "Copied",

  noFile: "No file came with that. Drop pictures, or one IDX file of them with one of labels.",
  tooManyFiles:
    "That was more than two files, and none a picture. Drop pictures, or one IDX file of them with one of labels. Nothing was changed.",
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
