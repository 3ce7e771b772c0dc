// How good a run's samples are: what measures, made ready when it is first needed and kept (the classifier of digits
// is fetched, for other pictures one learns them, and random features need neither), and another classifier that
// learns from generated ones. All in slices: after each, whatever was asked for
// meanwhile comes first, and what a run needs ends it. It knows no page and no training loop.

import { refusals as texts } from "#words/refusals.js";
import { CodedError, codeOf, messageOf } from "../kit/errors.js";
import { doubtCaches, fetchFile, GIVEN_UP } from "./fetching.js";
import { macrotask } from "./macrotask.js";

/** @import { Eyes } from "../engine/examined.js" */
/** @import { Dataset, Device, Generator, Pupil, Yardstick } from "../pkg/cpu/webgan.js" */
/** @import { Program } from "./program.js" */

/**
 * What real pictures there are, and where.
 * @typedef {object} Reality
 * @property {Program} program
 * @property {Device} device
 * @property {Dataset} train
 * @property {Dataset} heldOut
 */

/** Latents of all measurements: the same generator gets the same numbers. */
export const MEASURE_SEED = 1;
/** Generated pictures that a classifier learns from, as many as there are real ones at most, and for how many steps. */
const GAN_TRAIN_COUNT = 5_000;
export const GAN_TRAIN_STEPS = 600;
/** Steps of a classifier that learns the pictures at hand. */
export const EYES_STEPS = 300;
/** The codes of what was ended while it measured, or while it waited for a file. */
const STOPPED = ["quality.stopped", GIVEN_UP];
/** A slice of drawing or learning, after which messages are looked at. */
const SLICE_MS = 50;

/** @typedef {{ done: number, total: number }} Slices */

/** @typedef {Slices & { stage: "draws" | "learns" }} GanTrainProgress */

/**
 * What is told of work in slices, and what ends it.
 * @typedef {object} Wait
 * @property {AbortSignal} signal from `prepare`
 * @property {(progress: Slices) => void} onSeeing while a classifier learns the pictures at hand
 */

/** @typedef {Wait & { onProgress: (progress: GanTrainProgress) => void }} GanTrainWait */

/** @typedef {{ yardstick: Yardstick, eyes: Eyes }} Sight */

export class Examiner {
  /** @type {Sight & { train: Dataset } | undefined} */
  #opened;
  /** @type {AbortController | undefined} of the last work */
  #work;

  /**
   * @param {Reality} reality
   * @param {string | undefined} classifier the address of that of digits, if these are
   * @param {Generator} generator
   * @param {Wait} wait
   * @returns {Promise<Sight & { quality: string } | undefined>} what was measured with, and JSON of what was found;
   *   nothing where it was cancelled
   */
  async measure(reality, classifier, generator, wait) {
    try {
      const { yardstick, eyes } = await this.#open(reality, classifier, wait);
      const quality = await yardstick.measure(generator, MEASURE_SEED, resting(wait.signal));
      return { yardstick, eyes, quality };
    } catch (error) {
      if (wasStopped(error)) return undefined;
      throw error;
    }
  }

  /**
   * @param {Reality} reality
   * @param {string | undefined} classifier the address of that of digits, if these are
   * @param {Generator} generator
   * @param {GanTrainWait} wait
   * @returns {Promise<number | undefined>} nothing where it was cancelled
   */
  async ganTrain(reality, classifier, generator, wait) {
    const { signal, onProgress } = wait;
    let yardstick;
    try {
      ({ yardstick } = await this.#open(reality, classifier, wait));
    } catch (error) {
      if (wasStopped(error)) return undefined;
      throw error;
    }
    await macrotask();
    if (signal.aborted) return undefined;
    /** @type {{ free(): void }[]} */
    const made = [];
    try {
      const count = Math.min(GAN_TRAIN_COUNT, reality.train.count);
      const fakes = yardstick.fakes(generator, count, MEASURE_SEED);
      made.push(fakes);
      const draw = () => {
        fakes.draw();
        return fakes.count;
      };
      const told = (/** @type {"draws" | "learns"} */ stage) => (/** @type {Slices} */ slices) =>
        onProgress({ stage, ...slices });
      if (!(await inSlices(count, draw, signal, told("draws")))) return undefined;
      const pupil = fakes.train(GAN_TRAIN_STEPS, MEASURE_SEED);
      made.push(pupil);
      if (!(await learned(pupil, GAN_TRAIN_STEPS, signal, told("learns")))) return undefined;
      return await pupil.accuracy(reality.heldOut);
    } finally {
      for (const object of made) object.free();
    }
  }

  /** Announces work, which ends that before it. */
  prepare() {
    this.cancel();
    this.#work = new AbortController();
    return this.#work.signal;
  }

  /** Ends the work after its slice, or before it begins. */
  cancel() {
    this.#work?.abort();
  }

  /**
   * Frees what was measured with, unless it is of these data.
   * @param {Dataset} train
   */
  keepFor(train) {
    if (this.#opened === undefined || this.#opened.train === train) return;
    this.#opened.yardstick.free();
    this.#opened = undefined;
  }

  /**
   * @param {Reality} reality
   * @param {string | undefined} classifier
   * @param {Wait} wait
   * @returns {Promise<Sight>}
   */
  async #open(reality, classifier, wait) {
    const { train } = reality;
    this.keepFor(train);
    if (this.#opened !== undefined) return this.#opened;
    const sight =
      classifier !== undefined
        ? await digitsSight(reality, classifier, wait.signal)
        : canBeLearned(reality)
          ? await learnedSight(reality, wait)
          : await randomSight(reality, wait.signal);
    this.#opened = { train, ...sight };
    return this.#opened;
  }
}

/**
 * Whether it is worth while that a classifier learns these pictures: they have classes, and are enough for telling more
 * than what a few can.
 * @param {Reality} reality
 */
function canBeLearned({ program, train, heldOut }) {
  const fewest = program.Yardstick.fewest();
  return train.classCounts.length > 1 && Math.min(train.count, heldOut.count) >= fewest;
}

/**
 * By the classifier of digits.
 * @param {Reality} reality
 * @param {string} classifier its address
 * @param {AbortSignal} signal
 * @returns {Promise<Sight>}
 */
async function digitsSight({ program, device, train, heldOut }, classifier, signal) {
  const file = await fetchFile(classifier, signal);
  if (file === undefined) throw new CodedError("quality.classifier", texts.noClassifier);
  try {
    const { Yardstick } = program;
    const yardstick = await Yardstick.open(file.bytes, train, heldOut, device, resting(signal));
    return { yardstick, eyes: { kind: "digits" } };
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined || wasStopped(error)) throw error;
    doubtCaches(true);
    const message = texts.badClassifier(messageOf(error));
    throw new CodedError(code, message, { cause: error });
  }
}

/**
 * By a classifier that learns the pictures at hand first.
 * @param {Reality} reality
 * @param {Wait} wait
 * @returns {Promise<Sight>}
 */
async function learnedSight({ program, device, train, heldOut }, { signal, onSeeing }) {
  const pupil = new program.Pupil(train, EYES_STEPS, MEASURE_SEED, device);
  try {
    if (!(await learned(pupil, EYES_STEPS, signal, onSeeing))) {
      throw new CodedError(STOPPED[0], STOPPED[0]);
    }
    const reads = await pupil.accuracy(heldOut);
    const { Yardstick } = program;
    const yardstick = await Yardstick.learned(pupil, train, heldOut, resting(signal));
    return { yardstick, eyes: { kind: "learned", reads } };
  } finally {
    pupil.free();
  }
}

/**
 * By random features.
 * @param {Reality} reality
 * @param {AbortSignal} signal
 * @returns {Promise<Sight>}
 */
async function randomSight({ program, device, train, heldOut }, signal) {
  const { Yardstick } = program;
  const yardstick = await Yardstick.unlearned(train, heldOut, device, resting(signal));
  return { yardstick, eyes: { kind: "random" } };
}

/** @param {unknown} error of an examination */
export function wasStopped(error) {
  return STOPPED.includes(codeOf(error) ?? "");
}

/**
 * What the program calls between two slices.
 * @param {AbortSignal} signal
 */
function resting(signal) {
  return async () => {
    await macrotask();
    signal.throwIfAborted();
  };
}

/**
 * @param {Pupil} pupil
 * @param {number} steps
 * @param {AbortSignal} signal
 * @param {(progress: Slices) => void} onProgress
 */
function learned(pupil, steps, signal, onProgress) {
  const learn = () => {
    pupil.step(1);
    return pupil.stepCount;
  };
  return inSlices(steps, learn, signal, onProgress);
}

/**
 * Works in slices, between which messages are looked at.
 * @param {number} total
 * @param {() => number} advance does a little, and tells how much is done
 * @param {AbortSignal} signal
 * @param {(progress: Slices) => void} onProgress
 * @returns {Promise<boolean>} whether it came to its end
 */
async function inSlices(total, advance, signal, onProgress) {
  for (let done = 0; done < total;) {
    const began = performance.now();
    do done = advance();
    while (done < total && performance.now() - began < SLICE_MS);
    onProgress({ done, total });
    await macrotask();
    if (signal.aborted) return false;
  }
  return true;
}
