// Earlier runs, to be compared with the one on the page: what they were made of, how they went, in bounded
// memory. Pure functions over lists; nothing is drawn here.

import { METRICS } from "../engine/protocol.js";

/** @import { History } from "./history.js" */
/** @import { Measured } from "../engine/examined.js" */
/** @import { DataInfo, RunConfig } from "../engine/protocol.js" */

/**
 * @typedef {object} PastRun
 * @property {number} id
 * @property {string} mark a letter, which the charts show too
 * @property {string} name
 * @property {boolean} isPinned it is not cleared
 * @property {boolean} isShown in the charts
 * @property {Required<RunConfig>} config
 * @property {string} data their name
 * @property {number} sourceId of the data: two of one name may be others
 * @property {string} device
 * @property {number} step
 * @property {Measured | undefined} measured last
 * @property {Curves} curves
 */

/** The losses along a run. @typedef {{ steps: number[], series: number[][] }} Curves */

/** Earlier runs; when there are more, one goes that is not pinned: of the fewest steps, and of those the oldest. */
const RUN_LIMIT = 12;
/** Points of an earlier run's curves. */
const POINT_LIMIT = 200;

/**
 * The list with one more run, and without what is too much.
 * @param {readonly PastRun[]} runs oldest first
 * @param {PastRun} run
 * @returns {PastRun[]}
 */
export function withRun(runs, run) {
  const all = [...runs, run];
  if (all.length <= RUN_LIMIT) return all;
  const free = runs.filter(({ isPinned }) => !isPinned);
  const least = Math.min(...free.map(({ step }) => step));
  const gone = free.find(({ step }) => step === least) ?? (run.isPinned ? all[0] : run);
  return all.filter((one) => one !== gone);
}

/**
 * Whether a run learned what the one on the page learns: losses on digits say nothing about those on points.
 * @param {PastRun} run
 * @param {Pick<DataInfo, "sourceId"> | undefined} data on the page
 */
export function isComparable({ sourceId }, data) {
  return sourceId === data?.sourceId;
}

/** @param {number} id counted from 1 */
export function markOf(id) {
  return String.fromCharCode("A".charCodeAt(0) + ((id - 1) % 26));
}

/**
 * The curves of a history in few points, each the mean of those it stands for.
 * @param {Pick<History, "steps" | "series">} history
 * @param {number} [limit]
 * @returns {Curves}
 */
export function curvesOf({ steps, series }, limit = POINT_LIMIT) {
  const stride = Math.max(1, Math.ceil(steps.length / limit));
  const count = Math.ceil(steps.length / stride);
  const group = (/** @type {readonly number[]} */ points, /** @type {number} */ i) =>
    points.slice(i * stride, (i + 1) * stride);
  return {
    steps: Array.from({ length: count }, (_, i) => /** @type {number} */ (group(steps, i).at(-1))),
    series: METRICS.map((_, metric) =>
      Array.from({ length: count }, (_, i) => {
        const points = group(series[metric], i);
        return points.reduce((sum, x) => sum + x, 0) / points.length;
      }),
    ),
  };
}

/**
 * The settings in which runs differ.
 * @param {readonly Record<string, unknown>[]} configs
 * @returns {string[]} their names, in the order of the first config
 */
export function differences(configs) {
  const [first = {}] = configs;
  return Object.keys(first).filter((name) =>
    configs.some((config) => config[name] !== first[name]),
  );
}
