// The settings in the page's address: loaded, kept up to date, and refused with a sentence.

import { expect, test } from "./site.js";

test("loads what the address says", async ({ site, page }) => {
  await site.open("?preset=least-squares&seed=7&batch=4&lr=0.0005&l1=2&device=cpu&hidden=pause");
  await site.ready();
  await expect(site.problem("address")).toBeEmpty();
  await expect(site.choice(/Least squares/)).toBeChecked();
  await expect(site.setting("Seed")).toHaveValue("7");
  await expect(site.setting("Batch size")).toHaveValue("4");
  await expect(site.setting("Learning rate")).toHaveValue("0.0005");
  await expect(site.setting("λ")).toHaveValue("2");
  await expect(page.getByLabel("Device")).toHaveValue("cpu");
  await expect(page.getByLabel("While this tab is hidden")).toHaveValue("pause");
});

test("names what it cannot use, and uses the rest", async ({ site, page }) => {
  await site.open("?batch=many&lr=2&seed=5&l1=3&device=cpu&campaign=x");
  await site.ready();
  const problem = site.problem("address");
  await expect(problem).toContainText("batch=many");
  await expect(problem).toContainText("lr=2");
  await expect(problem).toContainText("campaign=x");
  await expect(problem).toContainText("l1=3");
  await expect(site.setting("Seed")).toHaveValue("5");
  await expect(site.setting("Batch size")).toHaveValue("32");
  await expect(page).toHaveURL(/\?seed=5&device=cpu&campaign=x$/);
  await site.step();
});

test("an unknown preset is named, and the first one taken", async ({ site, page }) => {
  await site.open("?preset=wgan&device=cpu");
  await site.ready();
  await expect(site.problem("address")).toContainText("preset=wgan");
  await expect(page.locator("#gan-now")).toHaveText("Modern");
  await expect(page).toHaveURL(/\?device=cpu$/);
});

test("holds only what differs from the defaults", async ({ site, page }) => {
  await site.open("?device=cpu");
  await site.ready();
  await site.set("Seed", "99");
  await expect(page).toHaveURL(/\?device=cpu&seed=99$/);
  await site.choose(/DCGAN/);
  await expect(page).toHaveURL(/preset=dcgan/);
  await site.choose(/Modern/);
  await expect(page).not.toHaveURL(/preset/);
  await page.locator("#device-choice").click();
  await page.getByLabel("While this tab is hidden").selectOption("pause");
  await expect(page).toHaveURL(/hidden=pause/);
});

test("a browser whose language is none shows the page, charts included", async ({ site, page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, "language", { get: () => "C" });
  });
  await site.open("?device=cpu&preset=mlp&batch=8");
  await site.ready();
  await site.step(3);
  expect(await site.plottedPixels("loss")).toBeGreaterThan(0);
});
