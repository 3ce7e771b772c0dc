import { stepsOf } from "./counting.js";

/** Points in the plane: loaded with the first of them. */
export const plane = {
  /**
   * @param {string} step
   * @param {string} covered
   * @param {string} modes
   * @param {string} good
   */
  spread: (step, covered, modes, good) =>
    `After ${stepsOf(step)}: ${covered} of ${modes} modes, ${good} good`,
  /** @param {string} words */
  planeLabel: (words) =>
    `Real points as rings, generated ones as crosses. ${words}: so many of the real clusters are covered, and so many of the generated points lie on one. Behind them, how real the discriminator finds each place.`,
};
