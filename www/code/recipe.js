// A run's whole config, which the program tells when the run starts; of the presets it tells only what a user
// may change.

/** @import { Objective, RunConfig } from "../engine/protocol.js" */
/** @import { Network, Networks } from "./layers.js" */

/**
 * Rust's `SampleShape` of a picture.
 * @typedef {{ height: number, width: number, channels: number }} Picture
 */

/**
 * Rust's `TrainConfig`, which has the meaning of each field.
 * @typedef {object} Recipe
 * @property {{ kind: string, input?: number | Picture }} generator input: a picture of what makes others out of it
 * @property {{ kind: string, shape?: Picture }} discriminator
 * @property {Objective} objective
 * @property {number | null} l1_weight
 * @property {number | null} label_smoothing
 * @property {{ weight: number, deviation: number, fakes: boolean } | null} smoothness
 * @property {number | null} translation
 * @property {boolean} [mirror]
 * @property {number | null} [zoom]
 * @property {boolean} [colour]
 * @property {number | null} [cutout]
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
 * @property {{ step: number, setting: string, value: number }[]} [changes]
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
 * What a row of the discriminator is, where it is a picture: of what is not told, a square of greys.
 * @param {Recipe} recipe
 * @param {Network} discriminator
 * @returns {Picture | undefined}
 */
export function pictureOf({ discriminator: { shape } }, { input }) {
  const side = Math.sqrt(input);
  const isSquare = side > 1 && Number.isInteger(side);
  return shape ?? (isSquare ? { height: side, width: side, channels: 1 } : undefined);
}

/**
 * What the generator is given, where it makes pictures out of others.
 * @param {Recipe} recipe
 * @returns {Picture | undefined}
 */
export function inputOf({ generator: { input } }) {
  return typeof input === "object" ? input : undefined;
}

/**
 * What a discriminator of pairs judges as one picture: what is given, and behind it what was made of that.
 * @param {Recipe} recipe
 * @param {Picture | undefined} picture that is made
 * @returns {Picture | undefined} nothing where pictures are not made out of others
 */
export function pairOf(recipe, picture) {
  const input = inputOf(recipe);
  return input && picture && { ...picture, channels: input.channels + picture.channels };
}

/**
 * A picture as a row, in words.
 * @param {Picture | undefined} picture
 * @param {"channel" | "pixel"} [order] in which numbers of a picture in colours lie
 */
export function rowWords(picture, order = "channel") {
  if (picture === undefined) return "";
  const { height, width, channels } = picture;
  const colours = channels === 1 ? "" : ` in ${channels} channels, ${order} by ${order}`;
  return `, pictures of ${height}×${width}${colours}, in [-1, 1]`;
}

/**
 * Ingredients that a run may have and the code has not: code that left them out without a word would be another
 * run's.
 * @param {Recipe} recipe
 * @param {Networks} networks
 * @param {boolean} [augments] whether the code changes pictures as the run does
 */
export function leftOut(recipe, { discriminator }, augments = false) {
  const { label_smoothing, gradient_clip, changes = [] } = recipe;
  return [
    label_smoothing === null ? [] : `label smoothing ${label_smoothing}`,
    augments ? [] : unseen(recipe),
    gradient_clip === null ? [] : `gradients clipped at ${gradient_clip}`,
    discriminator.layers.some(({ kind }) => kind === "minibatch-deviation")
      ? "minibatch standard deviation"
      : [],
    changes.map(
      ({ step, setting, value }) => `${setting.replace("-", " ")} ${value} from step ${step} on`,
    ),
  ].flat();
}

/** How the run changes the pictures that its discriminator sees. @param {Recipe} recipe */
function unseen({ translation, mirror, zoom, colour, cutout }) {
  return [
    colour === true ? "colours changed at random (DiffAugment)" : [],
    translation === null ? [] : `translation by up to ${translation} pixels (DiffAugment)`,
    mirror === true ? "pictures mirrored at random" : [],
    typeof zoom === "number" ? `pictures scaled at random, by up to ${zoom}` : [],
    typeof cutout === "number" ? `cutout of ${cutout} of each side (DiffAugment)` : [],
  ].flat();
}
