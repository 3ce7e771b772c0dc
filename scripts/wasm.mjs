// Compiles the crate to WebAssembly and writes www/pkg/: cargo, wasm-bindgen, wasm-opt.
// Does nothing when nothing it depends on has changed. `--dev` leaves wasm-opt out.

import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { copyFileSync, statSync } from "node:fs";
import path from "node:path";
import process from "node:process";

import { fingerprint, writeWhole } from "./lib/files.mjs";
import { environment, root, scratch, targetDir } from "./lib/places.mjs";
import { capture, Failure, main, run, say } from "./lib/proc.mjs";
import { setUpBuild } from "./setup.mjs";
import { lockedVersion } from "./setup/tools.mjs";

const TARGET = "wasm32-unknown-unknown";
const OUT = path.join(root, "www", "pkg");
const STAMP = path.join(OUT, ".stamp");
const INPUTS = ["src", "Cargo.toml", "Cargo.lock", ".cargo/config.toml", "scripts/wasm.mjs"];

/** What rustc and wasm-bindgen put in; wasm-opt reads the rest from the file itself. */
const FEATURES = [
  "bulk-memory",
  "multivalue",
  "mutable-globals",
  "nontrapping-float-to-int",
  "reference-types",
  "sign-ext",
  "simd",
].map((feature) => `--enable-${feature}`);

/** @param {{ dev?: boolean }} [options] */
export async function buildWasm({ dev = false } = {}) {
  const env = environment({ wasm: true });
  const wanted = fingerprint(root, INPUTS, [
    dev ? "dev" : "release",
    capture("rustc", ["--version"], { env }).stdout,
    env.RUSTFLAGS ?? "",
    dev ? "" : binaryenVersion(),
  ]);
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === wanted) return;

  say("compiling to WebAssembly (the first time takes minutes)");
  const args = ["build", "--release", "--lib", "--target", TARGET];
  if (!(await run("cargo", args, { cwd: root, env }))) {
    throw new Failure("the crate does not compile for the browser: cargo says why above.");
  }
  const folder = scratch("pkg");
  try {
    const compiled = path.join(targetDir, TARGET, "release", "webgan.wasm");
    const bind = ["--target", "web", "--out-dir", folder, "--out-name", "webgan", compiled];
    if (!(await run("wasm-bindgen", bind, { env }))) {
      throw new Failure(
        `wasm-bindgen ${lockedVersion("wasm-bindgen")} did not accept ${compiled}.`,
      );
    }
    if (!dev) await optimise(path.join(folder, "webgan_bg.wasm"), env);
    publish(folder, wanted);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  say(`www/pkg/webgan_bg.wasm has ${megabytes(path.join(OUT, "webgan_bg.wasm"))} MB`);
}

/**
 * @param {string} file
 * @param {NodeJS.ProcessEnv} env
 */
async function optimise(file, env) {
  say(`optimising ${megabytes(file)} MB of WebAssembly (minutes)`);
  const smaller = `${file}.opt`;
  const program = path.join(root, "node_modules", "binaryen", "bin", "wasm-opt");
  const args = [program, ...FEATURES, "-Oz", file, "-o", smaller];
  if (!(await run(process.execPath, args, { env }))) {
    throw new Failure("wasm-opt (npm package `binaryen`) failed on the compiled crate.");
  }
  renameSync(smaller, file);
}

/**
 * The stamp goes first and comes back last, so that a half-copied package counts as none.
 * @param {string} folder
 * @param {string} stamp
 */
function publish(folder, stamp) {
  mkdirSync(OUT, { recursive: true });
  rmSync(STAMP, { force: true });
  for (const name of readdirSync(folder)) {
    copyFileSync(path.join(folder, name), path.join(OUT, name));
  }
  writeWhole(STAMP, stamp);
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
