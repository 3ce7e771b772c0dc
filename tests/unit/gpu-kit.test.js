// The table of the GPU kit.

import { expect, test } from "vitest";

import { report } from "../../bench/kit/report.mjs";

test("a row tells speed, the share of the device and the distance from the CPU", () => {
  const table = report([
    {
      part: "native Vulkan",
      preset: "mlp",
      execution: "recorded",
      stepMs: 0.5,
      issueMs: 0.02,
      lossesDiffer: 3e-4,
      samplesDiffer: 2e-3,
      productGflops: 10_394,
    },
  ]);
  // 2 · 259.9 million operations in half a millisecond are a tenth of 10,394 Gflop/s.
  expect(table.split("\n")[2]).toBe(
    "| mlp | native Vulkan, recorded | 2000 | 0.020 | 0.500 | 10 % | losses 3e-4, samples 2e-3 |",
  );
});

test("the ceiling is the best that any part reached", () => {
  const lines = [100, 400].map((productGflops) => ({
    part: `${productGflops}`,
    preset: "dcgan",
    stepMs: 31.848,
    productGflops,
  }));
  const shares = report(lines)
    .split("\n")
    .slice(2)
    .map((row) => row.split(" | ")[5]);
  expect(shares).toEqual(["25 %", "25 %"]);
});

test("what cannot run says why, in one line that does not break the table", () => {
  const row = report([{ part: "PyTorch", preset: "modern", cannot: "no\nGPU | here" }]).split(
    "\n",
  )[2];
  expect(row).toBe("| modern | PyTorch | cannot: no GPU   here |  |  |  |  |");
});
