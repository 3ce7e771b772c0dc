// A run's whole config, which the program tells when the run starts; of the presets it tells only what a user
// may change.

/** @import { Objective, RunConfig } from "../engine/protocol.js" */
/** @import { Networks } from "./layers.js" */

/**
 * Rust's `TrainConfig`, which has the meaning of each field.
 * @typedef {object} Recipe
 * @property {{ kind: string }} generator
 * @property {{ kind: string }} discriminator
 * @property {Objective} objective
 * @property {number | null} l1_weight
 * @property {number | null} label_smoothing
 * @property {{ weight: number, deviation: number, fakes: boolean } | null} smoothness
 * @property {number | null} translation
 * @property {number | null} instance_noise
 * @property {number | null} weight_clip
 * @property {number | null} gradient_clip
 * @property {number} discriminator_steps
 * @property {{ kind: "adam", beta_1: number, beta_2: number } | { kind: "rms-prop", decay: number }} optimizer
 * @property {number} learning_rate
 * @property {number} discriminator_rate
 * @property {number | null} average_decay
 * @property {number} batch_size
 * @property {number} seed
 */

/**
 * What may have changed since the run started.
 * @param {Recipe} recipe
 * @param {Required<RunConfig>} config
 * @returns {Recipe}
 */
export function inForce(recipe, { learningRate, l1Weight }) {
  return { ...recipe, learning_rate: learningRate, l1_weight: l1Weight };
}

/**
 * Ingredients that no preset has, but a file of the command line may: code that left them out without a
 * word would be another run's.
 * @param {Recipe} recipe
 * @param {Networks} networks
 */
export function leftOut({ label_smoothing, translation, gradient_clip }, { discriminator }) {
  return [
    label_smoothing === null ? [] : `label smoothing ${label_smoothing}`,
    translation === null ? [] : `translation by up to ${translation} pixels`,
    gradient_clip === null ? [] : `gradients clipped at ${gradient_clip}`,
    discriminator.layers.some(({ kind }) => kind === "minibatch-deviation")
      ? "minibatch standard deviation"
      : [],
  ].flat();
}
