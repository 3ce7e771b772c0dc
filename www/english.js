// Every English word that the page and the element show, so that they can be translated: copy this file,
// translate what stands in quotes, and put the copy in its place. Keys stay, and so do the values in
// `${…}`, which come as the page writes them; a sentence whose form hangs on a number gets the number too.
// In `html` the tags within the words stay. `language` is the language's own code.
//
// Each group is imported under its own name, `import { page } from "./english.js?page"`: the bundler then takes it
// for a module of its own, so that words which are needed later, or in the worker, are loaded there and
// nowhere else (DESIGN.md). For that a group names no other group: what two need is a constant above them. Types:
// queries.d.ts. (A group cannot be called as one of Vite's own queries: raw, url, worker.)
//
// Not here: errors of the Rust crate, which come as a sentence with a stable code and are the command line's
// as well, and the layers' names, which are a notation; what is for programmers alone: the console, thrown
// mistakes, the code that the page writes; and the documents: README, element.html, 404.html,
// custom-elements.json. It imports nothing and does nothing.

/** @import { Control } from "./element/attributes.js" */
/** @import { Away } from "./element/state.js" */
/** @import { METRICS, Evidence, Growing, Objective, Stage, Symptom } from "./engine/protocol.js" */
/** @import { DataName } from "./page/settings.js" */

/** @typedef {keyof typeof glossary} Term */

export const language = "en";

/** @param {string} words */
const oneOf = (words) => `one of ${words}`;
/**
 * @param {string} count as it is written
 * @param {string} noun that takes an s for several
 */
const counted = (count, noun) => `${count} ${noun}${count === "1" ? "" : "s"}`;
/** @param {string} count */
const stepsOf = (count) => counted(count, "step");
/** @param {string} name of a file */
const fileUnreadable = (name) =>
  `“${name}” could not be read. Was it moved, or changed since you chose it?`;

// What stands in the page from the start and comes again.
const loadingProgram = "Loading the training program…";
const restart = "Restart";
const noTile = "none chosen";
const noWishes = "This GAN takes no wishes: what a latent becomes is its own choice.";
const loading = "Loading…";
const saveRun = "Save run";
const saveGenerator = "Save generator";
const classSheetTitle = "One hand, ten digits";
const noMoment = "No picture of this run yet.";
const measure = "Measure";
const notMeasured = "Nothing has been measured yet.";
const ganTrain = "GAN-train";
const copy = "Copy";

/**
 * A term that is explained where it stands, when it is pressed: with an entry of `glossary`.
 * @param {Term} id
 * @param {string} words
 */
const term = (id, words) =>
  `<button type="button" class="term" data-term="${id}">${words}</button>`;
/**
 * The same beside what has no room for a button of its own, such as a label.
 * @param {Term} id
 * @param {string} words that it is about
 */
const mark = (id, words) =>
  `<button type="button" class="term-mark" data-term="${id}" aria-label="What it means: ${words}">?</button>`;

/** How numbers are told. */
export const numbers = {
  language,
  /** Whose way it is to write a date and a time. */
  times: "en-GB",
  notANumber: "not a number",
  /** @param {string} value */
  percent: (value) => `${value}\u00a0%`,
  /** @param {number} count */
  seconds: (count) => `${count} s`,
  /** @param {number} count */
  minutes: (count) => `${count} min`,
  /**
   * @param {number} hours
   * @param {number} minutes beyond them
   */
  hours: (hours, minutes) => (minutes === 0 ? `${hours} h` : `${hours} h ${minutes} min`),
  /** @param {number} count two or more */
  days: (count) => `${count} days`,
};

/** What a good value of a setting is, to follow "must be", for the page and the element. */
export const rules = {
  /**
   * @param {number} min
   * @param {number} max
   */
  wholeNumber: (min, max) => `a whole number from ${min} to ${max}`,
  oneOf,
  /**
   * @param {number} min
   * @param {number} max
   */
  number: (min, max) => `a number from ${min} to ${max}`,
  /**
   * @param {number} min
   * @param {number} max
   */
  numberAbove: (min, max) => `a number above ${min} and not above ${max}`,
  preset: "the name of a GAN",
};

/** The same for what only the page has, and what is said of a value that is not good. */
export const settings = {
  /** @param {string} rule of a value */
  course: (rule) =>
    `${rule}, alone or followed by changes such as 0.001@67, at rising steps above 0`,
  /** @param {string} words */
  listOf: (words) => `a list of ${words}`,
  /** @param {string} names */
  data: (names) => `${oneOf(names)}, or a folder of this site, such as data/fashion`,
  drawing: "a drawing made on this page",

  /**
   * @param {string} param
   * @param {string} text that stands there
   * @param {string} reason
   */
  ignored: (param, text, reason) =>
    `The address says ${param}=${text}, which was ignored: ${reason}.`,
  /** @param {string} rule */
  mustBe: (rule) => `it must be ${rule}`,
  /** @param {readonly string[]} texts */
  all: (texts) => texts.join(" and "),
  /**
   * @param {number} count
   * @param {string} list
   */
  manyIgnored: (count, list) =>
    `${count} things in the address are not understood and were ignored: ${list}. Choose on the page: the address follows.`,
  once: "it must stand there once",
  unknown: "this page has no setting of that name",
  /** @param {string} name */
  spelled: (name) => `it is spelled “${name}”`,
  noDrawing: "there is no drawing beside it",
  notDrawn: "it needs data=drawn beside it",
  noFolder: "it needs a folder beside it, such as data=data/emnist-letters",
  /** @param {string} names */
  gans: (names) => `the GANs on this page are ${names}`,
  /** @param {string} gan */
  noL1: (gan) => `“${gan}” has no λ`,
};

/** Why the training program did not begin, or has ended. */
export const starting = {
  /** @param {string} url */
  notLoaded: (url) =>
    `The training program could not be loaded from ${url}. Is the file there, does its site send it as JavaScript, and does this page's security policy allow it?`,
  /**
   * @param {string} url
   * @param {string} cause
   */
  notStarted: (url, cause) => `The training program could not be started from ${url}: ${cause}.`,
  policy:
    "This page requires Trusted Types and does not allow the policy “webgan”, without which the training program cannot be started. The page's header needs “trusted-types webgan”.",
  /**
   * @param {string} url
   * @param {number} seconds
   */
  silent: (url, seconds) =>
    `The training program has not answered for ${seconds} seconds. It was asked for at ${url}.`,
  crashed:
    "The training program stopped because of a mistake inside it. The reason is in the browser's console.",
};

/** What the opened page shows, but for what stands in it from the start. */
export const page = {
  /** @type {Record<Stage, string>} */
  stages: {
    program: loadingProgram,
    device: "Opening the device and testing its arithmetic…",
    data: "Fetching the handwritten digits…",
    networks: "Making two untrained networks…",
  },
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
  loading,
  unchanged: "Nothing was changed.",
  partMissing: "A part of this page could not be loaded. Try again in a moment.",

  restart,
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
  noWishes,
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
  classSheetTitle,
  plainSheetTitle: "More of its digits",
  classSheet: "Each row is one latent, each column a digit: the hand stays, the digit changes.",
  plainSheet: "Every one a latent of its own.",

  /**
   * @param {string} row
   * @param {string} column
   */
  tile: (row, column) => `row ${row}, column ${column}`,
  noTile,
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
   * @param {string} step
   * @param {string} covered
   * @param {string} modes
   * @param {string} good
   */
  spread: (step, covered, modes, good) =>
    `After ${stepsOf(step)}: ${covered} of ${modes} modes, ${good} good`,
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
  saving: "Saving…",
  saveRun,
  saveGenerator,
  fileUnreadable,

  measure,
  measuring: "Measuring…",
  onlyMnist: "These measures compare with MNIST: they say nothing about your own pictures.",
  notMeasured,
  pauseToMeasure: "Pause to measure.",
  /**
   * @param {string} count
   * @param {string} drawn when, or by whom
   */
  measured: (count, drawn) =>
    `${count} digits ${drawn}, and as many real ones from the training data, each compared with ${count} real digits that were held out.`,
  ganTrain,
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

  noMoment,
  /** @param {string} step */
  moment: (step) => (step === "0" ? "Before training" : `After ${stepsOf(step)}`),
  makingFilm: "Making the film…",
  /**
   * @param {string} done
   * @param {string} all
   */
  drawingDigits: (done, all) => `Drawing digits: ${done} of ${all}…`,
  noLabels: "This generator takes no classes, so nobody knows what its digits are: no labels.",

  copy,
  copied: "Copied",

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

/** What the list of GANs says of each, by its id. @type {Readonly<Record<string, { title: string, schedule: string }>>} */
export const presets = {
  modern: { title: "Modern", schedule: "batch 32, 2,000 iterations" },
  mlp: { title: "MLP with batch norm", schedule: "batch 64, 100 epochs" },
  dense: { title: "Dense GAN", schedule: "batch 32, 10 epochs" },
  "least-squares": { title: "Least squares + L1", schedule: "batch 10, 100 epochs of 100 batches" },
  dcgan: { title: "DCGAN", schedule: "batch 32, 100 epochs" },
  "conv-critic": {
    title: "Dense generator, convolutional critic",
    schedule: "batch 100, 10,000 iterations",
  },
  "hinge-sn": { title: "Spectral norm + hinge", schedule: "batch 32, 2,000 iterations" },
  "wgan-clip": { title: "Wasserstein critic, clipped", schedule: "batch 32, 2,000 iterations" },
  points: { title: "Points in the plane", schedule: "batch 128, 4,000 iterations" },
};

/**
 * What a preset is: what its article builds, what was changed against that or chosen where it is silent,
 * and why, and its loss.
 * @typedef {{ article: string, changes: readonly string[], objective: string }} PresetWords
 */

/** By the preset's id; loaded when they are in sight. @type {Readonly<Record<string, PresetWords>>} */
export const presetWords = {
  modern: {
    article:
      "What has been learned since the articles were written, in one small GAN that draws the digit it is asked for. Good digits after some hundred steps.",
    changes: [
      "Both networks are told the class: the generator beside its latents, the discriminator by a projection (Miyato & Koyama 2018).",
      "The generator doubles its pictures by repeating pixels and smooths them by 3×3 convolutions, which leaves no checkerboards; the discriminator has no batch normalisation.",
      "The discriminator judges pairs, a real digit and a fake one of the same class: which is the real one? (R3GAN, Huang et al. 2024.)",
      "It must give a digit and the same digit under a little noise the same value, real and fake: an approximation of gradient penalties R1 and R2 (Lin et al. 2025).",
      "What you see is drawn by a running average of the generator's weights.",
    ],
    objective: "Relativistic pairs, approximated R1 and R2; Adam 2e-3, β₁ 0",
  },
  mlp: {
    article:
      "A generator of dense layers with LeakyReLU and batch normalisation against a discriminator with one hidden layer. The quickest of the five to show digits.",
    changes: [
      "The networks, the losses and the schedule are the article's.",
      "The discriminator gives a logit and the loss contains the sigmoid, which is the same function computed without overflow.",
    ],
    objective: "Binary cross-entropy, non-saturating; Adam 2e-4, β₁ 0.5",
  },
  dense: {
    article:
      "The first GAN of many readers: one hidden layer in the generator, one in the discriminator, and a loss on held-out images after each epoch.",
    changes: [
      "The article's generator ends in 128 values and reshapes them to 28×28 = 784, which has no solution. Here a last dense layer makes 784 values, through tanh.",
      "Adam's β₁ is 0.5 in place of the usual 0.9. With 0.9 the two networks chase each other and all pictures end as the same grey blot.",
      "Pixels are scaled to [-1, 1], the range of tanh.",
    ],
    objective: "Binary cross-entropy, non-saturating; Adam 1e-3, β₁ 0.5",
  },
  "least-squares": {
    article:
      "Squared errors in place of cross-entropy, and an L1 term that pulls the generator's pictures towards the batch of real ones.",
    changes: [
      "The article's discriminator never sees a real image, so it cannot tell what one looks like. Here it learns from real and fake alike.",
      "The article's generator has the L1 term alone. A latent vector has no real image of its own, so that loss can only learn one average digit. Here the adversarial term leads and λ weighs the L1 term: raise λ and watch the digits melt into that average.",
      "The article names no layers: both networks are dense here, 256 and 512 units in the generator, 512 and 256 in the discriminator, with LeakyReLU 0.2.",
      "Adam with 2e-4 and β₁ 0.5, as the article names no settings.",
    ],
    objective: "Least squares for both, + λ·L1 for the generator; Adam 2e-4, β₁ 0.5",
  },
  dcgan: {
    article:
      "Convolutions in both networks: the generator grows a small picture by transposed convolutions, the discriminator shrinks it again.",
    changes: [
      "The article starts from 4×4, which two doublings make 16×16, not 28×28, and reshapes 128 values to 4·4·128 = 2,048, which has no solution. Here a dense layer makes 7·7·128 values, and 7 doubles to 14 and 28.",
      "The discriminator's convolutions have stride 2, as the DCGAN paper asks (Radford et al. 2016): a fifteenth of the work of full-size ones.",
      "The generator has batch normalisation before each ReLU, as the DCGAN paper's has. Without it all latents give the same picture, even after 2,000 steps.",
      "Adam with 2e-4 and β₁ 0.5, the paper's settings, as the article names none.",
    ],
    objective: "Binary cross-entropy, non-saturating; Adam 2e-4, β₁ 0.5",
  },
  "conv-critic": {
    article:
      "A generator of dense layers against a critic with a convolution, batch normalisation and a wide dense layer; the three losses are reported apart.",
    changes: [
      "The convolution has stride 2. Without it the dense layer of 1,024 units would have 51 million weights; with it, it has 13 million, which fit a tab.",
      "The critic sees all images, real and fake, under Gaussian noise of standard deviation 1.5 while it trains. Without it the critic knows every fake by its speckles within 20 steps, and the generator learns one grey blot; with half as much all latents give one picture.",
      "The generator's hidden layers have batch normalisation, and the critic's wide layer takes smaller steps.",
      "Real and fake images share the critic's batch normalisation: each batch alone would hide from it how bright its pictures are.",
      "Adam with 1e-3 and β₁ 0.5, as the article names no settings.",
    ],
    objective: "Binary cross-entropy, non-saturating; Adam 1e-3, β₁ 0.5",
  },
  "hinge-sn": {
    article:
      "A discriminator whose every layer is divided by its largest singular value, so that it cannot become steep, and the hinge loss (Miyato et al. 2018).",
    changes: [],
    objective: "Hinge; Adam 5e-4, β₁ 0",
  },
  "wgan-clip": {
    article:
      "A critic that measures a distance between distributions, kept from becoming steep by cutting its weights off, with five steps for one of the generator (Arjovsky et al. 2017).",
    changes: [],
    objective: "Wasserstein, weights clipped at ±0.01; RMSProp 2e-4",
  },
  points: {
    article:
      "Two small dense networks, and samples of two numbers: points. All that goes on between a generator and a discriminator can be seen at once, and within seconds.",
    changes: [
      "The recipe is that of “Modern”: pairs, a penalty on steepness, an averaged generator. Choose another loss, or take the penalty away, and compare.",
      "Latents have two numbers, so that the generator is a map from one plane into another and can be drawn as a bent net.",
      "The L1 term is there with a weight of 0, to be raised and seen.",
    ],
    objective: "Relativistic pairs, approximated R1 and R2; Adam 1e-3, β₁ 0",
  },
};

/** The runs that fail, by their ids. @type {Readonly<Record<string, { title: string, look: string }>>} */
export const failures = {
  collapse: {
    title: "Mode collapse",
    look: "The fakes gather on one or two of the eight real clusters and call that done. Each of them is good by itself; it is the others that are missing.",
  },
  saturation: {
    title: "A saturated loss",
    look: "The discriminator becomes sure, and where it is sure the minimax loss is flat: nothing pulls at the fakes any more. They have left the picture and stay away, however wrong the generator is.",
  },
  "strong-discriminator": {
    title: "A discriminator too strong",
    look: "The discriminator learns 300 times faster than the generator and tells nearly every pair apart: D(x) and D(G(z)) part. It pulls at the fakes, and they hardly follow.",
  },
  "learning-rate": {
    title: "A learning rate too high",
    look: "Every step overshoots: the losses climb to thousands and the fakes leave the picture. Nothing that is learned now can be kept.",
  },
  l1: {
    title: "L1 alone",
    look: "The L1 term outweighs the duel and pulls every fake towards all real points at once. They meet in the middle, where there is no real point at all.",
  },
};

/** What the monitor has found: loaded when it has found something. */
export const findings = {
  /** @param {string} advice */
  tryThis: (advice) => `What to try: ${advice}`,
  /** @param {string} changes */
  cure: (changes) => `Start over with ${changes}`,

  /** What it means, by what it was seen in. @type {Record<Evidence["kind"], string>} */
  meanings: {
    growth: "The steps are too large: each makes the networks worse than before.",
    "told-apart":
      "The discriminator is sure of every sample, so the generator hears only that all it does is wrong, not what would be better.",
    gradient:
      "The generator no longer learns: its loss is flat where it stands, as the minimax loss is under a discriminator that is sure.",
    classes: "The generator has found some pictures that pass and draws only those.",
    modes:
      "The generator has found some places that pass, or one between all, and goes nowhere else.",
    distances: "The generator draws training images again in place of new ones.",
  },
  /** What to try, by what it was seen in. @type {Record<Evidence["kind"], string>} */
  advice: {
    growth: "Start over with a smaller learning rate.",
    "told-apart":
      "Wait some hundred steps; if it stays so, give the generator time: a smaller learning rate, noise on what the discriminator sees, or a smoother discriminator.",
    gradient: "Start over with the non-saturating loss, or with a weaker discriminator.",
    classes:
      "Another seed, a smaller learning rate or larger batches; modern and hinge-sn collapse less.",
    modes: "A loss of pairs with a penalty on steepness, λ at 0, or a smaller learning rate.",
    distances: "More data, fewer steps, or a smaller generator.",
  },
  /** @type {Record<Growing, string>} */
  growing: {
    losses: "Losses",
    "discriminator-gradient": "The discriminator's gradient",
    "generator-gradient": "The generator's gradient",
  },
  /**
   * @param {string} what one of `growing`
   * @param {string} now
   * @param {string} early
   */
  growth: (what, now, early) => `${what}: ${now}, at first ${early}.`,
  /**
   * @param {string} share
   * @param {number} steps
   */
  toldApart: (share, steps) =>
    `Of the last ${steps} steps' pairs of a real and a fake sample it told ${share} apart.`,
  /**
   * @param {string} now
   * @param {string} early
   */
  gradient: (now, early) => `The generator's gradient is ${now} long, at first ${early}.`,
  /**
   * @param {number} covered
   * @param {number} classes
   * @param {string} recall
   */
  classes: (covered, classes, recall) =>
    `${covered} of ${classes} classes are drawn, and ${recall} of the real images have a sample like them.`,
  /**
   * @param {number} covered
   * @param {number} modes
   * @param {string} good
   */
  modes: (covered, modes, good) =>
    `${covered} of ${modes} modes are covered; ${good} of the samples lie on one.`,
  /**
   * @param {string} samples
   * @param {string} real
   */
  distances: (samples, real) =>
    `Samples are ${samples} from the nearest training image, new real images ${real}.`,
};

/**
 * The terms that are explained where they stand, and in a list of their own: loaded when one is asked for.
 * @satisfies {Readonly<Record<string, { name: string, words: string }>>}
 */
export const glossary = {
  generator: {
    name: "Generator, G",
    words:
      "The network that turns a latent into a sample. It learns to make samples that the discriminator takes for real.",
  },
  discriminator: {
    name: "Discriminator, D",
    words:
      "The network that looks at a sample and says how real it finds it. It learns to tell real samples from generated ones. Where it gives marks in place of probabilities it is also called a critic.",
  },
  latent: {
    name: "Latent, z",
    words:
      "A list of random numbers that the generator turns into a sample: the same latent, the same sample. All of them together are the latent space; near to each other lie samples that look alike.",
  },
  fake: {
    name: "Fake",
    words:
      "A sample that the generator has made, as opposed to a real one, which is from the data.",
  },
  dOfReal: {
    name: "D(x)",
    words:
      "How real the discriminator finds real samples, x, in the mean: 1 is surely real, 0 surely generated, 0.5 no idea. With some losses it is a mark without bounds.",
  },
  dOfFake: {
    name: "D(G(z))",
    words:
      "How real the discriminator finds what the generator, G, makes of latents, z, in the mean. It rises as the generator learns.",
  },
  step: {
    name: "Step",
    words:
      "One round of learning: a batch of samples is made and judged, and both networks change their weights a little.",
  },
  epoch: {
    name: "Epoch",
    words: "As many steps as it takes to see each of the real samples once.",
  },
  batchSize: {
    name: "Batch size",
    words:
      "How many samples one step learns from. Larger batches are steadier, and each step takes longer.",
  },
  loss: {
    name: "Loss",
    words:
      "What a network makes small by learning. The discriminator's grows with its mistakes, the generator's with how easily its samples are told from real ones. Their formula is what kinds of GAN differ in.",
  },
  gradient: {
    name: "Gradient",
    words:
      "Which way a network's weights must change to lower its loss, and how strongly: its length. A network whose gradient is 0 learns nothing.",
  },
  learningRate: {
    name: "Learning rate",
    words:
      "How far the weights move in a step. Too large a rate overshoots, too small a one takes very long.",
  },
  l1: {
    name: "λ, the L1 term",
    words:
      "L1 is the mean distance between generated and real samples, pixel by pixel. λ says how much of it is added to the generator's loss.",
  },
  penalty: {
    name: "Penalty on steepness",
    words:
      "Added to the discriminator's loss where its opinion changes much from a sample to one close by. It keeps the discriminator gentle enough to be learned from.",
  },
  seed: {
    name: "Seed",
    words:
      "The number that all chance in a run comes from: first weights, latents, the order of the samples.",
  },
  toldApart: {
    name: "Told apart",
    words:
      "Of pairs of a real and a generated sample, those in which the discriminator finds the real one more real. ½ is guessing, 1 is all of them.",
  },
  heldOut: {
    name: "Held out",
    words:
      "Real samples that the networks never learn from, kept to be compared with: on these nothing can be known by heart.",
  },
  mode: {
    name: "Mode",
    words:
      "A kind of sample that the data have: a digit, or a cluster of points. A generator that makes only some of them has collapsed.",
  },
  frechet: {
    name: "Classifier-Fréchet distance",
    words:
      "How far the generated digits lie from real ones as a crowd. A small classifier looks at both, and the means and spreads of what it sees are compared, after Fréchet's formula. At 0 there is no difference.",
  },
  score: {
    name: "MNIST score",
    words:
      "How clearly each digit can be read and how evenly all ten are drawn, in one number: 1 at worst, 10 at best.",
  },
  precision: {
    name: "Precision",
    words: "Of the generated digits, those that could be among the real ones: how good they are.",
  },
  recall: {
    name: "Recall",
    words:
      "Of the real digits, those that could be among the generated ones: how many kinds are there.",
  },
};

/** What a GAN costs here: loaded when the list of them is in sight. */
export const costs = {
  /** @param {string} time */
  here: (time) => `about ${time} here`,
};

/** The table of earlier runs: loaded with the first. */
export const runs = {
  run: "Run",
  thisRun: "This one",
  steps: "Steps",
  distance: "Fréchet",
  inCharts: "In charts",
  otherData: "other data",
  pinned: "Pinned",
  /** @type {Record<string, string>} */
  columns: {
    data: "Data",
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
};

/** What is said of data, or of a run, that a GAN cannot take, and what mends it. */
export const unfit = {
  useCpu: "Train on the CPU",
  useAsData: "Use it as data",
  loadAsRun: "Load it as a run",
  useDigits: "Learn MNIST",
  /** @param {string} gan */
  useOther: (gan) => `Learn them with “${gan}”`,
  /** @param {number} size */
  useBatch: (size) => `Use batches of ${size}`,
  /**
   * @param {string} gan
   * @param {number} size
   */
  useOtherInBatches: (gan, size) => `Learn them with “${gan}” in batches of ${size}`,

  needsLabels:
    "this GAN draws the digit it is asked for and must be told which of ten classes each picture shows. Drop the file of labels with the pictures, or ten folders of them, or choose a GAN that needs none",
  /** @param {string} reason as the core says it */
  needsClasses: (reason) =>
    `${reason}. Give it pictures of as many classes, such as ten of your folders, or choose a GAN that needs none`,
  /** @param {string} reason as the core says it */
  needsSize: (reason) =>
    `${reason}. Save the pictures in that size, or each as a PNG or JPEG file: those are made small here`,

  /**
   * @param {string} name
   * @param {string} reason as the core says it
   */
  fileRefused: (name, reason) => `“${name}” cannot be used: ${reason}`,
};

/** Where a file of a run cannot be taken. */
export const files = {
  /**
   * @param {string} name
   * @param {number} limit bytes
   */
  tooLarge: (name, limit) =>
    `“${name}” is larger than ${limit / 1024 / 1024} MB, which is more than a tab should hold. Nothing was changed.`,
  /** @param {string} name */
  isData: (name) => `“${name}” is a file of data, and no saved run.`,
};

/** The runs that are kept, and the box that keeps the screen on: loaded when they are needed. */
export const saved = {
  /**
   * @param {string} step
   * @param {string} gan
   * @param {string} time
   */
  offer: (step, gan, time) => `Go on from step ${step} of “${gan}” (saved ${time})?`,
  /**
   * @param {string} step
   * @param {string} gan
   * @param {string} time
   * @param {string} data
   */
  withoutData: (step, gan, time, data) =>
    `“${gan}” was saved at step ${step} (${time}), but not the data it learns: to go on, drop “${data}” again.`,
  /** @param {number} count of runs, beside the newest one */
  others: (count) => (count === 1 ? "One more kept run" : `${count} more kept runs`),
  elsewhere: "That run is open in another tab.",
  goOn: "Go on",
  discard: "Discard",
  /**
   * @param {string} step
   * @param {string} time
   */
  kept: (step, time) => `Kept in this browser only: step ${step}, ${time}.`,
  /**
   * @param {string} step
   * @param {string} megabytes
   */
  full: (step, megabytes) =>
    `Step ${step} is not kept: this browser has no room for its ${megabytes} MB.`,
  /** @param {string} step */
  refused: (step) => `Step ${step} is not kept: this browser stores nothing for this page.`,
  /**
   * @param {string} gan
   * @param {string} step
   */
  droppedRun: (gan, step) => `“${gan}” at step ${step}`,
  /** @param {string[]} runs at least one */
  dropped: (runs) => `The oldest of the kept runs were dropped to make room: ${runs.join(", ")}.`,
};

/** What the link repeats of a run that was changed as it went. */
export const course = {
  /** @type {Record<"learning-rate" | "l1-weight", string>} */
  names: { "learning-rate": "learning rate", "l1-weight": "λ" },
  /**
   * @param {string} name
   * @param {string} value
   * @param {string} step
   */
  change: (name, value, step) => `${name} ${value} from step ${step} on`,
  /** @param {string} changes */
  changed: (changes) => `In this run: ${changes}. The page’s address repeats that.`,
  alone: "One network alone has taken steps in this run: the page’s address does not repeat that.",
};

export const awake = {
  refused: "The browser did not allow it. Is the battery low, or a power saver on?",
};

/** The code that the page writes has no words; this stands beside it. */
export const code = {
  /**
   * @param {string} g
   * @param {string} d
   */
  trainedCounts: (g, d) => `The generator trains ${g} numbers, the discriminator ${d}.`,
};

/**
 * A preset's lesson in words.
 * @typedef {object} LessonWords
 * @property {string} [mended] what was wrong with the article's code, and how it was mended
 * @property {string} watch what to watch for
 * @property {readonly [TrialWords, TrialWords]} tries
 */

/** Something to try, and what will be seen. @typedef {{ label: string, see: string }} TrialWords */

/** The lessons: loaded when one is in sight. */
export const lessons = {
  /** @param {string} title of a preset */
  about: (title) => `The lesson: ${title}`,
  builds: "What it builds",
  mended: "What was wrong, and how it was mended",
  watch: "What to watch for",
  tries: "Two things to try",
  /**
   * By the preset's id, in the order in which lessons.js has the settings to try. All that is promised was
   * seen within a minute of training on a CPU.
   * @type {Readonly<Record<string, LessonWords>>}
   */
  presets: {
    mlp: {
      mended:
        "Nothing in the networks. The article squeezes the discriminator's answer through a sigmoid and takes the logarithm of that, which becomes infinite once the discriminator is sure. Here the loss takes the answer as it is and computes both in one.",
      watch:
        "“What the discriminator believes” goes apart at first, and the page may say that the discriminator has won. After some 250 steps D(x) and D(G(z)) are both near 0.5 again: now the grey blots become strokes, and from 1,000 steps on digits.",
      tries: [
        {
          label: "A slow discriminator",
          see: "D takes a twentieth of its step, and the generator runs away from its teacher: its loss falls below 0.1, D(G(z)) climbs above 0.9, “Told apart” falls below ½, and the pictures are noise. A low loss of the generator is no good sign by itself.",
        },
        {
          label: "Learning rate 0.01",
          see: "Fifty times the step: strokes come sooner, but burnt to black and white, with speckles. “Told apart” stays above 0.9, and G's curve in “Lengths of the gradients” lies near 0.3, where the GAN's own is near 3.",
        },
      ],
    },
    dense: {
      mended:
        "It could not run: the generator ends in 128 numbers and asks to have them reshaped to 784. And Adam's usual β₁ of 0.9 lets both networks chase each other until all pictures are one grey blot. A last layer of 784 units and a β₁ of 0.5 mend both.",
      watch:
        "The picture: digits out of speckles within 1,000 steps, which take seconds. “Epoch by epoch” has the discriminator's loss on digits that were held out: it should stay near that on the ones it learns from.",
      tries: [
        {
          label: "Learning rate 0.01",
          see: "Ten times the step, and within half a minute all losses lie still at 0.693, the logarithm of 2, and both beliefs at 0.5. It looks like the perfect balance and is a dead network: the gradients are 0, and the pictures are one blot. The page names it under the picture.",
        },
        {
          label: "Five steps for D",
          see: "The discriminator learns five times for each time of the generator: “Told apart” stays above 0.95 and the generator's loss near 3 instead of near 1. Digits come all the same, since this loss is steep where the generator loses.",
        },
      ],
    },
    "least-squares": {
      mended:
        "The article's discriminator is never shown a real digit, and its generator only lowers the distance to whatever digits are in the batch, which no latent can know of. Here the discriminator sees both kinds, the duel leads, and λ weighs the rest.",
      watch:
        "Both losses of D are squares and fall to about 0.06, while D(x) in “What the discriminator believes” stays near 0.8: squares go on pulling at what is judged well already. Digits come after 1,000 steps, within seconds.",
      tries: [
        {
          label: "λ 100",
          see: "The run goes on with the article's own loss in charge. All digits melt into one grey average, the picture that is least far from all of them; the generator's loss jumps to some 25, and “Told apart” goes to 1: nobody takes that for a digit. Press again to go back.",
        },
        {
          label: "Wasserstein instead",
          see: "A loss without a floor, and nothing that keeps the critic flat: it need only shout louder. The losses run into the hundreds, and the pictures become one burnt blot. What the loss needs is in the two GANs at the end of the list.",
        },
      ],
    },
    dcgan: {
      mended:
        "The sizes do not fit: 4×4 doubled twice makes 16×16, not 28×28, and 128 numbers cannot be reshaped to 2,048. Here 7×7 doubles to 14 and 28. Without batch normalisation in the generator all latents gave one picture; it is there, as in the DCGAN paper.",
      watch:
        "Steps are slow on a CPU, but few are needed: white blots become strokes within 200, and digits after some 600, smoother than those of dense networks. The untrained picture shows the checkerboard of transposed convolutions.",
      tries: [
        {
          label: "Learning rate 0.002",
          see: "Ten times the step, and with batch normalisation it holds: clean strokes after 60 steps and shapes like digits after 150, with D(x) and D(G(z)) both near 0.5.",
        },
        {
          label: "Learning rate 0.00002",
          see: "A tenth of the step: a minute later there is still nothing but the texture that the convolutions make by themselves, and “Told apart” goes to 1, because the discriminator learns to know it.",
        },
      ],
    },
    "conv-critic": {
      mended:
        "The critic knew every fake by its speckles within 20 steps, and the generator learned one grey blot. Now it sees all images under noise, real and fake in one batch, its wide layer takes smaller steps, and the generator has batch normalisation.",
      watch:
        "Patience: a step takes about a second on a CPU, as the critic has 13 million weights. “What the discriminator believes” tells whether it goes well: D(G(z)) starts near 0.05 and should rise, slowly, above 0.1.",
      tries: [
        {
          label: "A slower critic",
          see: "The critic takes a tenth of its step: within 20 steps D(G(z)) is near 0.5 instead of 0.05, and the generator's loss below 1 instead of near 5. The duel is fair from the start, though the pictures take as long.",
        },
        {
          label: "Batches of 16",
          see: "Three times as many steps a minute, each with less to go by: the curves jitter, and all pictures become the same bold blot.",
        },
      ],
    },
    modern: {
      watch:
        "Each column is asked for its digit, and after 100 steps most are readable. “What the discriminator believes” is about pairs: 0.7 to 0.3 is a healthy duel. Pause, and the page measures how good the digits are.",
      tries: [
        {
          label: "The first GAN's loss",
          see: "No pairs and no penalty: the digits of the first minute come about as soon and look a little more ragged. Much of what is modern here is in the networks: classes, no checkerboards, an averaged generator.",
        },
        {
          label: "Wasserstein, no penalty",
          see: "Nothing keeps the critic flat any more: within 200 steps its marks, and with them the losses, run to a thousand and more. The digits come all the same, but the numbers tell nothing now.",
        },
      ],
    },
    "hinge-sn": {
      watch:
        "The beliefs are marks here, not probabilities: the discriminator is content with 1 for a real digit and −1 for a fake. They stay within 1 of each other, because it cannot become steep, and the curves are calm. Strokes come within 150 steps.",
      tries: [
        {
          label: "Wasserstein instead",
          see: "The marks wander off, to 10 or 20, since only their difference counts; but that stays small, because the norm of every layer is held. Try the same in “Least squares + L1”, where nothing is held.",
        },
        {
          label: "Learning rate 0.01",
          see: "Twenty times the step, and it holds: clean strokes within a minute, marks of real and fake that can hardly be told from one another, “Told apart” near ½.",
        },
      ],
    },
    "wgan-clip": {
      watch:
        "The gap between D(x) and D(G(z)) is the critic's estimate of a distance. It is about 0.1 and no more, because clipping keeps the critic flat; “Told apart” says that it finds nearly every fake. Each step has five of the critic's, so it takes its time.",
      tries: [
        {
          label: "One step for the critic",
          see: "Twice as many steps a minute, and a critic that hardly says a thing: its losses are thousandths, and the generator's gradient falls below 0.01. Pictures come no later, as RMSProp divides by the gradient's size.",
        },
        {
          label: "Learning rate 0.005",
          see: "Twenty-five times the step: weights bounce between the bounds of the clipping, “Told apart” falls to 0.7, and in place of strokes there are soft grey shapes.",
        },
      ],
    },
    points: {
      watch:
        "The line under the picture counts: all eight modes are found within some 400 steps, a few seconds. Then D(x) and D(G(z)) meet near ½, and the share of good fakes climbs above three quarters; the rest lie on threads between the modes, because the net cannot tear.",
      tries: [
        {
          label: "A grid of 25",
          see: "The same networks must cover 25 modes, and do within seconds. But fewer than half of the fakes are good: a net that is stretched over so many modes has more threads between them.",
        },
        {
          label: "Wasserstein, no penalty",
          see: "The ring is covered all the same, while the critic's marks run to the hundreds and the arrows grow: the page says that training diverges. The penalty is what kept them in bounds.",
        },
      ],
    },
  },
};

/** About pictures of one's own. */
export const pictures = {
  /** Why pictures were left out, and how many. */
  reasons: {
    /** @param {string} count */
    otherPart: (count) => `${count} of another part, such as one for tests`,
    /** @param {string} count */
    clutter: (count) => `${count} hidden or left by the system`,
    /** @param {string} count */
    notPicture: (count) => `${count} not a picture`,
    /** @param {string} count */
    undecodable: (count) =>
      `${count} could not be decoded (damaged, or of a kind this browser does not read)`,
    /**
     * @param {string} count
     * @param {number} megabytes
     * @param {number} megapixels
     */
    tooLarge: (count, megabytes, megapixels) =>
      `${count} larger than ${megabytes} MB or ${megapixels} million pixels`,
    /**
     * @param {string} count
     * @param {string} most
     */
    tooMany: (count, most) => `${count} beyond the first ${most}`,
    /**
     * @param {string} count
     * @param {number} gigabytes
     */
    tooMuch: (count, gigabytes) => `${count} beyond ${gigabytes} GB together`,
  },
  /** @param {string} reasons */
  leftOut: (reasons) => `Left out: ${reasons}.`,
  /** @param {string} files */
  looking: (files) => `Looking through the folder: ${counted(files, "file")}.`,
  /**
   * @param {string} done
   * @param {string} total
   */
  reading: (done, total) => `Reading pictures: ${done} of ${total}.`,
  /**
   * @param {number} count
   * @param {string} written
   */
  taken: (count, written) => (count === 1 ? "1 picture read." : `${written} pictures read.`),
  /**
   * @param {number} count
   * @param {string} written
   * @param {string} names
   */
  takenFromFolders: (count, written, names) =>
    `${count === 1 ? "1 picture" : `${written} pictures`} read, the folders as classes: ${names}.`,
  /**
   * @param {string} names
   * @param {number} more
   */
  andMore: (names, more) => `${names}, and ${more} more`,
  /**
   * @param {string} name of a class
   * @param {string} count
   */
  classCount: (name, count) => `${name} (${count})`,
  classesFrom: "Classes",
  noClasses: "None",
  part: "Pictures",
  allParts: "All",
  /** @param {string} names of images and labels */
  chosen: (names) => `Read: ${names}.`,
  notInUse: " Not in use.",
  /** @param {string} names */
  heldOut: (names) => ` Held out: ${names}.`,
  turn: "Turn: rows for columns",
  /** @param {string} files */
  cut: (files) => `Of a folder, the first ${files} files are looked at.`,
  /** @param {number} shown */
  preview: (shown) =>
    shown === 1
      ? "The picture as the networks see it, 28×28 greys."
      : `The first ${shown} pictures as the networks see them, 28×28 greys each.`,
  firstPictures: "The first pictures of the data in use",
  /**
   * @param {number} count
   * @param {string} written
   */
  beside: (count, written) =>
    `${count === 1 ? "1 picture lies" : `${written} pictures lie`} beside the folders, which are no classes therefore: put each picture into a folder to make them classes.`,
  alike:
    "As the networks see them, all are the same picture: nothing else can be learned from them.",
  /** @param {string} names */
  none: (names) => `This browser could read none of these files as a picture: ${names}.`,
  /** @param {string} name */
  noneOfOne: (name) => `This browser could not read ${name} as a picture.`,
  cures: {
    empty: "There is nothing in it: get it again.",
    tooLarge: "Make it smaller, and drop it again.",
    unreadable: "Save what it shows as PNG or JPEG, and drop that.",
  },
  /** @param {string} name of a file */
  isRun: (name) => `“${name}” is a saved run, and no data.`,
  nothing: "No file came with that. Drop pictures, a folder of them, or IDX files.",
  unable:
    "This browser cannot draw in the background (it has no OffscreenCanvas), so it cannot make pictures small here. IDX files work.",
  noise:
    "This browser gives out noise in place of a picture's pixels, to protect from being known again, so pictures cannot be read here. IDX files work, and so do pictures where this site is exempt from that (in Firefox: the permission to extract canvas data).",
  broken: "The pictures could not be read: the part of the page that reads them stopped.",
  ownPictures: "Own pictures",
};

/** What the worker answers where it cannot do what it was asked. */
export const refusals = {
  stopped: "The training program has stopped.",
  versions:
    "The page and its training program come from two versions of this site. Reload the page.",
  unknownSettings: "its run was made with settings that none of the GANs on this page has",
  noData: "There are no data yet.",
  pointsAreNoPictures: "Points are no pictures.",
  onlyMnist: "Only generators of MNIST digits can be measured.",
  noClassifier:
    "The classifier that measures is not on this site, so there is nothing to measure with.",
  /** @param {string} reason */
  badClassifier: (reason) => `The classifier that measures cannot be used: ${reason}.`,

  /**
   * @param {string} url
   * @param {string} reason
   */
  notLoaded: (url, reason) => `The training program could not be loaded from ${url}: ${reason}.`,
  siteBroke: "the connection to its site broke",
  siteSilent: "its site does not answer",
  /** @param {number} status */
  siteAnswered: (status) => `its site answered ${status}`,
  wasmForbidden:
    "this page's security policy does not allow it (“script-src” needs “'wasm-unsafe-eval'”)",
  notCompiled: "it did not arrive whole, or this browser has no WebAssembly SIMD",

  /** @param {string} file */
  digitsMissing: (file) =>
    `The digits are not on this site (${file} is missing). In the project's folder, run “npm run data”, then try again.`,
  /**
   * @param {string} folder
   * @param {string} file
   */
  folderLacks: (folder, file) =>
    `The folder ${folder} has no ${file}, nor a file with another of the usual names.`,
  /**
   * @param {string} folder
   * @param {string} reason
   */
  inFolder: (folder, reason) => `In the folder ${folder} ${reason}.`,
  /** @param {number} most */
  manyFiles: (most) =>
    `That was more than ${most} files, and none a picture. Give IDX files, or a folder of pictures.`,
  /** @param {string} file */
  fetchBroke: (file) =>
    `“${file}” could not be fetched: the connection to the site broke. Is it still running? Then try again.`,
  /** @param {string} file */
  fetchSilent: (file) =>
    `“${file}” could not be fetched: the site does not answer. Try again in a moment.`,
  /**
   * @param {string} file
   * @param {number} status
   */
  fetchAnswered: (file, status) =>
    status >= 500
      ? `“${file}” could not be fetched: the site fails (it answered ${status}). Try again in a moment.`
      : `“${file}” could not be fetched: the site answered ${status}.`,
  /**
   * @param {string} file
   * @param {number} megabytes
   */
  dataTooLarge: (file, megabytes) => `${file} is larger than ${megabytes} MB: too large for a tab.`,
  fileUnreadable,

  gpuLost: "the GPU was taken away from this page",
  gpuSilent: "the GPU does not answer",
  /** @param {string} reason one of `noGpu`, or of the two above */
  onCpu: (reason) => `Training runs on the CPU: ${reason}.`,
  noGpu: {
    insecure: "browsers allow WebGPU only on pages from https:// addresses and from localhost",
    ios: "WebGPU came with Safari 26, on iOS 26 and iPadOS 26",
    safari: "WebGPU came with Safari 26, on macOS 26, iOS 26 and iPadOS 26",
    lockdown: "Safari's WebGPU offers no GPU, which Lockdown Mode can be the reason for",
    firefox: "Firefox's WebGPU offers no GPU: about:support says why, under Graphics",
    /** @param {string} system */
    firefoxLater: (system) => `this Firefox has no WebGPU on ${system} yet; Chrome may have`,
    oldFirefox: "WebGPU came with Firefox 141 on Windows and 145 on Macs with Apple's chips",
    chromeOnLinux: "Chrome on Linux offers WebGPU on few GPUs yet: chrome://gpu says why",
    chrome:
      "the browser's WebGPU offers no GPU: is hardware acceleration switched off in its settings? chrome://gpu says why",
    /** @param {number} version */
    oldBrowser: (version) => `WebGPU came with version ${version} of this browser`,
    noAdapter: "this browser's WebGPU offers no GPU",
    noWebGpu: "this browser has no WebGPU",
  },
};

/** What the element shows before it trains, and its attributes' rules. */
export const element = {
  /** @type {Record<Stage, string>} */
  stages: {
    program: "Loading the training program…",
    device: "Testing the device…",
    data: "Fetching the digits…",
    networks: "Making two untrained networks…",
  },
  /** @type {Record<Exclude<Away, "limit">, string>} */
  away: {
    yielded: "Paused: another one trains.",
    unseen: "Paused while out of sight.",
  },
  /** @param {number | null} minutes null: nobody named a number */
  spent: (minutes) =>
    minutes === null
      ? "Paused after ten minutes."
      : `Paused after ${minutes} ${minutes === 1 ? "minute" : "minutes"}.`,
  /** @type {Record<Exclude<Control, "play">, string>} */
  controls: { step: "Step", reset: "Reset", save: "Save run" },
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
  /** @param {string} cause */
  notLoaded: (cause) => `The training program could not be loaded: ${cause}.`,
  removed: "The element is not on the page.",
  noPicture: "Nothing has been drawn yet.",

  poster: "Handwritten digits that a trained generator drew",
  /**
   * @param {string} count
   * @param {boolean} isShowcase
   */
  picture: (count, isShowcase) =>
    isShowcase
      ? `Samples of a trained generator`
      : `Samples of the generator after ${stepsOf(count)}`,
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

  /**
   * @param {string} attribute
   * @param {string} written
   * @param {string} rule
   */
  ignored: (attribute, written, rule) => `${attribute}="${written}" is ignored: it must be ${rule}`,
  /**
   * @param {string} name
   * @param {string} names
   */
  unknownPreset: (name, names) => `There is no GAN “${name}”. There are ${names}.`,
  text: "text",
  address: "an address",
  /** @param {string} rule */
  stepsTaken: (rule) => `step() takes ${rule}.`,
  /** @param {string} names */
  anyOf: (names) => `any of ${names}, with spaces between, or none`,
};

/** What the element shows once it trains, where it does not come with an error. */
export const elementProblems = {
  deviceLost: "The GPU was taken away from this page.",
  deviceError: "The GPU reported an error: its numbers can no longer be trusted.",
  dataMissing: "The attribute data-src names the folder of the data.",
};

/** What a script is told whose call of one of the element's methods is refused. */
export const elementCalls = {
  badLatents: "These latents cannot be drawn.",
  badLabels: "These labels cannot be drawn.",
  badColumns: "So many columns cannot be drawn.",
  /**
   * @param {number} numbers
   * @param {number} columns
   */
  wish: (numbers, columns) =>
    `sample() takes { latents, labels, columns }: latents, a Float32Array of finite numbers, one latent vector after another, at most ${numbers} numbers; labels, a Uint8Array with a class for each, empty where the GAN takes no classes; columns, of the picture, a whole number from 1 to ${columns}.`,
  file: "load() takes a saved run: a Blob, an ArrayBuffer or a view of one.",
  fileTooLarge: "The file is larger than a tab should hold.",
  quality: "toBlob() takes as quality a number from 0 to 1, or none.",
  /** @param {string} type */
  type: (type) =>
    `This browser makes no “${type}”: toBlob() takes image/png, image/jpeg or image/webp.`,
};

/** In the HTML that the page writes. */
export const snippet = {
  title: "A GAN that trains here",
};

/**
 * The words of index.html, where `{{name}}` stands for them: put in when the site is built, loaded by nobody.
 * Between tags they may hold tags of their own. (A function, so that a bundler sees that nobody needs them.)
 */
export const html = () => ({
  title: "WebGAN: train a GAN in this tab",
  description:
    "Generative adversarial networks that train in your browser tab, on WebGPU or the CPU, on real handwritten digits: five tutorials' GANs, made to work, and what has been learned since.",
  previewDescription:
    "Two networks teach each other to draw, in your browser: five tutorials' GANs, made to work, and what has been learned since.",
  previewPicture: "Handwritten digits that a generator drew",
  skip: "Skip to training",
  markEpoch: mark("epoch", "Epoch"),
  markLearningRate: mark("learningRate", "Learning rate"),
  markL1: mark("l1", "λ"),
  markBatchSize: mark("batchSize", "Batch size"),
  markSeed: mark("seed", "Seed"),
  markLoss: mark("loss", "Loss"),
  markPenalty: mark("penalty", "Penalty on steepness"),
  glossary: "The words",
  heading: "Two networks teach each other to draw.",
  lede: 'The <b class="ink-g">generator</b> turns random numbers into pictures; the <b class="ink-d">discriminator</b> tries to tell them from real handwritten digits. Press Train: both learn, here in your tab.',
  unstarted:
    "This page has not started. It does not run from a file: it needs a web server, such as <code>npm start</code>, which sends its scripts as JavaScript. In a frame with a sandbox it needs <code>allow-same-origin</code>, or a server that sends <code>Access-Control-Allow-Origin: *</code> with every file.",
  noScript: "This page trains networks with JavaScript and WebAssembly: please turn them on.",
  training: "Training",
  noSamples: "The generator's samples will appear here.",
  noPoints: "The points will appear here.",
  chooser: "A sample to be looked at",
  chooserTitle: "Press a sample to see the real picture nearest to it",
  noTile,
  loadingProgram,
  retry: "Try again",
  restart,
  restartCpu: "Restart on the CPU",
  useMnist: "Use MNIST",
  samples: "Samples of the generator",
  gan: "GAN:",
  whichDigit: "Which digit to draw",
  noWishes,
  compare: "A sample and its nearest training picture",
  sampleEnlarged: "The sample, enlarged",
  sample: "The sample",
  nearestEnlarged: "The nearest training picture, enlarged",
  nearest: "The nearest real one",
  close: "Close",
  loading,
  step: "Step",
  reset: "Reset",
  realMark: "real",
  generatedMark: "generated",
  opinions: 'What <span class="ink-d">D</span> thinks',
  net: 'The net of <span class="ink-g">G</span>',
  pulls: "Pull on the fakes",
  realDigits: "Real digits",
  noEpoch: "Epoch –",
  steps: term("step", "Steps"),
  stepRate: "Steps / s",
  sampleRate: "Samples / s",
  device: "Device",
  pacing: "Slowly, for a while, or one network alone",
  keys: "Keys",
  keysWords:
    "Anywhere below the headline, but in no field: <kbd>T</kbd> trains and pauses, <kbd>S</kbd> takes a step, <kbd>R</kbd> shows real digits, <kbd>D</kbd> what the discriminator thinks, <kbd>W</kbd> walks through the latent space. Arrow keys move the mark on the pad, the choice in the picture, and the place in a drawing.",
  stepsOfOne: "Steps of one network",
  stepGenerator: 'Step <span class="ink-g">G</span> only',
  stepDiscriminator: 'Step <span class="ink-d">D</span> only',
  speed: "Speed",
  fullSpeed: "As fast as it can",
  speed10: "10 steps a second",
  speed3: "3 steps a second",
  speed1: "1 step a second",
  stopSteps: "Pause after steps of the run",
  never: "never",
  stopMinutes: "Pause after minutes of training",
  runFiles: "Files of this run",
  saveRun,
  loadRun: "Load run…",
  saveGenerator,
  savePicture: "Save picture",
  savedClear: "Clear saved run",
  findings: "What the run shows",
  latents: "Its latent space",
  pad: "Latent pad",
  padSample: "What the generator draws at the mark",
  padHint: `Every place of this plane is a ${term("latent", "latent")}, a list of random numbers. Drag the mark, or use the arrow keys.`,
  padWalk: "Walk",
  padPlane: "Another plane",
  losses: "Losses",
  lossesOver: "Losses over training steps",
  lossNote: `The discriminator, ${term("discriminator", "D")}, and the generator, ${term("generator", "G")}, each lower their own ${term("loss", "loss")}. In a fair duel both wander, and neither reaches zero.`,
  asNumbers: "As numbers",
  scrollableTable: "Table, scrollable",
  beliefs: "What the discriminator believes",
  beliefsOver: "D(x) and D(G(z)) over training steps",
  beliefNote: `How real it finds real digits, ${term("dOfReal", "D(x)")}, and generated ones, ${term("dOfFake", "D(G(z))")}. At 0.5 it cannot tell.`,
  settings: "Settings",
  actsAtOnce: "Acts at once",
  learningRate: "Learning rate",
  learningRateSlider: "Learning rate, slider",
  l1Weight: "λ, weight of the L1 term",
  l1WeightSlider: "λ, slider",
  l1Note: "At 0 only the duel counts; large, every picture melts into the average digit.",
  startsOver: "Starts over",
  batchSize: "Batch size",
  seed: "Seed",
  newSeed: "New seed",
  seedHint: "On the CPU, the same seed gives the same run.",
  restoreDefaults: "The GAN's own values",
  duel: "The duel, <small>starts over</small>",
  loss: "Loss",
  penalty: "Penalty on steepness",
  penaltyHint: "Its weight; at 0 there is none.",
  discriminatorSteps: `<span class="ink-d">D</span>'s steps for one of <span class="ink-g">G</span>`,
  discriminatorRate: `<span class="ink-d">D</span>'s rate, in units of <span class="ink-g">G</span>'s`,
  whereItRuns: "Where it runs",
  deviceStartsOver: "Device <small>(starts over)</small>",
  automatic: "Automatic",
  whileHidden: "While this tab is hidden",
  hiddenGoesOn: "Go on, at half speed",
  hiddenPauses: "Pause",
  hiddenHint: "Going on leaves the other half to the tab you look at.",
  awake: "Keep the screen on while training",
  lesson: "The lesson",
  points: "Points in the plane",
  toys: "The same in two dimensions",
  toysWords: `Let the networks learn points in place of pictures, and all of it can be seen at once, in seconds: where the ${term("fake", "fakes")} go, which ${term("mode", "modes")} they find, what ${term("discriminator", "D")} makes of every place, which way each fake is pulled.`,
  drawing: "Draw your own",
  drawingPad: "Drawing pad",
  drawingHint:
    "Drag to place points, each the middle of a small cloud. With keys: arrows move the frame, with Shift further, and Space places a point or takes it away.",
  useDrawing: "Learn this",
  undoDrawing: "Undo",
  clear: "Clear",
  lab: "The failure lab",
  labWords:
    "GANs fail in few ways. See each once, and you will know it again: every button starts a run that goes wrong, and says under the picture what to look for.",
  moreSamples: "More samples",
  betweenDigits: "Between two digits",
  ways: "Ways from one latent to another, nine samples each",
  otherWays: "Others",
  sheetTitle: classSheetTitle,
  sheet: "Samples for new latents",
  newLatents: "New latents",
  moreCharts: "More charts",
  told: "Told apart",
  toldOver: "Share of pairs told apart over training steps",
  toldNote:
    "Of how many pairs of a real and a generated digit D finds the real one: ½ if it cannot tell.",
  gradients: "Lengths of the gradients",
  gradientsOver: "Lengths of the gradients over training steps",
  gradientNote: `How hard each network is pulled: the length of its ${term("gradient", "gradient")}. A generator that is not pulled does not learn.`,
  distance: "Distance to real digits",
  distanceOver: "Classifier-Fréchet distance over training steps",
  distanceNote: 'As measured when training pauses; see <a href="#quality">the measures</a>.',
  precisionAndRecall: "Precision and recall",
  sharesOver: "Shares of generated digits over training steps",
  sharesNote:
    "Good ones among all that it draws; of all that there are, those that it draws; drawn as asked.",
  rewind: "Rewind",
  rewindWords:
    "Two moments of this run, the same latents, as soon as it has been trained; and files of what was seen.",
  noMoment,
  firstMoment: "First moment",
  savePng: "Save PNG",
  secondMoment: "Second moment",
  exports: "Files of what was seen",
  saveFilm: "Film (GIF)",
  saveHistory: "Losses (CSV)",
  saveMeasures: "Measures (CSV)",
  exportDigits: "Digits to train other models with",
  digits: "Digits",
  count1000: "1,000",
  count5000: "5,000",
  count10000: "10,000",
  saveDigits: "Images (IDX)",
  saveLabels: "Labels (IDX)",
  runs: "Runs",
  scrollableRuns: "Table of runs, scrollable",
  quality: "How good are the digits?",
  qualityWords:
    "A classifier that reads real MNIST digits looks at the generated ones: by itself when training pauses, or when asked. Press a sample of the picture to see the real digit nearest to it.",
  measure,
  generated: "Generated",
  frechet: `${term("frechet", "Classifier-Fréchet distance")} <small>the lower, the more alike as a crowd</small>`,
  score: `${term("score", "MNIST score")} <small>1 to 10: clear digits, and all of them</small>`,
  modes: `${term("mode", "Modes")} <small>digits that are not missing: a 50th or more</small>`,
  agreement: "Read as asked <small>as the digit that was asked for (GAN-test)</small>",
  precision: `${term("precision", "Precision")} <small>generated ones that lie among real ones</small>`,
  recall: `${term("recall", "Recall")} <small>real ones that lie among generated ones</small>`,
  notMeasured,
  qualityNote:
    "The distance is that of this page's own small classifier's features: compare it with others made here, not with published FIDs.",
  shares: "What it draws",
  digit: "Digit",
  real: "Real",
  ganTrainTitle: "GAN-train: can they stand in for real ones?",
  ganTrainWords:
    "A new classifier learns from 5,000 generated digits, 600 steps long, and never sees a real one. Then it must read real digits.",
  ganTrain,
  cancel: "Cancel",
  presets: "From tutorials to today's GANs",
  presetsWords:
    "Five come from beginners' articles: where the code could not run or could not learn, it was mended, and the page says how. The others show what was found out since. Choosing one starts over.",
  presetArticle: "What it is",
  presetChanges: "What was changed, and why",
  presetObjective: term("loss", "Loss"),
  presetSchedule: "Schedule",
  generator: "Generator",
  discriminator: "Discriminator",
  code: "The code",
  codeWords:
    'The networks and the training step of the run above, with its settings, for <a href="https://burn.dev">Burn</a> 0.22 and for Keras 3.',
  codeLanguage: "Language of the code",
  copy,
  scrollableCode: "Code, scrollable",
  data: "Use your own data",
  dataWords:
    "The networks learn whatever they are shown: pictures of your own, or an IDX file such as Fashion-MNIST's, plain or gzipped, with its labels if you have them. Your files stay on your machine.",
  dropHere: "Drop pictures, a folder of them, or an IDX file here, or",
  chooseFiles: "Choose files…",
  chooseFolder: "Choose a folder…",
  dataRules:
    "Whatever your browser can show: PNG, JPEG, WebP, GIF, BMP, AVIF. The middle square of each becomes 28×28 greys, light and dark as they are. At most 60,000 pictures, 32 MB each, 2 GB together. Sub-folders become classes. IDX files: images, with labels if you have them, or all four files of a set.",
  picturesStop: "Stop",
  picturesPreview: "The first pictures",
  noData: "No data yet.",
  backToMnist: "Back to MNIST",
  log: "Epoch by epoch",
  scrollableLog: "Table of epochs, scrollable",
  logWords:
    "Means over each epoch, the newest first. Told apart: pairs of a real and a generated digit in which the discriminator finds the real one.",
  epoch: term("epoch", "Epoch"),
  dReal: `${term("discriminator", "D")}\u00a0real`,
  dFake: `${term("discriminator", "D")}\u00a0${term("fake", "fake")}`,
  gShort: term("generator", "G"),
  dOfReal: term("dOfReal", "D(x)"),
  dOfFake: term("dOfFake", "D(G(z))"),
  toldShort: term("toldApart", "Told\u00a0apart"),
  heldOut: term("heldOut", "Held\u00a0out"),
  noLog: "The first epoch's line appears here when it is done.",
  embed: "Put it into your page",
  embedWords:
    'This GAN, with the settings above, as one line for an article or a slide. It loads when a reader presses Train. <a href="./element.html">All that the element can do</a>',
  elementHtml: "HTML of the element",
  frameWords: "Where no script of other sites is allowed, an iframe:",
  frameHtml: "HTML of the iframe",
  colophon:
    'WebGAN is Rust and <a href="https://burn.dev">Burn</a>, compiled to WebAssembly. No server computes anything, and nothing leaves this page. MIT or Apache-2.0.',
});
