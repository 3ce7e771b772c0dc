// The losses of a run for the charts, in bounded memory: when the points grow too many, pairs are
// averaged and each point then stands for twice as many steps. Nothing is drawn here.

import { METRICS } from "../engine/protocol.js";

const POINT_LIMIT = 2_000;

export class History {
  #limit;
  #stride = 1;
  /** @type {number[]} the last step of each point */
  #steps = [];
  /** @type {number[][]} */
  #series = METRICS.map(() => []);
  /** @type {number[]} of the point being gathered */
  #sums = METRICS.map(() => 0);
  #gathered = 0;
  #start = 0;
  #lastStep = 0;

  /** Changes with every point: whoever draws compares it. */
  version = 0;

  /** @param {number} [limit] of points */
  constructor(limit = POINT_LIMIT) {
    this.#limit = limit;
  }

  /** How many steps a point stands for. */
  get stride() {
    return this.#stride;
  }

  /** The step that the first point follows: 0, or where a run from a file began. */
  get start() {
    return this.#start;
  }

  get lastStep() {
    return this.#lastStep;
  }

  /** @returns {readonly number[]} */
  get steps() {
    return this.#steps;
  }

  /** @returns {readonly (readonly number[])[]} one list per METRICS */
  get series() {
    return this.#series;
  }

  clear() {
    this.#stride = 1;
    this.#steps = [];
    this.#series = METRICS.map(() => []);
    this.#start = 0;
    this.#lastStep = 0;
    this.#dropGathered();
    this.version += 1;
  }

  /**
   * Forgets what lies behind a step: the run goes on from there.
   * @param {number} step
   */
  cut(step) {
    const kept = this.#steps.findLastIndex((last) => last <= step) + 1;
    this.#steps.length = kept;
    for (const points of this.#series) points.length = kept;
    if (kept === 0) this.#start = step;
    this.#lastStep = step;
    this.#dropGathered();
    this.version += 1;
  }

  /** @param {ArrayLike<number>} values METRICS.length numbers a step, following the last ones */
  push(values) {
    const width = METRICS.length;
    for (let offset = 0; offset + width <= values.length; offset += width) {
      for (let i = 0; i < width; i++) this.#sums[i] += values[offset + i];
      this.#gathered += 1;
      this.#lastStep += 1;
      if (this.#gathered === this.#stride) this.#addPoint();
    }
  }

  #addPoint() {
    this.#steps.push(this.#lastStep);
    this.#series.forEach((points, i) => points.push(this.#sums[i] / this.#stride));
    this.#dropGathered();
    this.version += 1;
    if (this.#steps.length >= this.#limit) this.#halve();
  }

  #halve() {
    // An odd last point is dropped rather than counted twice; the limit is even in practice.
    const length = this.#steps.length >> 1;
    this.#steps = Array.from({ length }, (_, i) => this.#steps[2 * i + 1]);
    this.#series = this.#series.map((points) =>
      Array.from({ length }, (_, i) => (points[2 * i] + points[2 * i + 1]) / 2),
    );
    this.#stride *= 2;
  }

  #dropGathered() {
    this.#sums.fill(0);
    this.#gathered = 0;
  }
}

/**
 * A centred moving mean; near the ends it uses the points there are.
 * @param {readonly number[]} points
 * @param {number} radius points to either side
 * @returns {number[]}
 */
export function smooth(points, radius) {
  const sums = new Float64Array(points.length + 1);
  for (let i = 0; i < points.length; i++) sums[i + 1] = sums[i] + points[i];
  return points.map((_, i) => {
    const from = Math.max(0, i - radius);
    const to = Math.min(points.length, i + radius + 1);
    return (sums[to] - sums[from]) / (to - from);
  });
}
