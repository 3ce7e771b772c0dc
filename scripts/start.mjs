// `npm start`: from a fresh clone to a page in the browser. Sets the machine up, compiles the program for the CPU, makes
// the data, and serves the page until Ctrl-C; what takes longer, the programs for all cores and for a GPU, is compiled
// meanwhile, and is there when the page is loaded again. What is done already is skipped.
// `npm start -- --host` serves to the local network too; `--dev` compiles faster, for slower code.

import path from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";

import { ensureData } from "./data.mjs";
import { root } from "./lib/places.mjs";
import { Failure, main, say } from "./lib/proc.mjs";
import { setUpBuild } from "./setup.mjs";
import { buildWasm, FIRST } from "./wasm.mjs";

await main(import.meta.url, async (args) => {
  const { values } = parseArgs({
    args,
    options: { host: { type: "boolean", default: false }, dev: { type: "boolean" } },
  });
  const { host, dev } = values;
  await setUpBuild();
  await ensureData();
  await buildWasm({ dev, only: FIRST });

  const { createServer } = await import("vite");
  // A page is never reloaded by itself: it may be training.
  const server = { host: host || "localhost", hmr: false };
  const configFile = path.join(root, "vite.config.js");
  const site = await createServer({ root, configFile, server });
  await site.listen();
  site.printUrls();
  process.once("SIGINT", () => process.exit()).once("SIGTERM", () => process.exit());

  try {
    if (!(await buildWasm({ dev }))) return;
    // What Vite knows of a folder is of when it was first asked.
    await site.restart();
    say("all programs are there: a page that is loaded from now on finds them");
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    say(`${error.message} The page goes on with the programs that there are.`);
  }
});
