/** @import { Pairs } from "../../engine/protocol.js" */

/** What pictures are made out of, where a GAN makes pictures out of others. @type {Record<Pairs, string>} */
export const pairings = {
  own: "what comes with them",
  outline: "their outlines",
  grey: "their greys",
  half: "their left halves",
  coarse: "coarse squares of 4×4 pixels",
};

/** Beside what the data are. @param {Pairs} of */
export const madeOutOf = (of) => `The generator makes them out of ${pairings[of]}.`;
