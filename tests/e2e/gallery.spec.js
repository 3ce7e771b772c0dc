// The pictures of the README: each preset trained on the CPU device, as a reader would, and its
// grid saved to docs/gallery/ with the steps and the time it took.
// SCREENSHOTS=1 npx playwright test gallery

import { mkdirSync, writeFileSync } from "node:fs";
import { test } from "./site.js";

const HOUR = 3_600_000;
const FOLDER = "docs/gallery";

const STEPS = /** @type {const} */ ({
  modern: 1_000,
  mlp: 4_000,
  dense: 2_500,
  "least-squares": 6_000,
  dcgan: 800,
  "conv-critic": 1_000,
});

for (const [preset, steps] of Object.entries(STEPS)) {
  test(preset, async ({ site, page }) => {
    test.setTimeout(HOUR);
    await site.open(`?device=cpu&preset=${preset}`);
    await site.ready();
    const start = performance.now();
    await site.train();
    await site.trainedTo(steps, HOUR);
    const seconds = Math.round((performance.now() - start) / 1000);
    await site.pause();
    const url = await page.locator("#grid").evaluate((/** @type {HTMLCanvasElement} */ grid) => {
      const twice = document.createElement("canvas");
      twice.width = 2 * grid.width;
      twice.height = 2 * grid.height;
      const context = /** @type {CanvasRenderingContext2D} */ (twice.getContext("2d"));
      context.imageSmoothingEnabled = false;
      context.drawImage(grid, 0, 0, twice.width, twice.height);
      return twice.toDataURL("image/png");
    });
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(`${FOLDER}/${preset}.png`, Buffer.from(url.split(",")[1], "base64"));
    console.log(`${preset}: ${await site.steps()} steps in ${seconds} s`);
  });
}
