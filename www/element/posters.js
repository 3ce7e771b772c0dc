// The shipped pictures: what each preset's trained generator draws (made by scripts/posters.mjs), and
// the shape of a preset's picture, so that its place is kept before anything has arrived.

import { element as texts } from "#words/element.js";

/** @import { Failure } from "./state.js" */

const files = /** @type {Record<string, string>} */ (
  import.meta.glob("../posters/*.webp", { eager: true, query: "?url", import: "default" })
);

const name = (/** @type {string} */ file) => file.replace(/^.*\/|\.webp$/g, "");

/** The GANs that there are: each has a poster. */
export const PRESETS = Object.keys(files).map(name);

/**
 * @param {string} preset
 * @returns {Failure | undefined} what comes of it where there is none of that name
 */
export function unknownPreset(preset) {
  if (PRESETS.includes(preset)) return undefined;
  const message = texts.unknownPreset(preset, PRESETS.join(", "));
  return { reason: "config", code: "config.preset", message };
}

/** In pixels: tiles of 28 with a line between two. */
const SQUARE = { width: 231, height: 231 };
const A_COLUMN_A_DIGIT = { width: 289, height: 231 };
/** Ten pairs of 32: what is given, what is made of it, the original. */
const PAIRS = { width: 197, height: 164 };

/**
 * @param {string} preset
 * @returns {string | undefined} the address of its picture, where one is shipped
 */
export function posterOf(preset) {
  return files[`../posters/${preset}.webp`];
}

/** @param {string} preset @returns {boolean} whether it makes pictures out of others */
export function makesPairs(preset) {
  return preset === "pix2pix";
}

/** @param {string} preset */
export function shapeOf(preset) {
  if (makesPairs(preset)) return PAIRS;
  return preset === "modern" ? A_COLUMN_A_DIGIT : SQUARE;
}
