// Where the files lie that are loaded while the page runs, and how the worker among them is started.
// Every file is named beside `import.meta.url`, so that it is found wherever this code is served from,
// and by whatever bundles it. The worker is told where the programs are: it looks for nothing itself.

import workerFile from "./worker.js?worker&url";

/** @import { Programs } from "./protocol.js" */

/** @type {Programs} */
export const PROGRAMS = {
  cpu: new URL("./pkg/cpu/webgan_bg.wasm", import.meta.url).href,
  webgpu: new URL("./pkg/webgpu/webgan_bg.wasm", import.meta.url).href,
};

/** @returns {Worker} */
export function spawnWorker() {
  const url = new URL(workerFile, import.meta.url);
  if (url.origin === location.origin) return new Worker(url, { type: "module" });
  // A browser starts no worker from another origin, but a module may import from there.
  const source = `import ${JSON.stringify(url.href)};`;
  const shim = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const worker = new Worker(shim, { type: "module" });
  const forget = () => URL.revokeObjectURL(shim);
  worker.addEventListener("message", forget, { once: true });
  worker.addEventListener("error", forget, { once: true });
  return worker;
}
