import { expect, test } from "vitest";
import { cutTile, tileAt, tilesAlong, tileSpan, valuesOf } from "../../www/kit/tiles.js";

/** Three columns and two rows of tiles of 2×1 pixels, each pixel another grey, with lines of 0. */
function frame() {
  const grey = [
    [1, 2, 0, 3, 4, 0, 5, 6],
    [0, 0, 0, 0, 0, 0, 0, 0],
    [7, 8, 0, 9, 10, 0, 11, 12],
  ].flat();
  const pixels = Uint8ClampedArray.from(grey.flatMap((value) => [value, value, value, 255]));
  return { width: 8, height: 3, pixels: pixels.buffer };
}
const picture = { columns: 3, rows: 2 };

test("tiles are counted, though there is no line behind the last", () => {
  expect(tilesAlong(8, 2)).toBe(3);
  expect(tilesAlong(3, 1)).toBe(2);
  expect(tilesAlong(28, 28)).toBe(1);
});

test("a tile is cut out without the lines around it", () => {
  const cut = (/** @type {number} */ index) => [...valuesOf(cutTile(frame(), picture, index), 1)];
  expect([0, 1, 2, 3, 4, 5].map(cut)).toEqual([
    [1, 2],
    [3, 4],
    [5, 6],
    [7, 8],
    [9, 10],
    [11, 12],
  ]);
  expect(cutTile(frame(), picture, 4)).toMatchObject({ width: 2, height: 1 });
});

test("the tile under a point is found, and the borders belong to some tile", () => {
  expect(tileAt(0, 0, picture)).toBe(0);
  expect(tileAt(0.5, 0.2, picture)).toBe(1);
  expect(tileAt(0.5, 0.8, picture)).toBe(4);
  expect(tileAt(1, 1, picture)).toBe(5);
  expect(tileAt(-0.01, 1.01, picture)).toBe(3);
});

test("a tile's place is told in shares of the picture", () => {
  expect(tileSpan(0, 3, 8)).toEqual({ start: 0, length: 2 / 8 });
  expect(tileSpan(2, 3, 8)).toEqual({ start: 6 / 8, length: 2 / 8 });
});
