// node_modules as package-lock.json wants it.

import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";

import { environment, root } from "../lib/places.mjs";
import { Failure, run, say } from "../lib/proc.mjs";

const OLDEST_NODE = [20, 19];

export function requireNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
    throw new Failure(
      `Node ${OLDEST_NODE.join(".")} or newer is needed and this is ${process.versions.node}: ` +
        "see https://nodejs.org.",
    );
  }
}

/** Runs `npm ci` unless it ran for this very lock file already. */
export async function requireNodeModules() {
  requireNode();
  const lock = readFileSync(path.join(root, "package-lock.json"));
  const wanted = createHash("sha256").update(lock).digest("hex");
  const stamp = path.join(root, "node_modules", ".webgan-lock");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  if (inStep(lock)) {
    writeFileSync(stamp, wanted);
    return;
  }
  say("installing the npm packages");
  const windows = process.platform === "win32";
  const args = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
  if (!(await run("npm", args, { cwd: root, env: environment(), shell: windows }))) {
    throw new Failure("`npm ci` did not work: is the package registry reachable?");
  }
  writeFileSync(stamp, wanted);
}

/**
 * Whether a plain `npm install` already left exactly this lock file's packages.
 * npm writes what it installed to node_modules/.package-lock.json; what another platform's
 * optional packages are missing there is no difference.
 * @param {Buffer} lock
 */
function inStep(lock) {
  try {
    const file = path.join(root, "node_modules", ".package-lock.json");
    const wanted = JSON.parse(lock.toString()).packages;
    const installed = JSON.parse(readFileSync(file, "utf8")).packages;
    return Object.keys(wanted).every(
      (name) =>
        name === "" ||
        (name in installed
          ? installed[name].version === wanted[name].version
          : Boolean(wanted[name].optional)),
    );
  } catch {
    return false;
  }
}
