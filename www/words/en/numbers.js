// How this language writes numbers and makes plurals: all of it follows from its code. Nothing else of the page
// writes a number for people. quantities.js has what the element's loader does without.

import { language } from "./language.js";

/** What stands where a number is not known. */
export const UNKNOWN = "–";

const plurals = new Intl.PluralRules(language);
/** By their options, as making one takes longer than using it. @type {Record<string, Intl.NumberFormat>} */
const formats = {};

/**
 * @param {number} value
 * @param {Intl.NumberFormatOptions} options
 */
export const format = (value, options) =>
  (formats[JSON.stringify(options)] ??= new Intl.NumberFormat(language, options)).format(value);

/**
 * @param {number} value
 * @param {number} [digits] behind the point
 * @param {Intl.NumberFormatOptions} [options]
 * @returns {string} "12,345"
 */
export const number = (value, digits = 0, options) =>
  format(value, { minimumFractionDigits: digits, maximumFractionDigits: digits, ...options });

/**
 * @param {number} value
 * @param {number} digits behind the point
 * @returns {string} "1.2E5", "0"
 */
export const scientific = (value, digits) =>
  value === 0 ? number(0) : number(value, digits, { notation: "scientific" });

/**
 * @param {number} count
 * @param {{ other: string } & Partial<Record<Intl.LDMLPluralRule, string>>} forms by the language's own
 *   categories: English has `one` and `other`. "#" stands for the number.
 */
export const counted = (count, forms) =>
  (forms[plurals.select(count)] ?? forms.other).replace("#", number(count));

/**
 * @param {number | undefined} value
 * @returns {string} three decimals, fewer for large numbers, an exponent for huge ones
 */
export const loss = (value) => {
  if (value === undefined) return UNKNOWN;
  const size = Math.abs(value);
  return size < 100_000 ? number(value, size < 100 ? 3 : 1) : scientific(value, 1);
};
