// WebGAN's program for all cores, as the page uses it where it may share memory: in a worker (../webgan-worker.js), since
// whoever waits for threads may not be the main one. For the CPU alone.

import { wrap } from "comlink";

/** @import { Acts } from "../webgan-worker.js" */

/** @type {import("../main.js").Open} */
export async function open(setup) {
  const url = new URL("../webgan-worker.js", import.meta.url);
  /** @type {import("comlink").Remote<Acts>} */
  const { open: opened, step, readLosses } = wrap(new Worker(url, { type: "module" }));
  await opened(setup);
  return { step: () => step(), readLosses: () => readLosses() };
}
