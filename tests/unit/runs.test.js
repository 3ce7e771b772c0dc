import { describe, expect, test } from "vitest";
import { METRICS } from "../../www/engine/protocol.js";
import { byLoss } from "../../www/page/app/saving.js";
import { curvesOf, differences, isComparable, markOf, withRun } from "../../www/page/runs.js";
import { CONFIG } from "./presets.js";

/** @import { PastRun } from "../../www/page/runs.js" */
/** @import { About } from "../../www/page/saved-runs.js" */

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

  test("one of few steps goes before a long one that is older; the newest is there to be seen", () => {
    let runs = [{ ...run(1), step: 141 }];
    for (let id = 2; id < 20; id++) runs = withRun(runs, { ...run(id), step: 3 });
    expect(runs.map(({ id }) => id)).toEqual([1, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
    runs = withRun(runs, { ...run(20), step: 1 });
    expect(runs.at(-1)?.id).toBe(20);
  });

  test("with all of them pinned, the oldest goes all the same", () => {
    let runs = [run(1, true)];
    for (let id = 2; id < 20; id++) runs = withRun(runs, run(id, true));
    expect(runs).toHaveLength(12);
    expect(runs[0].id).toBe(8);
    expect(withRun(runs, run(20)).at(-1)?.id).toBe(19);
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

describe("of the runs that the browser keeps", () => {
  /** @param {Partial<About>} about */
  const kept = (about) => ({
    ...{ id: "", query: "", title: "", step: 100, at: 5, trainedMs: 9_000 },
    ...{ isTrial: false, wentAlone: false, own: undefined },
    ...about,
  });

  test("those go first of which the least would be lost", () => {
    const runs = [
      kept({ id: "long and old", at: 1 }),
      kept({ id: "passed through", at: 9, step: 3, trainedMs: 200 }),
      kept({ id: "by hand", at: 8, step: 2, trainedMs: 0 }),
      kept({ id: "long and new", at: 10 }),
      kept({ id: "of the lab", at: 11, step: 900, trainedMs: 60_000, isTrial: true }),
      kept({ id: "by hand, more", at: 2, step: 4, trainedMs: 0 }),
    ];
    expect(runs.sort(byLoss).map(({ id }) => id)).toEqual([
      ...["of the lab", "by hand", "by hand, more", "passed through"],
      ...["long and old", "long and new"],
    ]);
  });
});
