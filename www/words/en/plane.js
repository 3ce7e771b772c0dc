import { number } from "./numbers.js";
import { modesOf, percent } from "./quantities.js";
import { stepsOf } from "./steps.js";

/** Points in the plane: loaded with the first of them. */
export const plane = {
  /**
   * @param {number} step
   * @param {number} covered
   * @param {number} modes
   * @param {number} good a share
   */
  spread: (step, covered, modes, good) =>
    `After ${stepsOf(step)}: ${number(covered)} of ${modesOf(modes)}, ${percent(good)} good`,
  /** @param {string} words */
  planeLabel: (words) =>
    `Real points as rings, generated ones as crosses. ${words}: so many of the real clusters are covered, and so many of the generated points lie on one. Behind them, how real the discriminator finds each place.`,
};
