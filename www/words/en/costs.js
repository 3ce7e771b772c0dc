import { duration } from "./quantities.js";

/** What a GAN costs here: loaded when the list of them is in sight. */
export const costs = {
  /** @param {number} seconds */
  here: (seconds) => `about ${duration(seconds)} here`,
};
