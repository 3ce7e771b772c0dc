// Where the files lie that are loaded while the page runs, and how a worker among them is started: by a
// page of the same origin, of another one, or of none (a sandboxed iframe, a data: page), under Trusted
// Types too. The bundler names every file beside `import.meta.url`, so that it is found wherever this code
// is served from, and by whatever bundles it again. The worker is told where the programs are: it looks for
// nothing itself.

import { CodedError, messageOf } from "../kit/errors.js";
import { importing } from "./importing.js";
import { starting as texts } from "#words/starting.js";
import threadFile from "../worker/thread.js?worker&url";
import workerFile from "../worker/worker.js?worker&url";

/** @import { Build, Programs } from "./protocol.js" */

/** The training program's worker. */
export const TRAINING = absolute(workerFile);

/**
 * Those that the site has: `npm start` serves it while it still compiles the larger ones, and not every machine can build
 * the one with threads.
 */
const FILES = /** @type {Record<string, string>} */ (
  import.meta.glob("../pkg/{cpu,threads,webgpu}/*.wasm", {
    query: "?url",
    import: "default",
    eager: true,
  })
);

/** @type {Programs} */
export const PROGRAMS = {
  cpu: programOf("cpu"),
  threads: programOf("threads"),
  webgpu: programOf("webgpu"),
  thread: absolute(threadFile),
};

/** @param {Build} build */
function programOf(build) {
  const file = FILES[`../pkg/${build}/webgan_bg.wasm`];
  return file === undefined ? undefined : absolute(file);
}

/**
 * @param {string} url absolute, of a file that is a module
 * @returns {Worker} whose "error" event tells of a file that could not be loaded
 * @throws {CodedError} where the page cannot start one
 */
export function startWorker(url) {
  try {
    // `location.origin` would be the address's; in an opaque origin `self.origin` is "null".
    if (new URL(url).origin === globalThis.origin) return newWorker(url, { type: "module" });
    return workerFromElsewhere(url);
  } catch (error) {
    if (policy === null) throw new CodedError("program.policy", texts.policy, { cause: error });
    const message = texts.notStarted(url, messageOf(error));
    throw new CodedError("program.start", message, { cause: error });
  }
}

/**
 * A browser starts no worker from another origin, but a script of ours may import from there. A classic one:
 * module scripts out of a blob are refused to opaque origins.
 * @param {string} url
 */
function workerFromElsewhere(url) {
  const script = new Blob([importing(url)], { type: "text/javascript" });
  const shim = URL.createObjectURL(script);
  const worker = newWorker(shim);
  const forget = () => URL.revokeObjectURL(shim);
  worker.addEventListener("message", forget, { once: true });
  worker.addEventListener("error", forget, { once: true });
  return worker;
}

/**
 * @param {string} url
 * @param {WorkerOptions} [options]
 */
function newWorker(url, options) {
  return new Worker(/** @type {string} */ (trusted(url)), options);
}

/** @typedef {{ createScriptURL(url: string): unknown }} Policy */

/** Undefined until a worker is started; null where the page allows none. @type {Policy | null | undefined} */
let policy;

/**
 * An address that a page takes which requires Trusted Types. Nobody else gets hold of the policy, so it need
 * not ask what it is given.
 * @param {string} url of this site's own script
 * @returns {unknown} what stands for the address
 */
export function trusted(url) {
  policy ??= newPolicy();
  return policy?.createScriptURL(url) ?? url;
}

/** @returns {Policy | null} */
function newPolicy() {
  const pass = { createScriptURL: (/** @type {string} */ url) => url };
  const { trustedTypes } =
    /** @type {{ trustedTypes?: { createPolicy(name: string, rules: Policy): Policy } }} */ (
      globalThis
    );
  if (trustedTypes === undefined) return pass;
  try {
    return trustedTypes.createPolicy("webgan", pass);
  } catch {
    return null;
  }
}

/** @param {string} url of a file, as a bundler gives it: perhaps relative to the page */
export function absolute(url) {
  return new URL(url, globalThis.document?.baseURI ?? import.meta.url).href;
}
