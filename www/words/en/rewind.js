import { number } from "./numbers.js";
import { stepsOf } from "./steps.js";

/** What the run has shown, and files of it: loaded when they come in sight. */
export const rewind = {
  noMoment: "No picture of this run yet.",
  /** @param {number} step */
  moment: (step) => (step === 0 ? "Before training" : `After ${stepsOf(step)}`),
  makingGenerator: "Making a file of the generator…",
  noPage: "A page has no place for what this generator is given: take ONNX.",
  noMeasures:
    "Measures of pairs are not kept along the run, for a file: the newest are under “Measure”.",
  notLoaded: "What makes such files did not load. Try again.",
  makingFilm: "Making the film…",
  /**
   * @param {number} done
   * @param {number} all
   */
  drawingDigits: (done, all) => `Drawing samples: ${number(done)} of ${number(all)}…`,
  noLabels: "This generator takes no classes, so nobody knows what its samples are: no labels.",
};
