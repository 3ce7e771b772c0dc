import { counted, loss, number } from "./numbers.js";
import { stepsOf } from "./steps.js";

/** @import { Away } from "../../element/state.js" */
/** @import { Stage } from "../../engine/protocol.js" */

/** What the element says of its run: loaded with what trains. */
export const elementRun = {
  /** @type {Record<Exclude<Stage, "program">, string>} */
  stages: {
    device: "Testing the device…",
    data: "Fetching what it learns from…",
    networks: "Making two untrained networks…",
  },
  /** @type {Record<Exclude<Away, "limit">, string>} */
  away: {
    yielded: "Paused: another one trains.",
    unseen: "Waits to be in sight.",
  },
  /** @param {number | null} minutes null: nobody named a number */
  spent: (minutes) =>
    minutes === null
      ? "Paused after ten minutes."
      : `Paused after ${counted(minutes, { one: "# minute", other: "# minutes" })}.`,
  waiting: "Waits: another one trains.",
  training: "Training…",
  ready: "Ready. Nothing is trained yet.",
  paused: "Paused.",
  finished: "Done.",
  /**
   * @param {number} count
   * @param {boolean} isShowcase
   */
  picture: (count, isShowcase) =>
    isShowcase
      ? `Samples of a trained generator`
      : `Samples of the generator after ${stepsOf(count)}`,
  /** @param {number} count */
  pairs: (count) =>
    `Pictures that it has never learned, after ${stepsOf(count)}: what is given, what is made of it, the original`,
  drawing: "a drawing as the page’s address has it",
  /** @param {number} step */
  step: (step) => `Step ${number(step)}`,
  /**
   * @param {number} step
   * @param {number} total
   */
  steps: (step, total) => `Step ${number(step)} of ${number(total)}`,
  /** @param {number} value */
  discriminator: (value) => `Discriminator’s loss ${loss(value)}`,
  /** @param {number} value */
  generator: (value) => `Generator’s loss ${loss(value)}`,
};
