import { number } from "./numbers.js";
import { duration } from "./quantities.js";

/** What a GAN costs here: loaded when the list of them is in sight. */
export const costs = {
  /** @param {number} seconds */
  here: (seconds) => `about ${duration(seconds)} here`,
  /**
   * What a GAN is for that cannot learn the data in use.
   * @param {number} width
   * @param {number} height
   * @param {number} channels
   */
  unfit: (width, height, channels) =>
    `not for these: learns ${number(width)}×${number(height)} in ${channels > 1 ? "colours" : "greys"}`,
};
