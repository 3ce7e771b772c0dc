// Shares, times, sizes, speeds, and counts of what several groups of the page name.

import { counted, format, number, UNKNOWN } from "./numbers.js";

/**
 * @param {number} share of 1
 * @param {number} [digits] behind the point
 * @returns {string} "7.3%"
 */
export const percent = (share, digits = 1) => number(share, digits, { style: "percent" });

/**
 * @param {number} value
 * @param {string} unit as `Intl` names it
 * @returns {string} "25 MB"
 */
export const measure = (value, unit) => number(value, 0, { style: "unit", unit });

/**
 * @param {number} seconds
 * @returns {string} "8 sec", "6 min", "1 hr 20 min", "3 days"
 */
export const duration = (seconds) => {
  if (!Number.isFinite(seconds)) return UNKNOWN;
  if (seconds < 60) return measure(Math.ceil(seconds), "second");
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return measure(minutes, "minute");
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return measure(hours / 24, "day");
  const rest = minutes % 60 === 0 ? "" : ` ${measure(minutes % 60, "minute")}`;
  return measure(hours, "hour") + rest;
};

/**
 * @param {number | undefined} value per second
 * @returns {string} "0.62", "8.3", "41", "1,250"
 */
export const rate = (value) =>
  value === undefined ? UNKNOWN : number(value, value < 1 ? 2 : value < 10 ? 1 : 0);

/**
 * @param {number} value
 * @returns {string} "0.25", "1.5K", "10B", for the axes of charts
 */
export const short = (value) => format(value, { notation: "compact", maximumFractionDigits: 3 });

/** @param {number} count */
export const picturesOf = (count) => counted(count, { one: "# picture", other: "# pictures" });

/** @param {number} count */
export const modesOf = (count) => counted(count, { one: "# mode", other: "# modes" });

/** @param {number} count */
export const classesOf = (count) => counted(count, { one: "# class", other: "# classes" });

/** @param {number} count */
export const pointsOf = (count) => counted(count, { one: "# point", other: "# points" });
