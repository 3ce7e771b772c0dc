// What the kit's parts printed, as one table. Pure; tested by tests/unit/gpu-kit.test.js.

/**
 * Millions of multiplications that are each added to something, for one step, as PyTorch's counter
 * counts them: `python bench/native/pytorch.py --count`. A floating-point operation is half of one.
 * @type {Record<string, number>}
 */
export const MULTIPLICATIONS = { mlp: 259.9, dcgan: 1592.4, modern: 1818.9 };

/**
 * @typedef {object} Line what a part printed of one network
 * @property {string} part
 * @property {string} preset
 * @property {string} [device]
 * @property {string} [contestant]
 * @property {string} [execution]
 * @property {number} [stepMs]
 * @property {number} [issueMs]
 * @property {number} [lossesDiffer]
 * @property {number} [samplesDiffer]
 * @property {number} [productGflops]
 * @property {string} [cannot]
 */

const HEAD = [
  "network",
  "program",
  "steps a second",
  "issue ms",
  "whole ms",
  "share of the GPU",
  "against the CPU",
];

/**
 * @param {Line[]} lines
 * @returns {string} a markdown table
 */
export function report(lines) {
  const ceiling = Math.max(0, ...lines.map(({ productGflops = 0 }) => productGflops));
  const rows = lines.map((line) => {
    const program = [line.part, line.contestant, line.execution].filter(Boolean).join(", ");
    if (line.stepMs === undefined) {
      return [
        line.preset,
        program,
        `cannot: ${(line.cannot ?? "").replaceAll(/[|\n]/g, " ").slice(0, 100)}`,
        "",
        "",
        "",
        "",
      ];
    }
    const flops = 2e6 * (MULTIPLICATIONS[line.preset] ?? NaN);
    const share = flops / line.stepMs / 1e6 / ceiling;
    return [
      line.preset,
      program,
      (1000 / line.stepMs).toFixed(0),
      milliseconds(line.issueMs),
      milliseconds(line.stepMs),
      ceiling > 0 && Number.isFinite(share) ? `${(100 * share).toPrecision(2)} %` : "",
      line.lossesDiffer === undefined
        ? ""
        : `losses ${line.lossesDiffer.toExponential(0)}, samples ${(line.samplesDiffer ?? NaN).toExponential(0)}`,
    ];
  });
  const markdown = [HEAD, HEAD.map(() => "---"), ...rows].map(
    (cells) => `| ${cells.join(" | ")} |`,
  );
  return markdown.join("\n");
}

/** @param {number} [ms] */
function milliseconds(ms = NaN) {
  return ms >= 10 ? ms.toFixed(1) : ms.toFixed(3);
}
