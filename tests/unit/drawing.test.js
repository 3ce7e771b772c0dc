import { expect, test } from "vitest";
import { cellsOf, drawingOf, isDrawing, pointsOf } from "../../www/page/drawing.js";

/** @type {[number, number][]} */
const CELLS = Array.from({ length: 64 }, (_, i) => [i, 63 - i]);

test("what is drawn is read again", () => {
  const drawing = drawingOf(CELLS);
  expect(isDrawing(drawing)).toBe(true);
  expect(cellsOf(drawing)).toEqual(CELLS);
});

test("points lie in the middle of their places, the first at the bottom left", () => {
  const points = pointsOf(
    drawingOf([
      [0, 0],
      [63, 63],
      [32, 31],
    ]),
  );
  const half = 1 / 64;
  expect([...points]).toEqual([half - 1, half - 1, 1 - half, 1 - half, half, -half]);
});

test.each([
  ["too few", drawingOf(CELLS.slice(0, 19))],
  ["too many", drawingOf(CELLS).repeat(4)],
  ["half a point", `${drawingOf(CELLS)}A`],
  ["another letter", drawingOf(CELLS).replace("A", "ä")],
  ["nothing", ""],
])("%s is no drawing", (_, text) => expect(isDrawing(text)).toBe(false));
