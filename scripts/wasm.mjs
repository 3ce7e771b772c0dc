// Compiles the crates to WebAssembly and writes www/pkg/cpu/, www/pkg/threads/, www/pkg/webgpu/ and www/pkg/export/:
// cargo, wasm-bindgen, wasm-opt. Does nothing when nothing it depends on has changed. The last few results stay in the
// cache, so that going back to another branch, or a fresh clone, costs nothing. `--dev` leaves
// wasm-opt out.

import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import path from "node:path";
import process from "node:process";

import { fingerprint, writeWhole } from "./lib/files.mjs";
import { cache, environment, root, scratch, targetDir } from "./lib/places.mjs";
import { capture, Failure, main, run, say } from "./lib/proc.mjs";
import { ownTarget } from "./lib/target.mjs";
import { setUpBuild } from "./setup.mjs";
import { stdSources } from "./setup/rust.mjs";
import { lockedVersion } from "./setup/tools.mjs";

const TARGET = "wasm32-unknown-unknown";
const OUT = path.join(root, "www", "pkg");
const RESULTS = path.join(cache, "pkg");
const KEPT = 16;
const INPUTS = ["Cargo.toml", "Cargo.lock", ".cargo/config.toml", "scripts/wasm.mjs"];

/**
 * - name: of its folder
 * - file: of the program, without an ending
 * - inputs: what it is made of, beside INPUTS
 * @typedef {{ name: string, file: string, inputs: string[], args: string[] }} Build
 */

/** The one with threads. */
const THREADS = "threads";

/**
 * The training program's: the CPU alone, the CPU with threads, and WebGPU with the CPU to fall back to.
 * @type {Build[]}
 */
export const BUILDS = [
  { name: "cpu", args: ["--no-default-features"] },
  { name: THREADS, args: ["--no-default-features", "--features", "threads"] },
  { name: "webgpu", args: [] },
].map((build) => ({ ...build, file: "webgan", inputs: [...library(), "kernels"] }));

/** The library's sources: those of the command line change nothing here. */
function library() {
  const names = readdirSync(path.join(root, "src")).filter((name) => name !== "bin");
  return names.sort().map((name) => `src/${name}`);
}

/**
 * What threads need: a memory that they share, as large as browsers give one, and what wasm-bindgen looks for to give
 * each a stack and statics of its own.
 */
const THREAD_FLAGS = [
  "-C target-feature=+simd128,+atomics,+bulk-memory,+mutable-globals",
  ...[
    "--shared-memory",
    "--import-memory",
    `--max-memory=${2 ** 31}`,
    ...["__wasm_init_tls", "__tls_size", "__tls_align", "__tls_base", "__heap_base"].map(
      (name) => `--export=${name}`,
    ),
  ].map((argument) => `-C link-arg=${argument}`),
].join(" ");

/** No standard library for threads can be built here. */
class NoSources extends Failure {}

/**
 * What makes files of a generator for other programs: loaded when somebody wants one.
 * @type {Build}
 */
const EXPORT = {
  name: "export",
  file: "webgan_export",
  inputs: ["export/src", "export/Cargo.toml"],
  args: ["-p", "webgan-export", "--crate-type", "cdylib"],
};

/** What rustc and wasm-bindgen put in; wasm-opt reads the rest from the file itself. */
const FEATURES = [
  "bulk-memory",
  "multivalue",
  "mutable-globals",
  "nontrapping-float-to-int",
  "reference-types",
  "sign-ext",
  "simd",
  "threads",
].map((feature) => `--enable-${feature}`);

/**
 * Not -Oz: on 31 MB that took 439 s against 80 s (two busy cores), left 2.99 MB after brotli against
 * 2.65 MB, and trained no faster.
 */
const LEVEL = ["-O1", "--strip-debug"];

/** What a page can be served with: the others take longer. */
export const FIRST = ["cpu", "export"];

/**
 * @param {{ dev?: boolean, only?: string[] }} [options] by their names; all unless told
 * @returns {Promise<boolean>} whether anything is new
 */
export async function buildWasm({ dev = false, only } = {}) {
  let isNew = false;
  for (const build of [...BUILDS, EXPORT]) {
    if (only?.includes(build.name) === false) continue;
    try {
      isNew = (await buildOne(build, dev)) || isNew;
    } catch (error) {
      if (!(error instanceof NoSources)) throw error;
      say(`the site will train with one thread: ${error.message}`);
      rmSync(path.join(OUT, build.name), { recursive: true, force: true });
    }
  }
  prune();
  return isNew;
}

/**
 * @param {Build} build
 * @param {boolean} dev
 * @returns {Promise<boolean>} whether it is new
 */
async function buildOne(build, dev) {
  const env = build.name === THREADS ? withThreads() : environment({ wasm: true });
  const also = [
    build.name,
    dev ? "dev" : "release",
    capture("rustc", ["--version"], { env }).stdout,
    env.RUSTFLAGS ?? "",
    dev ? "" : binaryenVersion(),
  ];
  const out = path.join(OUT, build.name);
  const stamp = path.join(out, ".stamp");
  const inputs = [...INPUTS, ...build.inputs];
  let wanted = fingerprint(root, inputs, also);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return false;
  if (!existsSync(path.join(RESULTS, wanted))) {
    wanted = await compile(build, env, () => fingerprint(root, inputs, also));
    await make(path.join(RESULTS, wanted), build.file, env, dev);
  }
  publish(path.join(RESULTS, wanted), out, wanted);
  const wasm = path.join(out, `${build.file}_bg.wasm`);
  say(`${path.relative(root, wasm)} has ${megabytes(wasm)} MB`);
  return true;
}

/**
 * A standard library with threads is not to be had ready-made, and a stable cargo builds one for its own version's
 * sources where it is told to.
 */
function withThreads() {
  const env = environment();
  env.RUSTC_BOOTSTRAP = "1";
  // Build scripts ask for that variable: in a folder with other builds, each would have all compiled anew.
  env.CARGO_TARGET_DIR = path.join(targetDir, THREADS);
  env.RUSTFLAGS = [env.RUSTFLAGS, THREAD_FLAGS].filter(Boolean).join(" ");
  return env;
}

/**
 * Resolves to the fingerprint of what was compiled. A file saved meanwhile may or may not be in,
 * so then it is done again: a result is kept under its fingerprint and must be just that.
 * @param {Build} build
 * @param {NodeJS.ProcessEnv} env
 * @param {() => string} current
 */
async function compile(build, env, current) {
  say(`compiling to WebAssembly for ${build.name} (the first time takes minutes)`);
  for (;;) {
    const before = current();
    ownTarget(String(env.CARGO_TARGET_DIR), root, "webgan");
    const command = build === EXPORT ? "rustc" : "build";
    const args = [command, "--release", "--lib", "--target", TARGET, ...build.args];
    if (!(await cargo(build, args, env))) {
      throw new Failure("the crate does not compile for the browser: cargo says why above.");
    }
    if (current() === before) return before;
    say("a source changed meanwhile: compiling again");
  }
}

/**
 * @param {Build} build
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
async function cargo({ name }, args, env) {
  if (name !== THREADS) return run("cargo", args, { cwd: root, env });
  const sources = await stdSources();
  if ("problem" in sources) throw new NoSources(`${sources.problem}.`);
  const std = "-Zbuild-std=std,panic_abort";
  return run("cargo", [...args, std], { cwd: root, env }).finally(sources.end);
}

/**
 * From what cargo made to what the page loads.
 * @param {string} result the folder to make
 * @param {string} file of the program, without an ending
 * @param {NodeJS.ProcessEnv} env
 * @param {boolean} dev
 */
async function make(result, file, env, dev) {
  const folder = scratch("pkg");
  try {
    const compiled = path.join(String(env.CARGO_TARGET_DIR), TARGET, "release", `${file}.wasm`);
    const bind = ["--target", "web", "--out-dir", folder, "--out-name", file, compiled];
    if (!(await run("wasm-bindgen", bind, { env }))) {
      throw new Failure(
        `wasm-bindgen ${lockedVersion("wasm-bindgen")} did not accept ${compiled}.`,
      );
    }
    if (!dev) await optimise(path.join(folder, `${file}_bg.wasm`), env);
    mkdirSync(RESULTS, { recursive: true });
    rmSync(result, { recursive: true, force: true });
    renameSync(folder, result);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} file
 * @param {NodeJS.ProcessEnv} env
 */
async function optimise(file, env) {
  say(`optimising ${megabytes(file)} MB of WebAssembly (a minute or two)`);
  const smaller = `${file}.opt`;
  const program = path.join(root, "node_modules", "binaryen", "bin", "wasm-opt");
  const args = [program, ...FEATURES, ...LEVEL, file, "-o", smaller];
  if (!(await run(process.execPath, args, { env }))) {
    throw new Failure("wasm-opt (npm package `binaryen`) failed on the compiled crate.");
  }
  renameSync(smaller, file);
}

/**
 * The stamp goes first and comes back last, so that a half-copied package counts as none.
 * @param {string} result
 * @param {string} out
 * @param {string} stamp
 */
function publish(result, out, stamp) {
  mkdirSync(out, { recursive: true });
  rmSync(path.join(out, ".stamp"), { force: true });
  for (const name of readdirSync(result)) {
    copyFileSync(path.join(result, name), path.join(out, name));
  }
  writeWhole(path.join(out, ".stamp"), stamp);
}

function prune() {
  const age = (/** @type {string} */ name) => statSync(path.join(RESULTS, name)).mtimeMs;
  const newestFirst = readdirSync(RESULTS).sort((a, b) => age(b) - age(a));
  for (const name of newestFirst.slice(KEPT)) {
    rmSync(path.join(RESULTS, name), { recursive: true, force: true });
  }
}

function binaryenVersion() {
  const lock = JSON.parse(readFileSync(path.join(root, "package-lock.json"), "utf8"));
  return String(lock.packages["node_modules/binaryen"].version);
}

/** @param {string} file */
function megabytes(file) {
  return (statSync(file).size / 1e6).toFixed(1);
}

await main(import.meta.url, async (args) => {
  await setUpBuild();
  await buildWasm({ dev: args.includes("--dev") });
});
