import { describe, expect, test } from "vitest";
import { at, plane, randomLatents, uniforms, walk, way } from "../../www/page/latent.js";

/** @param {ArrayLike<number>} point */
const norm = (point) => Math.hypot(...Array.from(point));
/**
 * @param {ArrayLike<number>} a
 * @param {ArrayLike<number>} b
 */
const cosine = (a, b) =>
  Array.from(a).reduce((sum, x, i) => sum + x * b[i], 0) / (norm(a) * norm(b));

describe("random numbers", () => {
  test("a seed repeats its latents, another has others", () => {
    expect(randomLatents(5, 3, 7)).toEqual(randomLatents(5, 3, 7));
    expect(randomLatents(5, 3, 7)).not.toEqual(randomLatents(5, 3, 8));
  });

  test("latents are standard normal", () => {
    const numbers = Array.from(randomLatents(100, 200, 3));
    const mean = numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
    const variance = numbers.reduce((sum, x) => sum + (x - mean) ** 2, 0) / numbers.length;
    const beyondTwo = numbers.filter((x) => Math.abs(x) > 2).length / numbers.length;
    // Five standard errors of 20,000 draws: 0.035 of the mean, 0.05 of the variance.
    expect(Math.abs(mean)).toBeLessThan(0.035);
    expect(Math.abs(variance - 1)).toBeLessThan(0.05);
    expect(Math.abs(beyondTwo - 0.0455)).toBeLessThan(0.0075);
  });

  test("uniform numbers fill their range", () => {
    const uniform = uniforms(0);
    const tenths = new Set(Array.from({ length: 200 }, () => Math.floor(10 * uniform())));
    expect([...tenths].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});

describe("a plane", () => {
  test("its directions are orthogonal and of length 1", () => {
    const { right, up } = plane(64, 5);
    expect(norm(right)).toBeCloseTo(1, 10);
    expect(norm(up)).toBeCloseTo(1, 10);
    expect(cosine(right, up)).toBeCloseTo(0, 10);
  });

  test("every place is at the typical distance from 0, and moving changes it", () => {
    const here = plane(64, 5);
    for (const [x, y] of [
      [0, 0],
      [8, -3],
      [-40, 40],
    ]) {
      expect(norm(at(here, x, y))).toBeCloseTo(8, 10);
    }
    expect(cosine(at(here, 0, 0), at(here, 4, 0))).toBeLessThan(0.95);
    expect(cosine(at(here, 0, 0), here.centre)).toBeCloseTo(1, 10);
  });
});

describe("a way between two latents", () => {
  test("begins and ends there, and turns by the same angle each time", () => {
    const [from, to] = [randomLatents(64, 1, 1), randomLatents(64, 1, 2)];
    const points = way(from, to, 9);
    expect(points).toHaveLength(9);
    points[0].forEach((x, i) => expect(x).toBeCloseTo(from[i], 5));
    points[8].forEach((x, i) => expect(x).toBeCloseTo(to[i], 5));
    const angles = points.slice(1).map((point, i) => Math.acos(cosine(point, points[i])));
    for (const angle of angles) expect(angle).toBeCloseTo(angles[0], 6);
    const middle = norm(points[4]);
    expect(middle).toBeCloseTo((norm(from) + norm(to)) / 2, 6);
  });

  test("from a latent to itself stays there", () => {
    for (const point of way([3, 4], [3, 4], 3)) expect(point).toEqual([3, 4]);
  });
});

test("a walk stays inside and comes round", () => {
  const places = Array.from({ length: 400 }, (_, i) => walk(i / 10));
  for (const { x, y } of places)
    expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThanOrEqual(0.8);
  expect(walk(40).x).toBeCloseTo(0, 6);
  const quarters = new Set(places.map(({ x, y }) => `${x > 0}${y > 0}`));
  expect(quarters.size).toBe(4);
});
