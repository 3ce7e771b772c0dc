import { counted, loss, number } from "./numbers.js";
import { stepsOf } from "./steps.js";

/** @import { Control } from "../../element/attributes.js" */
/** @import { Away } from "../../element/state.js" */
/** @import { Stage } from "../../engine/protocol.js" */

/** What the element shows before it trains, and its attributes' rules. */
export const element = {
  /** @type {Record<Stage, string>} */
  stages: {
    program: "Loading the training program…",
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
  /** @type {Record<Exclude<Control, "play">, string>} */
  controls: { step: "Step", reset: "Reset", save: "Save run" },
  train: "Train",
  pause: "Pause",
  retry: "Try again",
  label: "A generative adversarial network that trains in this page",
  /** @param {number} megabytes */
  offer: (megabytes) => `Loads up to ${megabytes} MB, once for this page, and trains here.`,
  waiting: "Waits: another one trains.",
  training: "Training…",
  ready: "Ready. Nothing is trained yet.",
  paused: "Paused.",
  finished: "Done.",
  unsupported: "This browser cannot train networks: it has no WebAssembly with SIMD.",
  /** @param {string} cause */
  notLoaded: (cause) => `The training program could not be loaded: ${cause}.`,
  removed: "The element is not on the page.",
  noPicture: "Nothing has been drawn yet.",

  poster: "Handwritten digits that a trained generator drew",
  /**
   * @param {number} count
   * @param {boolean} isShowcase
   */
  picture: (count, isShowcase) =>
    isShowcase
      ? `Samples of a trained generator`
      : `Samples of the generator after ${stepsOf(count)}`,
  /** @param {number} step */
  step: (step) => `Step ${number(step)}`,
  /**
   * @param {number} step
   * @param {number} total
   */
  steps: (step, total) => `Step ${number(step)} of ${number(total)}`,
  /**
   * @param {number} d
   * @param {number} g
   */
  losses: (d, g) => `Losses: D ${loss(d)}, G ${loss(g)}`,

  /**
   * @param {string} attribute
   * @param {string} written
   * @param {string} rule
   */
  ignored: (attribute, written, rule) => `${attribute}="${written}" is ignored: it must be ${rule}`,
  /**
   * @param {string} name
   * @param {string} names
   */
  unknownPreset: (name, names) => `There is no GAN “${name}”. There are ${names}.`,
  text: "text",
  address: "an address",
  /** @param {string} names */
  anyOf: (names) => `any of ${names}, with spaces between, or none`,
};
