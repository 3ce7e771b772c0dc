import { language } from "./language.js";

/** How numbers are told. */
export const numbers = {
  language,
  /** Whose way it is to write a date and a time. */
  times: "en-GB",
  notANumber: "not a number",
  /** @param {string} value */
  percent: (value) => `${value}\u00a0%`,
  /** @param {number} count */
  seconds: (count) => `${count} s`,
  /** @param {number} count */
  minutes: (count) => `${count} min`,
  /**
   * @param {number} hours
   * @param {number} minutes beyond them
   */
  hours: (hours, minutes) => (minutes === 0 ? `${hours} h` : `${hours} h ${minutes} min`),
  /** @param {number} count two or more */
  days: (count) => `${count} days`,
};
