// The measures, and the classifier that learns from generated digits. They need
// www/models/classifier.safetensors.

import { readFile } from "node:fs/promises";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "./site.js";

test("Measure shows numbers beside those of real digits", async ({ site, page }) => {
  /** @type {string[]} */
  const requests = [];
  page.context().on("request", (request) => requests.push(request.url()));
  const asked = () => requests.filter((url) => /\/classifier\.safetensors\?/.test(url)).length;
  await site.open("?preset=mlp&device=cpu&batch=8");
  await site.ready();
  await page.getByRole("tab", { name: "Measure" }).click();
  expect(asked()).toBe(0);
  await site.step();

  const measure = page.locator("#measure");
  await measure.click();
  await expect(page.locator("#quality-status")).toContainText(/[\d,]+ samples drawn at step 1,/);
  expect(asked()).toBe(1);
  const number = async (/** @type {string} */ id) =>
    parseFloat((await page.locator(id).textContent()) ?? "");
  // Real digits are like real digits; noise is not.
  expect(await number("#frechet-real")).toBeGreaterThanOrEqual(0);
  expect(await number("#frechet-drawn")).toBeGreaterThan(2 * (await number("#frechet-real")));
  expect(await number("#score-real")).toBeGreaterThan(8);
  expect(await number("#score-drawn")).toBeLessThan(await number("#score-real"));
  await expect(page.locator("#modes-real")).toHaveText("10 of 10");
  for (const id of ["#precision", "#recall"]) {
    expect(await number(`${id}-real`)).toBeGreaterThan(50);
    expect(await number(`${id}-drawn`)).toBeGreaterThanOrEqual(0);
  }
  // `mlp` cannot be asked for a digit.
  await expect(page.locator("#agreement-row")).toBeHidden();
  const shares = await page.locator("#share-rows td:nth-child(3)").allTextContents();
  expect(shares).toHaveLength(10);
  const sum = shares.map(parseFloat).reduce((a, b) => a + b);
  expect(Math.abs(sum - 100)).toBeLessThan(1);

  // A new run has not been measured; what measures is kept.
  await site.reset.click();
  await expect(page.locator("#frechet-drawn")).toHaveText("–");
  await measure.click();
  await expect(page.locator("#frechet-drawn")).not.toHaveText("–");
  expect(asked()).toBe(1);
});

test("a measurement gives way to a step at once, and is made after it", async ({ site, page }) => {
  await site.open("?device=cpu&preset=mlp&batch=16");
  await site.ready();
  await page.getByRole("tab", { name: "Measure" }).click();
  const status = page.locator("#quality-status");
  await site.step();
  // By itself, soon after.
  await expect(status).toContainText("drawn at step 1,");
  const said = await page.evaluate(async () => {
    const [measure, step, count, status] = ["measure", "step", "step-count", "quality-status"].map(
      (id) => /** @type {HTMLElement} */ (document.getElementById(id)),
    );
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const until = async (/** @type {() => boolean} */ isSo) => {
      while (!isSo()) await frame();
    };
    step.click();
    await until(() => count.textContent === "2" && step.ariaDisabled === "false");
    measure.click();
    await until(() => status.textContent === "Measuring…");
    const texts = /** @type {string[]} */ ([]);
    new MutationObserver(() => texts.push(status.textContent ?? "")).observe(status, {
      childList: true,
    });
    step.click();
    // Which of the two the page hears first is not settled: they come by two channels.
    await until(() => count.textContent === "3" && texts.length > 0);
    return texts;
  });
  // It says so where it stood; step 2 never was measured.
  expect(said[0]).toContain("Stopped, as training went on.");
  expect(said.filter((text) => text.includes("drawn at step 2,"))).toEqual([]);
  await expect(status).toContainText("drawn at step 3,");
});

test("a measurement whose classifier does not come gives way to another run at once", async ({
  site,
  page,
}) => {
  await page.context().route("**/classifier.safetensors*", () => {}); // the host hangs
  await site.open("?device=cpu&preset=mlp&batch=8");
  await site.ready();
  await page.getByRole("tab", { name: "Measure" }).click();
  const status = page.locator("#quality-status");
  for (const [act, preset] of /** @type {const} */ ([
    [() => site.reset.click(), "mlp"],
    [() => site.choose(/^Dense GAN/), "dense"],
  ])) {
    await site.step();
    await page.locator("#measure").click();
    await expect(status).toHaveText("Measuring…");
    await act();
    await expect(page.locator("#step-count")).toHaveText("0");
    await expect(status).not.toHaveText("Measuring…");
    expect(page.url()).toContain(`preset=${preset}`);
  }
});

test("a pause is measured by itself, training is not", async ({ site, page }) => {
  await site.open("?preset=mlp&device=cpu&batch=8");
  await site.ready();
  await page.getByRole("tab", { name: "Measure" }).click();
  await site.train();
  const measure = page.locator("#measure");
  await expect(measure).toHaveText("Pause and measure");
  await site.trainedTo(5);
  await expect(page.locator("#frechet-drawn")).toHaveText("–");
  await site.pause();
  await expect(page.locator("#quality-status")).toContainText("samples drawn at step");
  await expect(page.locator("#frechet-drawn")).toHaveText(/\d/);

  // Who asks for it while it trains gets it.
  await site.train();
  await site.trainedTo((await site.steps()) + 3);
  await measure.click();
  await expect(site.toggle).toHaveText("Train");
  await expect(measure).toHaveText("Measure");
  await expect(page.locator("#quality-status")).toContainText(
    `samples drawn at step ${await site.steps()}`,
  );
});

test("the shown generator is measured, with the numbers that the command line gives", async ({
  site,
  page,
}) => {
  // `webgan evaluate www/models/modern.safetensors --json`; tests/cli.rs holds the native end.
  const file = new URL("../modern-measured.json", import.meta.url);
  const { samples, real } = JSON.parse(await readFile(file, "utf8"));
  await site.open("?preset=modern&device=cpu&batch=4");
  await site.ready();
  await page.getByRole("tab", { name: "Measure" }).click();
  await expect(page.locator("#grid-caption")).toContainText("Drawn by a generator");
  await page.locator("#measure").click();
  await expect(page.locator("#agreement-drawn")).toHaveText(/\d%/, { timeout: 120_000 });
  await expect(page.locator("#quality-status")).toContainText(
    "1,000 samples drawn by a generator trained for 2,000 steps elsewhere",
  );
  // As far as the page shows them: the distance to 0.02, shares to two samples in a thousand.
  for (const [column, quality] of Object.entries({ drawn: samples, real })) {
    for (const [row, expected, tolerance] of /** @type {[string, number, number][]} */ ([
      ["frechet", quality.classifierFrechet, 0.02],
      ["score", quality.score, 0.01],
      ["modes", quality.modes.covered, 0],
      ["precision", 100 * quality.precisionRecall.precision, 0.2],
      ["recall", 100 * quality.precisionRecall.recall, 0.2],
      ...(quality.agreement === null ? [] : [["agreement", 100 * quality.agreement, 0.2]]),
    ])) {
      const text = (await page.locator(`#${row}-${column}`).textContent()) ?? "";
      expect(Math.abs(parseFloat(text) - expected), `${row}: ${text}`).toBeLessThanOrEqual(
        tolerance + 1e-9,
      );
    }
  }
  const { violations } = await new AxeBuilder({ page }).include("#quality").analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
});

test("GAN-train tells how far it is, can be cancelled, and says what came of it", async ({
  site,
  page,
}) => {
  test.setTimeout(400_000);
  await site.open("?preset=dense&device=cpu&batch=8");
  await site.ready();
  await page.getByRole("tab", { name: "Measure" }).click();
  await site.step();
  const start = page.getByRole("button", { name: "GAN-train", exact: true });
  await site.reveal(page.locator("#gan-train"));
  const cancel = page.getByRole("button", { name: "Cancel" });
  const words = page.locator("#gan-train-words");

  await start.click();
  await expect(cancel).toBeFocused();
  await expect(words).toContainText(/Drawing samples: [\d,]+ of 5,000/, { timeout: 120_000 });
  await expect(words).toContainText(/step \d+ of 600/, { timeout: 120_000 });
  await cancel.click();
  await expect(words).toBeEmpty();
  await expect(start).toBeFocused();

  // Training goes before. (Pressed within the page: from without it might come behind the end.)
  await page.evaluate(async () => {
    const [start, words, step] = ["gan-train", "gan-train-words", "step"].map(
      (id) => /** @type {HTMLElement} */ (document.getElementById(id)),
    );
    start.click();
    while (words.textContent === "") await new Promise((done) => requestAnimationFrame(done));
    step.click();
  });
  await site.trainedTo(2);
  await expect(words).toHaveText("Stopped, as training went on.");

  await start.click();
  await expect(words).toContainText(/nothing else, reads [\d.]+% of real/, { timeout: 300_000 });
  await expect(start).toBeVisible();
});

test("without the classifier there is a sentence, and training goes on", async ({ site, page }) => {
  await page
    .context()
    .route("**/classifier.safetensors*", (route) => route.fulfill({ status: 404 }));
  await site.open("?preset=mlp&device=cpu&batch=8");
  await site.ready();
  await page.getByRole("tab", { name: "Measure" }).click();
  await page.locator("#measure").click();
  await expect(site.problem("quality")).toContainText("not on this site");
  await site.step();
});
