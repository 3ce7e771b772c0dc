import { number } from "./numbers.js";

/** What the link repeats of a run that was changed as it went. */
export const course = {
  /** @type {Record<"learning-rate" | "l1-weight", string>} */
  names: { "learning-rate": "learning rate", "l1-weight": "λ" },
  /**
   * @param {string} name
   * @param {number} value as one types it
   * @param {number} step
   */
  change: (name, value, step) => `${name} ${value} from step ${number(step)} on`,
  /** @param {string} changes */
  changed: (changes) => `In this run: ${changes}. The page’s address repeats that.`,
  alone: "One network alone has taken steps in this run: the page’s address does not repeat that.",
};
