// How much to do before looking up: pure arithmetic on times and counts, no wasm and no timers.

/** Losses are read back this often, in milliseconds of work. */
export const READ_EVERY_MS = 250;
/** No more steps than this wait for one readback. */
export const READ_EVERY_STEPS = 32;
/** A checkpoint is taken this soon after Train, and then this often, in milliseconds. */
export const FIRST_CHECKPOINT_MS = 300;
export const CHECKPOINT_EVERY_MS = 5_000;
/** The grid may take one part in this many of the time. */
const GRID_SHARE = 10;
/** Speed is measured over this many milliseconds. */
const SPEED_WINDOW_MS = 5_000;

/**
 * Where to pause next, where that is to be whenever so much more has been done.
 * @param {number} done
 * @param {number | undefined} every undefined: never
 */
export function nextStop(done, every) {
  return every === undefined ? Infinity : (Math.floor(done / every) + 1) * every;
}

/**
 * How many steps a readback should wait for, so that about a quarter of a second of work is queued
 * on a GPU and no more: a deep queue would make Pause and Reset wait for it. Grows from one step,
 * at most twofold at a time, since the first steps also compile shaders.
 */
export class ChunkSize {
  #steps = 1;

  get steps() {
    return this.#steps;
  }

  /**
   * A readback of `steps` steps arrived `ms` after the one before it (or after it was asked for).
   * @param {number} steps
   * @param {number} ms
   */
  completed(steps, ms) {
    if (steps < 1) return;
    const wanted = (steps * READ_EVERY_MS) / Math.max(ms, 1);
    this.#steps = Math.round(Math.min(Math.max(wanted, 1), 2 * steps, READ_EVERY_STEPS));
  }
}

/**
 * Steps per second of training, over a moving window of completed steps. While paused the clock stands, so neither
 * waiting nor single steps count.
 */
export class Speed {
  /** @type {{ at: number, steps: number }[]} */
  #marks = [];
  #stands = true;

  /**
   * Starts the clock, when training begins and after every pause.
   * @param {number} at milliseconds
   * @param {number} steps completed so far
   */
  start(at, steps) {
    this.#marks = [{ at, steps }];
    this.#stands = false;
  }

  /** Training pauses. */
  stop() {
    this.#stands = true;
  }

  /**
   * @param {number} at milliseconds
   * @param {number} steps completed so far
   */
  mark(at, steps) {
    if (this.#stands) return;
    this.#marks.push({ at, steps });
    // Keep one mark older than the window, and at least two.
    while (this.#marks.length > 2 && at - this.#marks[1].at >= SPEED_WINDOW_MS) this.#marks.shift();
  }

  /** @returns {number | undefined} unknown until training has completed something */
  get stepsPerSecond() {
    const first = this.#marks[0];
    const last = this.#marks[this.#marks.length - 1];
    if (first === undefined || last.at <= first.at) return undefined;
    return ((last.steps - first.steps) * 1_000) / (last.at - first.at);
  }
}

/**
 * When the next grid may be drawn: never too often, and for no more than its share of the time. The wait grows at
 * most twofold from one to the next, since the first ones also compile: they cost a second and more, and would keep
 * the picture still for ten.
 */
export class GridClock {
  #notBefore = 0;
  #waitMs = 0;

  /**
   * @param {number} now
   * @returns {boolean}
   */
  isDue(now) {
    return now >= this.#notBefore;
  }

  /**
   * @param {number} now when the grid was asked for
   * @param {number} costMs how long it kept the device busy
   * @param {number} everyMs the shortest time between two grids
   */
  drawn(now, costMs, everyMs) {
    const wanted = Math.max(everyMs, costMs * GRID_SHARE);
    this.#waitMs = Math.min(wanted, Math.max(everyMs, 2 * this.#waitMs));
    this.#notBefore = now + this.#waitMs;
  }
}

/** The means of an epoch's losses, one step at a time. */
export class EpochMeans {
  /** @type {number[]} */
  #sums;
  #count = 0;

  /** @param {number} width numbers a step */
  constructor(width) {
    this.#sums = new Array(width).fill(0);
  }

  /**
   * @param {Float32Array} values
   * @param {number} offset of the step's first number
   */
  add(values, offset) {
    for (let i = 0; i < this.#sums.length; i++) this.#sums[i] += values[offset + i];
    this.#count += 1;
  }

  /** The means so far; starts the next epoch. */
  take() {
    const means = this.#sums.map((sum) => sum / this.#count);
    this.#sums.fill(0);
    this.#count = 0;
    return means;
  }
}
