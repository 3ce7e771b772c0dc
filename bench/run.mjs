// `npm run bench`: a training step of WebGAN against the same step of other libraries, in headless
// Chromium. Prints a markdown table and writes bench/results.json. Not a test: it fails only where
// nothing can be measured.

import { writeFileSync } from "node:fs";
import path from "node:path";

import { Failure, main, say } from "../scripts/lib/proc.mjs";
import { requireChrome } from "../scripts/setup/browser.mjs";
import { requireNodeModules } from "../scripts/setup/npm.mjs";
import { folder, requirePeers, requireProgram } from "./lib/install.mjs";
import { readOptions, USAGE } from "./lib/options.mjs";

await main(import.meta.url, async (args) => {
  const { help, networks, devices, threads, realGpu, ...race } = readOptions(args);
  if (help) {
    console.log(USAGE);
    return;
  }
  await requireNodeModules();
  await requireChrome();
  await requirePeers();
  await requireProgram();
  // Only now: they import what was just installed.
  const [{ openBrowser, openPage }, { contest }, { serve }, { table }] = await Promise.all([
    import("./lib/browser.mjs"),
    import("./lib/contest.mjs"),
    import("./lib/server.mjs"),
    import("./lib/table.mjs"),
  ]);

  const from = performance.now();
  const server = await serve(threads);
  const browser = await openBrowser(realGpu);
  const openPlace = () => openPage(browser, server.url);
  /** @type {import("./lib/contest.mjs").Result[]} */
  const results = [];
  let machine;
  try {
    for (const device of devices) {
      for (const network of networks) {
        const outcome = await contest(openPlace, { ...race, network, device }, say);
        machine = outcome.machine;
        results.push(...outcome.results);
      }
    }
  } finally {
    await browser.close();
    await server.close();
  }
  if (!machine || results.every(({ wholeMs }) => wholeMs === undefined)) {
    throw new Failure("nobody could take a step.");
  }
  const { adapter, cores } = machine;
  console.log(`\nGPU adapter: ${adapter}; cores: ${cores}; ` +
    `threads on the CPU: ${machine.threads ? "allowed" : "not allowed"}\n`); // prettier-ignore
  console.log(table(results));
  console.log(
    "\nissue: inside the call that takes a step (on the CPU, jax-js only notes it there); main thread: all it " +
      "did for a step;\nwhole step: until the losses are read back, divided by the steps. Medians.\n",
  );
  const file = path.join(folder, "results.json");
  writeFileSync(
    file,
    `${JSON.stringify({ date: new Date().toISOString(), machine, results }, null, 1)}\n`,
  );
  say(`${((performance.now() - from) / 1000).toFixed(0)} s; details in bench/results.json`);
});
