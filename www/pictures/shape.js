// How the networks see pictures: how many pixels, in greys or in colours; and what to suggest for those that
// somebody brought. Arithmetic alone.

import { MAX_FILE_BYTES } from "../engine/files.js";
import { LIMITS } from "./sifting.js";

/** Squares of so many pixels, of one grey or of red, green and blue. @typedef {{ side: number, channels: 1 | 3 }} Shape */

/** What becomes of pictures that are no squares: the middle, or all with white beside it. @typedef {"crop" | "whole"} Fit */

/** How pictures are made small. @typedef {Shape & { fit: Fit }} How */

/** How a picture is, as far as it matters here. @typedef {{ width: number, height: number, isColour: boolean }} Look */

/** What networks are made for. */
export const SIDES = [28, 32, 48, 64];

/** As the tutorials' networks want it. @type {Shape} */
export const DIGITS = Object.freeze({ side: 28, channels: 1 });

/** @param {Shape} shape */
export function bytesOf({ side, channels }) {
  return side * side * channels;
}

/**
 * How many pictures of a shape are taken: a file of them has to be one that the program takes.
 * @param {Shape} shape
 */
export function mostOf(shape) {
  const HEAD = 20;
  return Math.min(LIMITS.pictures, Math.floor((MAX_FILE_BYTES - HEAD) / bytesOf(shape)));
}

/**
 * In colours if most of the pictures are. Small, as each doubling of the side takes four times as long: greys as
 * every GAN here takes them, colours at 32 where there is as much.
 * @param {readonly Look[]} looks of some of them
 * @returns {Shape}
 */
export function suggest(looks) {
  if (looks.filter(({ isColour }) => isColour).length * 2 <= looks.length) return DIGITS;
  const sides = looks.map(({ width, height }) => Math.min(width, height)).sort((a, b) => a - b);
  const middle = sides[Math.floor(sides.length / 2)];
  return { side: middle <= DIGITS.side ? DIGITS.side : 32, channels: 3 };
}

/** Brightest less darkest of red, green and blue that nobody takes for grey, and the share of such pixels. */
const CHROMA = 32;
const COLOURED = 0.05;

/**
 * Whether a picture is one in colours. JPEG and scanners colour greys a little.
 * @param {Uint8Array} rgb of a small copy
 */
export function isColour(rgb) {
  let coloured = 0;
  for (let at = 0; at < rgb.length; at += 3) {
    const [red, green, blue] = [rgb[at], rgb[at + 1], rgb[at + 2]];
    if (Math.max(red, green, blue) - Math.min(red, green, blue) >= CHROMA) coloured++;
  }
  return coloured >= (COLOURED * rgb.length) / 3;
}
