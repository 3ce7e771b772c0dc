// WebGAN's program for all cores, as the page uses it where it may share memory: in a worker (../webgan-worker.js), since
// whoever waits for threads may not be the main one. For the CPU alone.

/** @import { Run } from "../main.js" */

/** @type {import("../main.js").Open} */
export async function open({ network, device, images }) {
  if (device !== "cpu") throw new Error("threads are the CPU's");
  const worker = new Worker(new URL("../webgan-worker.js", import.meta.url), { type: "module" });
  /** @type {(name: string, ...args: unknown[]) => Promise<any>} */
  const ask = (name, ...args) =>
    new Promise((resolve, reject) => {
      worker.onmessage = ({ data: { error, value } }) =>
        error === undefined ? resolve(value) : reject(new Error(error));
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.postMessage({ name, args });
    });
  await ask("open", { network, device, images });
  return /** @type {Run} */ ({ step: () => ask("step"), readLosses: () => ask("readLosses") });
}
