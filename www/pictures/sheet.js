// A sheet of many pictures in rows and columns, such as a GAN's samples are saved as: which tilings fit its size, and
// which of them what is on it repeats by. Arithmetic alone.

import { LIMITS } from "./sifting.js";

/** Square tiles, `pitch` pixels from one to the next, the first one `start` from the left and from above. @typedef {{ side: number, pitch: number, start: number }} Tiling */

/** How much a sheet changes from each column to the next, and from each row. @typedef {{ columns: ArrayLike<number>, rows: ArrayLike<number> }} Changes */

/** Sides that are usual. */
const USUAL = [64, 48, 32, 28, 16];
/** Lines between tiles, in pixels. */
const GAPS = [1, 2, 4, 8];
/** What is suggested has so many tiles. */
const MANY = 16;
const FEWEST = 4;
const LEAST_SIDE = 8;

/**
 * @param {{ width: number, height: number }} size of the sheet
 * @returns {Tiling[]} one for each side, the smallest first
 */
export function tilings({ width, height }) {
  /** @type {Map<number, Tiling>} */
  const found = new Map();
  const consider = (/** @type {Tiling} */ tiling) => {
    const count = tilesOf(tiling, { width, height }).length;
    const fits = [width, height].every((length) => endOf(tiling, length) === length);
    if (fits && count >= FEWEST && count <= LIMITS.pictures && !found.has(tiling.side)) {
      found.set(tiling.side, tiling);
    }
  };
  const most = Math.min(width, height);
  for (let side = LEAST_SIDE; side <= most; side++) {
    if (width % side === 0 && height % side === 0) consider({ side, pitch: side, start: 0 });
  }
  for (const side of USUAL) {
    for (const gap of GAPS) {
      for (const start of [0, gap]) consider({ side, pitch: side + gap, start });
    }
  }
  return [...found.values()].sort((a, b) => a.side - b.side);
}

/** What repeats every 32 pixels repeats every 64 as well: so much less than the best is as good. */
const AS_GOOD = 0.8;
/** Columns and rows together, of 2; what is no sheet comes to 0 by and large. */
const LEAST = 0.4;

/**
 * The tiling that is likely meant: of a usual side, of many tiles, and after each of which the changes go alike. Of
 * several the smallest, and none where nothing repeats: one picture.
 * @param {readonly Tiling[]} all the smallest first
 * @param {{ width: number, height: number }} size
 * @param {Changes} changes
 */
export function likely(all, size, { columns, rows }) {
  const usual = all.filter(
    (tiling) => USUAL.includes(tiling.side) && tilesOf(tiling, size).length >= MANY,
  );
  const scores = usual.map(({ pitch }) => repetition(columns, pitch) + repetition(rows, pitch));
  const best = Math.max(...scores);
  return usual.find((_, i) => scores[i] >= Math.max(LEAST, AS_GOOD * best));
}

/**
 * How much more alike changes are after a pitch than a quarter of it before and behind: what changes slowly is alike
 * everywhere near.
 * @param {ArrayLike<number>} changes
 * @param {number} pitch
 */
function repetition(changes, pitch) {
  const near = [0.75, 1.25].map((share) => likeness(changes, Math.round(share * pitch)));
  return likeness(changes, pitch) - (near[0] + near[1]) / 2;
}

/**
 * @param {ArrayLike<number>} changes
 * @param {number} pitch
 * @returns {number} 1 where they repeat after it, -1 where they are reversed
 */
function likeness(changes, pitch) {
  const all = Array.from(changes).slice(1);
  const mean = all.reduce((sum, change) => sum + change, 0) / all.length;
  const deviations = all.map((change) => change - mean);
  let [together, first, second] = [0, 0, 0];
  for (let at = 0; at + pitch < all.length; at++) {
    const [one, other] = [deviations[at], deviations[at + pitch]];
    together += one * other;
    first += one * one;
    second += other * other;
  }
  return together / (Math.sqrt(first * second) || 1);
}

/**
 * @param {import("./pixels.js").Pixels} picture
 * @returns {{ columns: Float64Array, rows: Float64Array }} means along each, by their places
 */
export function changesOf({ rgba, width, height }) {
  const [columns, rows] = [new Float64Array(width), new Float64Array(height)];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = 4 * (y * width + x);
      for (let c = 0; c < 3; c++) {
        if (x > 0) columns[x] += Math.abs(rgba[at + c] - rgba[at + c - 4]) / height;
        if (y > 0) rows[y] += Math.abs(rgba[at + c] - rgba[at + c - 4 * width]) / width;
      }
    }
  }
  return { columns, rows };
}

/**
 * @param {Tiling} tiling
 * @param {{ width: number, height: number }} size
 * @returns {{ x: number, y: number }[]} corners, row by row
 */
export function tilesOf(tiling, { width, height }) {
  const [columns, rows] = [width, height].map((length) => countIn(tiling, length));
  return Array.from({ length: columns * rows }, (_, i) => ({
    x: tiling.start + (i % columns) * tiling.pitch,
    y: tiling.start + Math.floor(i / columns) * tiling.pitch,
  }));
}

/**
 * @param {Tiling} tiling
 * @param {number} length
 */
function countIn({ side, pitch, start }, length) {
  return Math.max(0, Math.floor((length - 2 * start - side) / pitch) + 1);
}

/**
 * Where a sheet ends that is as long and has the margins of its beginning.
 * @param {Tiling} tiling
 * @param {number} length
 */
function endOf(tiling, length) {
  const { side, pitch, start } = tiling;
  return 2 * start + (countIn(tiling, length) - 1) * pitch + side;
}
