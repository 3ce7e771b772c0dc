// `npm run soak`: many steps of WebGAN in one page; fails if wasm or GPU memory goes on growing. Prints
// the memory as it goes. `-- --device cpu|webgpu --network mlp|dcgan --steps N`. No timing.

import { Failure, main, say } from "../scripts/lib/proc.mjs";
import { requireChrome } from "../scripts/setup/browser.mjs";
import { requireNodeModules } from "../scripts/setup/npm.mjs";
import { requirePeers, requireProgram } from "./lib/install.mjs";
import { readOptions } from "./lib/options.mjs";

const STEPS = 20_000;
/** Losses are read and memory is looked at so many times. */
const LOOKS = 20;

await main(import.meta.url, async (args) => {
  const { devices, networks, realGpu, steps = STEPS } = readOptions(args);
  await requireNodeModules();
  await requireChrome();
  await requirePeers();
  await requireProgram();
  const [{ openBrowser, openPage }, { serve }] = await Promise.all([
    import("./lib/browser.mjs"),
    import("./lib/server.mjs"),
  ]);
  const server = await serve(false);
  const browser = await openBrowser(realGpu);
  try {
    const page = await openPage(browser, server.url);
    const [network] = /** @type {["mlp" | "dcgan"]} */ (networks);
    const [device] = /** @type {["cpu" | "webgpu"]} */ (devices);
    await page.call("open", "webgan", { network, device });
    /** @type {{ wasmBytes: number, gpuBytes: number }[]} */
    const seen = [];
    for (let look = 1; look <= LOOKS; look += 1) {
      let round;
      // Short enough for a software GPU to answer in time.
      for (let left = Math.ceil(steps / LOOKS); left > 0; left -= round.issueMs.length) {
        round = await page.call("round", "webgan", Math.min(left, 25));
        if (!round.losses.every(Number.isFinite)) throw new Failure("the losses are not finite.");
      }
      if (round === undefined) throw new Error("no step was asked for");
      seen.push(round);
      const [wasm, gpu] = [round.wasmBytes, round.gpuBytes].map((b) => (b / 1e6).toFixed(1));
      say(
        `${network} on ${device}, step ${look * Math.ceil(steps / LOOKS)}: wasm ${wasm} MB, GPU ${gpu} MB`,
      );
    }
    // By a quarter of the way everything has been allocated that ever will be.
    const from = seen[LOOKS / 4];
    const to = seen[LOOKS - 1];
    if (to.wasmBytes > from.wasmBytes || to.gpuBytes > from.gpuBytes) {
      throw new Failure("memory goes on growing.");
    }
    say("memory is flat");
  } finally {
    await browser.close();
    await server.close();
  }
});
