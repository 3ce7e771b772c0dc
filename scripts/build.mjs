// `npm run build`: the whole site in dist/, ready for any static host, under any path.

import path from "node:path";
import process from "node:process";

import { ensureData } from "./data.mjs";
import { environment, root } from "./lib/places.mjs";
import { Failure, main, run, say } from "./lib/proc.mjs";
import { setUpBuild } from "./setup.mjs";
import { compressAll } from "./site/compress.mjs";
import { buildWasm } from "./wasm.mjs";

await main(import.meta.url, async () => {
  await setUpBuild();
  await ensureData();
  await buildWasm();
  const vite = path.join(root, "node_modules", "vite", "bin", "vite.js");
  if (!(await run(process.execPath, [vite, "build"], { cwd: root, env: environment() }))) {
    throw new Failure("the site could not be built: Vite says why above.");
  }
  say("compressing (a minute or two, the first time)");
  await compressAll(path.join(root, "dist"));
  say("the site is in dist/; `npx vite preview` shows it");
});
