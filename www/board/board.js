// What is drawn to be made a picture: strokes as a short text that stands in the address, and as pixels, finer than
// those of the network and then averaged. Pure functions; view.js is where one draws, and rule.js says which texts are boards.

/** What is drawn is so many times as fine as the network's picture. */
export const FINENESS = 4;
/** Places along either axis, from the upper left. */
export const PLACES = 512;
/** Diameters of the brushes, in pixels of the network. */
export const BRUSHES = /** @type {const} */ ([1, 2, 4]);
/** Black, the paper, and what else there is where the network takes colours: red, green, blue. */
export const INKS = /** @type {const} */ ([
  [0, 0, 0],
  [255, 255, 255],
  [230, 57, 53],
  [251, 140, 0],
  [253, 216, 53],
  [67, 160, 71],
  [30, 136, 229],
  [142, 36, 170],
  [141, 85, 36],
  [158, 158, 158],
]);
export const PAPER = 1;
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/** Letters of a point: its two places are a number in this many letters' base. */
const POINT = 3;

/** A place, column and row. @typedef {readonly [number, number]} Place */

/**
 * A stroke: a brush and an ink by their numbers, and where it went.
 * @typedef {{ brush: number, ink: number, points: readonly Place[] }} Stroke
 */

/**
 * What lies on the board: what it was begun with, one of the pairs that are shown, and what was drawn over that.
 * @typedef {{ example: number | null, strokes: readonly Stroke[] }} Board
 */

/** @type {Board} */
export const EMPTY = { example: null, strokes: [] };

/**
 * Numbers of a picture, row by row, the channels of a pixel side by side.
 * @typedef {{ side: number, channels: number, bytes: Uint8Array }} Raster
 */

/** @param {readonly Stroke[]} strokes */
export function pointCount(strokes) {
  return strokes.reduce((sum, { points }) => sum + points.length, 0);
}

/**
 * @param {Board} board
 * @returns {string | null} nothing of an empty one
 */
export function textOf({ example, strokes }) {
  const text = `${example ?? ""}${strokes.map(strokeText).join("")}`;
  return text === "" ? null : text;
}

/** @param {Stroke} stroke */
function strokeText({ brush, ink, points }) {
  const place = (/** @type {Place} */ [column, row]) => {
    const number = column * PLACES + row;
    return [12, 6, 0].map((bits) => LETTERS[(number >> bits) & 63]).join("");
  };
  return `.${LETTERS[ink * BRUSHES.length + brush]}${points.map(place).join("")}`;
}

/**
 * @param {string} text
 * @returns {Board}
 */
export function boardOf(text) {
  const [example, ...strokes] = text.split(".");
  return { example: example === "" ? null : Number(example), strokes: strokes.map(strokeOf) };
}

/**
 * @param {string} text
 * @returns {Stroke}
 */
function strokeOf(text) {
  const [tool, ...digits] = Array.from(text, (letter) => LETTERS.indexOf(letter));
  const points = Array.from({ length: digits.length / POINT }, (_, i) => {
    const [high, middle, low] = digits.slice(POINT * i, POINT * (i + 1));
    const number = (high << 12) | (middle << 6) | low;
    return /** @type {const} */ ([Math.floor(number / PLACES) % PLACES, number % PLACES]);
  });
  return { brush: tool % BRUSHES.length, ink: Math.floor(tool / BRUSHES.length), points };
}

/**
 * What lay on a board while it was drawn, an empty one left out, as far as it tells: oldest first.
 * @template {Board} B
 * @param {B} board
 * @returns {B[]}
 */
export function stagesOf(board) {
  const least = board.example === null ? 1 : 0;
  const all = board.strokes.map((_, count) => ({
    ...board,
    strokes: board.strokes.slice(0, count),
  }));
  return all.slice(least);
}

/**
 * The points of a way that it takes to stay as near to all of them (Ramer 1972, Douglas & Peucker 1973).
 * @param {readonly Place[]} points
 * @param {number} tolerance in places
 * @returns {readonly Place[]}
 */
export function simplified(points, tolerance) {
  if (points.length < 3) return points;
  const [first, last] = [points[0], points[points.length - 1]];
  let farthest = 0;
  let distance = 0;
  for (let i = 1; i < points.length - 1; i++) {
    const found = Math.sqrt(squaredDistance(points[i], first, last));
    if (found > distance) [farthest, distance] = [i, found];
  }
  if (distance <= tolerance) return [first, last];
  const before = simplified(points.slice(0, farthest + 1), tolerance);
  return [...before.slice(0, -1), ...simplified(points.slice(farthest), tolerance)];
}

/**
 * Of a point from the line between two others.
 * @param {Place} point
 * @param {Place} from
 * @param {Place} to
 */
function squaredDistance([x, y], [fromX, fromY], [toX, toY]) {
  const [alongX, alongY] = [toX - fromX, toY - fromY];
  const length = alongX ** 2 + alongY ** 2;
  const share = length === 0 ? 0 : ((x - fromX) * alongX + (y - fromY) * alongY) / length;
  const within = Math.min(1, Math.max(0, share));
  return (x - fromX - within * alongX) ** 2 + (y - fromY - within * alongY) ** 2;
}

/**
 * A blank board.
 * @param {number} side pixels of the network's picture
 * @param {number} channels
 * @returns {Raster}
 */
export function blank(side, channels) {
  const fine = side * FINENESS;
  return { side: fine, channels, bytes: new Uint8Array(fine * fine * channels).fill(255) };
}

/**
 * Lays a picture of the network's size on a board.
 * @param {Raster} raster
 * @param {ArrayLike<number>} rgba
 */
export function lay({ side, channels, bytes }, rgba) {
  const small = side / FINENESS;
  for (let i = 0; i < side * side; i++) {
    const row = Math.floor(i / side / FINENESS);
    const column = Math.floor((i % side) / FINENESS);
    for (let channel = 0; channel < channels; channel++) {
      bytes[i * channels + channel] = rgba[4 * (row * small + column) + channel];
    }
  }
}

/**
 * Draws a stroke, or the part of it from a point on.
 * @param {Raster} raster
 * @param {Stroke} stroke
 * @param {number} [from]
 */
export function paint({ side, channels, bytes }, { brush, ink, points }, from = 0) {
  const scale = side / PLACES;
  const radius = (BRUSHES[brush] * FINENESS) / 2;
  // The middle of a place.
  const at = (/** @type {Place} */ [column, row]) =>
    /** @type {const} */ ([(column + 0.5) * scale, (row + 0.5) * scale]);
  const within = (/** @type {number} */ place) => Math.min(side, Math.max(0, place));
  for (let i = from; i < points.length; i++) {
    const [start, end] = [at(points[Math.max(i - 1, 0)]), at(points[i])];
    const [low, high] = [0, 1].map((axis) => [
      within(Math.floor(Math.min(start[axis], end[axis]) - radius)),
      within(Math.ceil(Math.max(start[axis], end[axis]) + radius)),
    ]);
    for (let row = high[0]; row < high[1]; row++) {
      for (let column = low[0]; column < low[1]; column++) {
        if (squaredDistance([column + 0.5, row + 0.5], start, end) > radius ** 2) continue;
        for (let channel = 0; channel < channels; channel++) {
          bytes[(row * side + column) * channels + channel] = INKS[ink][channel];
        }
      }
    }
  }
}

/**
 * A board as the network takes it: each pixel the mean of what it covers.
 * @param {Raster} raster
 * @returns {Uint8Array}
 */
export function shrunk({ side, channels, bytes }) {
  const small = side / FINENESS;
  const sums = new Uint32Array(small * small * channels);
  for (let i = 0; i < side * side; i++) {
    const row = Math.floor(i / side / FINENESS);
    const place = row * small + Math.floor((i % side) / FINENESS);
    for (let channel = 0; channel < channels; channel++) {
      sums[place * channels + channel] += bytes[i * channels + channel];
    }
  }
  return Uint8Array.from(sums, (sum) => Math.round(sum / FINENESS ** 2));
}

/**
 * A board as it is seen.
 * @param {Raster} raster
 * @returns {Uint8ClampedArray<ArrayBuffer>} RGBA
 */
export function seen({ side, channels, bytes }) {
  const rgba = new Uint8ClampedArray(4 * side * side).fill(255);
  for (let i = 0; i < side * side; i++) {
    for (let colour = 0; colour < 3; colour++) {
      rgba[4 * i + colour] = bytes[i * channels + (channels === 3 ? colour : 0)];
    }
  }
  return rgba;
}

/**
 * A board and what was made of it, as one picture in colours.
 * @param {Raster} raster
 * @param {{ width: number, channels: 1 | 3, values: Uint8Array }} made of the network's size
 */
export function beside({ side, channels, bytes }, made) {
  const values = new Uint8Array(2 * side * side * 3);
  const of = (/** @type {number} */ number, /** @type {number} */ count) =>
    count === 3 ? number : 0;
  for (let i = 0; i < values.length; i++) {
    const [pixel, colour] = [Math.floor(i / 3), i % 3];
    const [row, column] = [Math.floor(pixel / (2 * side)), pixel % (2 * side)];
    const [down, across] = [row, column - side].map((place) => Math.floor(place / FINENESS));
    values[i] =
      column < side
        ? bytes[(row * side + column) * channels + of(colour, channels)]
        : made.values[(down * made.width + across) * made.channels + of(colour, made.channels)];
  }
  return { width: 2 * side, height: side, channels: /** @type {const} */ (3), values };
}
