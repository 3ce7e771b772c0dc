import { expect, test } from "vitest";
import { rateOf, scheduleSeconds } from "../../www/page/costs.js";
import { initialState } from "../../www/page/state.js";
import { PRESETS } from "./presets.js";

const [preset] = PRESETS; // batches of 64, 1e8 multiplications a step

test("a schedule's time follows from its steps, whatever they are counted in", () => {
  expect(scheduleSeconds(preset, 1e10, undefined)).toBe(10);
  const epochs = /** @type {const} */ ({ kind: "epochs", count: 2 });
  expect(scheduleSeconds({ ...preset, schedule: epochs }, 1e10, 650)).toBeCloseTo(0.21);
  expect(scheduleSeconds({ ...preset, schedule: epochs }, 1e10, undefined)).toBeUndefined();
  const fixed = /** @type {const} */ ({ kind: "epochs-of-steps", count: 100, steps: 100 });
  expect(scheduleSeconds({ ...preset, schedule: fixed }, 1e10, undefined)).toBe(100);
});

test("a run tells the rate once it has a speed, and only where it goes as fast as it can", () => {
  const run = /** @type {any} */ ({ multiplications: 1e8 });
  const data = /** @type {any} */ ({ count: 9_000 });
  const started = { ...initialState(), run, data };
  expect(rateOf(started)).toBeUndefined();
  const progress = { ...started.progress, stepsPerSecond: 20 };
  expect(rateOf({ ...started, progress })).toBe(2e9);
  const slowed = { ...started.settings, speed: 3 };
  expect(rateOf({ ...started, progress, settings: slowed })).toBeUndefined();
  expect(rateOf({ ...started, progress, data: { ...data, points: [] } })).toBeUndefined();
});
