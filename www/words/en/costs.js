/** What a GAN costs here: loaded when the list of them is in sight. */
export const costs = {
  /** @param {string} time */
  here: (time) => `about ${time} here`,
};
