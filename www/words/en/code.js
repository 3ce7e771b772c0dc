import { counted, number } from "./numbers.js";

/** The code that the page writes has no words; this stands beside it. */
export const code = {
  notWritten: "There is no code yet of networks that make pictures out of others.",
  /**
   * @param {number} g
   * @param {number} d
   */
  trainedCounts: (g, d) =>
    `The generator trains ${counted(g, { one: "# number", other: "# numbers" })}, the discriminator ${number(d)}.`,
};
