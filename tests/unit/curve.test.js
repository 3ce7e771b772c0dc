// The element's small curve: what is kept of a run's losses, and the lines they make.

import { expect, test } from "vitest";
import { linesOf, Losses } from "../../www/element/curve.js";
import { METRICS } from "../../www/engine/protocol.js";

/** @param {[dReal: number, dFake: number, g: number][]} steps */
function values(steps) {
  const all = new Float32Array(steps.length * METRICS.length);
  for (const [i, step] of steps.entries()) all.set(step, i * METRICS.length);
  return all;
}

test("a point is D's loss on both kinds, and G's", () => {
  const losses = new Losses();
  const two = values([
    [0.5, 0.25, 1],
    [0.25, 0.25, 2],
  ]);
  losses.add(2, two);
  expect(losses.points).toEqual([
    [0.75, 1],
    [0.5, 2],
  ]);
});

test("a long run keeps as many points as can be seen, each the mean of its steps", () => {
  const losses = new Losses();
  for (let step = 1; step <= 10_000; step++) losses.add(step, values([[step, 0, 1]]));
  const { points } = losses;
  expect(points.length).toBeGreaterThan(90);
  expect(points.length).toBeLessThanOrEqual(200);
  expect(points.every(([d, g], i) => g === 1 && (i === 0 || d > points[i - 1][0]))).toBe(true);
  const per = points[1][0] - points[0][0];
  expect(points[0][0]).toBe((per + 1) / 2);
});

test("another run begins another curve, and numbers that are none leave no point", () => {
  const losses = new Losses();
  losses.add(5, values([[1, 1, 1]]));
  losses.add(1, values([[2, 2, 2]]));
  expect(losses.points).toEqual([[4, 2]]);
  losses.add(2, values([[NaN, 1, 1]]));
  expect(losses.points).toHaveLength(1);
});

test("lines fill their box from the lowest loss of both to the highest", () => {
  expect(linesOf([])).toEqual(["", ""]);
  expect(
    linesOf([
      [0, 1],
      [2, 4],
    ]),
  ).toEqual(["0,1000 1000,500", "0,750 1000,0"]);
});
