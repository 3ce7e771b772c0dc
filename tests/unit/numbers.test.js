import { expect, test } from "vitest";
import { page } from "#words/page.js";
import { counted, loss, number, scientific } from "#words/numbers.js";
import { duration, measure, percent, rate } from "#words/quantities.js";
import { saved } from "#words/saved.js";
import { sentence } from "../../www/kit/sentence.js";

test.each([
  [0, 0, "0"],
  [12_345, 0, "12,345"],
  [12_345.678, 1, "12,345.7"],
])("number %d with %d digits", (value, digits, text) => expect(number(value, digits)).toBe(text));

test.each([
  [0, "0 steps"],
  [1, "1 step"],
  [2_000, "2,000 steps"],
])("counted %d", (count, text) =>
  expect(counted(count, { one: "# step", other: "# steps" })).toBe(text),
);

test("what is counted is told apart from several everywhere", () => {
  expect(page.inUseWithClasses("a", 1, "28×28", 1)).toBe(
    "In use: a, 1 picture of 28×28, in 1 class.",
  );
  expect(page.inUseWithClasses("a", 1_000, "28×28", 10)).toBe(
    "In use: a, 1,000 pictures of 28×28, in 10 classes.",
  );
  expect(page.samples(1, page.afterSteps(1), "")).toBe("1 sample after 1 step");
  expect(page.speed(1)).toBe("1 step a second");
});

test.each([
  [0.69314, "0.693"],
  [-0.5, "-0.500"],
  [123.456, "123.5"],
  [1_417_717_238.8, "1.4E9"],
  [undefined, "–"],
  [NaN, "NaN"],
])("loss %d", (value, text) => expect(loss(value)).toBe(text));

test.each([
  [0, "0"],
  [123_456, "1.235E5"],
  [Infinity, "∞"],
])("scientific %d", (value, text) => expect(scientific(value, 3)).toBe(text));

test.each([
  [0.0734, "7.3%"],
  [1, "100.0%"],
])("percent %d", (value, text) => expect(percent(value)).toBe(text));

test("a measure has its unit", () => {
  expect(measure(25, "megabyte")).toBe("25 MB");
});

test("a moment of another day has its date", () => {
  const now = new Date();
  now.setHours(14, 5);
  expect(saved.kept(1_000, now.getTime())).toBe("Kept in this browser only: step 1,000, 14:05.");
  const other = new Date(2020, 4, 3, 14, 5).getTime();
  expect(saved.kept(1_000, other)).toBe("Kept in this browser only: step 1,000, 3 May, 14:05.");
});

test.each([
  [0.618, "0.62"],
  [8.25, "8.3"],
  [41.2, "41"],
  [1250, "1,250"],
  [undefined, "–"],
])("rate %d", (value, text) => expect(rate(value)).toBe(text));

test.each([
  [0.2, "1 sec"],
  [59, "59 sec"],
  [60, "1 min"],
  [3_600, "1 hr"],
  [4_800, "1 hr 20 min"],
  [300_000, "3 days"],
  [Infinity, "–"],
])("duration %d", (value, text) => expect(duration(value)).toBe(text));

test.each([
  ["idx magic is 0x1", "Idx magic is 0x1."],
  ["It is so.", "It is so."],
  ["λ is 3", "λ is 3."],
  ["", ""],
])("sentence %s", (message, text) => expect(sentence(message)).toBe(text));
