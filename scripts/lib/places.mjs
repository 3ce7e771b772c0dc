// Where things are: the repository, the cache outside it, and the environment child programs get.

import { mkdirSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

/** Survives `git clean` and serves every checkout: build products and tools that take minutes. */
export const cache = path.join(os.homedir(), ".cache", "webgan");

/** Programs that set-up compiled itself (`cargo install --root`). */
export const tools = path.join(cache, "tools");

export const targetDir = path.resolve(
  root,
  process.env.CARGO_TARGET_DIR || path.join(cache, "target"),
);

/**
 * The environment for cargo, wasm-pack and npm: our tools first in PATH, one target folder.
 * RUSTFLAGS in the environment replaces what .cargo/config.toml says, so SIMD is put back
 * for the builds that go to the browser.
 * @param {{ wasm?: boolean }} [options]
 * @returns {NodeJS.ProcessEnv}
 */
export function environment({ wasm = false } = {}) {
  const env = { ...process.env };
  const npmTools = path.join(root, "node_modules", ".bin");
  env.PATH = [path.join(tools, "bin"), npmTools, env.PATH ?? ""].join(path.delimiter);
  env.CARGO_TARGET_DIR = targetDir;
  if (wasm && env.RUSTFLAGS) env.RUSTFLAGS += " -C target-feature=+simd128";
  return env;
}

/** A folder for half-made things, on the same disk as what they will become. */
export function scratch(/** @type {string} */ name) {
  const folder = path.join(cache, "tmp", `${name}-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  return folder;
}
