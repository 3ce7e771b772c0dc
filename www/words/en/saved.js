/** The runs that are kept, and the box that keeps the screen on: loaded when they are needed. */
export const saved = {
  /**
   * @param {string} step
   * @param {string} gan
   * @param {string} time
   */
  offer: (step, gan, time) => `“${gan}” is kept at step ${step} (${time}).`,
  /**
   * @param {string} step
   * @param {string} gan
   * @param {string} time
   * @param {string} data
   */
  withoutData: (step, gan, time, data) =>
    `“${gan}” is kept at step ${step} (${time}), but not the data it learns: to load it, drop “${data}” again.`,
  /** @param {number} count of runs, beside the newest one */
  others: (count) => (count === 1 ? "One more kept run" : `${count} more kept runs`),
  elsewhere: "That run is open in another tab.",
  load: "Load",
  discard: "Discard",
  /**
   * @param {string} step
   * @param {string} time
   */
  kept: (step, time) => `Kept in this browser only: step ${step}, ${time}.`,
  /**
   * @param {string} step
   * @param {string} megabytes
   */
  full: (step, megabytes) =>
    `Step ${step} is not kept: this browser has no room for its ${megabytes} MB.`,
  /** @param {string} step */
  refused: (step) => `Step ${step} is not kept: this browser could not store it.`,
  /**
   * @param {string} gan
   * @param {string} step
   */
  droppedRun: (gan, step) => `“${gan}” at step ${step}`,
  /** @param {string[]} runs at least one */
  dropped: (runs) =>
    `The kept runs that had trained least were dropped to make room: ${runs.join(", ")}.`,
};
