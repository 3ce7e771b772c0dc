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
    for (const list of ["#preset-generator", "#preset-discriminator"]) {
      expect(await page.locator(`${list} li`).count()).toBeGreaterThan(0);
    }
    // The words about it come when they are in sight.
    await page.locator("#preset").scrollIntoViewIfNeeded();
    await expect(page.locator("#preset-article")).not.toBeEmpty();
    // A title without a list below it would be a riddle.
    const changes = await page.locator("#preset-changes li").count();
    await expect(page.locator("#preset-changes-title")).toBeVisible({ visible: changes > 0 });
    // What the unit tests know of the preset is what the program says.
    await site.unfold("The code");
    await page.locator("#code").evaluate((section) => section.scrollIntoView());
    const title = (await page.locator("#preset-list label:has(:checked) b").textContent()) ?? "";
    const code = rustOf({ ...HEADS[id].config, batch_size: 4 }, title);
    await expect(page.locator("#code-text")).toHaveText(code);
    const untrained = await site.grid();
    await site.step();
    for (const value of await site.readouts()) expect(Number.isFinite(value)).toBe(true);
    expect(await site.grid()).not.toBe(untrained);
  });
}
