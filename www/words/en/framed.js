import { number } from "./numbers.js";

/** What a sandboxed frame does not allow. */
export const framed = {
  noFile:
    "If no file came: this frame allows no downloads (its sandbox lacks “allow-downloads”). Open the page in a tab of its own to save there.",
  /** @param {number} step */
  storesNothing: (step) => `Step ${number(step)} is not kept: this frame stores nothing.`,
};
