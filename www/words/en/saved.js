import { times } from "./language.js";
import { counted, number } from "./numbers.js";
import { measure } from "./quantities.js";

/**
 * @param {number} at milliseconds since 1970
 * @returns {string} "14:05", and of other days "3 May, 14:05"
 */
const moment = (at) => {
  const date = new Date(at);
  const isToday = date.toDateString() === new Date().toDateString();
  const day = isToday ? {} : /** @type {const} */ ({ day: "numeric", month: "short" });
  return date.toLocaleString(times, { ...day, hour: "2-digit", minute: "2-digit" });
};

/** The runs that are kept, and the box that keeps the screen on: loaded when they are needed. */
export const saved = {
  /**
   * @param {number} step
   * @param {string} gan
   * @param {number} at milliseconds since 1970
   */
  offer: (step, gan, at) => `“${gan}” is kept at step ${number(step)} (${moment(at)}).`,
  /**
   * @param {number} step
   * @param {string} gan
   * @param {number} at milliseconds since 1970
   * @param {string} data
   */
  withoutData: (step, gan, at, data) =>
    `“${gan}” is kept at step ${number(step)} (${moment(at)}), but not the data it learns: to load it, drop “${data}” again.`,
  /** @param {number} count of runs, beside the newest one */
  others: (count) => counted(count, { one: "One more kept run", other: "# more kept runs" }),
  elsewhere: "That run is open in another tab.",
  load: "Load",
  discard: "Discard",
  /**
   * @param {number} step
   * @param {number} at milliseconds since 1970
   */
  kept: (step, at) => `Kept in this browser only: step ${number(step)}, ${moment(at)}.`,
  /**
   * @param {number} step
   * @param {number} bytes
   */
  full: (step, bytes) =>
    `Step ${number(step)} is not kept: this browser has no room for its ${measure(Math.ceil(bytes / 1e6), "megabyte")}.`,
  /** @param {number} step */
  refused: (step) => `Step ${number(step)} is not kept: this browser could not store it.`,
  /**
   * @param {string} gan
   * @param {number} step
   */
  droppedRun: (gan, step) => `“${gan}” at step ${number(step)}`,
  /** @param {string[]} runs at least one */
  dropped: (runs) =>
    `The kept runs that had trained least were dropped to make room: ${runs.join(", ")}.`,
};
