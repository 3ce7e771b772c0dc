// wasm-bindgen's and wasm-pack's programs: taken from the PATH where they fit, else compiled
// once into the cache. Installs nothing system-wide.

import { readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";

import { environment, root, tools } from "../lib/places.mjs";
import { capture, Failure, run, say } from "../lib/proc.mjs";

/** Any wasm-pack will do; where there is none, this one is compiled. */
const WASM_PACK_VERSION = "0.15.1";

/** The program must be of the very version of the library: the two share an unstable format. */
export async function requireWasmBindgen() {
  const version = lockedVersion("wasm-bindgen");
  if (installedVersion("wasm-bindgen") === version) return;
  await cargoInstall("wasm-bindgen-cli", version);
}

export async function requireWasmPack() {
  if (installedVersion("wasm-pack")) return;
  await cargoInstall("wasm-pack", WASM_PACK_VERSION);
}

/** @param {string} name */
export function lockedVersion(name) {
  let lock;
  try {
    lock = readFileSync(path.join(root, "Cargo.lock"), "utf8");
  } catch {
    throw new Failure("Cargo.lock is missing: restore it with `git checkout Cargo.lock`.");
  }
  const found = new RegExp(`name = "${name}"\\nversion = "([^"]+)"`).exec(lock);
  if (!found) throw new Failure(`Cargo.lock names no version of ${name}.`);
  return found[1];
}

/** @param {string} program */
function installedVersion(program) {
  const { status, stdout } = capture(program, ["--version"], { env: environment() });
  return status === 0 ? (stdout.trim().split(/\s+/)[1] ?? null) : null;
}

/**
 * @param {string} crate
 * @param {string} version
 */
async function cargoInstall(crate, version) {
  say(`compiling ${crate} ${version} (once, one to three minutes)`);
  const build = path.join(tools, "build");
  const env = { ...environment(), CARGO_TARGET_DIR: build };
  const args = ["install", "--quiet", crate, "--version", version, "--root", tools];
  const options = { env, cwd: os.tmpdir() };
  // --locked is what its authors tested, but refuses where one of those crates was withdrawn.
  const done =
    (await run("cargo", [...args, "--locked"], { ...options, quiet: true })) ||
    (await run("cargo", args, options));
  rmSync(build, { recursive: true, force: true });
  if (!done) {
    throw new Failure(
      `${crate} ${version} could not be installed: ` +
        `run \`cargo install ${crate} --version ${version}\` to see why.`,
    );
  }
}
