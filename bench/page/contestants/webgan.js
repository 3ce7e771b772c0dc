// WebGAN's own program as the page's worker uses it, but on the main thread: for each device the
// build that the page would load. Needs www/pkg/ (`npm run build:wasm`).

import { asIdx, makeNoise } from "../images.js";
import { OURS } from "../networks.js";

/** @import { Program } from "../../../www/worker/program.js" */
/** @import { Run, Setup } from "../main.js" */
/** @typedef {Omit<Program, "default"> & { default(): Promise<unknown> }} Build which finds its program beside it */

/** @type {Record<"cpu" | "webgpu", () => Promise<Build>>} */
const BUILDS = {
  cpu: () => import("../../../www/pkg/cpu/webgan.js"),
  webgpu: () => import("../../../www/pkg/webgpu/webgan.js"),
};

/** @type {import("../main.js").Open} */
export async function open(setup) {
  const program = await BUILDS[setup.device]();
  await program.default();
  return openWith(program, setup);
}

/**
 * @param {Omit<Program, "default">} program that has been loaded
 * @param {Setup} setup
 * @returns {Promise<Run>}
 */
export async function openWith({ Dataset, Device, Trainer }, { network, device: choice, images }) {
  const device = await Device.open(choice);
  const { shape, settings } = OURS[network] ?? { settings: { preset: network } };
  const file = shape ? asIdx(makeNoise(shape), shape) : asIdx(images);
  const dataset = Dataset.parse(file, undefined, [], false, device);
  const trainer = new Trainer(JSON.stringify(settings), dataset, device);
  return {
    // On a GPU this returns when the step is queued, on the CPU when it is done.
    step: () => trainer.step(1),
    async readLosses() {
      // Eight numbers a step, the losses first.
      const numbers = await trainer.readLosses();
      return Array.from(numbers).filter((_, i) => i % 8 < 3);
    },
  };
}
