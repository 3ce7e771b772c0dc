// `npm run posters`: the pictures that the element shows before anybody asks it to train, one for each
// preset whose trained generator is shipped, into www/posters/. It takes them from the built site in
// dist/ (`npm run build` first), so that a poster is what that generator draws there.

import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";

import { root } from "./lib/places.mjs";
import { Failure, main, say } from "./lib/proc.mjs";
import { requireNodeModules } from "./setup/npm.mjs";

const QUALITY = 0.8;
const models = path.join(root, "www/models");
const posters = path.join(root, "www/posters");

await main(import.meta.url, async () => {
  await requireNodeModules();
  if (!existsSync(path.join(root, "dist/index.html"))) {
    throw new Failure("dist/ is missing: run `npm run build` first.");
  }
  const [{ openBrowser }, { serve }] = await Promise.all([
    import("../bench/lib/browser.mjs"),
    import("../tests/e2e/static-server.js"),
  ]);
  mkdirSync(posters, { recursive: true });
  const server = await serve(path.join(root, "dist"), "/");
  const browser = await openBrowser(false);
  try {
    for (const preset of presets()) {
      const page = await browser.newPage({ serviceWorkers: "block" });
      await page.goto(`${server.url}?device=cpu&preset=${preset}`);
      await page.getByText("Drawn by a generator").waitFor();
      const url = await page.locator("#grid").evaluate(toWebp, QUALITY);
      const bytes = Buffer.from(url.slice(url.indexOf(",") + 1), "base64");
      writeFileSync(path.join(posters, `${preset}.webp`), bytes);
      say(`www/posters/${preset}.webp has ${(bytes.length / 1e3).toFixed(1)} kB`);
      await page.close();
    }
  } finally {
    await browser.close();
    server.close();
  }
});

function presets() {
  return readdirSync(models)
    .map((name) => path.parse(name).name)
    .filter((name) => name !== "classifier");
}

/**
 * In the page.
 * @param {Element} canvas
 * @param {number} quality
 */
function toWebp(canvas, quality) {
  return /** @type {HTMLCanvasElement} */ (canvas).toDataURL("image/webp", quality);
}
