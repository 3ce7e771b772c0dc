/** @import { Control } from "../../element/attributes.js" */

/** What the element shows before what trains is loaded, and its attributes' rules. The rest: element-run.js. */
export const element = {
  loading: "Loading the training program…",
  /** @type {Record<Exclude<Control, "play">, string>} */
  controls: { step: "Step", reset: "Reset", save: "Save run" },
  train: "Train",
  pause: "Pause",
  retry: "Try again",
  label: "A generative adversarial network that trains in this page",
  /** @param {number} megabytes */
  offer: (megabytes) => `Loads up to ${megabytes} MB, once for this page, and trains here.`,
  duel: "The generator draws pictures, the discriminator tells them from real ones: each learns from the other.",
  unsupported: "This browser cannot train networks: it has no WebAssembly with SIMD.",
  /** @param {string} cause */
  notLoaded: (cause) => `The training program could not be loaded: ${cause}.`,
  removed: "The element is not on the page.",
  noPicture: "Nothing has been drawn yet.",

  board: "Here you draw, once it trains.",

  /** What the shipped picture shows, and what is said on it. */
  digits: ["Handwritten digits that a trained generator drew", "Once trained on digits"],
  pairs: ["Emoji that a trained generator made out of their lines", "Once trained on lines"],

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
