// How politely a worker works unless it is told otherwise: page, element and worker alike.

/** @import { Pace } from "./protocol.js" */

const GRID_EVERY_MS = 100;
const CALM_GRID_EVERY_MS = 334;

/** @type {Readonly<Pace>} */
export const FULL_PACE = Object.freeze({
  hidden: false,
  gridEveryMs: GRID_EVERY_MS,
  stepsPerSecond: Infinity,
});

/**
 * The shortest time between two grids.
 * @param {boolean} isCalm whether the reader asked for less motion
 */
export function gridEveryMs(isCalm) {
  return isCalm ? CALM_GRID_EVERY_MS : GRID_EVERY_MS;
}
