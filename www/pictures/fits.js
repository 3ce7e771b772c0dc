// Which GANs can learn some data, and in batches of which size at most: what a refusal's remedy and the marks in the menu
// of GANs follow. Pure functions.

import { SIDES } from "./shape.js";

/** @import { DataInfo, Preset } from "../engine/protocol.js" */

/** What matters of data here. @typedef {Pick<DataInfo, "count" | "rows" | "columns" | "channels" | "classCount">} Data */

/**
 * @param {Preset} preset
 * @param {Data} data that are pictures
 */
export function fits({ shape, input, classes, adapts, leastBatch, config }, data) {
  const { count, rows, columns, channels, classCount } = data;
  const isMadeFor = rows === columns && SIDES.some((side) => side === rows);
  const isAlike = shape.height === rows && shape.width === columns && shape.channels === channels;
  const takes = adapts ? isMadeFor : isAlike && (classes === 0 || classes === classCount);
  // What makes pictures out of others begins with data of its own.
  return input !== null || (takes && leastBatch * config.discriminatorSteps <= count);
}

/**
 * @param {number} count of pictures
 * @param {number} discriminatorSteps for each of which a step takes a batch
 * @returns {number} the largest power of two; below 1 where there are too few
 */
export function largestBatch(count, discriminatorSteps) {
  return 2 ** Math.floor(Math.log2(count / discriminatorSteps));
}
