/** The code that the page writes has no words; this stands beside it. */
export const code = {
  /**
   * @param {string} g
   * @param {string} d
   */
  trainedCounts: (g, d) => `The generator trains ${g} numbers, the discriminator ${d}.`,
};
