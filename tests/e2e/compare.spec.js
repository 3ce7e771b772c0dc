// A chosen sample beside the training picture nearest to it, and what the monitor says of a run.

import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "./site.js";

/** @import { Locator, Page } from "@playwright/test" */

/**
 * Grey values of a canvas.
 * @param {Locator} canvas
 * @returns {Promise<number[]>}
 */
function greys(canvas) {
  return canvas.evaluate((/** @type {HTMLCanvasElement} */ element) => {
    const context = /** @type {CanvasRenderingContext2D} */ (element.getContext("2d"));
    const { data } = context.getImageData(0, 0, element.width, element.height);
    return Array.from({ length: data.length / 4 }, (_, i) => data[4 * i]);
  });
}

/**
 * The sample in the panel, the distance of its two pictures, and the one that it states.
 * @param {Page} page
 */
async function distances(page) {
  const [sample, nearest] = await Promise.all(
    ["#compare-sample", "#compare-nearest"].map((id) => greys(page.locator(id))),
  );
  expect(sample).toHaveLength(28 * 28);
  const squares = sample.map((grey, i) => ((grey - nearest[i]) / 127.5) ** 2);
  const words = (await page.locator("#compare-distance").textContent()) ?? "";
  const stated = Number(/is ([\d.]+) away/.exec(words)?.[1]);
  return { found: Math.sqrt(squares.reduce((a, b) => a + b)), sample, stated };
}

test("a sample of the shown generator is set beside the nearest real digit", async ({
  site,
  page,
}) => {
  await site.open("?preset=modern&device=cpu");
  await site.ready();
  await expect(page.locator("#grid-caption")).toContainText("Drawn by a generator");
  const chooser = page.getByRole("slider", { name: "A sample to be looked at" });
  const panel = page.locator("#compare");
  await expect(panel).toBeHidden();
  const box = await chooser.boundingBox();
  if (box === null) throw new Error("the picture has no place");
  // In the third of eight rows, the fifth of ten columns.
  await chooser.click({ position: { x: (4.5 / 10) * box.width, y: (2.5 / 8) * box.height } });
  await expect(panel).toBeVisible();
  await expect(panel).toContainText("row 3, column 5, drawn by a generator trained for");
  const { found, stated } = await distances(page);
  expect(Math.abs(found - stated)).toBeLessThan(0.1);
  // A good digit: near a real one, and no copy.
  expect(stated).toBeGreaterThan(2);
  expect(stated).toBeLessThan(14);
  const { violations } = await new AxeBuilder({ page }).include("#compare").analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  await page.getByRole("button", { name: "Close" }).click();
  await expect(panel).toBeHidden();
  await expect(chooser).toBeFocused();
});

test("keys choose a sample, and the comparison follows the run", async ({ site, page }) => {
  await site.open("?preset=mlp&device=cpu&batch=8");
  await site.ready();
  await site.step();
  const chooser = page.locator("#chooser");
  const panel = page.locator("#compare");
  await expect(chooser).toHaveAttribute("aria-valuetext", "none chosen");
  await chooser.focus();
  await page.keyboard.press("ArrowRight");
  await expect(chooser).toHaveAttribute("aria-valuetext", /^row 1, column 1, \d+\.\d from/);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  await expect(chooser).toHaveAttribute("aria-valuetext", /^row 2, column 2, \d+\.\d from/);
  await expect(chooser).toHaveAttribute("aria-valuenow", "10");
  await page.keyboard.press("Home");
  // Faster than the page is drawn.
  await chooser.evaluate((element) => {
    for (let i = 0; i < 3; i++) {
      element.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight" }));
    }
  });
  await expect(chooser).toHaveAttribute("aria-valuetext", /^row 1, column 4/);
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowDown"); // leads nowhere
  await expect(chooser).toHaveAttribute("aria-valuetext", /^row 8, column 8/);
  await expect(panel).toContainText("row 8, column 8, drawn at step 1.");
  const before = await distances(page);
  expect(Math.abs(before.found - before.stated)).toBeLessThan(0.1);

  await site.train();
  await site.trainedTo(60);
  await site.pause();
  const steps = (await page.locator("#step-count").textContent()) ?? "";
  await expect(panel).toContainText(`drawn at step ${steps}.`);
  const after = await distances(page);
  expect(Math.abs(after.found - after.stated)).toBeLessThan(0.1);
  // Not by the stated distance: after seventy steps it has come back to what it was at one.
  expect(after.sample).not.toEqual(before.sample);

  await chooser.focus();
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  await site.reset.click();
  await expect(chooser).toHaveAttribute("aria-valuetext", "none chosen");
});

test("what goes wrong in a run is named while it does", async ({ site, page }) => {
  // With this seed the discriminator is sure of nearly every digit from about step 370 to 800.
  await site.open("?preset=least-squares&device=cpu&batch=8&seed=1");
  await site.ready();
  const findings = page.getByRole("region", { name: "What the run shows" });
  await expect(findings).toBeHidden();
  await site.train();
  await expect(findings).toContainText("The discriminator has won.");
  await site.pause();
  await expect(findings).toContainText(/told (99|100)\.\d% apart/);
  await expect(findings).toContainText("What to try: Wait some hundred steps");
  await expect(page.locator("#announcer")).toContainText("The discriminator has won.");
  const { violations } = await new AxeBuilder({ page }).include(".stage").analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  await site.reset.click();
  await expect(findings).toBeHidden();
});
