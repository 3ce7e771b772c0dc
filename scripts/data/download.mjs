// Fetches one file from the first mirror that has it, resuming where an earlier try stopped, and
// accepts it by its SHA-256 alone. Knows nothing about what is in the file.

import { createHash } from "node:crypto";
import {
  closeSync,
  createReadStream,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import path from "node:path";

import { Failure } from "../lib/proc.mjs";

/**
 * @typedef {object} Wanted
 * @property {string} name the file's name, here and on every mirror
 * @property {number} size in bytes
 * @property {string} sha256
 *
 * @typedef {object} Options
 * @property {string[]} mirrors addresses of folders, tried in turn, each ending in a slash
 * @property {string} folder where the file goes, and its `.part` until it is whole
 * @property {(name: string, done: number, size: number) => void} [progress]
 * @property {number} [idleMs] how long a mirror may say nothing
 */

/**
 * @param {Wanted} wanted
 * @param {Options} options
 * @returns {Promise<string>} the file's path
 */
export async function download(wanted, { mirrors, folder, progress, idleMs = 30_000 }) {
  const file = path.join(folder, wanted.name);
  if (sizeOf(file) === wanted.size && (await hashOf(file)) === wanted.sha256) return file;

  mkdirSync(folder, { recursive: true });
  const part = `${file}.part`;
  let last = "no mirror is known";
  for (const mirror of mirrors) {
    const address = new URL(wanted.name, mirror);
    try {
      await fillPart(address, part, wanted, idleMs, progress);
      const found = await hashOf(part);
      if (found === wanted.sha256) {
        renameSync(part, file);
        return file;
      }
      rmSync(part);
      last = `${address.host} sent a file with SHA-256 ${found}, expected ${wanted.sha256}`;
    } catch (error) {
      last = `${address.host}: ${reason(error)}`;
    }
  }
  throw new Failure(
    `${wanted.name} could not be downloaded (${last}). What has arrived is kept: run this again ` +
      "to go on from there, or give the folder of files you have with `npm run data -- --from DIR`.",
  );
}

/**
 * Asks for what the part lacks until it is full. A connection that breaks after some progress
 * is taken up again; one that brings nothing is an error.
 * @param {URL} address
 * @param {string} part
 * @param {Wanted} wanted
 * @param {number} idleMs
 * @param {Options["progress"]} progress
 */
async function fillPart(address, part, wanted, idleMs, progress) {
  for (;;) {
    const before = sizeOf(part);
    if (before > wanted.size) rmSync(part);
    if (before === wanted.size) return;
    try {
      await requestRest(address, part, wanted, idleMs, progress);
    } catch (error) {
      if (sizeOf(part) <= before) throw error;
    }
    if (sizeOf(part) <= before) throw new Error("the file ends early");
  }
}

/**
 * @param {URL} address
 * @param {string} part
 * @param {Wanted} wanted
 * @param {number} idleMs
 * @param {Options["progress"]} progress
 */
async function requestRest(address, part, { name, size }, idleMs, progress) {
  const have = sizeOf(part);
  const stop = new AbortController();
  let timer = setTimeout(() => stop.abort(), idleMs);
  try {
    // Without "identity", fetch would undo a mirror's Content-Encoding behind our back.
    const headers = { "accept-encoding": "identity", ...(have && { range: `bytes=${have}-` }) };
    const response = await fetch(address, { headers, signal: stop.signal });
    if (!response.ok || !response.body) throw new Error(`the answer was ${response.status}`);
    const resumes =
      response.status === 206 &&
      response.headers.get("content-range")?.startsWith(`bytes ${have}-`) === true;
    if (response.status === 206 && !resumes) throw new Error("it sent another range than asked");
    let done = resumes ? have : 0;
    const handle = openSync(part, resumes ? "a" : "w");
    try {
      for await (const chunk of response.body) {
        clearTimeout(timer);
        timer = setTimeout(() => stop.abort(), idleMs);
        done += chunk.length;
        if (done > size) throw new Error(`it sent more than ${size} bytes`);
        writeSync(handle, chunk);
        progress?.(name, done, size);
      }
    } finally {
      closeSync(handle);
      if (done > size) rmSync(part);
    }
  } finally {
    clearTimeout(timer);
    stop.abort();
  }
}

/** @param {string} file */
function sizeOf(file) {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** @param {string} file */
async function hashOf(file) {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest("hex");
}

/** @param {unknown} error */
function reason(error) {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "AbortError") return "it went silent";
  // fetch wraps what went wrong ("ENOTFOUND", "ECONNREFUSED") in a "fetch failed".
  const cause = /** @type {NodeJS.ErrnoException | undefined} */ (error.cause);
  return cause?.code ?? cause?.message ?? error.message;
}
