// The pictures of the README: each preset trained on the CPU device, as a reader would, and its
// grid saved to docs/gallery/ with the steps and the time it took; of sets in colour three seeds, and real ones.
// SCREENSHOTS=1 npx playwright test gallery -g NAME

import { mkdirSync, writeFileSync } from "node:fs";
import { test } from "./site.js";

/** @import { Page } from "@playwright/test" */

const HOUR = 3_600_000;
const FOLDER = "docs/gallery";

/** What a picture is called, what it is of, and after how many steps. */
const PICTURES = [
  { name: "modern", address: "preset=modern", steps: 1_000 },
  { name: "mlp", address: "preset=mlp", steps: 4_000 },
  { name: "dense", address: "preset=dense", steps: 2_500 },
  { name: "least-squares", address: "preset=least-squares", steps: 6_000 },
  { name: "dcgan", address: "preset=dcgan", steps: 800 },
  { name: "conv-critic", address: "preset=conv-critic", steps: 1_000 },
  { name: "faces-1", address: "data=faces&seed=1", steps: 2_000 },
  { name: "faces-2", address: "data=faces&seed=2", steps: 2_000 },
  { name: "faces-3", address: "data=faces&seed=3", steps: 2_000 },
  { name: "emoji", address: "data=emoji", steps: 3_000 },
  { name: "fashion", address: "data=data/fashion", steps: 1_000 },
];
/** Of what real ones are shown beside them. */
const REAL = [
  { name: "faces-real", address: "data=faces" },
  { name: "emoji-real", address: "data=emoji" },
  { name: "fashion-real", address: "data=data/fashion" },
];

for (const { name, address, steps } of PICTURES) {
  test(name, async ({ site, page }) => {
    test.setTimeout(HOUR);
    await site.open(`?device=cpu&${address}`);
    await site.ready();
    const start = performance.now();
    await site.train();
    await site.trainedTo(steps, HOUR);
    const seconds = Math.round((performance.now() - start) / 1000);
    await site.pause();
    await save(page, name);
    console.log(`${name}: ${await site.steps()} steps in ${seconds} s`);
  });
}

for (const { name, address } of REAL) {
  test(name, async ({ site, page }) => {
    await site.open(`?device=cpu&${address}`);
    await site.ready();
    await site.step();
    await site.press({ name: "Real pictures" });
    await save(page, name);
  });
}

/**
 * The grid's picture, each pixel as two by two.
 * @param {Page} page
 * @param {string} name
 */
async function save(page, name) {
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
  writeFileSync(`${FOLDER}/${name}.png`, Buffer.from(url.split(",")[1], "base64"));
}
