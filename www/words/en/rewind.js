import { stepsOf } from "./counting.js";

/** What the run has shown, and files of it: loaded when they come in sight. */
export const rewind = {
  noMoment: "No picture of this run yet.",
  /** @param {string} step */
  moment: (step) => (step === "0" ? "Before training" : `After ${stepsOf(step)}`),
  makingFilm: "Making the film…",
  /**
   * @param {string} done
   * @param {string} all
   */
  drawingDigits: (done, all) => `Drawing digits: ${done} of ${all}…`,
  noLabels: "This generator takes no classes, so nobody knows what its digits are: no labels.",
};
