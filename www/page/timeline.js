// Pictures of a run kept along the way, in bounded memory: when there are too many, every second one
// goes, and those to come are kept half as often. No canvas.

/** @import { Frame } from "../engine/protocol.js" */

/** A picture in greys, and the step it was drawn at. */
/** @typedef {{ step: number, width: number, height: number, greys: Uint8Array }} Moment */

const MOMENT_LIMIT = 120;
/** What shows between tiles: the mount behind the picture. */
export const GAP_GREY = 44;

export class Timeline {
  #limit;
  /** @type {Moment[]} by step */
  #moments = [];
  /** Steps from one kept moment to the next, at least. */
  #spacing = 1;

  /** Changes with every change: whoever shows it compares it. */
  version = 0;

  /** @param {number} [limit] of moments, even */
  constructor(limit = MOMENT_LIMIT) {
    this.#limit = limit;
  }

  /** @returns {readonly Moment[]} */
  get moments() {
    return this.#moments;
  }

  clear() {
    this.#moments = [];
    this.#spacing = 1;
    this.version += 1;
  }

  /**
   * Forgets what lies behind a step: the run goes on from there.
   * @param {number} step
   */
  cut(step) {
    this.#moments = this.#moments.filter((moment) => moment.step <= step);
    this.version += 1;
  }

  /**
   * Keeps a picture, if it is due. The newest one is always kept: the next one takes its place if it
   * was not due.
   * @param {number} step
   * @param {Frame} frame
   */
  add(step, frame) {
    const last = this.#moments.at(-1);
    if (last !== undefined && step < last.step) return;
    const before = this.#moments.at(-2);
    const isInterim = last !== undefined && before !== undefined;
    const lastWasDue = !isInterim || last.step - before.step >= this.#spacing;
    if (last?.step === step || !lastWasDue) this.#moments.pop();
    this.#moments.push({ step, width: frame.width, height: frame.height, greys: greysOf(frame) });
    if (this.#moments.length > this.#limit) this.#thin();
    this.version += 1;
  }

  #thin() {
    const last = this.#moments.length - 1;
    this.#moments = this.#moments.filter((_, i) => i % 2 === 0 || i === last);
    const { length } = this.#moments;
    this.#spacing = Math.ceil((this.#moments[length - 1].step - this.#moments[0].step) / length);
  }
}

/** @param {Frame} frame */
export function greysOf({ pixels }) {
  const rgba = new Uint8Array(pixels);
  const greys = new Uint8Array(rgba.length / 4);
  for (let i = 0; i < greys.length; i++) greys[i] = rgba[4 * i + 3] === 0 ? GAP_GREY : rgba[4 * i];
  return greys;
}

/**
 * A moment as a canvas takes it.
 * @param {Moment} moment
 * @returns {Frame}
 */
export function frameOf({ width, height, greys }) {
  const rgba = new Uint8ClampedArray(4 * greys.length);
  for (let i = 0; i < greys.length; i++) {
    rgba.fill(greys[i], 4 * i, 4 * i + 3);
    rgba[4 * i + 3] = 255;
  }
  return { width, height, pixels: rgba.buffer };
}
