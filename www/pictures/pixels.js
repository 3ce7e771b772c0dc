// From a picture of any size to a small square of greys or colours: drawn on a canvas without a page, or decoded
// where canvases lie, and then averaged by arithmetic. It runs in a worker.

import { DIGITS } from "./shape.js";

/** @import { Fit, Shape } from "./shape.js" */

/** RGBA, row by row. @typedef {{ rgba: Uint8ClampedArray, width: number, height: number }} Pixels */

/** Larger pictures are halved on the canvas until they are so many times as wide as they will be. */
const SPARE = 8;
/** Twice its size and again twice, so often: larger pictures are drawn at once to that size. */
const MAX_DOUBLINGS = 6;
const WHITE = 255;

/**
 * Whether a canvas gives back what was drawn. Some browsers hand out noise instead, so that nobody is known
 * again by how theirs draws.
 */
export function isCanvasHonest() {
  const { side } = DIGITS;
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (
    new OffscreenCanvas(side, side).getContext("2d")
  );
  const drawn = context.createImageData(side, side);
  // Any pattern will do that is not plain.
  drawn.data.forEach((_, i) => (drawn.data[i] = i % 4 === 3 ? 255 : (i * i * 31 + 7 * i) % 256));
  context.putImageData(drawn, 0, 0);
  const { data } = context.getImageData(0, 0, side, side);
  return data.every((value, i) => value === drawn.data[i]);
}

/**
 * The middle square of a picture, or all of it with white beside it; each pixel the mean of what it covers.
 * Transparent places become white, as on paper.
 * @param {Pixels} picture
 * @param {Shape} [shape]
 * @param {Fit} [fit]
 * @returns {Uint8Array} greys or RGB, row by row
 */
export function shrinkPixels({ rgba, width, height }, shape = DIGITS, fit = "crop") {
  const { side, channels } = shape;
  const square = fit === "crop" ? Math.min(width, height) : Math.max(width, height);
  const columns = spans(width, square, side);
  const rows = spans(height, square, side);
  const sums = new Float32Array(3 * side * side).fill(WHITE);
  const line = new Float32Array(3 * side);
  // Two places may share a row of the picture.
  let last = -1;
  for (const { from, place, weights } of rows) {
    const start = 3 * side * place;
    for (let row = 0; row < weights.length; row++) {
      const y = from + row;
      if (y !== last) averageLine(rgba, 4 * y * width, columns, line);
      last = y;
      // What is not covered stays white.
      for (let i = 0; i < 3 * side; i++) sums[start + i] += weights[row] * (line[i] - WHITE);
    }
  }
  if (channels === 1) return greys(sums);
  const bytes = new Uint8Array(sums.length);
  for (let i = 0; i < sums.length; i++) bytes[i] = Math.round(sums[i]);
  return bytes;
}

/**
 * The mean of the pixels that each place of a row covers.
 * @param {Uint8ClampedArray} rgba
 * @param {number} start of the row
 * @param {Span[]} columns
 * @param {Float32Array} line to be filled, RGB
 */
function averageLine(rgba, start, columns, line) {
  line.fill(WHITE);
  for (const { from, place, weights } of columns) {
    for (let i = 0; i < weights.length; i++) {
      const at = start + 4 * (from + i);
      // White shows through what is transparent.
      const weight = (weights[i] * rgba[at + 3]) / 255;
      line[3 * place] += weight * (rgba[at] - WHITE);
      line[3 * place + 1] += weight * (rgba[at + 1] - WHITE);
      line[3 * place + 2] += weight * (rgba[at + 2] - WHITE);
    }
  }
}

/**
 * Which pixels a place covers, from one on, and by which shares they fill it.
 * @typedef {{ place: number, from: number, weights: Float64Array }} Span
 */

/** Of sizes that came before, as most pictures are of few. @type {Map<string, Span[]>} */
const known = new Map();
const MOST_KNOWN = 64;

/**
 * @param {number} length of the picture
 * @param {number} square of it that is taken, from its middle
 * @param {number} side places that it becomes
 * @returns {Span[]}
 */
function spans(length, square, side) {
  const key = `${length} ${square} ${side}`;
  const found = known.get(key) ?? newSpans(length, square, side);
  if (known.size === MOST_KNOWN) known.clear();
  known.set(key, found);
  return found;
}

/**
 * @param {number} length of the picture
 * @param {number} square of it that is taken, from its middle
 * @param {number} side places that it becomes
 * @returns {Span[]}
 */
function newSpans(length, square, side) {
  const start = Math.floor((length - square) / 2);
  const scale = square / side;
  return Array.from({ length: side }, (_, place) => {
    const [begin, end] = [start + place * scale, start + (place + 1) * scale];
    const from = Math.max(0, Math.floor(begin + 1e-9));
    const to = Math.max(from, Math.min(length, Math.ceil(end - 1e-9)));
    const weights = Float64Array.from({ length: to - from }, (_, i) => {
      const at = from + i;
      return (Math.min(at + 1, end) - Math.max(at, begin)) / scale;
    });
    return { place, from, weights };
  });
}

/** Draws one picture after another, each on the same canvas. */
export class Canvas {
  #canvas = new OffscreenCanvas(DIGITS.side, DIGITS.side);
  #context = /** @type {OffscreenCanvasRenderingContext2D} */ (
    this.#canvas.getContext("2d", { willReadFrequently: true })
  );

  /**
   * @param {ImageBitmap} picture
   * @returns {Pixels} all of them, on white
   */
  whole(picture) {
    const { width, height } = picture;
    this.#clear(width, height);
    this.#context.drawImage(picture, 0, 0);
    return { rgba: this.#context.getImageData(0, 0, width, height).data, width, height };
  }

  /**
   * @param {number} width
   * @param {number} height
   */
  #clear(width, height) {
    Object.assign(this.#canvas, { width, height });
    this.#context.fillStyle = "#fff";
    this.#context.fillRect(0, 0, width, height);
  }

  /**
   * The square of a picture that is wanted, no larger than averaging by hand is quick with. Large ones are made
   * small by halving, so that no pixel is passed over.
   * @param {ImageBitmap} picture
   * @param {number} side that it is to have in the end
   * @param {Fit} fit
   * @returns {Pixels}
   */
  draw(picture, side, fit) {
    const { width, height } = picture;
    const square = fit === "crop" ? Math.min(width, height) : Math.max(width, height);
    const doublings = Math.min(Math.floor(Math.log2(square / side)), MAX_DOUBLINGS);
    let size = square <= SPARE * side ? square : side * 2 ** doublings;
    const [canvas, context] = [this.#canvas, this.#context];
    this.#clear(size, size);
    context.imageSmoothingQuality = "high";
    const scale = size / square;
    const [left, top] = [width, height].map((length) => Math.floor((length - square) / 2) * scale);
    context.drawImage(picture, -left, -top, width * scale, height * scale);
    for (; size > SPARE * side; size /= 2) {
      context.drawImage(canvas, 0, 0, size, size, 0, 0, size / 2, size / 2);
    }
    return { rgba: context.getImageData(0, 0, size, size).data, width: size, height: size };
  }
}

/**
 * @param {ArrayLike<number>} rgb
 * @returns {Uint8Array} how bright each pixel is, as television weighs the colours (ITU-R BT.601)
 */
export function greys(rgb) {
  const bytes = new Uint8Array(rgb.length / 3);
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = Math.round(0.299 * rgb[3 * i] + 0.587 * rgb[3 * i + 1] + 0.114 * rgb[3 * i + 2]);
  }
  return bytes;
}

/**
 * Which pictures are the same as an earlier one.
 * @param {readonly Uint8Array[]} pictures
 * @returns {[number, number][]} their places, each with the first one's
 */
export function twins(pictures) {
  /** @type {Map<number, number[]>} */
  const places = new Map();
  /** @type {[number, number][]} */
  const found = [];
  for (const [place, picture] of pictures.entries()) {
    const hash = fnv(picture);
    const others = places.get(hash) ?? [];
    const first = others.find((other) => isSame(pictures[other], picture));
    if (first === undefined) places.set(hash, [...others, place]);
    else found.push([place, first]);
  }
  return found;
}

/**
 * The hash of Fowler, Noll and Vo, 32 bits.
 * @param {Uint8Array} bytes
 */
function fnv(bytes) {
  let hash = 0x811c9dc5;
  for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ bytes[i], 0x01000193);
  return hash;
}

/**
 * @param {Uint8Array} one
 * @param {Uint8Array} other
 */
function isSame(one, other) {
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return false;
  return true;
}
