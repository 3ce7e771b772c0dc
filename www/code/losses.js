// What both networks minimise, a number a sample, as formulas that either language writes in its own way.
// Rust's `loss.rs` has them too, with where they come from.

/** @import { Objective } from "../engine/protocol.js" */

/**
 * How a language writes a formula; `real` and `fake` are logits.
 * @typedef {object} Tongue
 * @property {string} real
 * @property {string} fake
 * @property {(x: string) => string} logSigmoid
 * @property {(x: string) => string} relu
 * @property {(x: string) => string} square
 * @property {(x: number) => string} number
 */

/** @type {Record<Objective, { discriminator: (t: Tongue) => string, generator: (t: Tongue) => string }>} */
export const LOSSES = {
  "non-saturating": {
    discriminator: (t) => `-${t.logSigmoid(t.real)} - ${t.logSigmoid(`-${t.fake}`)}`,
    generator: (t) => `-${t.logSigmoid(t.fake)}`,
  },
  minimax: {
    discriminator: (t) => `-${t.logSigmoid(t.real)} - ${t.logSigmoid(`-${t.fake}`)}`,
    generator: (t) => t.logSigmoid(`-${t.fake}`),
  },
  "least-squares": {
    discriminator: (t) =>
      `(${t.square(`${t.real} - ${t.number(1)}`)} + ${t.square(t.fake)}) * ${t.number(0.5)}`,
    generator: (t) => `${t.square(`${t.fake} - ${t.number(1)}`)} * ${t.number(0.5)}`,
  },
  hinge: {
    discriminator: (t) =>
      `${t.relu(`-${t.real} + ${t.number(1)}`)} + ${t.relu(`${t.fake} + ${t.number(1)}`)}`,
    generator: (t) => `-${t.fake}`,
  },
  wasserstein: {
    discriminator: (t) => `${t.fake} - ${t.real}`,
    generator: (t) => `-${t.fake}`,
  },
  relativistic: {
    discriminator: (t) => `-${t.logSigmoid(`${t.real} - ${t.fake}`)}`,
    generator: (t) => `-${t.logSigmoid(`${t.fake} - ${t.real}`)}`,
  },
};

/**
 * Whether the generator's loss compares fakes with real samples.
 * @param {Objective} objective
 */
export function compares(objective) {
  return objective === "relativistic";
}
