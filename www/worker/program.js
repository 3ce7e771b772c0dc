// The training program's two builds: with WebGPU, and for the CPU alone at a fifth of the size. This
// decides which one a device needs and loads each at most once. No training.

/** @import { DeviceChoice } from "../protocol.js" */

/** @typedef {typeof import("../pkg/cpu/webgan.js")} CpuBuild */

/**
 * What both builds offer; they differ in what wasm-bindgen's loader sees of their insides.
 * @typedef {Omit<CpuBuild, "default" | "initSync"> & { default(): Promise<unknown> }} Program
 */

/** @type {Record<"cpu" | "webgpu", () => Promise<Program>>} */
const BUILDS = {
  cpu: () => import("../pkg/cpu/webgan.js"),
  webgpu: () => import("../pkg/webgpu/webgan.js"),
};

/** @type {Map<string, Promise<Program>>} */
const loaded = new Map();

/**
 * The program for a device, and why it is the CPU's where a GPU would have been taken.
 * @param {DeviceChoice} choice
 * @param {(message: string) => void} onPanic
 * @returns {Promise<{ program: Program, noGpu: string | undefined }>}
 */
export async function programFor(choice, onPanic) {
  const noGpu = choice === "auto" ? await gpuProblem() : undefined;
  const wantsCpu = choice === "cpu" || noGpu !== undefined;
  // The larger build has the CPU in it too.
  const build = wantsCpu && !loaded.has("webgpu") ? "cpu" : "webgpu";
  return { program: await load(build, onPanic), noGpu };
}

/**
 * @param {keyof typeof BUILDS} build
 * @param {(message: string) => void} onPanic
 */
function load(build, onPanic) {
  const known = loaded.get(build);
  if (known !== undefined) return known;
  const loading = BUILDS[build]().then(async (program) => {
    await program.default();
    program.onPanic(onPanic);
    return program;
  });
  loaded.set(build, loading);
  loading.catch(() => loaded.delete(build));
  return loading;
}

/** @returns {Promise<string | undefined>} why there is no GPU to look at, in a few words */
async function gpuProblem() {
  const { gpu } = /** @type {{ gpu?: { requestAdapter(): Promise<unknown> } }} */ (navigator);
  if (gpu === undefined) return "this browser has no WebGPU";
  const adapter = await gpu.requestAdapter().catch(() => null);
  return adapter === null ? "this browser's WebGPU offers no GPU" : undefined;
}
