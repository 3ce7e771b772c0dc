import { describe, expect, test } from "vitest";
import { METRICS } from "../../www/engine/protocol.js";
import { curvesOf, differences, isComparable, markOf, withRun } from "../../www/page/runs.js";
import { CONFIG } from "./presets.js";

/** @import { PastRun } from "../../www/page/runs.js" */

/**
 * @param {number} id
 * @param {boolean} [isPinned]
 * @returns {PastRun}
 */
function run(id, isPinned = false) {
  return {
    id,
    mark: markOf(id),
    name: "",
    isPinned,
    isShown: true,
    config: { ...CONFIG, seed: id, learningRate: 1e-3 },
    data: "MNIST",
    sourceId: 0,
    device: "cpu",
    step: 10,
    measured: undefined,
    curves: { steps: [], series: [] },
  };
}

describe("earlier runs", () => {
  test("are compared with a run on the same data only", () => {
    expect(isComparable(run(1), { sourceId: 0 })).toBe(true);
    expect(isComparable(run(1), { sourceId: -1 })).toBe(false);
    expect(isComparable(run(1), undefined)).toBe(false);
  });

  test("the oldest go, the pinned stay", () => {
    let runs = [run(1, true)];
    for (let id = 2; id < 20; id++) runs = withRun(runs, run(id));
    expect(runs.map(({ id }) => id)).toEqual([1, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
    expect(runs.map(({ mark }) => mark).join("")).toBe("AIJKLMNOPQRS");
  });

  test("with all of them pinned, the oldest goes all the same", () => {
    let runs = [run(1, true)];
    for (let id = 2; id < 20; id++) runs = withRun(runs, run(id, true));
    expect(runs).toHaveLength(12);
    expect(runs[0].id).toBe(8);
  });

  test("only settings in which they differ are named", () => {
    const a = { preset: "mlp", seed: 1, learningRate: 1e-3 };
    expect(differences([a])).toEqual([]);
    expect(differences([])).toEqual([]);
    expect(differences([a, { ...a }])).toEqual([]);
    expect(differences([a, { ...a, seed: 2 }, { ...a, learningRate: 1e-4 }])).toEqual([
      "seed",
      "learningRate",
    ]);
  });

  test("long curves become short ones of means, up to the last step", () => {
    const steps = Array.from({ length: 10 }, (_, i) => i + 1);
    const series = METRICS.map((_, metric) => steps.map((step) => step * (metric + 1)));
    const curves = curvesOf({ steps, series }, 3);
    expect(curves.steps).toEqual([4, 8, 10]);
    expect(curves.series[0]).toEqual([2.5, 6.5, 9.5]);
    expect(curves.series[1]).toEqual([5, 13, 19]);
    expect(curvesOf({ steps: [], series: METRICS.map(() => []) }).steps).toEqual([]);
  });
});
