// Every preset starts, says what it is, shows its code, and learns a step.

import { readFileSync } from "node:fs";
import { rustOf } from "../../www/code/rust.js";
import { expect, test } from "./site.js";

/** The heads of all presets' checkpoints, against which the unit tests hold the code. */
const HEADS = JSON.parse(readFileSync(new URL("../unit/recipes.json", import.meta.url), "utf8"));

for (const id of [
  "modern",
  "mlp",
  "dense",
  "least-squares",
  "dcgan",
  "conv-critic",
  "hinge-sn",
  "wgan-clip",
]) {
  test(`${id} starts and takes a step`, async ({ site, page }) => {
    await site.open(`?device=cpu&preset=${id}&batch=4`);
    await site.ready();
    await expect(site.problem("address")).toBeEmpty();
    // The words about it come when they are in sight.
    await site.reveal(page.locator("#preset"));
    await page.locator("#preset").scrollIntoViewIfNeeded();
    await expect(page.locator("#preset-article")).not.toBeEmpty();
    for (const name of /** @type {const} */ (["generator", "discriminator"])) {
      const { layers } = HEADS[id].networks[name];
      await expect(page.locator(`#network-${name} tbody tr`)).toHaveCount(layers.length);
    }
    // A title without a list below it would be a riddle.
    const changes = await page.locator("#preset-changes li").count();
    await expect(page.locator("#preset-changes-title")).toBeVisible({ visible: changes > 0 });
    // What the unit tests know of the preset is what the program says.
    await site.unfold("The code");
    await page.locator("#code").evaluate((section) => section.scrollIntoView());
    const title = (await page.locator("#preset-list label:has(:checked) b").textContent()) ?? "";
    const code = rustOf({ ...HEADS[id].config, batch_size: 4 }, HEADS[id].networks, title);
    await expect(page.locator("#code-text")).toHaveText(code);
    const untrained = await site.grid();
    await site.step();
    for (const value of await site.readouts()) expect(Number.isFinite(value)).toBe(true);
    expect(await site.grid()).not.toBe(untrained);
  });
}

test("each card says how long its schedule takes here, before anything is trained", async ({
  site,
  page,
}) => {
  await site.open("?device=cpu&preset=mlp");
  await site.ready();
  await site.reveal(page.locator("#preset-list"));
  await page.locator("#preset-list").scrollIntoViewIfNeeded();
  const costs = page.locator(".card-cost");
  await expect(costs).toHaveText(Array.from({ length: 9 }, () => /^about \d+ (sec|min|hr|days?)/));
  const seconds = async (/** @type {string} */ id) => {
    const text = await page.locator(`[data-cost="${id}"]`).innerText();
    const units = { sec: 1, min: 60, hr: 3_600, day: 86_400, days: 86_400 };
    const parts = [...text.matchAll(/(\d+) (sec|min|hr|days?)/g)];
    return parts.reduce(
      (sum, [, n, unit]) => sum + Number(n) * units[/** @type {keyof typeof units} */ (unit)],
      0,
    );
  };
  // Thirteen million weights for ten thousand steps, and two dense layers for as few as the data have.
  expect(await seconds("conv-critic")).toBeGreaterThan(20 * (await seconds("dense")));
});
