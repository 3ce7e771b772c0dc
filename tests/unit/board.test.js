import { describe, expect, test } from "vitest";
import {
  beside,
  blank,
  boardOf,
  BRUSHES,
  EMPTY,
  FINENESS,
  INKS,
  lay,
  paint,
  PLACES,
  seen,
  shrunk,
  simplified,
  stagesOf,
  textOf,
} from "../../www/board/board.js";
import { isBoard, MAX_POINTS } from "../../www/board/rule.js";

/** @import { Board, Place } from "../../www/board/board.js" */

const SIDE = 32;
/** Places in a pixel of the network. */
const UNIT = PLACES / SIDE;

/** The middle of the network's pixel. @param {number} column @param {number} row @returns {Place} */
const middle = (column, row) => [(column + 0.5) * UNIT, (row + 0.5) * UNIT];

test("what lay on a board before its last stroke can be told, back to what it was begun with", () => {
  const strokes = [0, 1, 2].map((brush) => ({ brush, ink: 0, points: [] }));
  expect(stagesOf({ example: null, strokes })).toEqual([
    { example: null, strokes: strokes.slice(0, 1) },
    { example: null, strokes: strokes.slice(0, 2) },
  ]);
  const onExample = stagesOf({ example: 7, strokes });
  expect(onExample.map(({ strokes }) => strokes.length)).toEqual([0, 1, 2]);
  expect(onExample[0].example).toBe(7);
  expect(stagesOf({ example: 7, strokes: [] })).toEqual([]);
});

describe("a board in the address", () => {
  test("is the board again", () => {
    /** @type {Board} */
    const board = {
      example: 37,
      strokes: [
        {
          brush: 0,
          ink: 0,
          points: [
            [0, 0],
            [511, 0],
            [0, 511],
            [511, 511],
          ],
        },
        { brush: 2, ink: INKS.length - 1, points: [[256, 17]] },
      ],
    };
    const text = textOf(board);
    expect(text).toMatch(/^37\.[\w-]{13}\.[\w-]{4}$/);
    expect(isBoard(String(text))).toBe(true);
    expect(boardOf(String(text))).toEqual(board);
    expect(boardOf("8")).toEqual({ example: 8, strokes: [] });
    expect(textOf(EMPTY)).toBe(null);
  });

  test.each([
    "",
    ".",
    "x",
    ".AAA",
    ".AAAAA",
    "12345",
    "1.",
    ".eAAA", // an ink that is none
    `.A${"AAA".repeat(MAX_POINTS + 1)}`,
    ".AAAA<b>",
  ])("“%s” is none", (text) => expect(isBoard(text)).toBe(false));

  test("may be as long as a board may be", () => {
    expect(isBoard(`.A${"AAA".repeat(MAX_POINTS)}`)).toBe(true);
  });
});

describe("a way in fewer points", () => {
  test("keeps its corners and drops what lies between them", () => {
    const line = Array.from({ length: 11 }, (_, i) => /** @type {const} */ ([10 * i, 0]));
    const corner = Array.from({ length: 10 }, (_, i) => /** @type {const} */ ([100, 10 * i + 10]));
    expect(simplified([...line, ...corner], 1)).toEqual([
      [0, 0],
      [100, 0],
      [100, 100],
    ]);
  });

  test("is never farther from any point than was allowed", () => {
    const circle = Array.from({ length: 100 }, (_, i) => {
      const turn = (2 * Math.PI * i) / 99;
      return /** @type {const} */ ([256 + 200 * Math.cos(turn), 256 + 200 * Math.sin(turn)]);
    });
    const few = simplified(circle, 4);
    expect(few.length).toBeGreaterThan(8);
    expect(few.length).toBeLessThan(40);
    for (const [x, y] of circle) {
      const distances = few.slice(1).map(([toX, toY], i) => {
        const [fromX, fromY] = few[i];
        const [dx, dy] = [toX - fromX, toY - fromY];
        const share = ((x - fromX) * dx + (y - fromY) * dy) / (dx * dx + dy * dy);
        const within = Math.min(1, Math.max(0, share));
        return Math.hypot(x - fromX - within * dx, y - fromY - within * dy);
      });
      expect(Math.min(...distances)).toBeLessThanOrEqual(4 + 1e-9);
    }
  });
});

describe("strokes as pixels", () => {
  test("a brush of two pixels blackens the pixel in its middle, and parts of those around it", () => {
    const raster = blank(SIDE, 1);
    paint(raster, { brush: 1, ink: 0, points: [middle(5, 7)] });
    const small = shrunk(raster);
    expect(small).toHaveLength(SIDE ** 2);
    expect(small[7 * SIDE + 5]).toBeLessThan(20);
    for (const place of [7 * SIDE + 4, 7 * SIDE + 6, 6 * SIDE + 5, 8 * SIDE + 5]) {
      expect(small[place]).toBeGreaterThan(20);
      expect(small[place]).toBeLessThan(255);
    }
    expect(small[7 * SIDE + 8]).toBe(255);
    // As much ink as a disc has, to within its rim.
    const ink = small.reduce((sum, value) => sum + (255 - value) / 255, 0);
    expect(ink).toBeGreaterThan(0.9 * Math.PI * (BRUSHES[1] / 2) ** 2);
    expect(ink).toBeLessThan(1.2 * Math.PI * (BRUSHES[1] / 2) ** 2);
  });

  test("drawn point by point a stroke is the same as drawn at once", () => {
    const points = [middle(3, 3), middle(20, 9), middle(11, 30), middle(11, 12)];
    const [all, some] = [blank(SIDE, 1), blank(SIDE, 1)];
    paint(all, { brush: 0, ink: 0, points });
    for (let i = 1; i <= points.length; i++) {
      paint(some, { brush: 0, ink: 0, points: points.slice(0, i) }, i - 1);
    }
    expect(some.bytes).toEqual(all.bytes);
    // A line is as wide along its way, and nothing is left out of it.
    const small = shrunk(all);
    for (let row = 13; row < 30; row++) expect(small[row * SIDE + 11]).toBeLessThan(40);
  });

  test("beyond the edge nothing is drawn, and paper takes ink away", () => {
    const raster = blank(SIDE, 1);
    const points = /** @type {const} */ ([
      [0, 0],
      [PLACES - 1, PLACES - 1],
    ]);
    paint(raster, { brush: 2, ink: 0, points });
    expect(shrunk(raster)[0]).toBe(0);
    paint(raster, { brush: 2, ink: 1, points });
    expect(new Set(raster.bytes)).toEqual(new Set([255]));
  });

  test("colours keep their channels, and an example lies as it is", () => {
    const raster = blank(2, 3);
    const rgba = Uint8Array.from({ length: 16 }, (_, i) => (i % 4 === 3 ? 255 : 10 * i));
    lay(raster, rgba);
    expect([...shrunk(raster)]).toEqual([...rgba].filter((_, i) => i % 4 !== 3));
    paint(raster, { brush: 2, ink: 2, points: [[256, 256]] });
    expect([...shrunk(raster).subarray(0, 3)]).toEqual([...INKS[2]]);
    expect(seen(raster)).toHaveLength(4 * (2 * FINENESS) ** 2);
    const grey = blank(1, 1);
    lay(grey, [9, 9, 9, 255]);
    expect([...seen(grey).subarray(0, 4)]).toEqual([9, 9, 9, 255]);
  });
});

test("a board stands beside what was made of it, as large", () => {
  const raster = blank(2, 1);
  paint(raster, { brush: 2, ink: 0, points: [[0, 0]] });
  // Red, green; blue, white.
  const values = Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255);
  const both = beside(raster, { width: 2, channels: 3, values });
  expect([both.width, both.height, both.channels]).toEqual([4 * FINENESS, 2 * FINENESS, 3]);
  const at = (/** @type {number} */ column, /** @type {number} */ row) =>
    Array.from(both.values.subarray(3 * (row * both.width + column)).subarray(0, 3));
  expect(at(0, 0)).toEqual([0, 0, 0]);
  expect(at(2 * FINENESS - 1, 2 * FINENESS - 1)).toEqual([255, 255, 255]);
  expect(at(2 * FINENESS, 0)).toEqual([255, 0, 0]);
  expect(at(4 * FINENESS - 1, 0)).toEqual([0, 255, 0]);
  expect(at(3 * FINENESS - 1, 2 * FINENESS - 1)).toEqual([0, 0, 255]);
});
