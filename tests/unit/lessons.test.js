import { describe, expect, test } from "vitest";
import { isTried, LESSONS } from "../../www/page/lessons.js";
import { FIELDS } from "../../www/page/settings.js";
import { reduce } from "../../www/page/reduce.js";
import { initialState } from "../../www/page/state.js";
import heads from "./recipes.json";
import { PRESETS } from "./presets.js";

/** @import { SettingName } from "../../www/page/settings.js" */

/** What a run may change while it goes on. */
const LIVE = ["learningRate", "l1Weight"];

test("every preset has a lesson", () => {
  // The code of one is not written yet, so it has no head.
  expect(Object.keys(LESSONS).sort()).toEqual(Object.keys(heads).sort());
});

test("the tutorials' lessons say what was mended", () => {
  for (const id of ["mlp", "dense", "least-squares", "dcgan", "conv-critic"]) {
    expect(LESSONS[id].mended).toMatch(/\.$/);
  }
});

describe.each(Object.entries(LESSONS))("the lesson about %s", (_, { watch, tries }) => {
  test("says what to watch for, and names it", () => {
    expect(watch).toMatch(/“.+”|picture|line|belief|column/);
    for (const { label, see } of tries) {
      expect(label.length).toBeLessThan(30);
      expect(see.length).toBeGreaterThan(80);
    }
  });

  test("sets up nothing that an address could not", () => {
    for (const { settings, live } of tries) {
      for (const [name, value] of Object.entries(settings)) {
        const field = FIELDS[/** @type {SettingName} */ (name)];
        expect(field.parse(String(value))).toBe(value);
        if (live) expect(LIVE).toContain(name);
      }
    }
  });
});

test("a trial is tried while its settings are in force, or asked for", () => {
  const trial = LESSONS["least-squares"].tries[0];
  const state = reduce(reduce(initialState(), { type: "presets", presets: PRESETS }), {
    type: "settings",
    patch: { preset: "least-squares" },
  });
  expect(isTried(trial, state)).toBe(false);
  expect(isTried(trial, reduce(state, { type: "settings", patch: { l1Weight: 100 } }))).toBe(true);
  expect(isTried(trial, reduce(state, { type: "asked", patch: { l1Weight: 100 } }))).toBe(true);
});
