// What a page's script may give to the element's methods.

import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { fileOf, imageOf, stepsOf, wishOf, wishRefused } from "../../www/element/calls.js";
import { CodedError } from "../../www/kit/errors.js";

const latents = new Float32Array(100);
const labels = new Uint8Array();

test("a wish is copied, so that nothing changes it on its way", () => {
  const wish = wishOf({ latents, labels, columns: 1 });
  expect(wish).toEqual({ latents, labels, columns: 1 });
  expect(wish.latents).not.toBe(latents);
});

test("arrays of another window are arrays", () => {
  const [theirs, none] = runInNewContext("[new Float32Array(3), new Uint8Array()]");
  expect(wishOf({ latents: theirs, labels: none, columns: 2 }).latents).toHaveLength(3);
});

test.each([
  ["config.latents", null],
  ["config.latents", 7],
  ["config.latents", {}],
  ["config.latents", { labels: [3] }],
  ["config.latents", { latents: [0.1, 0.2], labels, columns: 1 }],
  ["config.latents", { latents: new Float64Array(100), labels, columns: 1 }],
  ["config.latents", { latents: new Float32Array(), labels, columns: 1 }],
  ["config.latents", { latents: Float32Array.of(0, NaN), labels, columns: 1 }],
  ["config.latents", { latents: new Float32Array(102_401), labels, columns: 1 }],
  ["config.labels", { latents }],
  ["config.labels", { latents, labels: [3], columns: 1 }],
  ["config.columns", { latents, labels }],
  ["config.columns", { latents, labels, columns: 0 }],
  ["config.columns", { latents, labels, columns: 1.5 }],
  ["config.columns", { latents, labels, columns: "2" }],
  ["config.columns", { latents, labels, columns: 1e9 }],
])("%s: %o is refused, and it says what a wish is", (code, wish) => {
  const about = { code, message: expect.stringContaining("latents, a Float32Array") };
  expect(() => wishOf(wish)).toThrow(expect.objectContaining(about));
});

test("what the generator refuses of a wish says what a wish is, and nothing else does", () => {
  const refused = new CodedError("config.labels", "there are 1 labels for 0 samples");
  expect(wishRefused(refused)).toMatchObject({
    code: "config.labels",
    message: expect.stringMatching(
      /^There are 1 labels for 0 samples\. .*a Uint8Array with a class/,
    ),
  });
  for (const other of [new CodedError("data.missing", "No."), new TypeError("no")])
    expect(wishRefused(other)).toBe(other);
});

test("a number of steps is a whole one, within what attributes may say", () => {
  expect(stepsOf(3)).toBe(3);
  for (const count of [0, -1, 1.5, NaN, 1_000_001, null, "many"]) {
    expect(() => stepsOf(count)).toThrow(/step\(\) takes a whole number/);
  }
});

test("a file is a blob or bytes", async () => {
  expect(await fileOf(Uint8Array.of(1, 2)).bytes()).toEqual(Uint8Array.of(1, 2));
  expect(fileOf(new ArrayBuffer(3)).size).toBe(3);
  for (const none of [undefined, null, "run.safetensors", 5, {}, [1]])
    expect(() => fileOf(none)).toThrow(expect.objectContaining({ code: "config.file" }));
});

test("a picture is of the type that was asked for, or is refused", async () => {
  // As a canvas does: PNG in place of what it cannot make.
  const toBlob = async (/** @type {string} */ type) =>
    new Blob([], { type: type === "image/jpeg" ? type : "image/png" });
  const picture = /** @type {any} */ ({ toBlob });
  expect((await imageOf(picture, "image/JPEG", 0.5)).type).toBe("image/jpeg");
  expect((await imageOf(picture, "image/png", undefined)).type).toBe("image/png");
  await expect(imageOf(picture, "image/foo", undefined)).rejects.toMatchObject({
    code: "config.type",
  });
  for (const quality of ["good", 2, -1, NaN, null])
    await expect(imageOf(picture, "image/jpeg", quality)).rejects.toMatchObject({
      code: "config.quality",
    });
});
