// A sheet of many pictures in rows and columns, such as a GAN's samples are saved as: which tilings fit its size.
// Arithmetic alone; what is on the sheet nobody looks at.

import { LIMITS } from "./sifting.js";

/** Square tiles, `pitch` pixels from one to the next, the first one `start` from the left and from above. @typedef {{ side: number, pitch: number, start: number }} Tiling */

/** Sides that are usual, the likelier first. */
const USUAL = [64, 48, 32, 28, 16];
/** Lines between tiles, in pixels. */
const GAPS = [1, 2];
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

/**
 * The tiling that is likely meant: of a usual side, and of many tiles.
 * @param {readonly Tiling[]} all
 * @param {{ width: number, height: number }} size
 */
export function likely(all, size) {
  return USUAL.map((side) => all.find((tiling) => tiling.side === side)).find(
    (tiling) => tiling !== undefined && tilesOf(tiling, size).length >= MANY,
  );
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
