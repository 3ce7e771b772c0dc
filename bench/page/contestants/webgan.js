// WebGAN's own program as the page's worker uses it, but on the main thread: for each device the
// build that the page would load. Needs www/pkg/ (`npm run build:wasm`).

import { asIdx, makeNoise } from "../images.js";
import { LARGER } from "../networks.js";

/** @import { Program } from "../../../www/worker/program.js" */
/** @typedef {Omit<Program, "default"> & { default(): Promise<unknown> }} Build which finds its program beside it */

/** @type {Record<"cpu" | "webgpu", () => Promise<Build>>} */
const BUILDS = {
  cpu: () => import("../../../www/pkg/cpu/webgan.js"),
  webgpu: () => import("../../../www/pkg/webgpu/webgan.js"),
};

/** @type {import("../main.js").Open} */
export async function open({ network, device: choice, images }) {
  const { default: init, Dataset, Device, Trainer } = await BUILDS[choice]();
  await init();
  const device = await Device.open(choice);
  const shape =
    network in LARGER ? LARGER[/** @type {keyof typeof LARGER} */ (network)] : undefined;
  const file = shape ? asIdx(makeNoise(shape), shape) : asIdx(images);
  const dataset = Dataset.parse(file, undefined, [], false, device);
  const preset = shape ? "modern" : network;
  const trainer = new Trainer(JSON.stringify({ preset }), dataset, device);
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
