// What can be seen of a generator besides its grid: one digit, real ones, opinions, latents of one's
// choice.

import { expect, test } from "./site.js";

/**
 * @param {import("@playwright/test").Page} page
 * @param {string} id of a canvas
 */
function pixels(page, id) {
  return page.locator(id).evaluate((/** @type {HTMLCanvasElement} */ canvas) => {
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    return [...context.getImageData(0, 0, canvas.width, canvas.height).data].join("");
  });
}

test("the trained generator draws the digit it is asked for, at once", async ({ site, page }) => {
  await site.open("?device=cpu");
  await site.ready();
  const caption = page.locator("#grid-caption");
  await expect(caption).toContainText("Drawn by a generator trained for");
  await expect(site.toggle).toHaveText("Train");
  const mixed = await site.grid();
  const picture = await site.save("Save picture");
  expect(picture.name).toBe("webgan-modern-shipped.png");
  expect([picture.bytes.readUInt32BE(16), picture.bytes.readUInt32BE(20)]).toEqual([1156, 924]);
  const three = page.getByRole("button", { name: "Draw only 3s" });
  await three.click();
  await expect(caption).toContainText("all asked to be a 3");
  await expect(three).toHaveAttribute("aria-pressed", "true");
  await expect.poll(() => site.grid()).not.toBe(mixed);
  await site.press({ name: "All", exact: true });
  await expect.poll(() => site.grid()).toBe(mixed);

  // A GAN without classes is not asked.
  await site.choose(/Dense GAN/);
  await expect(page.locator("#no-wishes")).toBeVisible();
  await expect(three).toBeHidden();
});

test("on a phone the pad is drawn when it comes into sight", async ({ site, page }) => {
  await page.setViewportSize({ width: 320, height: 480 });
  await site.open("?device=cpu&preset=dense");
  await site.ready();
  await expect(page.locator("#grid-caption")).toContainText("Drawn by");
  expect(await pixels(page, "#pad-map")).not.toMatch(/[1-9]/);
  await site.reveal(page.locator("#pad"));
  await page.locator("#pad").scrollIntoViewIfNeeded();
  await expect.poll(() => pixels(page, "#pad-map")).toMatch(/[1-9]/);
});

test("the pad answers pointer, keys and a walk", async ({ site, page }) => {
  await site.open("?device=cpu&preset=mlp");
  await site.ready();
  await page.getByRole("tab", { name: "Play" }).click();
  const pad = page.getByRole("application", { name: "Latent pad" });
  const place = page.locator("#pad-place");
  await expect(place).toHaveText("At 0 across, 0 up.");
  await expect.poll(() => pixels(page, "#pad-map")).toMatch(/[1-9]/);
  const centre = await pixels(page, "#pad-sample");

  await pad.scrollIntoViewIfNeeded();
  const box = /** @type {{ x: number, y: number, width: number, height: number }} */ (
    await pad.boundingBox()
  );
  await page.mouse.click(box.x + 0.75 * box.width, box.y + 0.25 * box.height);
  await expect(place).toHaveText("At +0.5 across, +0.5 up.");
  await expect.poll(() => pixels(page, "#pad-sample")).not.toBe(centre);

  await pad.focus();
  await page.keyboard.press("Home");
  await expect(place).toHaveText("At 0 across, 0 up.");
  await expect.poll(() => pixels(page, "#pad-sample")).toBe(centre);
  await page.keyboard.press("Shift+ArrowLeft");
  await page.keyboard.press("ArrowDown");
  await expect(place).toHaveText("At -0.25 across, -0.05 up.");

  const map = await pixels(page, "#pad-map");
  await site.press({ name: "Another plane" });
  await expect.poll(() => pixels(page, "#pad-map")).not.toBe(map);

  const walk = page.getByRole("button", { name: "Walk" });
  await site.reveal(page.locator("#pad"));
  await walk.click();
  await expect(walk).toHaveAttribute("aria-pressed", "true");
  const before = await pixels(page, "#pad-sample");
  await expect.poll(() => pixels(page, "#pad-sample")).not.toBe(before);
  await walk.click();
  await expect(place).toContainText("across");
});

test("a walk moves at most three times a second where less motion is asked for", async ({
  site,
  page,
}) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await site.open("?device=cpu&preset=mlp");
  await site.ready();
  await site.press({ name: "Walk" });
  const moves = await page.locator("#pad-mark").evaluate(async (mark) => {
    let count = 0;
    new MutationObserver((changes) => {
      // Left and top are written together.
      count += changes.length / 2;
    }).observe(mark, { attributes: true });
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    return count;
  });
  expect(moves).toBeGreaterThan(2);
  expect(moves).toBeLessThanOrEqual(9);
});

test("other samples: the way between two tiles, and a sheet of new latents", async ({
  site,
  page,
}) => {
  await site.open("?device=cpu");
  await site.ready();
  await site.reveal(page.locator("#explore"));
  await page.locator("#explore").scrollIntoViewIfNeeded();
  await expect(page.locator("#between-ends")).toContainText(/from row \d, column \d+ to row \d/);
  await expect.poll(() => pixels(page, "#ways")).toMatch(/[1-9]/);
  const ways = await pixels(page, "#ways");
  await site.press({ name: "Others" });
  await expect.poll(() => pixels(page, "#ways")).not.toBe(ways);
  const [chooser, first] = [page.locator("#chooser"), await pixels(page, "#ways")];
  await chooser.focus();
  await page.keyboard.press("Home");
  await expect(chooser).toHaveAttribute("aria-valuetext", /^row 1, column 1/);
  await page.keyboard.press("ArrowDown");
  await expect(chooser).toHaveAttribute("aria-valuetext", /^row 2, column 1/);
  await page.locator("#explore").scrollIntoViewIfNeeded();
  await expect(page.locator("#between-ends")).toContainText(
    "the first from row 1, column 1 to row 2, column 1.",
  );
  await expect.poll(() => pixels(page, "#ways")).not.toBe(first);
  await expect(page.locator("#sheet-note")).toContainText("Each row is one latent");
  const sheet = await pixels(page, "#sheet");
  await site.press({ name: "New latents" });
  await expect.poll(() => pixels(page, "#sheet")).not.toBe(sheet);
});

test("real digits take the picture's place, and the discriminator says what it thinks", async ({
  site,
  page,
}) => {
  await site.open("?device=cpu&preset=mlp&batch=16");
  await site.ready();
  const opinions = page.getByRole("button", { name: "What D thinks" });
  await expect(opinions).toHaveAttribute("aria-disabled", "true");
  await site.step(2);
  const generated = await site.grid();
  const real = page.getByRole("button", { name: "Real pictures" });
  await real.click();
  await expect(page.locator("#grid-caption")).toHaveText("Real ones, out of “Handwritten digits”");
  await expect.poll(() => site.grid()).not.toBe(generated);
  await real.click();
  await expect.poll(() => site.grid()).toBe(generated);

  await opinions.click();
  await expect(page.locator("#opinion-words")).toHaveText(
    /The discriminator takes \d+ of 64 for real/,
  );
  await expect.poll(() => pixels(page, "#opinions")).toMatch(/[1-9]/);
  expect(await site.grid()).toBe(generated);
  await page.locator("#chooser").focus();
  await page.keyboard.press("End");
  await expect(page.locator("#compare-opinion")).toHaveText(/opinion of it: 0\.\d/);
  await opinions.click();
  await expect(page.locator("#compare-opinion")).toBeEmpty();
  await expect(page.locator("#opinions")).toBeHidden();
});

test("one network alone: a step of G changes the picture, a step of D does not", async ({
  site,
  page,
}) => {
  await site.open("?device=cpu&preset=mlp&batch=16");
  await site.ready();
  await site.step();
  const first = await site.grid();
  await page.getByText("Slowly, for a while, or one network alone").click();
  await site.press({ name: "Step D only" });
  await site.trainedTo(2);
  await site.rest();
  expect(await site.grid()).toBe(first);
  await site.press({ name: "Step G only" });
  await site.trainedTo(3);
  await site.rest();
  expect(await site.grid()).not.toBe(first);
});

test("slow motion and an end: three steps a second, five of them", async ({ site, page }) => {
  await site.open("?device=cpu&preset=mlp&batch=8&speed=3&steps=5");
  await site.ready();
  const began = Date.now();
  await site.train();
  await expect(page.locator("#finished-notice")).toContainText("Stopped here, as you asked");
  expect(Date.now() - began).toBeGreaterThan(1_200);
  expect(await site.steps()).toBe(5);
  await expect(site.toggle).toHaveText("Train");

  await page.getByText("Slowly, for a while, or one network alone").click();
  await page.getByLabel("Speed").selectOption("As fast as it can");
  await expect(page).not.toHaveURL(/speed/);
  await site.set("Pause after steps", "ten");
  await expect(site.problem("stopSteps")).toContainText("must be a whole number");
  await site.set("Pause after steps", "12");
  await expect(page).toHaveURL(/steps=12/);
  await site.train();
  await expect(page.locator("#finished-notice")).toContainText("Stopped here");
  expect(await site.steps()).toBe(12);
  await site.set("Pause after steps", "");
  await expect(page).not.toHaveURL(/steps/);
});

test("it pauses by itself when what it draws no longer gets better, on points by their distance", async ({
  site,
  page,
}) => {
  await site.open("?device=cpu&data=ring");
  await site.ready();
  await page.getByText("Slowly, for a while, or one network alone").click();
  await page.getByLabel("Pause when it no longer gets better").check();
  await expect(page).toHaveURL(/until=plateau/);
  await site.train();
  await expect(page.locator("#finished-notice")).toContainText("no better since step", {
    timeout: 150_000,
  });
  const best = await page.locator("#finished-notice").textContent();
  const since = Number(/step ([\d,]+)/.exec(best ?? "")?.[1].replace(",", ""));
  // Three looks later; and it had been better than at first.
  expect(await site.steps()).toBe(since + 1_500);
  expect(since).toBeGreaterThan(500);
});

test("while it looks whether it gets better it says so, on digits by the classifier, and charts it", async ({
  site,
  page,
}) => {
  await site.open("?device=cpu&preset=dense&batch=4&steps=500&until=plateau");
  await site.ready();
  await site.train();
  await expect(page.locator("#finished-notice")).toContainText("Measuring whether it still gets");
  await expect(page.locator("#finished-notice")).toContainText("Stopped here, as you asked");
  await site.reveal(page.locator("#quality-status"));
  await expect(page.locator("#quality-status")).toContainText("500");
  await page.getByText("Slowly, for a while, or one network alone").click();
  await site.set("Pause after steps", "");
  await site.press({ name: "Reset" });
  await site.train();
  await expect(page.locator("#finished-notice")).toContainText("Measuring whether it still gets");
  // Pause does not wait for it.
  await site.pause();
  await expect(page.locator("#finished-notice")).toBeEmpty();
});

test("letters press buttons where the main region has the focus, and nowhere else", async ({
  site,
  page,
}) => {
  await site.open("?device=cpu&preset=dense&batch=4");
  await site.ready();
  await expect(page.locator("#grid-caption")).toContainText("Drawn by");
  // Nothing has the focus, and then a field has it.
  await page.keyboard.press("s");
  await page.getByRole("tab", { name: "Tune" }).click();
  const seed = page.getByLabel("Seed", { exact: true });
  await seed.focus();
  await page.keyboard.press("s");
  expect(await site.steps()).toBe(0);
  await seed.fill("1");
  // Beside everything in the main region.
  await page.locator("#panel-tune").click({ position: { x: 2, y: 2 } });
  await page.keyboard.press("Control+s");
  await page.keyboard.press("s");
  await expect.poll(() => site.steps()).toBe(1);
  await page.keyboard.press("R");
  await expect(page.locator("#show-real")).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("t");
  await expect(site.toggle).toHaveText("Pause");
  await page.keyboard.press("t");
  await expect(site.toggle).toHaveText("Train");
  // Every letter is listed.
  await page.getByText("Keys", { exact: true }).click();
  const letters = await page
    .locator("[aria-keyshortcuts]")
    .evaluateAll((buttons) => buttons.map((button) => button.getAttribute("aria-keyshortcuts")));
  const listed = await page.locator("kbd").allTextContents();
  expect(new Set(listed)).toEqual(new Set(letters));
});
