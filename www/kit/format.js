// Numbers as people read them, in the page's language.

import { numbers } from "#words/numbers.js";
import { count, loss, UNKNOWN } from "./numbers.js";

export { count, loss, UNKNOWN };

const brief = new Intl.NumberFormat(numbers.language, {
  notation: "compact",
  maximumFractionDigits: 3,
});

/**
 * @param {number} value
 * @returns {string} "0.25", "1.5K", "10B", for the axes of charts
 */
export function short(value) {
  return brief.format(value);
}

/**
 * @param {number | undefined} value per second
 * @returns {string} "0.62", "8.3", "41", "1,250"
 */
export function rate(value) {
  if (value === undefined) return UNKNOWN;
  if (value < 1) return value.toFixed(2);
  return value < 10 ? value.toFixed(1) : count(value);
}

/**
 * @param {number} share of 1
 * @param {number} [digits]
 * @returns {string} "7.3 %", never broken between two lines
 */
export function percent(share, digits = 1) {
  return numbers.percent((share * 100).toFixed(digits));
}

/**
 * @param {number | undefined} seconds
 * @returns {string} "8 s", "6 min", "1 h 20 min", "3 days"
 */
export function duration(seconds) {
  if (seconds === undefined || !Number.isFinite(seconds)) return UNKNOWN;
  if (seconds < 60) return numbers.seconds(Math.ceil(seconds));
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return numbers.minutes(minutes);
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return numbers.hours(hours, minutes % 60);
  return numbers.days(Math.round(hours / 24));
}

/**
 * @param {string} message as the core writes it: lower case, no full stop
 * @returns {string} a sentence
 */
export function sentence(message) {
  const text = message.trim();
  if (text === "") return text;
  const end = /[.!?…”]$/.test(text) ? "" : ".";
  return text.replace(/^[a-z]/, (letter) => letter.toUpperCase()) + end;
}
