import { expect, test } from "vitest";
import { fileName, isData } from "../../www/files.js";

test("a file's name says what is in it", () => {
  expect(fileName("run", "modern", 1_200)).toBe("webgan-modern-step-1200.safetensors");
  expect(fileName("generator", "mlp", 0)).toBe("webgan-mlp-generator-step-0.safetensors");
});

test("data that are taken for a run are told from a run, damaged or not", () => {
  const file = { name: "a.safetensors", type: "" };
  expect(isData(file, Uint8Array.of(0, 0, 8, 3))).toBe(true);
  expect(isData(file, Uint8Array.of(0x1f, 0x8b, 8))).toBe(true);
  expect(isData({ name: "a.png", type: "" }, Uint8Array.of(137, 80))).toBe(true);
  // A run begins with the length of its header, 2,048 bytes here.
  for (const bytes of [[0, 8, 0, 0], [80, 75], []]) {
    expect(isData(file, Uint8Array.from(bytes))).toBe(false);
  }
});
