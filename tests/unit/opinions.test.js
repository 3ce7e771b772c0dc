import { expect, test } from "vitest";
import { isScale, shares } from "../../www/page/opinions.js";

test("probabilities are shown as they are, and what misses 0 and 1 by a little is cut off", () => {
  expect(isScale([0, 0.4, 1])).toBe(false);
  expect(shares([0, 0.4, 1])).toEqual([0, 0.4, 1]);
  expect(shares([-0.2, 0.5, 1.3])).toEqual([0, 0.5, 1]);
});

test("marks without ends are shown between the lowest and the highest", () => {
  expect(isScale([-3, 0.5])).toBe(true);
  expect(shares([-3, 0, 3])).toEqual([0, 0.5, 1]);
  expect(shares([7, 7])).toEqual([1, 1]);
});
