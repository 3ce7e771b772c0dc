import { describe, expect, test } from "vitest";
import { refusalOf, remedyFor } from "../../www/page/app/remedy.js";
import { CodedError } from "../../www/kit/errors.js";
import { DEFAULT_SETTINGS } from "../../www/page/settings.js";
import { PRESETS } from "./presets.js";
import { fileOf } from "./safetensors.js";

const plain = PRESETS[0].id;
const conditional = "conditional";
const ALL = [...PRESETS, { ...PRESETS[0], id: conditional, classes: 10 }];

const ASKED = {
  ...{ place: /** @type {const} */ ("data"), file: undefined, presets: ALL },
  settings: DEFAULT_SETTINGS,
  data: { kind: /** @type {const} */ ("mnist"), id: 0, url: "https://site.invalid/" },
};

/**
 * @param {string} preset
 * @param {Partial<import("../../www/engine/protocol.js").DataInfo>} data
 * @param {Partial<import("../../www/page/settings.js").Settings>} [settings]
 */
function mended(preset, data, settings = {}) {
  const all = { count: 1_000, rows: 28, columns: 28, channels: 1, classCount: 10, ...data };
  return remedyFor(all, { ...DEFAULT_SETTINGS, preset, ...settings }, ALL);
}

describe("what mends a refusal", () => {
  test("is a batch that the pictures fill, the largest power of two", () => {
    expect(mended(plain, { count: 10 })).toEqual({ batchSize: 8 });
    expect(mended(plain, { count: 1 })).toEqual({ batchSize: 1 });
    expect(mended(plain, { count: 24 }, { batchSize: 512 })).toEqual({ batchSize: 16 });
    expect(mended(plain, { count: 24 }, { batchSize: 8, discriminatorSteps: 4 })).toEqual({
      batchSize: 4,
    });
  });

  test("is no batch too small for a GAN that compares its samples", () => {
    const compares = { ...PRESETS[0], id: "compares", leastBatch: 2 };
    const asked = { ...DEFAULT_SETTINGS, preset: "compares" };
    const data = { count: 1, rows: 28, columns: 28, channels: 1, classCount: 0 };
    expect(remedyFor(data, asked, [compares])).toBeUndefined();
    expect(remedyFor({ ...data, count: 2 }, asked, [compares])).toEqual({ batchSize: 2 });
    expect(remedyFor(data, asked, [compares, PRESETS[0]])).toEqual({ preset: plain, batchSize: 1 });
    const error = (/** @type {number} */ count) =>
      Object.assign(new CodedError("config.batch_norm", "it is 1"), { data: { ...data, count } });
    const remedy = (/** @type {number} */ count) =>
      refusalOf(error(count), { ...ASKED, settings: asked, presets: [compares] }).remedy;
    expect([1, 2, 12, 100].map(remedy)).toEqual([
      undefined,
      { batchSize: 2 },
      { batchSize: 8 },
      { batchSize: 16 },
    ]);
  });

  test("of pictures of another size is to save them otherwise, where they are somebody's own", () => {
    const error = new CodedError("config.features", "another size");
    const said = (/** @type {import("../../www/engine/protocol.js").DataSource} */ data) =>
      refusalOf(error, { ...ASKED, data }).message;
    const set = { kind: /** @type {const} */ ("folder"), id: 1, url: "emoji", turned: false };
    expect(said({ ...set, isSet: true })).toBe("Another size.");
    const own = { kind: /** @type {const} */ ("files"), id: 2, name: "mine.npy", turned: false };
    expect(said({ ...own, images: new File([], "mine.npy"), labels: undefined })).toContain(
      "Save the pictures in that size",
    );
  });

  test("of a run on other data is to go on all the same, where these have its shape", () => {
    const bytes = fileOf({ "webgan.checkpoint": '{"data":"60x784 0a0b0c0d"}' });
    const remedy = (/** @type {number} */ side) => {
      const data = { count: 9, rows: side, columns: side, channels: 1, classCount: 0 };
      const error = Object.assign(new CodedError("checkpoint.data", "other data"), { data });
      return refusalOf(error, { ...ASKED, place: "saved", bytes });
    };
    expect(remedy(28).remedy).toEqual({ otherData: true });
    expect(remedy(28).message).toMatch(/learned from other data/);
    expect(remedy(32).remedy).toBeUndefined();
  });

  test("is a GAN that takes these classes, or none", () => {
    expect(mended(conditional, { classCount: 26 })).toEqual({ preset: plain });
    expect(mended(conditional, { classCount: 0, count: 24 })).toEqual({
      ...{ preset: plain, batchSize: 16 },
    });
    expect(mended(conditional, { classCount: 10, count: 20 })).toEqual({ batchSize: 16 });
  });

  test("is a GAN that takes pictures of their shape", () => {
    const shape = { height: 16, width: 12, channels: 1 };
    const data = { count: 1_000, rows: 16, columns: 12, channels: 1, classCount: 0 };
    const settings = { ...DEFAULT_SETTINGS, preset: plain };
    const others = [...ALL, { ...PRESETS[0], id: "tall", shape }];
    expect(remedyFor(data, settings, others)).toEqual({ preset: "tall" });
  });

  test("is a GAN that is made for them, where there is one for such a side", () => {
    const adapting = { ...PRESETS[0], id: "adapts", adapts: true };
    const asked = { ...DEFAULT_SETTINGS, preset: plain };
    const data = { count: 1_000, rows: 64, columns: 64, channels: 3, classCount: 7 };
    expect(remedyFor(data, asked, [...ALL, adapting])).toEqual({ preset: "adapts" });
    const odd = { ...data, rows: 40, columns: 40 };
    expect(remedyFor(odd, asked, [...ALL, adapting])).toBeUndefined();
  });

  test("is their outlines, where pictures lack others that they are to be made of", () => {
    const asked = {
      ...{ place: /** @type {const} */ ("pairs"), file: undefined, presets: ALL },
      settings: DEFAULT_SETTINGS,
      data: { kind: /** @type {const} */ ("mnist"), id: 0, url: "https://site.invalid/" },
    };
    for (const code of ["config.inputs", "data.colours"]) {
      const refusal = refusalOf(new CodedError(code, "nothing to begin with"), asked);
      expect(refusal).toEqual({
        ...{ place: "pairs", message: "Nothing to begin with." },
        remedy: { pairs: "outline" },
      });
    }
    const { remedy } = refusalOf(new CodedError("config.inputs", "none"), {
      ...asked,
      place: "files",
    });
    expect(remedy).toBeUndefined();
  });

  test("is the digits, for a run on pictures that is loaded while points are learned", () => {
    const error = new CodedError("config.features", "samples of 2 numbers, not of 28×28");
    const asked = {
      settings: { ...DEFAULT_SETTINGS, data: /** @type {const} */ ("ring") },
      data: { kind: /** @type {const} */ ("toy"), id: 1, toy: "ring" },
      file: new File([], "run.safetensors"),
      presets: ALL,
    };
    expect(refusalOf(error, { ...asked, place: "files" }).remedy).toEqual({ data: "mnist" });
    expect(refusalOf(error, { ...asked, place: "toy" }).remedy).toBeUndefined();
  });

  test("is nothing where no GAN can learn them, and where nothing is wrong", () => {
    expect(mended(plain, { rows: 32, columns: 32 })).toBeUndefined();
    expect(mended(plain, { rows: 14, columns: 56 })).toBeUndefined();
    expect(mended(plain, {})).toBeUndefined();
  });
});
