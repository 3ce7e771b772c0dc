import { format } from "./numbers.js";

/** Of the plane, from -1 to 1. @param {number} place */
const signed = (place) => format(place, { signDisplay: "exceptZero", maximumFractionDigits: 2 });

/** The plane of latents: loaded when it comes in sight. */
export const pad = {
  /**
   * @param {number} x
   * @param {number} y
   */
  place: (x, y) => `At ${signed(x)} across, ${signed(y)} up.`,
  walks: "Walking. Touch the pad to stop.",
};
