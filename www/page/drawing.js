// A drawing: points in the plane as a short text that stands in the address. Two characters a point, each
// one of 64 places along an axis. Pure functions; view/drawing.js is where one draws.

/** Fewest and most points; Rust's `Toy` has the same. */
export const MIN_POINTS = 20;
export const MAX_POINTS = 200;
/** Places along either axis, from −1 to 1. */
export const PLACES = 64;

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** A place of the lattice, column and row, from below on the left. @typedef {readonly [number, number]} Cell */

/** @param {string} text */
export function isDrawing(text) {
  const count = text.length / 2;
  return /^([\w-]{2})+$/.test(text) && count >= MIN_POINTS && count <= MAX_POINTS;
}

/** @param {readonly Cell[]} cells */
export function drawingOf(cells) {
  return cells.map(([column, row]) => LETTERS[column] + LETTERS[row]).join("");
}

/**
 * @param {string} drawing
 * @returns {Cell[]}
 */
export function cellsOf(drawing) {
  return Array.from({ length: drawing.length / 2 }, (_, i) => [
    LETTERS.indexOf(drawing[2 * i]),
    LETTERS.indexOf(drawing[2 * i + 1]),
  ]);
}

/**
 * The points, pairs of x and y: the middles of their places.
 * @param {string} drawing
 */
export function pointsOf(drawing) {
  const place = (/** @type {number} */ index) => (2 * index + 1) / PLACES - 1;
  return Float32Array.from(cellsOf(drawing).flat(), place);
}
