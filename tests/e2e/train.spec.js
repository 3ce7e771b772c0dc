// Training as a person does it: Train, Pause, Step, Reset, and the settings meanwhile.

import { expect, test } from "./site.js";

test("mlp trains on the CPU: the picture, the losses and the curves move, and Pause stops", async ({
  site,
  page,
}) => {
  await site.open("?preset=mlp&device=cpu&seed=7");
  await site.ready();
  await expect(page.locator("#device-note")).toContainText("CPU");
  const untrained = await site.grid();
  expect(await site.plottedPixels("loss")).toBe(0);

  await site.train();
  await site.trainedTo(300);
  await site.pause();

  expect(await site.grid()).not.toBe(untrained);
  for (const value of await site.readouts()) expect(Number.isFinite(value)).toBe(true);
  expect(await site.plottedPixels("loss")).toBeGreaterThan(300);
  expect(await site.plottedPixels("belief")).toBeGreaterThan(300);

  const steps = await site.steps();
  const paused = await site.grid();
  await page.waitForTimeout(1_000);
  expect(await site.steps()).toBe(steps);
  expect(await site.grid()).toBe(paused);

  // 9,000 digits in batches of 64: two epochs are over by then.
  const rows = page.locator("#log-rows tr");
  expect(await rows.count()).toBeGreaterThanOrEqual(2);
  const newest = await rows.first().locator("th, td:visible").allTextContents();
  expect(newest).toHaveLength(7);
  for (const text of newest) expect(Number.isFinite(parseFloat(text))).toBe(true);
  expect(Number(newest[0])).toBe(await rows.count());

  await expect(page.locator("#step-rate")).toHaveText(/\d/);
  await expect(page.locator("#image-rate")).toHaveText(/\d/);
  await expect(page.locator("#time-left")).toHaveText(/left/);

  await site.train();
  await site.trainedTo(steps + 5);
});

test("Reset starts over, and the same seed gives the same losses and pictures", async ({
  site,
  page,
}) => {
  await site.open("?preset=mlp&device=cpu&seed=11&batch=16");
  await site.ready();
  const first = [];
  for (let i = 0; i < 4; i++) {
    await site.step();
    first.push(await site.readouts());
  }
  const picture = await site.grid();
  expect(new Set(first.map(String)).size).toBe(4);

  await site.reset.click();
  await expect.poll(() => site.gridSteps()).toBe(0);
  expect(await site.steps()).toBe(0);
  expect(await site.plottedPixels("loss")).toBe(0);
  await expect(page.locator("#log-rows")).toContainText("each epoch");

  const second = [];
  for (let i = 0; i < 4; i++) {
    await site.step();
    second.push(await site.readouts());
  }
  expect(second).toEqual(first);
  expect(await site.grid()).toBe(picture);

  await site.press({ name: "New seed" });
  await expect.poll(() => site.steps()).toBe(0);
  await site.ready();
  await site.step(4);
  expect(await site.readouts()).not.toEqual(first[3]);
});

test("Reset while training stops at step 0", async ({ site }) => {
  await site.open("?preset=mlp&device=cpu&batch=8");
  await site.ready();
  await site.train();
  await site.trainedTo(20);
  await site.reset.click();
  await expect(site.toggle).toHaveText("Train");
  await expect.poll(() => site.steps()).toBe(0);
  await site.rest();
  expect(await site.steps()).toBe(0);
});

test("the learning rate acts at once, the batch size starts over, and training goes on", async ({
  site,
  page,
}) => {
  await site.open("?preset=mlp&device=cpu&batch=8");
  await site.ready();
  await site.train();
  await site.trainedTo(30);
  await site.set("Learning rate", "0.001");
  await expect(page).toHaveURL(/lr=[^&]+,0\.001@\d+/);
  const steps = await site.steps();
  expect(steps).toBeGreaterThanOrEqual(30);
  await site.trainedTo(steps + 10);

  await page.getByRole("slider", { name: "Learning rate" }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(page).toHaveURL(/lr=[^&]+,0\.0011@\d+/);
  await expect(site.setting("Learning rate")).toHaveValue("0.0011");

  await site.set("Batch size", "4");
  await expect(page).toHaveURL(/batch=4/);
  await expect(site.toggle).toHaveText("Pause");
  await site.trainedTo(10);
  await site.pause();

  await site.press({ name: "The GAN's own values" });
  await expect(site.setting("Batch size")).toHaveValue("64");
  await expect(page).not.toHaveURL(/batch|lr/);
});

test("a bad value is named beside its control, and the run goes on unchanged", async ({
  site,
  page,
}) => {
  await site.open("?preset=mlp&device=cpu&batch=8");
  await site.ready();
  await site.train();
  await site.trainedTo(10);
  for (const [name, place, value] of [
    ["Learning rate", "learningRate", "fast"],
    ["Learning rate", "learningRate", "0"],
    ["Batch size", "batchSize", "1025"],
    ["Seed", "seed", "-1"],
  ]) {
    await site.set(name, value);
    await expect(site.problem(place)).toContainText("Nothing was changed.");
    await expect(site.setting(name)).toHaveAttribute("aria-invalid", "true");
  }
  const steps = await site.steps();
  await site.trainedTo(steps + 10);
  await expect(page).toHaveURL(/\?preset=mlp&device=cpu&batch=8$/);

  await site.set("Batch size", "8");
  await expect(site.problem("batchSize")).toBeEmpty();
});

test("a box follows its setting, unless it holds what was refused, which is said", async ({
  site,
  page,
}) => {
  await site.open("?device=cpu&preset=dense");
  await site.ready();
  await page.getByRole("tab", { name: "Tune" }).click();
  const box = site.setting("Batch size");
  await expect(box).toHaveValue("32");
  // Written and taken back: nothing changes, and nothing is told.
  await box.press("End");
  await box.press("1");
  await box.press("Backspace");
  await box.press("Tab");
  await site.choose(/MLP with batch norm/);
  await expect(box).toHaveValue("64");

  await box.fill("");
  await box.press("Tab");
  await expect(site.problem("batchSize")).toContainText("must be a whole number");
  await expect(box).toHaveValue("");
  await expect(box).toHaveAttribute("aria-invalid", "true");
  await site.choose(/Dense GAN/);
  await expect(box).toHaveValue("32");
  await expect(site.problem("batchSize")).toBeEmpty();

  await box.fill("x");
  await box.press("Tab");
  await expect(site.problem("batchSize")).not.toBeEmpty();
  await box.press("Escape");
  await expect(box).toHaveValue("32");
  await expect(site.problem("batchSize")).toBeEmpty();
  // What is in force is no news: the run goes on.
  await site.step();
  await box.fill("33");
  await box.fill("32");
  await box.press("Enter");
  expect(await site.steps()).toBe(1);
});

test("of wishes that come faster than they are made the last one wins, and nothing else is shown", async ({
  site,
  page,
}) => {
  await site.open("?device=cpu&preset=mlp");
  await site.ready();
  const list = page.locator("#preset-list");
  await list.evaluate((/** @type {any} */ element) => {
    element.seen = [];
    const look = () => {
      const { value } = element.querySelector("input:checked");
      if (element.seen.at(-1) !== value) element.seen.push(value);
      requestAnimationFrame(look);
    };
    look();
  });
  await page.locator("#gan-choice").click();
  await site.choice(/MLP with batch norm/).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(page.locator("#gan-now")).toHaveText("Least squares + L1");
  await page.keyboard.press("Escape");
  await site.step();
  const seen = await list.evaluate((/** @type {any} */ element) => element.seen);
  expect(seen.join(" ")).toMatch(/^mlp (dense )?least-squares$/);
});

test("λ is there where it applies, and acts at once", async ({ site, page }) => {
  await site.open("?preset=mlp&device=cpu");
  await site.ready();
  await expect(site.setting("λ")).toBeHidden();
  await site.choose(/Least squares/);
  await expect(site.setting("λ")).toBeVisible();
  await site.ready();
  await site.train();
  await site.trainedTo(10);
  await site.set("λ", "50");
  await expect(page).toHaveURL(/l1=[^&]+,50@\d+/);
  // The L1 term of untrained digits is some tenths: fifty of it is far above any adversarial loss.
  await expect.poll(async () => (await site.readouts())[2]).toBeGreaterThan(3);
  expect(await site.steps()).toBeGreaterThan(10);
});

test("a schedule ends by pausing, with held-out losses, and Train goes on beyond it", async ({
  site,
  page,
}) => {
  // 10 epochs of 9,000 digits in batches of 1,024: 88 steps.
  await site.open("?device=cpu&preset=dense&batch=1024");
  await site.ready();
  await site.train();
  await expect(page.locator("#finished-notice")).toContainText("schedule ends", {
    timeout: 120_000,
  });
  await expect(site.toggle).toHaveText("Train");
  const end = await site.steps();
  expect(end).toBe(88);
  await expect(page.locator("#epoch-text")).toHaveText("Epoch 10 of 10, done");
  await expect(page.locator("#time-left")).toBeEmpty();

  const rows = page.locator("#log-rows tr");
  await expect(rows).toHaveCount(10);
  for (const row of await rows.all()) {
    const held = await row.locator("td").nth(6).textContent();
    expect(Number(held)).toBeGreaterThan(0);
  }

  await site.train();
  await site.trainedTo(end + 3);
  await expect(page.locator("#epoch-text")).toContainText("beyond");
});
