// The training program's builds: with WebGPU, for the CPU alone at a fifth of the size, and that with threads, which
// needs a page that may share memory. This decides which one a device needs and loads each at most once. No training.

import { refusals as texts } from "#words/refusals.js";
import { CodedError, messageOf } from "../kit/errors.js";
import { sentence } from "../kit/sentence.js";
import { fetchInTime, isPage, isTooLate } from "./fetching.js";
import { whyNoGpu } from "./no-gpu.js";
import { share, threadsHere } from "./threads.js";

/** @import { Arriving } from "./fetching.js" */
/** @import { Build, DeviceChoice, Programs } from "../engine/protocol.js" */
/** @import { SharedProgram } from "./threads.js" */

/** @typedef {typeof import("../pkg/cpu/webgan.js")} CpuBuild */

/**
 * What all builds offer; they differ in what wasm-bindgen's loader sees of their insides.
 * @typedef {Omit<CpuBuild, "default" | "initSync">
 *   & { default(from: { module_or_path: Response }): Promise<unknown> }} Program
 */

/** Of those that the site has. */
const LOADERS = /** @type {Record<string, () => Promise<Program>>} */ (
  import.meta.glob("../pkg/{cpu,threads,webgpu}/webgan.js")
);

/** By then a browser has found its GPU, or something of it hangs. */
const ADAPTER_WITHIN_MS = 30_000;

/** @type {Map<string, Promise<Program>>} */
const loaded = new Map();
/** Whether threads were tried, and there are none. */
let hasNoThreads = false;

/**
 * Who hears of a program's end.
 * @typedef {object} Ears
 * @property {(message: string) => void} onPanic
 * @property {(problems: MessagePort) => void} onThread given where a thread tells of its own
 */

/**
 * The program for a device, and why it is the CPU's where a GPU would have been taken.
 * @param {DeviceChoice} choice
 * @param {Programs} programs
 * @param {Ears} ears
 * @returns {Promise<{ program: Program, build: Build, noGpu: string | undefined }>}
 */
export async function programFor(choice, programs, ears) {
  const noGpu = choice === "auto" ? await gpuProblem(programs) : undefined;
  const wantsCpu = choice === "cpu" || noGpu !== undefined;
  if (wantsCpu && programs.threads !== undefined && !hasNoThreads && threadsHere() > 1) {
    try {
      return { program: await load("threads", programs, ears), build: "threads", noGpu };
    } catch (error) {
      hasNoThreads = true;
      console.warn("WebGAN trains with one thread:", messageOf(error));
    }
  }
  // The larger build has the CPU in it too.
  const build = wantsCpu && !loaded.has("webgpu") ? "cpu" : "webgpu";
  return { program: await load(build, programs, ears), build, noGpu };
}

/**
 * @param {Build} build
 * @param {Programs} programs
 * @param {Ears} ears
 */
function load(build, programs, { onPanic, onThread }) {
  const known = loaded.get(build);
  if (known !== undefined) return known;
  const url = programs[build];
  if (url === undefined) throw new CodedError("program.missing", sentence(texts.notCompiledYet));
  const loadScript = LOADERS[`../pkg/${build}/webgan.js`];
  const loading = Promise.all([loadScript(), fetchProgram(url)]).then(
    async ([program, arriving]) => {
      await compile(program, arriving, url);
      program.onPanic(onPanic);
      if (build === "threads") {
        await share(/** @type {SharedProgram} */ (program), programs.thread, onThread);
      }
      return program;
    },
  );
  loaded.set(build, loading);
  loading.catch(() => loaded.delete(build));
  return loading;
}

/** @param {string} url */
async function fetchProgram(url) {
  let arriving;
  try {
    arriving = await fetchInTime(url);
  } catch (error) {
    const reason = isTooLate(error) ? texts.siteSilent : texts.siteBroke;
    throw failure("program.fetch", url, reason, error);
  }
  const { response, end } = arriving;
  if (response.ok && !isPage(response)) return arriving;
  end();
  const reason = response.ok ? texts.siteSentPage : texts.siteAnswered(response.status);
  throw failure("program.fetch", url, reason);
}

/**
 * @param {Program} program
 * @param {Arriving} arriving
 * @param {string} url
 */
async function compile(program, { response, end, isSilent }, url) {
  try {
    await program.default({ module_or_path: response });
  } catch (error) {
    if (isSilent()) throw failure("program.fetch", url, texts.siteSilent, error);
    // It started and stopped at once: a crash.
    if (error instanceof WebAssembly.RuntimeError) throw error;
    console.error("WebGAN's training program could not be compiled:", error);
    // In words of the browser's own, but they all name it.
    const isForbidden = /\bCSP\b|Content Security Policy/i.test(messageOf(error));
    const reason = isForbidden ? texts.wasmForbidden : texts.notCompiled;
    throw failure("program.invalid", url, reason, error);
  } finally {
    end();
  }
}

/**
 * @param {string} code
 * @param {string} url
 * @param {string} reason
 * @param {unknown} [cause]
 */
function failure(code, url, reason, cause) {
  if (cause !== undefined) console.warn("WebGAN:", messageOf(cause));
  return new CodedError(code, texts.notLoaded(url, reason), { cause });
}

/**
 * @param {Programs} programs
 * @returns {Promise<string | undefined>} why there is no GPU to look at
 */
async function gpuProblem(programs) {
  if (programs.webgpu === undefined) return texts.notCompiledYet;
  const { gpu } = /** @type {{ gpu?: { requestAdapter(): Promise<unknown> } }} */ (navigator);
  const late = new Promise((resolve) => setTimeout(resolve, ADAPTER_WITHIN_MS, null));
  const adapter = await Promise.race([gpu?.requestAdapter().catch(() => null), late]);
  if (adapter) return undefined;
  const hasWebGpu = gpu !== undefined;
  const { userAgent } = navigator;
  return whyNoGpu({ isSecure: globalThis.isSecureContext, hasWebGpu, userAgent });
}
