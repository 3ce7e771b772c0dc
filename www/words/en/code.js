import { counted, number } from "./numbers.js";

/** The code that the page writes has no words; this stands beside it. */
export const code = {
  /**
   * @param {number} g
   * @param {number} d
   */
  trainedCounts: (g, d) =>
    `The generator trains ${counted(g, { one: "# number", other: "# numbers" })}, the discriminator ${number(d)}.`,
};
