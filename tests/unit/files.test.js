import { expect, test } from "vitest";
import { fileName } from "../../www/files.js";

test("a file's name says what is in it", () => {
  expect(fileName("run", "modern", 1_200)).toBe("webgan-modern-step-1200.safetensors");
  expect(fileName("generator", "mlp", 0)).toBe("webgan-mlp-generator-step-0.safetensors");
});
