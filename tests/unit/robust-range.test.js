import { expect, test } from "vitest";
import { robustRange } from "../../www/page/robust-range.js";

const calm = Array.from({ length: 200 }, (_, i) => 1 + Math.sin(i / 7) / 2);

test("all values have room where none is far from the others", () => {
  expect(robustRange(calm)).toEqual({
    ...{ min: Math.min(...calm), max: Math.max(...calm) },
    ...{ above: undefined, below: undefined },
  });
  expect(robustRange([])).toBeUndefined();
  expect(robustRange([3, 3, 3])).toMatchObject({ min: 3, max: 3, above: undefined });
});

test("a few steps that explode do not flatten the rest, and how far they went is told", () => {
  const range = robustRange([...calm, 400, 36_665]);
  expect(range?.max).toBeLessThanOrEqual(1.5);
  expect(range?.above).toBe(36_665);
  expect(range?.below).toBeUndefined();
  expect(robustRange([-9e9, ...calm])).toMatchObject({ below: -9e9, above: undefined });
});

test("a run that has gone elsewhere for good is followed", () => {
  const gone = [...calm, ...Array.from({ length: 40 }, (_, i) => 1_000 + i)];
  expect(robustRange(gone)).toMatchObject({ max: 1_039, above: undefined });
});
