// <web-gan> whose GAN makes pictures out of others: the pairs that it shows, and its board.

import { expect, Gan, heavyRequests, SCRIPT, test } from "./embedder.js";

/** @import { Locator } from "@playwright/test" */

/** @param {string} [attributes] */
function pairs(attributes = "") {
  return `${SCRIPT}<web-gan preset="pix2pix" device="cpu" batch-size="2" ${attributes}></web-gan>`;
}

/**
 * The bytes of a canvas, in short.
 * @param {Locator} canvas
 */
function hashOf(canvas) {
  return canvas.evaluate(async (element) => {
    const it = /** @type {HTMLCanvasElement} */ (element);
    const context = /** @type {CanvasRenderingContext2D} */ (it.getContext("2d"));
    const { data } = context.getImageData(0, 0, it.width, it.height);
    const hash = await crypto.subtle.digest("SHA-256", data);
    return Array.from(new Uint8Array(hash), (byte) => byte.toString(16)).join("");
  });
}

test("what one draws on an element's board becomes a picture, and another one after more steps", async ({
  embedder,
  page,
}) => {
  test.slow();
  await page.setViewportSize({ width: 700, height: 1400 });
  const heavy = heavyRequests(page);
  await page.goto(embedder.page("pairs", pairs('controls="play save" steps="12"')));
  const it = new Gan(page.locator("web-gan"));
  const words = it.element.locator(".status").getByRole("status");
  await expect(it.element.getByText("Here you draw, once it trains.")).toBeVisible();
  const height = () => it.element.evaluate((e) => e.getBoundingClientRect().height);
  const before = await height();
  expect(heavy).toEqual([]);

  await it.train.click();
  await expect(words).toHaveText("Done.", { timeout: 60_000 });
  const grid = it.element.locator("canvas").first();
  await expect(grid).toHaveAttribute("aria-label", /never learned, after 12 steps: what is given/);
  // Ten pairs of 32×32, of three tiles each, with lines between.
  const size = grid.evaluate((/** @type {HTMLCanvasElement} */ { width, height }) => [
    width,
    height,
  ]);
  expect(await size).toEqual([197, 164]);
  expect(await height()).toBe(before);

  const board = it.element.getByRole("application", { name: "Board to draw on" });
  const [drawn, made] = [it.element.locator("#board-canvas"), it.element.locator("#board-made")];
  const blank = [await hashOf(drawn), await hashOf(made)];
  const box = await board.boundingBox();
  if (box === null) throw new Error("the board is not in sight");
  await page.mouse.move(box.x + 40, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + 140, box.y + 120, { steps: 5 });
  await page.mouse.up();
  await expect.poll(() => hashOf(drawn)).not.toBe(blank[0]);
  await expect.poll(() => hashOf(made)).not.toBe(blank[1]);
  await expect(it.element.getByText("Made by the generator after 12 steps.")).toBeVisible();

  const after = await hashOf(made);
  await it.element.evaluate((/** @type {any} */ element) => element.step(2));
  await expect(it.element.getByText("Made by the generator after 14 steps.")).toBeVisible();
  await expect.poll(() => hashOf(made)).not.toBe(after);
  await it.element.getByRole("button", { name: "An example" }).click();
  await expect(it.element.getByText(/Example 1 of \d+: .+ never/)).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    it.element.getByRole("button", { name: "Save PNG" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("webgan-pix2pix-drawing-step-14.png");

  // What was saved goes on, with what lies on the board.
  const file = await it.element.evaluateHandle((/** @type {any} */ element) => element.save());
  const example = await hashOf(drawn);
  await it.element.evaluate((/** @type {any} */ element) => element.reset());
  await expect(it.element.getByText("Made by the untrained generator.")).toBeVisible();
  await it.element.evaluate((/** @type {any} */ element, saved) => element.load(saved), file);
  await expect(it.element.getByText("Made by the generator after 14 steps.")).toBeVisible();
  await expect.poll(() => hashOf(drawn)).toBe(example);
});

test("it makes pairs of any pictures, and begins with a drawing", async ({ embedder, page }) => {
  test.slow();
  await page.setViewportSize({ width: 340, height: 1400 });
  const html = pairs('pairs="half" board=".AAAA" steps="2"');
  await page.goto(embedder.page("halves", html));
  const it = new Gan(page.locator("web-gan"));
  const height = () => it.element.evaluate((e) => e.getBoundingClientRect().height);
  const before = await height();
  await it.train.click();
  const words = it.element.locator(".status").getByRole("status");
  await expect(words).toHaveText("Done.", { timeout: 60_000 });
  expect(await height()).toBe(before);
  // A dot in the upper left corner.
  const corner = it.element.locator("#board-canvas").evaluate((element) => {
    const canvas = /** @type {HTMLCanvasElement} */ (element);
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    return [canvas.width, context.getImageData(0, 0, 1, 1).data[0]];
  });
  expect(await corner).toEqual([4 * 28, 0]);
});
