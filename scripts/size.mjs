// `npm run size`: what a reader downloads, raw, gzip and brotli, for each build; fails beyond the
// budget. It builds what is missing. No opinion on the rest of the page.

import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

import { root } from "./lib/places.mjs";
import { Failure, main } from "./lib/proc.mjs";
import { setUpBuild } from "./setup.mjs";
import { buildWasm } from "./wasm.mjs";

/**
 * The most a build may have on the wire, in bytes of brotli. Kernels of our own and checks of every config and
 * file took 0.05 MB, networks of many shapes and measures of any pictures 0.02 MB, pictures out of others 0.01 MB.
 */
const BUDGETS = [
  { build: "cpu", file: "webgan", budget: 730_000 },
  // With threads, where this machine can build it.
  { build: "threads", file: "webgan", budget: 800_000 },
  { build: "webgpu", file: "webgan", budget: 2_530_000 },
  { build: "export", file: "webgan_export", budget: 110_000 },
];

/** @param {(typeof BUDGETS)[number]} of */
function sizes({ build, file }) {
  const wasm = readFileSync(path.join(root, "www", "pkg", build, `${file}_bg.wasm`));
  return {
    raw: wasm.length,
    gzip: gzipSync(wasm, { level: 9 }).length,
    brotli: brotliCompressSync(wasm, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: wasm.length,
      },
    }).length,
  };
}

/** Prints a table; throws where a build is over its budget. */
export function checkSizes() {
  const megabytes = (/** @type {number} */ bytes) => (bytes / 1e6).toFixed(2).padStart(6);
  /** @type {string[]} */
  const tooLarge = [];
  console.log("build      raw   gzip brotli budget   (MB)");
  for (const of of BUDGETS) {
    if (!existsSync(path.join(root, "www", "pkg", of.build))) continue;
    const { build, budget } = of;
    const { raw, gzip, brotli } = sizes(of);
    console.log(build.padEnd(7), ...[raw, gzip, brotli, budget].map(megabytes));
    if (brotli > budget) tooLarge.push(build);
  }
  if (tooLarge.length > 0) {
    throw new Failure(`over the budget for the download: ${tooLarge.join(", ")}.`);
  }
}

await main(import.meta.url, async () => {
  await setUpBuild();
  await buildWasm();
  checkSizes();
});
