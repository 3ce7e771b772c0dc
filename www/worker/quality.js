// How good a run's samples are: the classifier that measures, fetched when it is first needed and
// kept, and the slices in which another one learns from generated digits. It knows no page and no
// training loop.

import { CodedError, codeOf, messageOf } from "../errors.js";
import { macrotask } from "./macrotask.js";
import { modelBytes } from "./models.js";

/** @import { Dataset, Device, Generator, Yardstick } from "../pkg/cpu/webgan.js" */
/** @import { Measured } from "../protocol.js" */
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
const SEED = 1;
/** Digits that a classifier learns from, and for how many steps. */
const GAN_TRAIN_COUNT = 5_000;
export const GAN_TRAIN_STEPS = 600;
/** A slice of learning, after which messages are looked at. */
const SLICE_MS = 50;

export class Examiner {
  /** @type {{ train: Dataset, yardstick: Yardstick } | undefined} */
  #opened;
  /** @type {AbortController | undefined} of the last GAN-train */
  #learning;

  /**
   * @param {Reality} reality
   * @param {string} classifier its address
   * @param {Generator} generator
   * @returns {Promise<Omit<Measured, "step">>}
   */
  async measure(reality, classifier, generator) {
    const yardstick = await this.#yardstick(reality, classifier);
    const generated = JSON.parse(await yardstick.measure(generator, SEED));
    return { generated, real: JSON.parse(yardstick.ofReal) };
  }

  /**
   * @param {Reality} reality
   * @param {string} classifier its address
   * @param {Generator} generator
   * @param {object} watch
   * @param {AbortSignal} watch.signal from `prepare`
   * @param {(done: number) => void} watch.onProgress
   * @returns {Promise<number | undefined>} nothing where it was cancelled
   */
  async ganTrain(reality, classifier, generator, { signal, onProgress }) {
    const yardstick = await this.#yardstick(reality, classifier);
    await macrotask();
    if (signal.aborted) return undefined;
    const pupil = yardstick.ganTrain(generator, GAN_TRAIN_COUNT, GAN_TRAIN_STEPS, SEED);
    try {
      let done = 0;
      while (done < GAN_TRAIN_STEPS) {
        const began = performance.now();
        do {
          pupil.step(1);
          done += 1;
        } while (done < GAN_TRAIN_STEPS && performance.now() - began < SLICE_MS);
        onProgress(done);
        await macrotask();
        if (signal.aborted) return undefined;
      }
      return await pupil.accuracy(reality.heldOut);
    } finally {
      pupil.free();
    }
  }

  /** Announces a GAN-train, which ends the one before. */
  prepare() {
    this.cancel();
    this.#learning = new AbortController();
    return this.#learning.signal;
  }

  /** Ends a GAN-train after its slice, or before it begins. */
  cancel() {
    this.#learning?.abort();
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
   */
  async #yardstick({ program, device, train, heldOut }, classifier) {
    this.keepFor(train);
    if (this.#opened !== undefined) return this.#opened.yardstick;
    const bytes = await modelBytes(classifier);
    if (bytes === undefined) {
      throw new CodedError(
        "quality.classifier",
        "The classifier that measures is not on this site, so there is nothing to measure with.",
      );
    }
    let yardstick;
    try {
      yardstick = await program.Yardstick.open(bytes, train, heldOut, device);
    } catch (error) {
      const code = codeOf(error);
      if (code === undefined) throw error;
      const message = `The classifier that measures cannot be used: ${messageOf(error)}.`;
      throw new CodedError(code, message, { cause: error });
    }
    this.#opened = { train, yardstick };
    return yardstick;
  }
}
