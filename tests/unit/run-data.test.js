import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { fingerprintOf } from "../../scripts/site/sets.mjs";
import { isOwnData, isSameWish, ownDataOf } from "../../www/page/run-data.js";
import { featuresIn, runDataIn, withRunData } from "../../www/page/run-file.js";
import { DEFAULT_SETTINGS } from "../../www/page/settings.js";
import { fileOf } from "./safetensors.js";

const CHECKPOINT = "webgan.checkpoint";
/** @type {import("../../www/pictures/reading.js").Wish} */
const WISH = { part: null, depth: 1, side: 48, channels: 3, fit: "whole", holdOut: "none" };
const OWN = { name: "hearts", count: 12, turned: false, wish: WISH };

test("a file of a run says what its data are, and keeps all else", () => {
  const about = JSON.stringify({ step: 3 });
  const bytes = fileOf({ [CHECKPOINT]: about });
  const settings = { ...DEFAULT_SETTINGS, data: /** @type {const} */ ("faces"), seed: 7 };
  const told = withRunData(bytes, settings, undefined);
  expect(runDataIn(told)).toMatchObject({ settings: { data: "faces", pairs: null } });
  const saved = withRunData(told, DEFAULT_SETTINGS, OWN);
  expect(runDataIn(saved)).toMatchObject({ settings: { data: "mnist" }, own: OWN });
  // Tensors begin at a multiple of eight, as readers may map them.
  const length = Number(new DataView(saved.buffer).getBigUint64(0, true));
  expect(length % 8).toBe(0);
  expect([...saved.subarray(8 + length)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  const header = JSON.parse(new TextDecoder().decode(saved.subarray(8, 8 + length)));
  expect(header.__metadata__[CHECKPOINT]).toBe(about);
  expect(header.tensor.data_offsets).toEqual([0, 8]);
});

test.each([
  ["no file of this kind", Uint8Array.of(1, 2, 3)],
  ["a length beyond its end", new Uint8Array(8).fill(255)],
  ["a header that is no JSON", Uint8Array.of(2, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0x7b)],
  ["nothing said", fileOf({})],
  ["what is no JSON", fileOf({ "webgan.data": "{" })],
  ["other kinds of values", fileOf({ "webgan.data": '{"query":5}' })],
  ["an arrangement that is none", fileOf({ "webgan.data": '{"query":"","own":{"name":5}}' })],
])("where a file has %s, nobody knows its data", (_, bytes) => {
  expect(runDataIn(bytes)).toBeUndefined();
  expect(featuresIn(bytes)).toBeUndefined();
});

test("a file without a word is known by its checksum, where this site has its data", () => {
  // Those that this machine's set-up made.
  const data = new URL("../../www/data/", import.meta.url).pathname;
  for (const name of readdirSync(data)) {
    const learned = `${fingerprintOf(path.join(data, name))} 01234567`;
    const bytes = fileOf({ [CHECKPOINT]: JSON.stringify({ data: learned }) });
    expect(runDataIn(bytes)?.settings, name).toMatchObject({ data: name });
  }
  const other = fileOf({ [CHECKPOINT]: '{"data":"9000x784 00000000"}' });
  expect(runDataIn(other)).toBeUndefined();
  expect(featuresIn(other)).toBe(784);
});

test("a set's checksum is that of its pixels", () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "set-"));
  // The nine digits, whose checksum every description of CRC-32 gives.
  const sizes = [1, 3, 3].flatMap((size) => [0, 0, 0, size]);
  const raw = Uint8Array.from([0, 0, 8, 3, ...sizes, ...new TextEncoder().encode("123456789")]);
  writeFileSync(path.join(folder, "train-images-idx3-ubyte.gz"), gzipSync(raw));
  expect(fingerprintOf(folder)).toBe("1x9 cbf43926");
  rmSync(folder, { recursive: true });
});

test("own data in use are told with what they were made by", () => {
  const file = new File([], "hearts");
  const images = { ...OWN, kind: /** @type {const} */ ("files"), id: 4, images: file };
  const source = { ...images, labels: undefined, heldOut: undefined };
  const data = /** @type {any} */ ({ sourceId: 4, name: "hearts", count: 12 });
  expect(ownDataOf(source, data)).toEqual(OWN);
  expect(ownDataOf(source, { ...data, sourceId: 5 })).toBeUndefined();
  expect(isOwnData(OWN)).toBe(true);
  for (const odd of [{ side: "48" }, { fit: "half" }, { channels: 2 }, { other: 1 }, null]) {
    expect(isOwnData({ ...OWN, wish: odd }), JSON.stringify(odd)).toBe(false);
  }
  expect(isSameWish(WISH, { ...Object.fromEntries(Object.entries(WISH).reverse()) })).toBe(true);
  expect(isSameWish(WISH, { ...WISH, holdOut: "tenth" })).toBe(false);
});
