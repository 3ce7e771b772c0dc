/** @param {string} words */
export const oneOf = (words) => `one of ${words}`;

/** What a good value of a setting is, to follow "must be", for the page and the element. */
export const rules = {
  /**
   * @param {number} min
   * @param {number} max
   */
  wholeNumber: (min, max) => `a whole number from ${min} to ${max}`,
  oneOf,
  /**
   * @param {number} min
   * @param {number} max
   */
  number: (min, max) => `a number from ${min} to ${max}`,
  /**
   * @param {number} min
   * @param {number} max
   */
  numberAbove: (min, max) => `a number above ${min} and not above ${max}`,
  preset: "the name of a GAN",
  sizes: "sizes, such as z64-32n-relu",
};
