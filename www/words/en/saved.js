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

/** A kept run: at in milliseconds since 1970. @typedef {{ step: number, gan: string, data: string, at: number }} Offer */

/** The runs that are kept, and the box that keeps the screen on: loaded when they are needed. */
export const saved = {
  /**
   * @param {Offer} run
   * @param {boolean} isPossible whether what it learns is here
   */
  offer: ({ step, gan, data, at }, isPossible) => {
    const kept = `“${gan}” on “${data}” is kept at step ${number(step)} (${moment(at)})`;
    return isPossible ? `${kept}.` : `${kept}, but not its data: to load it, drop “${data}” again.`;
  },
  drop: "Choose the pictures…",
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
