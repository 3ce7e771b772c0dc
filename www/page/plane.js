// What a picture of the plane is made of: where points fall on it, colours of a lattice, the line along
// which the discriminator cannot tell, arrows. Pure arithmetic; view/plane.js draws.

/** Half the side of the square that is shown. */
export const EXTENT = 1.2;
/** No arrow is longer, in units of the plane; one of a pull of 1 is half as long. */
const LONGEST_ARROW = 0.22;

/**
 * A place of the plane on a square of so many pixels, whose y points down.
 * @param {number} size
 * @returns {(x: number, y: number) => [number, number]}
 */
export function projection(size) {
  const scale = size / (2 * EXTENT);
  return (x, y) => [(x + EXTENT) * scale, (EXTENT - y) * scale];
}

/**
 * Pairs of x and y, one at a time.
 * @param {Float32Array} points
 * @returns {Generator<[number, number]>}
 */
export function* pairs(points) {
  for (let i = 0; i + 1 < points.length; i += 2) yield [points[i], points[i + 1]];
}

/**
 * One colour, the more opaque the higher the belief, as RGBA from the top.
 * @param {Float32Array} beliefs from below
 * @param {number} side
 * @param {readonly [red: number, green: number, blue: number]} colour
 * @returns {Uint8ClampedArray<ArrayBuffer>}
 */
export function heat(beliefs, side, [red, green, blue]) {
  const pixels = new Uint8ClampedArray(4 * side * side);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const belief = beliefs[(side - 1 - row) * side + column];
      pixels.set([red, green, blue, 190 * belief], 4 * (row * side + column));
    }
  }
  return pixels;
}

/**
 * Pieces of the line along which beliefs pass a half: marching squares (Lorensen & Cline 1987, in the
 * plane), straight between the edges of each cell.
 * @param {Float32Array} beliefs
 * @param {number} side
 * @param {number} extent half the side of their square
 * @returns {number[][]} each from x, y to x, y, in the plane
 */
export function undecided(beliefs, side, extent) {
  const pieces = [];
  const at = (/** @type {number} */ column, /** @type {number} */ row) =>
    beliefs[row * side + column] - 0.5;
  const place = (/** @type {number} */ index) => (extent * (2 * index)) / (side - 1) - extent;
  for (let row = 0; row + 1 < side; row++) {
    for (let column = 0; column + 1 < side; column++) {
      const corners = [
        [column, row],
        [column + 1, row],
        [column + 1, row + 1],
        [column, row + 1],
      ];
      /** @type {number[]} */
      const crossings = [];
      corners.forEach(([fromColumn, fromRow], i) => {
        const [toColumn, toRow] = corners[(i + 1) % 4];
        const [from, to] = [at(fromColumn, fromRow), at(toColumn, toRow)];
        if (from < 0 === to < 0) return;
        const share = from / (from - to);
        crossings.push(
          place(fromColumn + share * (toColumn - fromColumn)),
          place(fromRow + share * (toRow - fromRow)),
        );
      });
      for (let i = 0; i + 3 < crossings.length; i += 4) pieces.push(crossings.slice(i, i + 4));
    }
  }
  return pieces;
}

/**
 * How far an arrow goes for a pull: as the pull while that is small, so that one that vanishes is seen
 * to, and never beyond a limit.
 * @param {number} x
 * @param {number} y
 * @returns {[number, number]}
 */
export function arrow(x, y) {
  const length = Math.hypot(x, y);
  if (!Number.isFinite(length)) return [0, 0];
  const scale = LONGEST_ARROW / (1 + length);
  return [x * scale, y * scale];
}
