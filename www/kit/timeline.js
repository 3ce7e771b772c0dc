// Pictures of a run kept along the way, in bounded memory: when there are too many, every second one
// goes, and those to come are kept half as often. No canvas.

/** @import { Frame } from "../engine/protocol.js" */

/** A picture in greys or in colours, pixel by pixel. */
/** @typedef {{ width: number, height: number, channels: 1 | 3, values: Uint8Array }} Shot */

/** A picture, and the step it was drawn at. @typedef {Shot & { step: number }} Moment */

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
    this.#moments.push({ step, ...shotOf(frame) });
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

/**
 * @param {Frame} frame
 * @returns {Shot}
 */
export function shotOf({ width, height, pixels }) {
  const rgba = new Uint8Array(pixels);
  const channels = isGrey(rgba) ? 1 : 3;
  const values = new Uint8Array((channels * rgba.length) / 4);
  for (let i = 0; i < values.length; i++) {
    const pixel = 4 * Math.floor(i / channels);
    values[i] = rgba[pixel + 3] === 0 ? GAP_GREY : rgba[pixel + (i % channels)];
  }
  return { width, height, channels, values };
}

/** @param {Uint8Array} rgba */
function isGrey(rgba) {
  for (let i = 0; i < rgba.length; i += 4) {
    if (rgba[i] !== rgba[i + 1] || rgba[i] !== rgba[i + 2]) return false;
  }
  return true;
}

/**
 * A moment as a canvas takes it.
 * @param {Shot} shot
 * @returns {Frame}
 */
export function frameOf({ width, height, channels, values }) {
  const rgba = new Uint8ClampedArray(4 * width * height).fill(255);
  for (let i = 0; i < width * height; i++) {
    for (let colour = 0; colour < 3; colour++) {
      rgba[4 * i + colour] = values[channels * i + (channels === 3 ? colour : 0)];
    }
  }
  return { width, height, pixels: rgba.buffer };
}
