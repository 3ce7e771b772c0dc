// The page by keyboard, by screen reader, on a phone, and with less motion.

import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "./site.js";

/** @import { Page } from "@playwright/test" */

/**
 * @param {Page} page
 * @param {string | null} what is looked at
 */
async function expectNoViolations(page, what) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
  expect(found, `in ${what}`).toEqual([]);
}

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  test(`axe finds nothing in the ${colorScheme} page, before and after training`, async ({
    site,
    page,
  }) => {
    await page.emulateMedia({ colorScheme });
    await site.open("?device=cpu&batch=4&preset=least-squares&seed=x");
    await site.ready();
    await site.step(2);
    await site.reset.click();
    await expect.poll(() => site.steps()).toBe(0);
    await site.step(2);
    await page.getByRole("button", { name: "What D thinks" }).click();
    await site.set("Batch size", "no");
    await page.evaluate(() => {
      for (const details of document.querySelectorAll("details")) details.open = true;
    });
    for (const tab of await page.getByRole("tab").all()) {
      await tab.click();
      await site.loaded();
      if ((await tab.textContent()) === "Rewind") await expect(page.locator("#runs")).toBeVisible();
      await expectNoViolations(page, await tab.textContent());
    }
    for (const menu of await page.locator("[popovertarget]").all()) {
      await menu.click();
      await site.loaded();
      await expectNoViolations(page, await menu.textContent());
      await page.keyboard.press("Escape");
    }
  });
}

test("axe finds nothing where points are learned", async ({ site, page }) => {
  await site.open("?device=cpu&data=ring");
  await site.ready();
  await site.step();
  await page.locator("#data-choice").click();
  await page.getByRole("link", { name: "Draw your own" }).click();
  await expect(page.getByRole("application", { name: "Drawing pad" })).toBeVisible();
  await expectNoViolations(page, "the drawing");
});

test("axe finds nothing where pictures are made out of others, which fits a phone", async ({
  site,
  page,
}) => {
  // Made of colours, so that there are all inks.
  await site.open("?device=cpu&preset=pix2pix&data=lineart&pairs=half&board=3.AAAA");
  await site.ready();
  for (const name of ["Play", "Measure"]) {
    await page.getByRole("tab", { name }).click();
    await site.loaded();
    await expectNoViolations(page, name);
  }
  await page.locator("#data-choice").click();
  await site.loaded();
  await expectNoViolations(page, "the data");
  await page.keyboard.press("Escape");
  await page.getByRole("tab", { name: "Play" }).click();
  await expect(page.locator("#board-inks button:visible")).toHaveCount(10);
  await page.setViewportSize({ width: 320, height: 700 });
  const beyond = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
  expect(beyond).toBeLessThanOrEqual(0);
});

test("everything can be done with the keyboard", async ({ site, page }) => {
  await site.open("?preset=mlp&device=cpu&batch=4");
  await site.ready();

  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to training" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.locator("#toggle").focus();
  await page.keyboard.press("Space");
  await site.trainedTo(5);
  await page.keyboard.press("Space");
  await expect(site.toggle).toHaveText("Train");
  await site.rest();
  const steps = await site.steps();

  await page.keyboard.press("Tab");
  await expect(site.stepButton).toBeFocused();
  await page.keyboard.press("Enter");
  await site.trainedTo(steps + 1);
  await expect(site.stepButton).toBeFocused();

  await expect(site.stepButton).toHaveAttribute("aria-disabled", "false");
  await page.keyboard.press("Tab");
  await expect(site.reset).toBeFocused();
  await page.keyboard.press("Enter");
  await expect.poll(() => site.steps()).toBe(0);

  await page.locator("#gan-choice").press("Enter");
  const preset = page.locator("#preset-list").getByRole("radio", { checked: true });
  await expect(preset).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(page).toHaveURL(/preset=dense/);
  await expect(preset).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.locator("#gan-choice")).toBeFocused();
  // Who goes on past the menu's end leaves it.
  await page.locator("#gan-choice").press("Enter");
  await expect(preset).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.locator("#gan-menu")).toBeHidden();
});

test("arrow keys go along the tabs, and each shows its panel alone", async ({ site, page }) => {
  await site.open("?preset=mlp&device=cpu&batch=4");
  await site.ready();
  const tabs = page.getByRole("tab");
  const names = await tabs.allTextContents();
  expect(names).toHaveLength(9);
  await tabs.first().focus();
  for (const [i, name] of names.entries()) {
    const tab = tabs.nth(i);
    await expect(tab).toBeFocused();
    await expect(tab).toHaveAttribute("aria-selected", "true");
    await expect(page.getByRole("tabpanel")).toHaveCount(1);
    await expect(page.getByRole("tabpanel", { name })).toBeVisible();
    await page.keyboard.press("ArrowRight");
  }
  await expect(tabs.first()).toBeFocused();
  await page.keyboard.press("End");
  await expect(tabs.last()).toBeFocused();
  await page.keyboard.press("Home");
  // The one that is open is the one that Tab stops at.
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Tab");
  await expect(tabs.first()).toBeFocused();
});

test("what happens is told, politely", async ({ site, page }) => {
  await site.open("?preset=mlp&device=cpu&batch=4");
  await site.ready();
  await site.train();
  const announcer = page.locator("#announcer");
  await expect(announcer).toHaveAttribute("aria-live", "polite");
  await expect(announcer).toContainText(/Step [\d,]+, epoch \d+ of 100.*loss/);
  await expect(page.locator("#loss-plot")).toHaveAttribute("aria-label", /D on real \d/);
  await expect(page.locator("#grid")).toHaveAttribute("aria-label", /64 pictures/);
});

test("what is told of training is true when it is told, and does not outlast it", async ({
  site,
  page,
}) => {
  const announcer = page.locator("#announcer");
  await site.open("?preset=dense&device=cpu&batch=8");
  await site.ready();
  await expect(announcer).toHaveText("Ready to train.");
  await site.train();
  await expect(announcer).toContainText("Training. Step");
  await site.reset.click();
  await expect(announcer).toHaveText("Ready to train.");
  await site.step();
  await expect(announcer).toContainText("Paused. Step 1, epoch 1 of");
});

test("what keys do where the focus stays is told at once", async ({ site, page }) => {
  await site.open("?device=cpu&preset=mlp&batch=8");
  await site.ready();
  const said = page.locator("#said");
  await expect(said).toHaveRole("status");
  await page.getByRole("tab", { name: "Play" }).click();
  await site.loaded();
  await page.getByRole("application", { name: "Latent pad" }).press("ArrowRight");
  await expect(said).toHaveText("At +0.05 across, 0 up.");
  await page.locator("#data-choice").click();
  await page.getByRole("link", { name: "Draw your own" }).click();
  await site.loaded();
  const pad = page.getByRole("application", { name: "Drawing pad" });
  await pad.press("ArrowUp");
  await expect(said).toHaveText("Column 33, row 34 from below");
  await pad.press(" ");
  await expect(said).toHaveText("Column 33, row 34 from below, a point");
  await page.locator("#main").press("w");
  await expect(said).toHaveText("Walk: on");

  // Also where the part that it acts on was never looked at.
  await page.reload();
  await site.ready();
  await page.locator("#main").press("w");
  await expect(said).toHaveText("Walk: on");
});

test("a term says what it means where it stands: by pointer, by keys, and to who listens", async ({
  site,
  page,
}) => {
  await site.open("?device=cpu&preset=mlp&batch=8");
  await site.ready();
  const hint = page.locator(".term-hint");
  await page.getByRole("tab", { name: "Play" }).click();
  const latent = page.getByRole("button", { name: "latent", exact: true });
  await latent.click();
  await expect(hint).toContainText("A list of random numbers");
  await expect(hint).toBeInViewport({ ratio: 1 });
  await expect(page.locator("#said")).toContainText("Latent, z: A list of random numbers");
  await page.getByRole("heading", { level: 1 }).click();
  await expect(hint).toBeHidden();

  await page.getByRole("tab", { name: "Tune" }).click();
  const seed = page.getByRole("button", { name: "What it means: Seed" });
  await seed.press("Enter");
  await expect(hint).toContainText("all chance in a run");
  await expect(seed).toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press("Escape");
  await expect(hint).toBeHidden();
  await expect(seed).toBeFocused();

  await page.getByRole("heading", { name: "The words" }).click();
  await expect(page.locator("#glossary-list")).toContainText("Classifier-Fréchet distance");
});

test("a hidden tab goes on or pauses, as the user wants", async ({ site, page }) => {
  /** @param {boolean} hidden */
  const hide = (hidden) =>
    page.evaluate((value) => {
      Object.defineProperty(document, "hidden", { value, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }, hidden);

  await site.open("?preset=mlp&device=cpu&batch=4");
  await site.ready();
  await site.train();
  await site.trainedTo(5);
  await hide(true);
  const picture = await site.gridSteps();
  const steps = await site.steps();
  await site.trainedTo(steps + 30);
  expect((await site.gridSteps()) - picture).toBeLessThan(steps + 30 - picture);
  await hide(false);

  await page.locator("#device-choice").click();
  await page.getByLabel("While this tab is hidden").selectOption("pause");
  await hide(true);
  await expect(site.toggle).toHaveText("Train");
  await hide(false);
  await expect(site.toggle).toHaveText("Pause");
  await site.trainedTo((await site.steps()) + 5);
});

for (const width of [320, 360, 1600]) {
  test(`fits ${width} px without scrolling sideways`, async ({ site, page }) => {
    await page.setViewportSize({ width, height: 740 });
    await site.open("?device=cpu&batch=4&preset=conv-critic");
    await site.ready();
    await site.step();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    // The grid and the button that starts it are in the first screenful of a phone.
    const grid = await page.locator("#grid").boundingBox();
    const toggle = await site.toggle.boundingBox();
    expect(grid?.y).toBeLessThan(300);
    if (width === 360) expect((toggle?.y ?? Infinity) + (toggle?.height ?? 0)).toBeLessThan(740);

    // Targets are at least 24 px.
    const targets = page.locator("button:visible, select:visible, input:visible, .card:visible");
    for (const target of await targets.all()) {
      const box = await target.boundingBox();
      if (box === null || box.width <= 1) continue; // hidden from the eye, worked by its label
      expect(box.height).toBeGreaterThanOrEqual(24);
      expect(box.width).toBeGreaterThanOrEqual(24);
    }
  });
}

for (const width of [1440, 390]) {
  test(`what is found while training moves nothing at ${width} px`, async ({ site, page }) => {
    await page.setViewportSize({ width, height: 1000 });
    await site.open("?preset=mlp&device=cpu&batch=8&lr=0.1&seed=1");
    await site.ready();
    const measure = () =>
      Promise.all(
        ["#toggle", "#show-real", "#step-count", "#save-run"].map(async (place) => {
          const box = await page.locator(place).boundingBox();
          return [place, Math.round(box?.y ?? -1)];
        }),
      );
    await site.step();
    await page.evaluate(() => scrollTo(0, 0));
    const before = await measure();
    await site.train();
    const line = page.locator("#findings summary");
    await expect(line).toContainText("The discriminator has won.");
    expect(await measure()).toEqual(before);
    await line.click();
    await expect(page.locator("#findings-list")).toContainText("What to try");
  });
}

for (const preset of ["modern", "mlp"]) {
  test(`nothing moves while ${preset} loads and the first numbers come`, async ({ site, page }) => {
    await site.open(`?device=cpu&batch=4&preset=${preset}`);
    const places = ["#mount", "#toggle", "#step-count", "#tabs", "#learning-rate"];
    const measure = () =>
      Promise.all(
        places.map(async (place) => {
          const box = await page.locator(place).boundingBox();
          return [place, Math.round(box?.x ?? -1), Math.round(box?.y ?? -1)];
        }),
      );
    const before = await measure();
    await site.ready();
    await site.step();
    expect(await measure()).toEqual(before);
  });
}
