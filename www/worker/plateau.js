// Early stopping: whether what a run draws still gets better, by a distance to real samples that is looked at now
// and then. Pure arithmetic; what the distance is, and who pauses, is run.js's business.

/** A look comes after so many steps, so that the same link pauses at the same step. */
export const LOOK_EVERY = 500;
/** Looks in a row without a better one that end it. */
const PATIENCE = 3;
/** A distance is better when it is smaller than the best one by this share: less is noise. */
const BETTER = 0.02;

export class Plateau {
  #best = Infinity;
  /** The step of the best distance. */
  bestStep = 0;
  #others = 0;

  /**
   * @param {number} step
   * @param {number} distance at least 0; one that is no number is not better
   * @returns {boolean} whether it has been no better for long; then the next look begins anew
   */
  add(step, distance) {
    if (distance < this.#best * (1 - BETTER) || this.#best === Infinity) {
      this.#best = distance;
      this.bestStep = step;
      this.#others = 0;
      return false;
    }
    this.#others += 1;
    if (this.#others < PATIENCE) return false;
    this.#best = Infinity;
    this.#others = 0;
    return true;
  }
}
