// Points in the plane in place of pictures: chosen, drawn, learned, and left again.

import { expect, test } from "./site.js";

/** @param {import("@playwright/test").Page} page */
function picture(page) {
  return page.locator("#plane").evaluate((/** @type {HTMLCanvasElement} */ canvas) => {
    return canvas.toDataURL();
  });
}

/** @param {import("@playwright/test").Page} page */
async function modes(page) {
  const words = (await page.locator("#grid-caption").textContent()) ?? "";
  return Number(/(\d+) of \d+ modes/.exec(words)?.[1]);
}

test("a ring is learned until all its modes are covered, and digits come back as they were", async ({
  site,
  page,
}) => {
  await site.open("?device=cpu&preset=mlp&lr=0.001");
  await site.ready();
  await site.choose("Ring of eight");
  await expect(page.locator("#plane")).toBeVisible();
  await expect(page.locator("#grid")).toBeHidden();
  await expect(page.locator("#quality")).toBeHidden();
  await expect(page.locator("#grid-caption")).toContainText("After 0 steps");
  // A learning rate of a preset for digits is none of the points'.
  expect(page.url()).toContain("data=ring");
  expect(page.url()).not.toContain("lr=");
  expect(page.url()).toContain("preset=mlp");
  const untrained = await picture(page);

  await site.train();
  await expect.poll(() => modes(page), { timeout: 120_000 }).toBe(8);
  await site.toggle.click();
  await expect(site.toggle).toHaveText("Train");
  expect(await picture(page)).not.toBe(untrained);
  await expect(page.locator("#plane")).toHaveAttribute("aria-label", /8 of 8 modes, .* good/);

  await site.choose("Handwritten digits");
  await expect(page.locator("#grid")).toBeVisible();
  await expect(page.locator("#plane")).toBeHidden();
  await expect(site.choice(/MLP with batch norm/)).toBeChecked();
  await expect(page).not.toHaveURL(/data=/); // written when the page is drawn next
});

test("what is drawn over the points can be left out", async ({ site, page }) => {
  await site.open("?device=cpu&data=moons&loss=hinge&penalty=0&dsteps=2&drate=0.5");
  await site.ready();
  await expect(page.locator("#objective")).toHaveValue("hinge");
  await expect(page.locator("#penalty")).toHaveValue("0");
  await site.step();
  for (const name of ["What D thinks", "The net of G", "Pull on the fakes"]) {
    const before = await picture(page);
    const button = page.getByRole("button", { name });
    await button.click();
    await expect(button).toHaveAttribute("aria-pressed", "false");
    await expect.poll(() => picture(page)).not.toBe(before);
  }
});

test("points drawn with keys and pointer are learned, and stand in the address", async ({
  site,
  page,
}) => {
  await site.open("?device=cpu");
  await site.ready();
  await page.locator("#data-choice").click();
  await page.getByRole("link", { name: "Draw your own" }).click();
  const pad = page.getByRole("application", { name: "Drawing pad" });
  const use = page.getByRole("button", { name: "Learn this" });
  await site.loaded();
  await pad.focus();
  await expect(use).toHaveAttribute("aria-disabled", "true");
  for (let i = 0; i < 10; i++) {
    await page.keyboard.press("Space");
    await page.keyboard.press(i % 2 === 0 ? "ArrowRight" : "Shift+ArrowDown");
  }
  // Once more on the same place takes the point away.
  await page.keyboard.press("Space");
  await page.keyboard.press("Space");
  await expect(page.locator("#drawing-words")).toContainText("10 points; at least 20");

  const box = /** @type {{ x: number, y: number, width: number, height: number }} */ (
    await pad.boundingBox()
  );
  await page.mouse.move(box.x + 10, box.y + 10);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 10, box.y + 60, { steps: 30 });
  await page.mouse.up();
  await expect(use).toHaveAttribute("aria-disabled", "false");
  await use.click();
  await expect(page.locator("#plane")).toBeVisible();
  await expect(page.locator("#grid-caption")).toContainText(/of \d\d modes/);
  const { searchParams } = new URL(page.url());
  expect(searchParams.get("data")).toBe("drawn");
  expect(searchParams.get("drawing")?.length).toBeGreaterThanOrEqual(40);
  await site.step();
  const shown = await picture(page);

  await page.reload();
  await site.ready();
  await expect(page.locator("#data-short")).toHaveText("Your drawing");
  await site.step();
  await expect.poll(() => picture(page)).toBe(shown);
});

test("a run on points goes on from its file", async ({ site, page }) => {
  await site.open("?device=cpu&data=line&loss=least-squares&seed=5");
  await site.ready();
  await site.step(2);
  const download = page.waitForEvent("download");
  await page.locator("#save-run").click();
  const file = await (await download).path();
  await site.reset.click();
  await expect(page.locator("#step-count")).toHaveText("0");
  await page.locator("#run-file").setInputFiles(file);
  await expect(page.locator("#step-count")).toHaveText("2");
  await expect(page.locator("#objective")).toHaveValue("least-squares");
  await expect(page.locator("#data-short")).toHaveText("Line");
});

test("a run on digits, loaded while points are learned, goes on with digits", async ({
  site,
  page,
}) => {
  await site.open("?device=cpu&preset=dense&batch=8");
  await site.ready();
  await site.step(2);
  const { name, bytes } = await site.save("Save run");
  await site.choose("Ring of eight");
  await expect(page.locator("#plane")).toBeVisible();
  await site.load(name, bytes);
  await expect(page.locator("#data-short")).toHaveText("Handwritten digits");
  await expect(page.locator("#step-count")).toHaveText("2");
  await site.step();
});

for (const [name, words, seen] of /** @type {const} */ ([
  [
    "Mode collapse",
    "mode collapse",
    /^\d of 8 modes are covered; \d+% of the samples lie on one\.$/,
  ],
  [
    "A saturated loss",
    "gradient has vanished",
    /gradient is (\d\.\dE-\d+|0) long, at first \d\.\dE-?\d+\.$/,
  ],
  [
    "A discriminator too strong",
    "discriminator has won",
    /^Of the last 100 .+ (99|100)\.\d% apart\.$/,
  ],
  [
    "A learning rate too high",
    "diverges",
    /^[LT][a-z' ]+: (\d\.\d{3}E\d+|∞), at first \d\.\d{3}E-?\d+\.$/,
  ],
])) {
  test(`${name}: set up at one press, named, and cured at another`, async ({ site, page }) => {
    test.setTimeout(600_000);
    await site.open("?device=cpu");
    await site.ready();
    const button = page.getByRole("button", { name, exact: true });
    await site.reveal(page.locator("#failure-list"));
    await button.click();
    await expect(button).toHaveAttribute("aria-pressed", "true");
    await expect(page.locator("#failure-look")).not.toBeEmpty();
    await expect(site.toggle).toHaveText("Pause");
    const finding = page.locator("#findings-list li").filter({ hasText: words });
    await page.locator("#findings summary").click({ timeout: 300_000 });
    await expect(finding).toBeVisible({ timeout: 300_000 });
    await expect(finding.locator(".seen")).toHaveText(seen);

    // However much is found, one button mends it.
    await page.locator("#findings").getByRole("button").click();
    await expect(site.toggle).toBeFocused();
    await expect(page.locator("#grid, #plane").locator("visible=true")).toBeInViewport();
    await expect(page.locator("#findings")).toBeHidden();
    await expect.poll(() => modes(page), { timeout: 200_000 }).toBe(8);
    await expect(page.locator("#findings")).toBeHidden();
  });
}

test("L1 alone is cured", async ({ site, page }) => {
  test.setTimeout(600_000);
  await site.open("?device=cpu");
  await site.ready();
  await page.getByRole("tab", { name: "Break" }).click();
  await site.press({ name: "L1 alone" });
  const cure = page.getByRole("button", { name: "Start over with λ 0" }).first();
  await page.locator("#findings summary").click({ timeout: 300_000 });
  await expect(cure).toBeVisible({ timeout: 300_000 });
  await cure.click();
  await expect.poll(() => modes(page), { timeout: 300_000 }).toBe(8);
  await expect(page.locator("#findings")).toBeHidden();
});
