import { describe, expect, test } from "vitest";
import { changesOf, coursesOf, parseCourse, patched, valueAt } from "../../www/engine/course.js";
import { readSettings, writeSettings } from "../../www/page/address.js";
import { DEFAULT_SETTINGS, fitSettings } from "../../www/page/settings.js";
import { PRESETS } from "./presets.js";

const parse = (/** @type {string} */ text) => {
  const number = Number(text);
  return text !== "" && number >= 0 ? number : undefined;
};

describe("a course", () => {
  test("is written in one way", () => {
    expect(parseCourse(" 1e-3@67, .5 @ 80", parse)).toBe("0.001@67,0.5@80");
  });

  test.each(["", "1", "@3", "1@", "1@0", "1@2,1@2", "1@3,1@2", "1@2,", "-1@2", "1@2@3", "1@-2"])(
    "“%s” is none",
    (text) => {
      expect(parseCourse(text, parse)).toBeUndefined();
    },
  );

  test("acts once its steps are taken", () => {
    const at = (/** @type {number} */ step) => valueAt(9, "1@5,2@8", step);
    expect([0, 4, 5, 7, 8, 99].map(at)).toEqual([9, 9, 1, 1, 2, 2]);
    expect(valueAt(null, null, 99)).toBeNull();
  });

  test("goes to a run's config and back", () => {
    const courses = { learningRateChanges: "0.001@67,0.01@90", l1WeightChanges: "3@80" };
    const changes = changesOf(courses);
    expect(changes).toEqual([
      { step: 67, setting: "learning-rate", value: 0.001 },
      { step: 80, setting: "l1-weight", value: 3 },
      { step: 90, setting: "learning-rate", value: 0.01 },
    ]);
    expect(coursesOf(changes)).toEqual(courses);
    expect(coursesOf(undefined)).toEqual({ learningRateChanges: null, l1WeightChanges: null });
  });

  test("ends with a new first value, and only then", () => {
    const changed = { ...DEFAULT_SETTINGS, learningRate: 0.1, learningRateChanges: "0.2@3" };
    expect(patched(changed, { learningRate: 0.5 }).learningRateChanges).toBeNull();
    expect(patched(changed, { seed: 5 }).learningRateChanges).toBe("0.2@3");
    const both = { learningRate: 0.5, learningRateChanges: "0.1@9" };
    expect(patched(changed, both).learningRateChanges).toBe("0.1@9");
  });
});

describe("the address of a run that was changed", () => {
  /** @param {string} query */
  const through = (query) => {
    const { settings, problems } = readSettings(new URLSearchParams(query));
    const fitted = fitSettings(settings, PRESETS);
    expect([...problems, ...fitted.problems]).toEqual([]);
    return writeSettings(fitted.settings, new URLSearchParams()).toString();
  };

  test("holds where it began, even at the preset's own value, and what followed", () => {
    expect(decodeURIComponent(through("lr=0.0002,0.001@67"))).toBe("lr=0.0002,0.001@67");
    const l1 = "preset=least-squares&l1=0.1,5@3,0@9";
    expect(decodeURIComponent(through(l1))).toBe(l1);
  });

  test("is the plain one again when nothing follows", () => {
    expect(through("lr=0.0002")).toBe("");
    const settings = { ...DEFAULT_SETTINGS, learningRate: 0.5 };
    const before = new URLSearchParams("lr=0.5,0.001@67");
    expect(writeSettings(settings, before).toString()).toBe("lr=0.5");
  });

  test.each(["0.2@0", "0.2@9,0.3@9", "2@9", "0.2", "", "0.2@1.5"])(
    "“lr=0.1,%s” is quoted whole, and taken whole or not at all",
    (course) => {
      const { settings, problems } = readSettings(new URLSearchParams(`lr=0.1,${course}`));
      expect(problems).toHaveLength(1);
      expect(problems[0]).toContain(`lr=0.1,${course}, which was ignored`);
      expect(settings).toEqual(DEFAULT_SETTINGS);
    },
  );

  test("says once what is wrong with all of it, and leaves out a λ that has no place", () => {
    expect(readSettings(new URLSearchParams("lr=1,1@2&lr=2")).problems).toHaveLength(1);
    const { settings } = readSettings(new URLSearchParams("l1=1,2@3"));
    const fitted = fitSettings(settings, PRESETS);
    expect(fitted.problems).toHaveLength(1);
    expect(fitted.settings.l1WeightChanges).toBeNull();
  });
});
