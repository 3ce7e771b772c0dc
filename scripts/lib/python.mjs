// A Python of its own in the cache for each purpose, with the packages that it needs.

import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";

import { cache, environment } from "./places.mjs";
import { capture, Failure, run, say } from "./proc.mjs";

/**
 * @param {string} name of its folder in the cache
 * @param {string} what it has, in words
 * @param {string[]} packages with versions, as pip takes them
 * @returns {Promise<string | undefined>} the program; undefined where there is no Python 3 with venv
 */
export async function pythonWith(name, what, packages) {
  const folder = path.join(cache, name);
  const program = path.join(folder, process.platform === "win32" ? "Scripts" : "bin", "python");
  const stamp = path.join(folder, ".packages");
  const env = environment();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === packages.join("\n")) return program;
  const recent = ["-c", "import sys; assert sys.version_info >= (3, 9)"];
  const found = ["python3", "python"].find((name) => capture(name, recent, { env }).status === 0);
  rmSync(folder, { recursive: true, force: true });
  if (!found || capture(found, ["-m", "venv", folder], { env }).status !== 0) return undefined;
  say(`installing ${what} for Python, in the cache`);
  const args = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...packages];
  if (!(await run(program, args, { env }))) {
    throw new Failure(`pip did not install ${what}: is the package index reachable?`);
  }
  writeFileSync(stamp, packages.join("\n"));
  return program;
}

/**
 * The same where nothing can be done without.
 * @param {Parameters<typeof pythonWith>} args
 * @returns {Promise<string>}
 */
export async function neededPython(...args) {
  const program = await pythonWith(...args);
  if (program === undefined) {
    throw new Failure(`there is no Python 3 with venv to install ${args[1]} for.`);
  }
  return program;
}
