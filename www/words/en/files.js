import { measure } from "./quantities.js";

/** Where a file of a run cannot be taken. */
export const files = {
  /**
   * @param {string} name
   * @param {number} limit bytes
   */
  tooLarge: (name, limit) =>
    `“${name}” is larger than ${measure(limit / 1024 / 1024, "megabyte")}, which is more than a tab should hold. Nothing was changed.`,
  /** @param {string} name */
  isData: (name) => `“${name}” is a file of data, and no saved run.`,
  /**
   * @param {string} name
   * @param {string} data
   */
  needsOwn: (name, data) =>
    `“${name}” goes on with the pictures of “${data}”, which are not here: drop them, then load it again.`,
};
