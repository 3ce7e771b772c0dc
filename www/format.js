// Numbers as people read them. English, as the page is.

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

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
  if (!Number.isFinite(value)) return "not a number";
  const size = Math.abs(value);
  if (size >= 100_000) return value.toExponential(1);
  return value.toFixed(size < 100 ? 3 : 1);
}

/**
 * @param {number | undefined} value per second
 * @returns {string} "0.62", "8.3", "41", "1,250"
 */
export function rate(value) {
  if (value === undefined) return UNKNOWN;
  if (value < 1) return value.toFixed(2);
  return value < 10 ? value.toFixed(1) : whole.format(value);
}

/**
 * @param {number} share of 1
 * @returns {string} "7.3 %", never broken between two lines
 */
export function percent(share) {
  return `${(share * 100).toFixed(1)}\u00a0%`;
}

/**
 * @param {number | undefined} seconds
 * @returns {string} "8 s", "6 min", "1 h 20 min", "3 days"
 */
export function duration(seconds) {
  if (seconds === undefined || !Number.isFinite(seconds)) return UNKNOWN;
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return `${Math.round(hours / 24)} days`;
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
