// `npm run screenshots`: pictures of the built site for people to look at, in screenshots/, by
// tests/e2e/screenshots.spec.js. It checks nothing.

import path from "node:path";
import process from "node:process";

import { root } from "./lib/places.mjs";
import { Failure, main, run } from "./lib/proc.mjs";
import { requireChrome } from "./setup/browser.mjs";

await main(import.meta.url, async () => {
  await requireChrome();
  const playwright = path.join(root, "node_modules/@playwright/test/cli.js");
  const env = { ...process.env, SCREENSHOTS: "1" };
  const args = [playwright, "test", "screenshots.spec.js"];
  if (await run(process.execPath, args, { cwd: root, env })) return;
  throw new Failure("no screenshots: see above. Is the site built (`npm run build`)?");
});
