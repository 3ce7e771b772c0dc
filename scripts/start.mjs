// `npm start`: from a fresh clone to a page in the browser. Sets the machine up, compiles what has
// changed, makes the data, and serves the page until Ctrl-C. What is done already is skipped.
// `npm start -- --host` serves to the local network too; `--dev` compiles faster, for slower code.

import path from "node:path";
import process from "node:process";

import { ensureData } from "./data.mjs";
import { environment, root } from "./lib/places.mjs";
import { Failure, main, run } from "./lib/proc.mjs";
import { setUpBuild } from "./setup.mjs";
import { buildWasm } from "./wasm.mjs";

await main(import.meta.url, async (args) => {
  await setUpBuild();
  await ensureData();
  await buildWasm({ dev: args.includes("--dev") });

  let stopped = false;
  process.on("SIGINT", () => (stopped = true)).on("SIGTERM", () => (stopped = true));
  const vite = path.join(root, "node_modules", "vite", "bin", "vite.js");
  const rest = args.filter((arg) => arg !== "--dev");
  const served = await run(process.execPath, [vite, ...rest], { cwd: root, env: environment() });
  if (!served && !stopped) throw new Failure("the page could not be served: Vite says why above.");
});
