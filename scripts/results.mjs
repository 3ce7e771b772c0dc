// `npm run results`: trains every preset on digits, `modern` on the sets in colour and on fashion, and `pix2pix` on line
// art, from three seeds with the native trainer, measures each, and writes docs/RESULTS.md with its pictures. Two hours
// on two cores; runs that are there already are kept, in the cache. `-- --subject NAME --seed N` do only those, `-- --report` times the subjects
// and writes up what is there; `-- --ship` also makes the generators that the page shows (www/models/), and what tests
// expect of modern's. The classifier that digits are measured with comes with the program; others are trained first.

import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";

import { digitsBesideTest, ensureData, ensureSet } from "./data.mjs";
import { replaceFolder } from "./lib/files.mjs";
import { cache, environment, root, targetDir } from "./lib/places.mjs";
import { capture, Failure, main, run, say } from "./lib/proc.mjs";
import { report } from "./results/report.mjs";

/** @import { Measured, Subject } from "./results/report.mjs" */

const STEPS = 1000;
/** Timed alone, after everything else: the runs above may have shared the machine. */
const TIMED_STEPS = 100;
const SEEDS = [1, 2, 3];
/** As many as the page takes. */
const CLASSIFIER_STEPS = 300;
/** Presets for digits in the table's order, with the steps after which seed 1's generator is shipped. */
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

/** @type {Subject[]} */
const SUBJECTS = [
  ...Object.keys(SHIPPED).map((preset) => ({ name: preset, preset, data: "digits", steps: STEPS })),
  { name: "faces", preset: "modern", data: "faces", steps: 2000 },
  { name: "emoji", preset: "modern", data: "emoji", steps: 3000 },
  { name: "fashion", preset: "modern", data: "fashion", steps: 1000 },
  { name: "lineart", preset: "pix2pix", data: "lineart", steps: 1500 },
];

const models = path.join(root, "www/models");
const pictures = path.join(root, "docs/results");
const runs = path.join(cache, "results");
const shippedModern = path.join(models, "modern.safetensors");
/** What the page and the command line must find of it, on the digits of the default set-up. */
const expected = path.join(root, "tests/modern-measured.json");

await main(import.meta.url, async (args) => {
  const { values } = parseArgs({
    args,
    options: {
      subject: { type: "string" },
      seed: { type: "string" },
      report: { type: "boolean", default: false },
      ship: { type: "boolean", default: false },
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
  const subjects = SUBJECTS.filter(({ name }) => [undefined, name].includes(values.subject));
  for (const seed of values.report ? [] : seeds) {
    for (const { name, preset, data, steps } of subjects) {
      const out = path.join(runs, `${name}-${seed}`);
      const file = path.join(out, "result.json");
      const checkpoint = path.join(out, "checkpoint.safetensors");
      if (existsSync(file)) continue;
      const folder = await folderOf(data);
      const on = ["--preset", preset, "--data", folder];
      const how = ["--steps", String(steps), "--seed", String(seed), "--out", out];
      // One that was cut short begins anew.
      webgan("train", ...on, ...how, "--overwrite");
      // Digits have one that comes with the program, and pairs are compared with what they should be.
      const known = data === "digits" || preset === "pix2pix";
      const eyes = known ? [] : ["--classifier", classifierOf(data, folder, webgan)];
      const measure = (/** @type {string[]} */ ...options) =>
        JSON.parse(webgan("evaluate", checkpoint, "--data", folder, ...eyes, "--json", ...options));
      let measured = measure();
      // GAN-train takes longest, and says most of what can be asked for a digit.
      if (data === "digits" && measured.samples.agreement !== null)
        measured = measure("--gan-train");
      writeFileSync(file, JSON.stringify(measured));
      say(`${name}, seed ${seed}`);
    }
  }
  for (const { name, data, steps } of SUBJECTS) {
    for (const seed of data === "digits" ? [1] : SEEDS) {
      const picture = path.join(runs, `${name}-${seed}`, `step-${steps}.png`);
      if (existsSync(picture)) copyFileSync(picture, path.join(pictures, `${name}-${seed}.png`));
    }
  }
  for (const [preset, steps] of values.ship ? Object.entries(SHIPPED) : []) {
    const first = path.join(runs, `${preset}-1`);
    if (!existsSync(path.join(first, "result.json"))) continue;
    const shipped = steps === STEPS ? first : path.join(runs, `${preset}-shipped`);
    const checkpoint = path.join(shipped, "checkpoint.safetensors");
    if (!existsSync(checkpoint)) {
      const from = path.join(first, "checkpoint.safetensors");
      const on = ["--steps", String(steps), "--out", shipped, "--overwrite"];
      webgan("train", "--resume", from, "--data", await folderOf("digits"), ...on);
    }
    const file = path.join(models, `${preset}.safetensors`);
    webgan("export", checkpoint, "--half", "--out", file);
  }
  const results = [];
  for (const subject of SUBJECTS) {
    const { name, preset, data, steps } = subject;
    const of = SEEDS.flatMap((seed) => {
      const found = read(path.join(runs, `${name}-${seed}`, "result.json"));
      return found.map((result) => ({ ...result, seed }));
    });
    if (of.length === 0) continue;
    const out = path.join(runs, `${name}-timed`);
    const file = path.join(out, "seconds.json");
    if (!existsSync(file)) {
      const on = ["--preset", preset, "--data", await folderOf(data)];
      const said = webgan("train", ...on, "--steps", String(TIMED_STEPS), "--out", out, "--overwrite"); // prettier-ignore
      writeFileSync(file, JSON.stringify(Number(/ steps in ([\d.]+) s/.exec(said)?.[1])));
    }
    const seconds = (Number(readFileSync(file, "utf8")) * steps) / TIMED_STEPS;
    results.push({ ...subject, seconds, of });
  }
  if (values.ship) {
    const measured = JSON.parse(webgan("evaluate", shippedModern, "--json"));
    writeFileSync(expected, `${JSON.stringify(measured, null, 2)}\n`);
  }
  const shipped = Object.entries({ classifier: 2000, ...SHIPPED }).map(([name, steps]) => ({
    file: path.join(models, `${name}.safetensors`),
    steps,
  }));
  const written = report(results, { steps: STEPS, timed: TIMED_STEPS, shipped });
  writeFileSync(path.join(root, "docs/RESULTS.md"), written);
  say("docs/RESULTS.md is written");
});

/**
 * The folder of a set: of digits one whose test digits are MNIST's own.
 * @param {string} data
 */
async function folderOf(data) {
  if (data !== "digits") return ensureSet(data);
  const folder = path.join(runs, "digits");
  if (!existsSync(folder)) replaceFolder(folder, await digitsBesideTest());
  return folder;
}

/**
 * A classifier for a set, trained where there is none.
 * @param {string} data
 * @param {string} folder
 * @param {(...words: string[]) => string} webgan
 */
function classifierOf(data, folder, webgan) {
  const file = path.join(runs, `${data}-classifier.safetensors`);
  const steps = String(CLASSIFIER_STEPS);
  if (!existsSync(file)) webgan("classifier", "--data", folder, "--steps", steps, "--out", file);
  return file;
}

/**
 * @param {string} file
 * @returns {any[]} a result, or none
 */
function read(file) {
  return existsSync(file) ? [JSON.parse(readFileSync(file, "utf8"))] : [];
}
