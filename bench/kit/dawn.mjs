// The browser's program, jax-js and TF.js on the machine's GPU without a browser: in Node, with the
// WebGPU of Chromium (Dawn, npm package `webgpu`). One line of JSON for each contestant. Bundled into
// the kit by scripts/gpu-kit.mjs; beside it lie node_modules/webgpu and the program.

import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import process from "node:process";

import { contest } from "../lib/contest.mjs";
import { readOptions } from "../lib/options.mjs";

/** @typedef {import("../lib/contest.mjs").Place} Place */

// Named so that the bundler leaves it alone.
const webgpu = "webgpu";
const { create, globals } = await import(webgpu);
const page = /** @type {any} */ (globalThis);
Object.assign(page, globals);
const options = (process.env.DAWN_OPTIONS ?? "").split(";").filter(Boolean);
const navigator = {
  gpu: create(options),
  userAgent: `Node ${process.version}`,
  hardwareConcurrency: 1,
};
Object.defineProperty(page, "navigator", { value: navigator, configurable: true });
// As what wgpu and TF.js look for where there is a page.
page.window = page;
page.self = page;
page.Window = class Window {};
const { fetch } = page;
page.fetch = async (/** @type {URL | string} */ address, /** @type {any} */ init) => {
  const url = new URL(address);
  if (url.protocol !== "file:") return fetch(address, init);
  return new Response(readFileSync(url), { headers: { "content-type": "application/wasm" } });
};

await import("../page/main.js");
const { bench } = page;

/** Milliseconds before a contestant counts as stuck. */
const PATIENCE = 60_000;
/** What a panic inside a program's own promise comes out as: no caller hears of it. */
/** @type {(error: Error) => void} */
let crashed = () => {};
process.on("uncaughtException", (error) => crashed(error));

/** @type {() => Promise<Place>} */
const openPlace = async () => ({
  call: (name, ...args) =>
    new Promise((resolve, reject) => {
      crashed = reject;
      const late = setTimeout(() => reject(new Error(`"${name}" took too long`)), PATIENCE);
      bench[name](...args)
        .then(resolve, reject)
        .finally(() => clearTimeout(late));
    }),
  busy: async () => performance.eventLoopUtilization().active,
  complaints: [],
  close: () => {},
});

const { networks, contestants, rounds = 5, steps = 50 } = readOptions(process.argv.slice(2));
const say = (/** @type {string} */ line) => console.error(line);
for (const network of networks) {
  const race = { network, device: "webgpu", contestants, rounds, steps };
  const { machine, results } = await contest(openPlace, race, say);
  for (const {
    contestant,
    cannot,
    issueMs,
    wholeMs,
    dispatches,
    trains,
    steps: count,
  } of results) {
    const found = cannot
      ? { cannot }
      : { stepMs: wholeMs, issueMs, steps: count, dispatches, trains };
    console.log(JSON.stringify({ preset: network, device: machine.adapter, contestant, ...found }));
  }
}
// Dawn's devices would keep the process alive.
process.exit(0);
