import { expect, test } from "vitest";
import { fileName, isData, isRun } from "../../www/engine/files.js";

test("a file's name says what is in it", () => {
  expect(fileName("run", "modern", 1_200)).toBe("webgan-modern-step-1200.safetensors");
  expect(fileName("generator", "mlp", 0)).toBe("webgan-mlp-generator-step-0.safetensors");
});

test.each([
  ["a saved run", "run", '\x08\0\0\0\0\0\0\0{"__metadata__"', true, false],
  ["images", "a", "\0\0\x08\x03\0\0\0\x01\0\0\0\x1c", false, true],
  ["a file packed by gzip", "a.gz", Uint8Array.from([0x1f, 0x8b, 8, 0]), false, true],
  ["a zip, or NumPy's arrays", "a.npz", "PK\x03\x04", false, true],
  ["an array of NumPy's", "a.npy", Uint8Array.from([0x93, ...Buffer.from("NUMPY")]), false, true],
  ["a picture, by its name", "a.heic", "ftyp", false, true],
  ["a text", "a.csv", "1,2,3,4,5", false, false],
  ["nothing", "a", "", false, false],
])("%s is told from what belongs elsewhere", async (_, name, content, run, data) => {
  const file = new File([content], name);
  expect(await isRun(file)).toBe(run);
  expect(await isData(file)).toBe(data);
});
