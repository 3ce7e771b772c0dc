// Running other programs, and failing in one plain sentence.
// Knows nothing about Rust, npm or browsers: those live in ../setup/.

import { spawn, spawnSync } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

/** A failure we foresaw: its message is the whole report, no stack trace follows. */
export class Failure extends Error {}

/**
 * The program's full path, or null.
 * @param {string} name
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | null}
 */
export function which(name, env) {
  const extensions = process.platform === "win32" ? [".exe", ".cmd", ""] : [""];
  const folders = path.isAbsolute(name) ? [""] : (env.PATH ?? "").split(path.delimiter);
  for (const folder of folders) {
    for (const extension of extensions) {
      const file = path.join(folder, name) + extension;
      try {
        accessSync(file, constants.X_OK);
        if (statSync(file).isFile()) return file;
      } catch {
        // not here
      }
    }
  }
  return null;
}

/**
 * Runs a program whose output is the answer. Never throws: a program that is missing has status -1.
 * @param {string} program
 * @param {string[]} args
 * @param {import('node:child_process').SpawnSyncOptions} [options]
 */
export function capture(program, args, options = {}) {
  const result = spawnSync(program, args, { ...options, encoding: "utf8" });
  return {
    status: result.status ?? -1,
    stdout: String(result.stdout ?? ""),
    stderr: String(result.stderr ?? ""),
  };
}

/**
 * Runs a program whose output the user should see; `quiet` keeps it back.
 * Resolves to whether it succeeded, so that the caller can say in one sentence what it means.
 * @param {string} program
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions & { quiet?: boolean }} [options]
 * @returns {Promise<boolean>}
 */
export function run(program, args, { quiet = false, ...options } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: quiet ? "ignore" : "inherit", ...options });
    /** @param {NodeJS.Signals} signal */
    const pass = (signal) => child.kill(signal);
    process.on("SIGINT", pass).on("SIGTERM", pass);
    const settle = (/** @type {boolean} */ ok) => {
      process.off("SIGINT", pass).off("SIGTERM", pass);
      resolve(ok);
    };
    child.on("error", () => settle(false));
    child.on("exit", (code, signal) => {
      if (signal && !quiet) say(`${path.basename(program)} was ended by ${signal}`);
      settle(code === 0);
    });
  });
}

/** @param {string} line */
export function say(line) {
  console.log(`webgan: ${line}`);
}

/**
 * Runs `body` if the module at `url` is the program that was started, not an import of another.
 * @param {string} url the module's import.meta.url
 * @param {(args: string[]) => unknown} body
 */
export async function main(url, body) {
  if (!process.argv[1] || path.resolve(process.argv[1]) !== fileURLToPath(url)) return;
  try {
    await body(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    console.error(`webgan: ${error.message}`);
    process.exitCode = 1;
  }
}
