import { describe, expect, test } from "vitest";
import { isTried, lessonOf, TAUGHT } from "../../www/page/lessons.js";
import { nounOf, taskOf } from "../../www/page/noun.js";
import { FIELDS } from "../../www/page/settings.js";
import { reduce } from "../../www/page/reduce.js";
import { initialState } from "../../www/page/state.js";
import { anyNoun, nouns, tasks } from "#words/nouns.js";
import { lessons } from "#words/lessons.js";
import { presetWords } from "#words/preset-words.js";
import heads from "./recipes.json";
import { PRESETS } from "./presets.js";

/** @import { SettingName, Settings } from "../../www/page/settings.js" */

/** What a run may change while it goes on. */
const LIVE = ["learningRate", "l1Weight"];

test("every preset has a lesson", () => {
  // The code of one is not written yet, so it has no head.
  expect([...TAUGHT].sort()).toEqual(Object.keys(heads).sort());
});

test("the tutorials' lessons say what was mended", () => {
  for (const id of ["mlp", "dense", "least-squares", "dcgan", "conv-critic"]) {
    expect(lessonOf(id, anyNoun, tasks.lines).mended).toMatch(/\.$/);
  }
});

describe.each(TAUGHT)("the lesson about %s", (id) => {
  const { watch, tries } = lessonOf(id, anyNoun, tasks.lines);

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

test("speaks of digits where digits are learned, and of nothing but what is", () => {
  const said = (/** @type {typeof anyNoun} */ noun) =>
    JSON.stringify([lessons.presets(noun, tasks.lines), presetWords(noun, tasks.lines)]);
  expect(said(nouns.mnist ?? anyNoun)).toMatch(/real digit.*Good digits/);
  expect(said(nouns.faces ?? anyNoun)).toMatch(/real face.*Good faces/);
  expect(said(anyNoun)).not.toMatch(/digit/i);
  const learning = (/** @type {string} */ data) =>
    nounOf(reduce(initialState(), /** @type {any} */ ({ type: "settings", patch: { data } })));
  expect([learning("mnist").other, learning("faces").other]).toEqual(["digits", "faces"]);
  expect(learning("data/own")).toBe(anyNoun);
});

test("speaks of colours where what pictures are made out of leaves them to be found", () => {
  const task = (/** @type {Partial<Settings>} */ patch) =>
    taskOf(reduce(initialState(), { type: "settings", patch: { preset: "pix2pix", ...patch } }));
  expect(task({ data: "lineart" })).toBe(tasks.lines);
  expect(task({ data: "lineart", pairs: "grey" })).toBe(tasks.colours);
  expect(task({ data: "styles" })).toBe(tasks.colours);
  expect(task({ data: "faces", pairs: "half" })).toBe(tasks.colours);
  expect(task({ data: "mnist", pairs: "half" })).toBe(tasks.shapes);
  const said = [
    ...[lessonOf("pix2pix", anyNoun, tasks.shapes), presetWords(anyNoun, tasks.shapes).pix2pix],
  ];
  expect(JSON.stringify(said)).not.toMatch(/colour|yellow/);
});

test("a trial is tried while its settings are in force, or asked for", () => {
  const trial = lessonOf("least-squares", anyNoun, tasks.lines).tries[0];
  const state = reduce(reduce(initialState(), { type: "presets", presets: PRESETS }), {
    type: "settings",
    patch: { preset: "least-squares" },
  });
  expect(isTried(trial, state)).toBe(false);
  expect(isTried(trial, reduce(state, { type: "settings", patch: { l1Weight: 100 } }))).toBe(true);
  expect(isTried(trial, reduce(state, { type: "asked", patch: { l1Weight: 100 } }))).toBe(true);
});
