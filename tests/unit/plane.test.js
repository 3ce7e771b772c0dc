import { describe, expect, test } from "vitest";
import { arrow, EXTENT, heat, projection, undecided } from "../../www/page/plane.js";

test("the plane's middle is the picture's, and y points up", () => {
  const at = projection(500);
  expect(at(0, 0)).toEqual([250, 250]);
  expect(at(EXTENT, EXTENT)).toEqual([500, 0]);
  expect(at(-EXTENT, -EXTENT)).toEqual([0, 500]);
});

test("heat is the colour, opaque where belief is, from the top", () => {
  const pixels = heat(Float32Array.of(0, 1, 0.5, 0), 2, [1, 2, 3]);
  expect([...pixels]).toEqual([1, 2, 3, 95, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 190]);
});

describe("the line along which it cannot tell", () => {
  test("lies where beliefs pass a half", () => {
    // A quarter of the way up between a row at 0.25 and one at 1.25.
    const [piece, ...more] = undecided(Float32Array.of(0.25, 0.25, 1.25, 1.25), 2, 1);
    expect(more).toEqual([]);
    const height = -0.5;
    expect(piece.filter((_, i) => i % 2 === 1)).toEqual([height, height]);
    expect(piece.filter((_, i) => i % 2 === 0).sort((a, b) => a - b)).toEqual([-1, 1]);
  });

  test("is nowhere where it is sure, and doubled at a saddle", () => {
    expect(undecided(Float32Array.of(0.9, 0.8, 0.7, 0.6), 2, 1)).toEqual([]);
    expect(undecided(Float32Array.of(0.9, 0.1, 0.1, 0.9), 2, 1)).toHaveLength(2);
  });
});

describe("arrows", () => {
  test("point as the pull does, vanish with it, and never grow beyond a limit", () => {
    const [x, y] = arrow(3, -4);
    expect(x / y).toBeCloseTo(-3 / 4);
    expect(Math.hypot(...arrow(1e-6, 0))).toBeLessThan(1e-6);
    const lengths = [0.1, 1, 10, 1e9].map((pull) => Math.hypot(...arrow(pull, 0)));
    expect(lengths).toEqual([...lengths].sort((a, b) => a - b));
    expect(lengths[3]).toBeLessThan(0.25);
    expect(arrow(NaN, 1)).toEqual([0, 0]);
  });
});
