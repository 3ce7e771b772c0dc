// Counts and losses as people read them, for the page and the element; format.js has the rest.

import { numbers } from "#words/numbers.js";

const whole = new Intl.NumberFormat(numbers.language, { maximumFractionDigits: 0 });

/** What stands where a number is not known. */
export const UNKNOWN = "–";

/**
 * @param {number} value
 * @returns {string} "12,345"
 */
export function count(value) {
  return whole.format(value);
}

/**
 * @param {number | undefined} value
 * @returns {string} three decimals, fewer for large numbers, an exponent for huge ones
 */
export function loss(value) {
  if (value === undefined) return UNKNOWN;
  if (!Number.isFinite(value)) return numbers.notANumber;
  const size = Math.abs(value);
  if (size >= 100_000) return value.toExponential(1);
  return value.toFixed(size < 100 ? 3 : 1);
}
