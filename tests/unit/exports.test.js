import { describe, expect, test } from "vitest";
import { historyCsv, imagesIdx, labelsIdx, measuresCsv } from "../../www/formats/exports.js";
import { History } from "../../www/page/history.js";

const parse = (/** @type {Uint8Array} */ bytes) =>
  new TextDecoder()
    .decode(bytes)
    .trimEnd()
    .split("\n")
    .map((line) => line.split(","));

describe("CSV", () => {
  test("the history has a line a point, under the names of its numbers", () => {
    const history = new History();
    history.push([1, 2, 3, 4, 5, 6, 7, 8, 0.5, 2, 3, 4, 5, 6, 7, 1e-7]);
    // Changed once one step was taken.
    const inForce = (/** @type {number} */ taken) => ({
      learningRate: taken < 1 ? 2e-4 : 1e-3,
      l1Weight: null,
    });
    const [head, ...lines] = parse(historyCsv(history, inForce));
    const names =
      "step,dReal,dFake,g,dOfReal,dOfFake,accuracy,dGradient,gGradient,learningRate,l1Weight";
    expect(head).toEqual(names.split(","));
    expect(lines.map((line) => line.slice(0, -1).map(Number))).toEqual([
      [1, 1, 2, 3, 4, 5, 6, 7, 8, 2e-4],
      [2, 0.5, 2, 3, 4, 5, 6, 7, 1e-7, 1e-3],
    ]);
    expect(lines.map((line) => line.at(-1))).toEqual(["", ""]);
  });

  test("measures have a line each, and a gap where a generator cannot be asked", () => {
    const quality = {
      count: 1000,
      classifierFrechet: 12.5,
      score: 9,
      modes: { shares: [], covered: 10, divergence: 0 },
      agreement: null,
      precisionRecall: { precision: 0.75, recall: 0.5 },
      nearest: 9,
      detail: 1,
    };
    const [head, line] = parse(
      measuresCsv([
        {
          step: 40,
          trainedFor: undefined,
          generated: quality,
          real: { ...quality, classifierFrechet: 2 },
          eyes: { kind: "digits" },
          verdict: "variations",
        },
      ]),
    );
    expect(line).toHaveLength(head.length);
    expect(Object.fromEntries(head.map((name, i) => [name, line[i]]))).toMatchObject({
      step: "40",
      classifierFrechet: "12.5",
      agreement: "",
      recall: "0.5",
      realClassifierFrechet: "2",
    });
  });
});

describe("IDX", () => {
  test("images and labels have the heads that MNIST's files have", () => {
    // LeCun's description of the format: magic 0x803 and 0x801, sizes as big-endian words.
    const images = imagesIdx(
      [Uint8Array.of(1, 2, 3, 4, 5, 6), Uint8Array.of(7, 8, 9, 10, 11, 12)],
      2,
      3,
    );
    expect(Array.from(images.slice(0, 16))).toEqual([
      0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3,
    ]);
    expect(Array.from(images.slice(16))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    // Colours are a fourth dimension.
    const colours = imagesIdx([new Uint8Array(12)], 2, 2, 3);
    expect(Array.from(colours.slice(0, 20))).toEqual([
      ...[0, 0, 8, 4, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3],
    ]);
    expect(colours).toHaveLength(32);
    const labels = labelsIdx(new Uint8Array(300).fill(9));
    expect(Array.from(labels.slice(0, 9))).toEqual([0, 0, 8, 1, 0, 0, 1, 44, 9]);
    expect(labels).toHaveLength(308);
  });
});
