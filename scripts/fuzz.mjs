// `npm run fuzz`: feeds every reader of files or settings what no one would write, a minute each
// (`-- --seconds N`), beginning with real ones. Needs nightly Rust and `cargo install cargo-fuzz`.

import { copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";

import { ensureData } from "./data.mjs";
import { environment, root } from "./lib/places.mjs";
import { capture, Failure, main, run, say, which } from "./lib/proc.mjs";

const folder = path.join(root, "fuzz");
const JSON_SEEDS = ['{"batchSize":32,"learningRate":0.001}', '{"l1Weight":0.5,"seed":7}'];

/** @type {Record<string, string[]>} real files, by target */
const SEEDS = {
  idx: ["www/data/mnist/t10k-images-idx3-ubyte.gz", "www/data/mnist/t10k-labels-idx1-ubyte.gz"],
  checkpoint: ["www/models/dense.safetensors", "www/models/classifier.safetensors"],
  config: [],
};

/** @param {string} target */
function seed(target) {
  const corpus = path.join(folder, "corpus", target);
  mkdirSync(corpus, { recursive: true });
  for (const file of SEEDS[target]) {
    const from = path.join(root, file);
    if (existsSync(from)) copyFileSync(from, path.join(corpus, path.basename(file)));
  }
  if (target !== "config") return;
  JSON_SEEDS.forEach((json, i) => writeFileSync(path.join(corpus, `settings-${i}.json`), json));
}

await main(import.meta.url, async (args) => {
  const { values } = parseArgs({
    args,
    options: { seconds: { type: "string", default: "60" }, target: { type: "string" } },
  });
  const env = environment();
  if (which("cargo-fuzz", env) === null) {
    throw new Failure("cargo-fuzz is missing: `cargo install cargo-fuzz` brings it.");
  }
  if (capture("cargo", ["+nightly", "--version"], { env }).status !== 0) {
    throw new Failure("nightly Rust is missing: `rustup toolchain install nightly` brings it.");
  }
  await ensureData();
  for (const target of values.target ? [values.target] : Object.keys(SEEDS)) {
    seed(target);
    say(`fuzzing ${target} for ${values.seconds} s`);
    const limits = [`-max_total_time=${values.seconds}`, "-rss_limit_mb=4096", "-timeout=20"];
    const fuzz = ["+nightly", "fuzz", "run", target, "--", ...limits, "-verbosity=0"];
    // Whatever cargo is told elsewhere, this build has a folder of its own: its flags are others.
    const own = { ...env, CARGO_TARGET_DIR: path.join(folder, "target") };
    if (!(await run("cargo", fuzz, { cwd: folder, env: own }))) {
      throw new Failure(`${target} stopped on the input that lies in fuzz/artifacts/${target}/.`);
    }
  }
  say(`nothing found in ${readdirSync(path.join(folder, "fuzz_targets")).length} targets`);
});
