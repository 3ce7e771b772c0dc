// Every tutorial starts, says what it is, and learns a step.

import { expect, test } from "./site.js";

for (const id of ["mlp", "dense", "least-squares", "dcgan", "conv-critic"]) {
  test(`${id} starts and takes a step`, async ({ site, page }) => {
    await site.open(`?device=cpu&preset=${id}&batch=4`);
    await site.ready();
    await expect(site.problem("address")).toBeEmpty();
    for (const list of ["#preset-changes", "#preset-generator", "#preset-discriminator"]) {
      expect(await page.locator(`${list} li`).count()).toBeGreaterThan(0);
    }
    await expect(page.locator("#preset-article")).not.toBeEmpty();
    const untrained = await site.grid();
    await site.step();
    for (const value of await site.readouts()) expect(Number.isFinite(value)).toBe(true);
    expect(await site.grid()).not.toBe(untrained);
  });
}
