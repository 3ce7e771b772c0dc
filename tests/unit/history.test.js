import { describe, expect, test } from "vitest";
import { History, smooth } from "../../www/page/history.js";
import { METRICS } from "../../www/engine/protocol.js";

/**
 * @param {number} count
 * @param {(step: number) => number} value of the first metric; the others are 0
 */
function steps(count, value) {
  const width = METRICS.length;
  const values = new Float32Array(width * count);
  for (let i = 0; i < count; i++) values[width * i] = value(i + 1);
  return values;
}

describe("history", () => {
  test("few steps are kept one by one", () => {
    const history = new History();
    history.push(steps(3, (step) => step));
    expect(history.steps).toEqual([1, 2, 3]);
    expect(history.series[0]).toEqual([1, 2, 3]);
    expect(history.series).toHaveLength(METRICS.length);
  });

  test("100,000 steps stay within the limit, in order, up to the last", () => {
    const history = new History(2000);
    for (let i = 0; i < 1000; i++) history.push(steps(100, () => 1));
    expect(history.steps.length).toBeLessThanOrEqual(2000);
    expect(history.steps.length).toBeGreaterThan(900);
    expect(history.lastStep).toBe(100_000);
    expect(100_000 - history.steps[history.steps.length - 1]).toBeLessThan(history.stride);
    expect([...history.steps].sort((a, b) => a - b)).toEqual(history.steps);
    expect(new Set(history.series[0])).toEqual(new Set([1]));
  });

  test("a coarser point is the mean of its steps", () => {
    const history = new History(4);
    history.push(steps(8, (step) => step));
    // At 4 points: (1+2)/2, (3+4)/2 at stride 2; then 5+6 and 7+8 make 4 again, halved to stride 4:
    // (1+2+3+4)/4 and (5+6+7+8)/4.
    expect(history.stride).toBe(4);
    expect(history.steps).toEqual([4, 8]);
    expect(history.series[0]).toEqual([2.5, 6.5]);
  });

  test("clear forgets everything", () => {
    const history = new History(4);
    history.push(steps(9, () => 3));
    const { version } = history;
    history.clear();
    expect(history.steps).toEqual([]);
    expect(history.stride).toBe(1);
    expect(history.lastStep).toBe(0);
    expect(history.version).toBeGreaterThan(version);
  });
});

describe("cut", () => {
  test("an empty history begins where a run from a file does, and at 0 when cleared", () => {
    const history = new History();
    history.cut(500);
    expect(history.start).toBe(500);
    history.push(steps(2, () => 1));
    expect(history.steps).toEqual([501, 502]);
    history.cut(501);
    expect(history.start).toBe(500);
    history.clear();
    expect(history.start).toBe(0);
  });

  test("forgets what lies behind a step, and goes on there", () => {
    const history = new History();
    history.push(steps(5, () => 1));
    const { version } = history;
    history.cut(3);
    expect(history.steps).toEqual([1, 2, 3]);
    expect(history.lastStep).toBe(3);
    expect(history.version).toBeGreaterThan(version);
    history.push(steps(1, () => 2));
    expect(history.steps).toEqual([1, 2, 3, 4]);
    expect(history.series[0]).toEqual([1, 1, 1, 2]);
  });

  test("between two points of many steps", () => {
    const history = new History(4);
    history.push(steps(8, () => 1));
    expect(history.stride).toBeGreaterThan(1);
    history.cut(5);
    expect(history.steps.every((step) => step <= 5)).toBe(true);
    history.push(steps(history.stride, () => 1));
    expect(history.steps.at(-1)).toBe(5 + history.stride);
  });
});

describe("smooth", () => {
  test("a radius of nothing changes nothing", () => {
    expect(smooth([3, 1, 2], 0)).toEqual([3, 1, 2]);
  });

  test("is the mean of the neighbours that there are", () => {
    // (3+1)/2, (3+1+2)/3, (1+2+6)/3, (2+6)/2
    expect(smooth([3, 1, 2, 6], 1)).toEqual([2, 2, 3, 4]);
  });

  test("a constant stays", () => {
    expect(smooth(new Array(50).fill(7), 4)).toEqual(new Array(50).fill(7));
  });
});
