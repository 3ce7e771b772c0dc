// docs/RESULTS.md as text: the tables of what was measured, and what was aimed at. It trains and measures nothing.

import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

import { sha256 } from "../lib/files.mjs";

/**
 * @typedef {object} Quality
 * @property {number} count
 * @property {number} classifierFrechet
 * @property {number} score
 * @property {{ covered: number, divergence: number }} modes
 * @property {number | null} agreement
 * @property {{ precision: number, recall: number }} precisionRecall
 * @property {number} nearest
 */

/** What a run was measured to be. @typedef {{ samples: Quality, real: Quality, ganTrain: number | null }} Result */

/** How far pictures are from what they should be. @typedef {{ l1: number, psnr: number, ssim: number }} Distance */

/**
 * What a run on pairs was measured to be.
 * @typedef {{ count: number, made: Distance, input: Distance, mean: Distance, nearest: Distance }} PairResult
 */

/** What is trained: a preset, on which data, for how long. @typedef {{ name: string, preset: string, data: string, steps: number }} Subject */

/** With what it takes, and what each seed got. @typedef {Subject & { seconds: number, of: ({ seed: number } & any)[] }} Measured of: a Result, or of pairs a PairResult, and of which seed */

/** Sets beside digits, with what the reader should know of each. @type {Record<string, string>} */
const SETS = {
  faces:
    "Smileys and people's heads by four artists, 32×32 in colours, eight classes (`npm run data`).",
  emoji: "All kinds of emoji by one artist, 32×32 in colours, eight classes: the hard set.",
  fashion: "Fashion-MNIST, 60,000 pictures of clothes, 28×28 greys (`npm run data -- fashion`).",
};

/**
 * @param {Measured[]} measured
 * @param {object} how
 * @param {number} how.steps of runs on digits
 * @param {number} how.timed steps that were timed
 * @param {{ file: string, steps: number }[]} how.shipped
 */
export function report(measured, { steps, timed, shipped }) {
  const digits = measured.filter(({ data }) => data === "digits");
  const sets = measured.filter(({ data }) => Object.hasOwn(SETS, data));
  const pairs = measured.filter(({ preset }) => preset === "pix2pix");
  const [first] = digits;
  const { real } = first.of[0];
  return `# Results

Made by \`npm run results\`, which writes this file: every preset, ${steps} steps, from the seeds that are named, natively on the CPU
(Burn's \`flex\`), on the digits that the default set-up trains on, 9,000 of MNIST's training set. They are measured against
MNIST's own test set, of which no run and no setting has seen anything. Seconds: what the steps take on a machine with two
cores, from ${timed} of them timed alone.

${count(real)} samples are compared with the ${count(real)} test digits, all by a small classifier of our own
(\`www/models/classifier.safetensors\`, SHA-256 \`${hash(shipped[0].file).slice(0, 16)}…\`). So the distance is no FID and compares with no published
number, only with the others in this table and with real digits: training digits, measured as if they were
samples, are the last row (there the nearest training digit is that of test digits).

${table("digit", digits, { score: "MNIST score", ganTrain: true })}

Read as asked: the share of samples that the classifier takes for the digit that was asked for, where a generator can be
asked; that is GAN-test, a classifier of real digits tested on generated ones. GAN-train: one that learned from 9,000
generated digits alone, tested on real ones (Shmelkov et al. 2018).

## What was aimed at
For \`modern\` after ${steps} steps, on every seed.

${cells("measure", "goal", "worst seed", "")}
${cells("---", "---", "---", "---")}
${goals(digits).join("\n")}

The steps should take less than two minutes on the WebGPU of an ordinary laptop. That is not measured: no GPU was at hand.
How long they take in a tab on the CPU stands in the README.

## Other pictures
\`modern\` as it is made for them. Each set is measured by a classifier that has learned its training part in 300 steps, as
on the page, against its held-out part; distances of different sets compare with nothing but real pictures of the same.

${sets.map((subject) => ofSet(subject)).join("\n\n")}

## Out of other pictures
The lines of OpenMoji's emoji to the emoji, 32×32. What is held out are whole families (a man, a woman and a person at the
same thing), so nothing like them was learned. The other rows are what takes no learning: the lines themselves, the mean of
all pictures, and the picture whose lines are nearest.

${pairs.map((subject) => pairTable(subject)).join("\n\n")}

${digits.map(({ name }) => `## \`${name}\`, seed 1\n\n${picture(name, 1)}`).join("\n\n")}

${[...sets, ...pairs].map((subject) => grids(subject)).join("\n\n")}

## The shipped files
Each generator in \`www/models/\` is one of seed 1 on the same digits, after so many steps, with numbers of 16 bits:
\`npm run results -- --ship\` makes them. The classifier comes from
\`webgan classifier --half --out www/models/classifier.safetensors\`.

${cells("file", "steps", "bytes", "SHA-256")}
${cells("---", "---", "---", "---")}
${shipped
  .filter(({ file }) => existsSync(file))
  .map(({ file, steps: after }) =>
    cells(`\`${path.basename(file)}\``, after, statSync(file).size, `\`${hash(file)}\``),
  )
  .join("\n")}
`;
}

/** @param {Measured} subject */
function ofSet(subject) {
  const { name, steps, of } = subject;
  const [{ real }] = of;
  return `### \`${name}\`, ${steps} steps
${SETS[name]} ${count(real)} samples, as many held-out pictures.

${table("picture", [subject], { score: "classifier score", ganTrain: false })}`;
}

/** @param {Measured} subject */
function pairTable({ preset, steps, seconds, of }) {
  const [first] = /** @type {PairResult[]} */ (of);
  const row = (
    /** @type {(string | number)[]} */ start,
    /** @type {Distance} */ { l1, psnr, ssim },
  ) => cells(...start, l1.toFixed(4), psnr.toFixed(2), ssim.toFixed(3));
  return [
    `\`${preset}\`, ${steps} steps, ${count(first)} held-out pairs.\n`,
    cells("preset", "seed", "seconds", "L1", "PSNR, dB", "SSIM"),
    cells(...Array.from({ length: 6 }, () => "---")),
    ...of.map(({ made, seed }) => row([`\`${preset}\``, seed, seconds.toFixed(0)], made)),
    row(["the lines", "", ""], first.input),
    row(["the mean picture", "", ""], first.mean),
    row(["the nearest training pair", "", ""], first.nearest),
  ].join("\n");
}

/**
 * The pictures of all seeds, side by side.
 * @param {Measured} subject
 */
function grids({ name, preset, of }) {
  return [
    `## \`${preset}\` on \`${name}\`\n`,
    cells(...of.map(({ seed }) => `seed ${seed}`)),
    cells(...of.map(() => "---")),
    cells(...of.map(({ seed }) => picture(name, seed))),
  ].join("\n");
}

/**
 * @param {string} name
 * @param {number} seed
 */
function picture(name, seed) {
  return `![Pictures made by ${name}, seed ${seed}](results/${name}-${seed}.png)`;
}

/**
 * @param {string} what one sample is
 * @param {Measured[]} subjects of the same data
 * @param {{ score: string, ganTrain: boolean }} columns
 */
function table(what, subjects, { score, ganTrain }) {
  const head = [
    ...["preset", "seed", "seconds", "classifier-Fréchet distance", score, "modes"],
    ...["divergence from uniform", "read as asked", "precision", "recall"],
    `distance to the nearest training ${what}`,
    ...(ganTrain ? ["GAN-train"] : []),
  ];
  const rows = subjects.flatMap(({ preset, seconds, of }) =>
    of.map((result) =>
      cells(
        ...[`\`${preset}\``, result.seed, seconds.toFixed(0), ...measures(result.samples)],
        ...(ganTrain ? [percent(result.ganTrain)] : []),
      ),
    ),
  );
  const [{ real }] = subjects[0].of;
  const last = cells(`real ${what}s`, "", "", ...measures(real), ...(ganTrain ? [""] : []));
  return [cells(...head), cells(...head.map(() => "---")), ...rows, last].join("\n");
}

/** @param {Quality} quality */
function measures(quality) {
  return [
    ...[quality.classifierFrechet.toFixed(2), quality.score.toFixed(2)],
    ...[String(quality.modes.covered), quality.modes.divergence.toFixed(3)],
    ...[percent(quality.agreement), quality.precisionRecall.precision.toFixed(2)],
    ...[quality.precisionRecall.recall.toFixed(2), quality.nearest.toFixed(1)],
  ];
}

/**
 * What was aimed at, row by row.
 * @param {Measured[]} measured
 */
function goals(measured) {
  const of = (/** @type {string} */ preset) =>
    measured.find(({ name }) => name === preset)?.of ?? [];
  const modern = of("modern");
  const lowest = (/** @type {(result: Result) => number | null} */ measure) =>
    Math.min(...modern.map((result) => measure(result) ?? NaN));
  // Distances vary with the seed: the worst of one against the best of the other.
  const distances = (/** @type {string} */ preset) =>
    of(preset).map(({ samples }) => samples.classifierFrechet);
  const ratio = Math.min(...distances("mlp")) / Math.max(...distances("modern"));
  const [modes, agreement, score, ganTrain] = [
    lowest(({ samples }) => samples.modes.covered),
    lowest(({ samples }) => samples.agreement),
    lowest(({ samples }) => samples.score),
    lowest((result) => result.ganTrain),
  ];
  return [
    { of: "modes", goal: "10 of 10", found: `${modes} of 10`, isMet: modes === 10 },
    { of: "read as asked", goal: "95 %", found: percent(agreement), isMet: agreement >= 0.95 },
    { of: "MNIST score", goal: "9.3", found: score.toFixed(2), isMet: score >= 9.3 },
    {
      of: "classifier-Fréchet distance, below `mlp`'s",
      goal: "5 times",
      found: `${ratio.toFixed(0)} times`,
      isMet: ratio >= 5,
    },
    { of: "GAN-train", goal: "95 %", found: percent(ganTrain), isMet: ganTrain >= 0.95 },
  ].map(({ of, goal, found, isMet }) => cells(of, goal, found, isMet ? "met" : "missed"));
}

/** @param {{ count: number }} quality */
function count(quality) {
  return quality.count.toLocaleString("en");
}

/** @param {string} file */
function hash(file) {
  return sha256(readFileSync(file));
}

/**
 * A row of a table.
 * @param {(string | number)[]} values
 */
function cells(...values) {
  return `| ${values.join(" | ")} |`;
}

/** @param {number | null} share */
function percent(share) {
  return share === null ? "" : `${(100 * share).toFixed(1)} %`;
}
