import { counted, number } from "./numbers.js";

/** The code that the page writes has no words; this stands beside it. */
export const code = {
  notWritten:
    "A U-Net is no chain of layers, as these programs have them. Its code is there for PyTorch: choose that above.",
  /**
   * @param {number} g
   * @param {number} d
   */
  trainedCounts: (g, d) =>
    `The generator trains ${counted(g, { one: "# number", other: "# numbers" })}, the discriminator ${number(d)}.`,
};
