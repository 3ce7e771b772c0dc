// Where the tiles of a picture lie: plain arithmetic. No DOM.

/** Between two tiles lies a line of so many pixels. */
const GAP = 1;

/** Four bytes a pixel. @typedef {{ width: number, height: number, pixels: Uint8ClampedArray<ArrayBuffer> }} Tile */

/**
 * How many tiles lie along a side of the picture.
 * @param {number} size of the picture
 * @param {number} tile its size
 */
export function tilesAlong(size, tile) {
  return Math.round((size + GAP) / (tile + GAP));
}

/**
 * Where a tile begins and how large it is, along one side, as shares of the picture.
 * @param {number} index
 * @param {number} count of tiles along that side
 * @param {number} size of the picture
 */
export function tileSpan(index, count, size) {
  const pitch = (size + GAP) / count;
  return { start: (index * pitch) / size, length: (pitch - GAP) / size };
}

/**
 * The tile at a point, row by row from 0.
 * @param {number} x share of the picture's width
 * @param {number} y share of its height
 * @param {{ columns: number, rows: number }} picture
 */
export function tileAt(x, y, { columns, rows }) {
  const along = (/** @type {number} */ share, /** @type {number} */ count) =>
    Math.min(Math.max(Math.floor(share * count), 0), count - 1);
  return along(y, rows) * columns + along(x, columns);
}

/**
 * A tile's own pixels.
 * @param {{ width: number, height: number, pixels: ArrayBuffer }} frame
 * @param {{ columns: number, rows: number }} picture
 * @param {number} index row by row from 0
 * @returns {Tile}
 */
export function cutTile(frame, { columns, rows }, index) {
  const width = (frame.width + GAP) / columns - GAP;
  const height = (frame.height + GAP) / rows - GAP;
  const left = (index % columns) * (width + GAP);
  const top = Math.floor(index / columns) * (height + GAP);
  const all = new Uint8ClampedArray(frame.pixels);
  const pixels = new Uint8ClampedArray(4 * width * height);
  for (let row = 0; row < height; row++) {
    const start = 4 * ((top + row) * frame.width + left);
    pixels.set(all.subarray(start, start + 4 * width), 4 * row * width);
  }
  return { width, height, pixels };
}

/**
 * A picture's values: red, green and blue of each pixel, or its grey.
 * @param {Tile} tile
 * @param {number} channels 3 or 1
 */
export function valuesOf({ pixels }, channels) {
  const length = (pixels.length / 4) * channels;
  const at = (/** @type {number} */ i) => 4 * Math.floor(i / channels) + (i % channels);
  return Uint8Array.from({ length }, (_, i) => pixels[at(i)]);
}
