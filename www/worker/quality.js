// How good a run's samples are: the classifier that measures, fetched when it is first needed and
// kept, and another one that learns from generated digits. All in slices: after each, whatever was asked for
// meanwhile comes first, and what a run needs ends it. It knows no page and no training loop.

import { refusals as texts } from "#words/refusals.js";
import { CodedError, codeOf, messageOf } from "../kit/errors.js";
import { doubtCaches, fetchFile, GIVEN_UP } from "./fetching.js";
import { macrotask } from "./macrotask.js";

/** @import { Dataset, Device, Generator, Yardstick } from "../pkg/cpu/webgan.js" */
/** @import { Program } from "./program.js" */

/**
 * What real digits there are, and where.
 * @typedef {object} Reality
 * @property {Program} program
 * @property {Device} device
 * @property {Dataset} train
 * @property {Dataset} heldOut
 */

/** Latents of all measurements: the same generator gets the same numbers. */
export const MEASURE_SEED = 1;
/** Digits that a classifier learns from, and for how many steps. */
const GAN_TRAIN_COUNT = 5_000;
export const GAN_TRAIN_STEPS = 600;
/** The codes of what was ended while it measured, or while it waited for a file. */
const STOPPED = ["quality.stopped", GIVEN_UP];
/** A slice of drawing or learning, after which messages are looked at. */
const SLICE_MS = 50;

/** @typedef {{ stage: "draws" | "learns", done: number, total: number }} GanTrainProgress */

/** @typedef {{ signal: AbortSignal, onProgress: (progress: GanTrainProgress) => void }} GanTrainWatch */

export class Examiner {
  /** @type {{ train: Dataset, yardstick: Yardstick } | undefined} */
  #opened;
  /** @type {AbortController | undefined} of the last work */
  #work;

  /**
   * @param {Reality} reality
   * @param {string} classifier its address
   * @param {Generator} generator
   * @param {AbortSignal} signal from `prepare`
   * @returns {Promise<{ yardstick: Yardstick, quality: string } | undefined>} what was measured with, and
   *   JSON of what was found; nothing where it was cancelled
   */
  async measure(reality, classifier, generator, signal) {
    try {
      const yardstick = await this.#yardstick(reality, classifier, signal);
      return {
        yardstick,
        quality: await yardstick.measure(generator, MEASURE_SEED, resting(signal)),
      };
    } catch (error) {
      if (wasStopped(error)) return undefined;
      throw error;
    }
  }

  /**
   * @param {Reality} reality
   * @param {string} classifier its address
   * @param {Generator} generator
   * @param {GanTrainWatch} watch its signal comes from `prepare`
   * @returns {Promise<number | undefined>} nothing where it was cancelled
   */
  async ganTrain(reality, classifier, generator, watch) {
    let yardstick;
    try {
      yardstick = await this.#yardstick(reality, classifier, watch.signal);
    } catch (error) {
      if (wasStopped(error)) return undefined;
      throw error;
    }
    await macrotask();
    if (watch.signal.aborted) return undefined;
    /** @type {{ free(): void }[]} */
    const made = [];
    try {
      const fakes = yardstick.fakes(generator, GAN_TRAIN_COUNT, MEASURE_SEED);
      made.push(fakes);
      const draw = () => {
        fakes.draw();
        return fakes.count;
      };
      if (!(await inSlices("draws", GAN_TRAIN_COUNT, draw, watch))) return undefined;
      const pupil = fakes.train(GAN_TRAIN_STEPS, MEASURE_SEED);
      made.push(pupil);
      const learn = () => {
        pupil.step(1);
        return pupil.stepCount;
      };
      if (!(await inSlices("learns", GAN_TRAIN_STEPS, learn, watch))) return undefined;
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
   * @param {string} classifier
   * @param {AbortSignal} signal
   */
  async #yardstick({ program, device, train, heldOut }, classifier, signal) {
    this.keepFor(train);
    if (this.#opened !== undefined) return this.#opened.yardstick;
    const file = await fetchFile(classifier, signal);
    if (file === undefined) throw new CodedError("quality.classifier", texts.noClassifier);
    let yardstick;
    try {
      yardstick = await program.Yardstick.open(file.bytes, train, heldOut, device, resting(signal));
    } catch (error) {
      const code = codeOf(error);
      if (code === undefined || wasStopped(error)) throw error;
      doubtCaches(true);
      const message = texts.badClassifier(messageOf(error));
      throw new CodedError(code, message, { cause: error });
    }
    this.#opened = { train, yardstick };
    return yardstick;
  }
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
 * Works in slices, between which messages are looked at.
 * @param {"draws" | "learns"} stage
 * @param {number} total
 * @param {() => number} advance does a little, and tells how much is done
 * @param {GanTrainWatch} watch
 * @returns {Promise<boolean>} whether it came to its end
 */
async function inSlices(stage, total, advance, { signal, onProgress }) {
  for (let done = 0; done < total;) {
    const began = performance.now();
    do done = advance();
    while (done < total && performance.now() - began < SLICE_MS);
    onProgress({ stage, done, total });
    await macrotask();
    if (signal.aborted) return false;
  }
  return true;
}
