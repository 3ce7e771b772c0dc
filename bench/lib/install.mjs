// The peers, in bench/node_modules as bench/package-lock.json wants them, and our own program.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";

import { sha256 } from "../../scripts/lib/files.mjs";
import { root } from "../../scripts/lib/places.mjs";
import { Failure, run, say } from "../../scripts/lib/proc.mjs";
import { setUpBuild } from "../../scripts/setup.mjs";
import { buildWasm } from "../../scripts/wasm.mjs";

export const folder = path.join(root, "bench");

/** Runs `npm ci` in bench/ unless it ran for this very lock file already. */
export async function requirePeers() {
  const wanted = sha256(readFileSync(path.join(folder, "package-lock.json")));
  const stamp = path.join(folder, "node_modules", ".webgan-lock");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  say("installing the benchmark's npm packages");
  const args = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
  if (!(await run("npm", args, { cwd: folder, shell: process.platform === "win32" }))) {
    throw new Failure("`npm ci` did not work in bench/: is the package registry reachable?");
  }
  writeFileSync(stamp, wanted);
}

/** Compiles what of our program is not there yet, or was of other sources. */
export async function requireProgram() {
  await setUpBuild();
  await buildWasm();
}
