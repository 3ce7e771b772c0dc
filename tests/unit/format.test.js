import { expect, test } from "vitest";
import { count, duration, loss, percent, rate, sentence } from "../../www/kit/format.js";

test.each([
  [0, "0"],
  [12_345, "12,345"],
])("count %d", (value, text) => expect(count(value)).toBe(text));

test.each([
  [0.69314, "0.693"],
  [-0.5, "-0.500"],
  [123.456, "123.5"],
  [1_417_717_238.8, "1.4e+9"],
  [undefined, "–"],
  [NaN, "not a number"],
])("loss %d", (value, text) => expect(loss(value)).toBe(text));

test.each([
  [0.0734, "7.3\u00a0%"],
  [1, "100.0\u00a0%"],
])("percent %d", (value, text) => expect(percent(value)).toBe(text));

test.each([
  [0.618, "0.62"],
  [8.25, "8.3"],
  [41.2, "41"],
  [1250, "1,250"],
  [undefined, "–"],
])("rate %d", (value, text) => expect(rate(value)).toBe(text));

test.each([
  [0.2, "1 s"],
  [59, "59 s"],
  [60, "1 min"],
  [3_600, "1 h"],
  [4_800, "1 h 20 min"],
  [300_000, "3 days"],
  [Infinity, "–"],
  [undefined, "–"],
])("duration %d", (value, text) => expect(duration(value)).toBe(text));

test.each([
  ["idx magic is 0x1", "Idx magic is 0x1."],
  ["It is so.", "It is so."],
  ["λ is 3", "λ is 3."],
  ["", ""],
])("sentence %s", (message, text) => expect(sentence(message)).toBe(text));
