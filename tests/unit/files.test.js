import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { fileName, MAX_FILE_BYTES, sortFiles } from "../../www/files.js";

const IMAGES = Buffer.from([0, 0, 8, 3, 0, 0, 0, 0, 0, 0, 0, 28, 0, 0, 0, 28]);
const LABELS = Buffer.from([0, 0, 8, 1, 0, 0, 0, 0]);

/**
 * @param {string} name
 * @param {Buffer} bytes
 */
const file = (name, bytes) => new File([new Uint8Array(bytes)], name);

test("a single file is taken for pictures: the core says if it is not", async () => {
  const one = file("labels.gz", LABELS);
  expect(await sortFiles([one])).toEqual({ images: one, labels: undefined });
});

test.each([
  ["plain", IMAGES, LABELS],
  ["gzipped", gzipSync(IMAGES), gzipSync(LABELS)],
])("%s files are told apart by what is in them, in any order", async (_, images, labels) => {
  const a = file("a", images);
  const b = file("b", labels);
  expect(await sortFiles([a, b])).toEqual({ images: a, labels: b });
  expect(await sortFiles([b, a])).toEqual({ images: a, labels: b });
});

test("files that say nothing are told apart by their names", async () => {
  const a = file("t10k-labels-idx1-ubyte.gz", Buffer.from([0x1f, 0x8b, 1, 2, 3]));
  const b = file("t10k-images-idx3-ubyte.gz", Buffer.from([]));
  expect(await sortFiles([a, b])).toEqual({ images: b, labels: a });
});

test("no file, three files and a huge file get a sentence", async () => {
  const small = file("small", IMAGES);
  expect(await sortFiles([])).toMatch(/^No file/);
  expect(await sortFiles([small, small, small])).toMatch(/more than two/);
  const huge = file("huge", IMAGES);
  Object.defineProperty(huge, "size", { value: MAX_FILE_BYTES + 1 });
  expect(await sortFiles([huge])).toMatch(/“huge” is larger than 256 MB/);
});

test("a file's name says what is in it", () => {
  expect(fileName("run", "modern", 1_200)).toBe("webgan-modern-step-1200.safetensors");
  expect(fileName("generator", "mlp", 0)).toBe("webgan-mlp-generator-step-0.safetensors");
});
