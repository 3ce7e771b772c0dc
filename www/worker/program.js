// The training program's two builds: with WebGPU, and for the CPU alone at a fifth of the size. This
// decides which one a device needs and loads each at most once. No training.

import { refusals as texts } from "#words/refusals.js";
import { CodedError, messageOf } from "../kit/errors.js";
import { fetchInTime, isPage, isTooLate } from "./fetching.js";
import { whyNoGpu } from "./no-gpu.js";

/** @import { Arriving } from "./fetching.js" */
/** @import { Build, DeviceChoice, Programs } from "../engine/protocol.js" */

/** @typedef {typeof import("../pkg/cpu/webgan.js")} CpuBuild */

/**
 * What both builds offer; they differ in what wasm-bindgen's loader sees of their insides.
 * @typedef {Omit<CpuBuild, "default" | "initSync">
 *   & { default(from: { module_or_path: Response }): Promise<unknown> }} Program
 */

/** @type {Record<Build, () => Promise<Program>>} */
const BUILDS = {
  cpu: () => import("../pkg/cpu/webgan.js"),
  webgpu: () => import("../pkg/webgpu/webgan.js"),
};

/** By then a browser has found its GPU, or something of it hangs. */
const ADAPTER_WITHIN_MS = 30_000;

/** @type {Map<string, Promise<Program>>} */
const loaded = new Map();

/**
 * The program for a device, and why it is the CPU's where a GPU would have been taken.
 * @param {DeviceChoice} choice
 * @param {Programs} programs
 * @param {(message: string) => void} onPanic
 * @returns {Promise<{ program: Program, build: Build, noGpu: string | undefined }>}
 */
export async function programFor(choice, programs, onPanic) {
  const noGpu = choice === "auto" ? await gpuProblem() : undefined;
  const wantsCpu = choice === "cpu" || noGpu !== undefined;
  // The larger build has the CPU in it too.
  const build = wantsCpu && !loaded.has("webgpu") ? "cpu" : "webgpu";
  return { program: await load(build, programs, onPanic), build, noGpu };
}

/**
 * @param {Build} build
 * @param {Programs} programs
 * @param {(message: string) => void} onPanic
 */
function load(build, programs, onPanic) {
  const known = loaded.get(build);
  if (known !== undefined) return known;
  const loading = Promise.all([BUILDS[build](), fetchProgram(programs[build])]).then(
    async ([program, arriving]) => {
      await compile(program, arriving, programs[build]);
      program.onPanic(onPanic);
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

/** @returns {Promise<string | undefined>} why there is no GPU to look at */
async function gpuProblem() {
  const { gpu } = /** @type {{ gpu?: { requestAdapter(): Promise<unknown> } }} */ (navigator);
  const late = new Promise((resolve) => setTimeout(resolve, ADAPTER_WITHIN_MS, null));
  const adapter = await Promise.race([gpu?.requestAdapter().catch(() => null), late]);
  if (adapter) return undefined;
  const hasWebGpu = gpu !== undefined;
  const { userAgent } = navigator;
  return whyNoGpu({ isSecure: globalThis.isSecureContext, hasWebGpu, userAgent });
}
