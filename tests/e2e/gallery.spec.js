// The pictures of the README: each preset trained on the CPU device, as a reader would, and its
// grid saved to docs/gallery/ with the steps and the time it took; of sets in colour and of pairs three seeds, real ones,
// and what was made of a drawing.
// SCREENSHOTS=1 npx playwright test gallery -g NAME

import { mkdirSync, writeFileSync } from "node:fs";
import { expect, test } from "./site.js";

/** @import { Page } from "@playwright/test" */

test.use({ serviceWorkers: "allow" });

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
  { name: "lines-1", address: "preset=pix2pix&data=lineart&seed=1", steps: 1_500, drawn: true },
  { name: "lines-2", address: "preset=pix2pix&data=lineart&seed=2", steps: 1_500 },
  { name: "lines-3", address: "preset=pix2pix&data=lineart&seed=3", steps: 1_500 },
];
/** Of what real ones are shown beside them. */
const REAL = [
  { name: "faces-real", address: "data=faces" },
  { name: "emoji-real", address: "data=emoji" },
  { name: "fashion-real", address: "data=data/fashion" },
];

for (const { name, address, steps, drawn } of PICTURES) {
  test(name, async ({ site, page }) => {
    test.setTimeout(HOUR);
    // Twice: from the second visit on a reader has threads.
    await site.open("");
    await page.evaluate("navigator.serviceWorker.ready");
    // It pauses there by itself.
    await site.open(`?device=cpu&steps=${steps}&${address}`);
    await site.ready();
    const start = performance.now();
    await site.train();
    await expect(site.toggle).toHaveText("Train", { timeout: HOUR });
    const seconds = Math.round((performance.now() - start) / 1000);
    await save(page, name, ["#grid"]);
    const device = await page.locator("#device-note").textContent();
    console.log(`${name}: ${await site.steps()} steps in ${seconds} s (${device?.trim()})`);
    if (!drawn) return;
    await page.getByRole("tab", { name: "Play" }).click();
    await site.loaded();
    for (const line of FACE) await draw(page, line);
    await expect(page.locator("#board-words")).toHaveText(/Made by the generator after/);
    await save(page, "drawing", ["#board-canvas", "#board-made"]);
  });
}

for (const { name, address } of REAL) {
  test(name, async ({ site, page }) => {
    await site.open(`?device=cpu&${address}`);
    await site.ready();
    await site.step();
    await site.press({ name: "Real pictures" });
    await save(page, name, ["#grid"]);
  });
}

/** So many points around a centre, as shares of the board's sides, from one angle to another in turns. */
const arc = (
  /** @type {number} */ x,
  /** @type {number} */ y,
  /** @type {number} */ radius,
  [from, to] = [0, 1],
) =>
  Array.from({ length: 25 }, (_, i) => {
    const angle = 2 * Math.PI * (from + (i / 24) * (to - from));
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
  });
/** A face as somebody would draw it. */
const FACE = [
  arc(0.5, 0.5, 0.4),
  arc(0.36, 0.4, 0.05),
  arc(0.64, 0.4, 0.05),
  arc(0.5, 0.5, 0.24, [0.08, 0.42]),
];

/**
 * Draws a line on the board.
 * @param {Page} page
 * @param {number[][]} points as shares of its sides
 */
async function draw(page, points) {
  const box = await page.locator("#board").boundingBox();
  if (box === null) throw new Error("the board is not in sight");
  for (const [i, [x, y]] of points.entries()) {
    await page.mouse.move(box.x + x * box.width, box.y + y * box.height);
    if (i === 0) await page.mouse.down();
  }
  await page.mouse.up();
}

/**
 * Canvases side by side as one picture, twice as high as the highest.
 * @param {Page} page
 * @param {string} name
 * @param {string[]} canvases
 */
async function save(page, name, canvases) {
  const url = await page.evaluate((selectors) => {
    const found = selectors.map((selector) => {
      return /** @type {HTMLCanvasElement} */ (document.querySelector(selector));
    });
    const all = document.createElement("canvas");
    all.height = 2 * Math.max(...found.map(({ height }) => height));
    const widths = found.map(({ width, height }) => (width / height) * all.height);
    all.width = widths.reduce((sum, width) => sum + width, 0);
    const context = /** @type {CanvasRenderingContext2D} */ (all.getContext("2d"));
    context.imageSmoothingEnabled = false;
    let x = 0;
    for (const [i, one] of found.entries()) {
      context.drawImage(one, x, 0, widths[i], all.height);
      x += widths[i];
    }
    return all.toDataURL("image/png");
  }, canvases);
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(`${FOLDER}/${name}.png`, Buffer.from(url.split(",")[1], "base64"));
}
