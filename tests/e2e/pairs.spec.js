// A GAN that makes pictures out of others: what it shows, the board that is drawn on, and its measures.

import { readFile } from "node:fs/promises";
import { png } from "./png.js";
import { expect, test } from "./site.js";

/** @import { Page } from "@playwright/test" */

/**
 * The bytes of a canvas, in short.
 * @param {Page} page
 * @param {string} id
 */
function hashOf(page, id) {
  return page.locator(id).evaluate(async (/** @type {HTMLCanvasElement} */ canvas) => {
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    const hash = await crypto.subtle.digest("SHA-256", data);
    return Array.from(new Uint8Array(hash), (byte) => byte.toString(16)).join("");
  });
}

/**
 * Draws a line on the board, from one share of its sides to another.
 * @param {Page} page
 * @param {[number, number]} from
 * @param {[number, number]} to
 */
async function draw(page, from, to) {
  const box = await page.locator("#board").boundingBox();
  if (box === null) throw new Error("the board is not in sight");
  const at = (/** @type {[number, number]} */ [x, y]) =>
    /** @type {const} */ ([box.x + x * box.width, box.y + y * box.height]);
  await page.mouse.move(...at(from));
  await page.mouse.down();
  await page.mouse.move(...at(to), { steps: 8 });
  await page.mouse.up();
}

/**
 * How bright the board is in the middle of its height.
 * @param {Page} page
 * @param {number} share of its width
 */
function greyAt(page, share) {
  return page.locator("#board-canvas").evaluate((element, across) => {
    const canvas = /** @type {HTMLCanvasElement} */ (element);
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    const [x, y] = [across * canvas.width, canvas.height / 2].map(Math.round);
    return context.getImageData(x, y, 1, 1).data[0];
  }, share);
}

test("what one draws becomes a picture, another one after more steps, and stays when the page is loaded again", async ({
  page,
  site,
}) => {
  test.slow();
  await site.open("?device=cpu");
  await site.ready();
  await site.choose(/Lines to colour/);
  await expect(page.locator("#data-short")).toHaveText("Lines of emoji");
  await expect(page.locator("#grid-caption")).toHaveText(
    "Pictures never learned, before training: given, made, original",
  );
  await expect(page).toHaveURL(/preset=pix2pix/);
  await expect(page).toHaveURL(/data=lineart/);

  await page.getByRole("tab", { name: "Play" }).click();
  await site.loaded();
  await expect(page.getByRole("heading", { name: "Its latent space" })).toBeHidden();
  const blank = await hashOf(page, "#board-canvas");
  await draw(page, [0.2, 0.2], [0.8, 0.2]);
  await draw(page, [0.2, 0.2], [0.5, 0.8]);
  const drawn = await hashOf(page, "#board-canvas");
  expect(drawn).not.toBe(blank);
  await expect(page.locator("#board-words")).toHaveText("Made by the untrained generator.");
  await expect(page).toHaveURL(/board=\.[\w-]+\.[\w-]+/);
  const before = await hashOf(page, "#board-made");

  await site.train();
  await site.trainedTo(20);
  await site.pause();
  await expect(page.locator("#board-words")).toHaveText(/Made by the generator after \d+ steps\./);
  await expect.poll(() => hashOf(page, "#board-made")).not.toBe(before);

  // What is drawn is undone stroke by stroke, and an example is one that was never learned.
  await page.locator("#board-undo").click();
  await expect.poll(() => hashOf(page, "#board-canvas")).not.toBe(drawn);
  await page.locator("#board-example").click();
  await expect(page.locator("#board-note")).toHaveText(/Example 1 of \d+: .+ never/);
  const example = await hashOf(page, "#board-canvas");
  await draw(page, [0.1, 0.9], [0.9, 0.9]);
  const both = await hashOf(page, "#board-canvas");
  expect(both).not.toBe(example);

  await page.getByRole("tab", { name: "Measure" }).click();
  await site.loaded();
  await page.locator("#measure").click();
  await expect(page.locator("#likeness-status")).toHaveText(/held-out pairs at step \d+/, {
    timeout: 60_000,
  });
  const rows = page.locator("#likeness-table tbody tr");
  await expect(rows).toHaveCount(4);
  for (const row of await rows.all()) {
    await expect(row.locator("td")).toHaveText([/^0\.\d{4}$/, /^\d+\.\d\d$/, /^-?0\.\d{3}$/]);
  }

  await page.waitForURL(/board=0\./);
  await page.reload();
  await site.ready();
  await page.getByRole("tab", { name: "Play" }).click();
  await site.loaded();
  await expect.poll(() => hashOf(page, "#board-canvas")).toBe(both);

  // What came by a link is undone as what was drawn here.
  await page.locator("#board").focus();
  await page.keyboard.press("Control+z");
  await expect.poll(() => hashOf(page, "#board-canvas")).toBe(example);
  await page.locator("#board-undo").click();
  await expect.poll(() => hashOf(page, "#board-canvas")).toBe(blank);
  await expect(page.locator("#board-undo")).toHaveAttribute("aria-disabled", "true");
});

test("keys draw as well, and pairs are made of other pictures", async ({ page, site }) => {
  test.slow();
  await site.open("?device=cpu&preset=pix2pix&data=mnist&pairs=half");
  await site.ready();
  await page.getByRole("tab", { name: "Play" }).click();
  await site.loaded();
  await page.locator("#board").focus();
  const blank = await hashOf(page, "#board-canvas");
  for (let i = 0; i < 3; i++) await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press(" ");
  await expect.poll(() => hashOf(page, "#board-canvas")).not.toBe(blank);
  await expect(page).toHaveURL(/board=\.A[\w-]{3}(&|$)/);

  // A photograph becomes what pictures are made of here, and no link holds it: a dark one with its right half taken away.
  const dark = Buffer.from(png(100, 60, () => 0));
  await page
    .locator("#board-file")
    .setInputFiles({ name: "dark.png", mimeType: "image/png", buffer: dark });
  await expect(page.locator("#board-note")).toHaveText(/photograph stays in this tab/);
  expect(await greyAt(page, 0.25)).toBe(0);
  expect(await greyAt(page, 0.75)).toBe(128);
  await expect(page).not.toHaveURL(/board=/);
  const broken = { name: "broken.png", mimeType: "image/png", buffer: Buffer.from("no picture") };
  await page.locator("#board-file").setInputFiles(broken);
  await expect(site.problem("board")).toContainText("cannot be shown as a picture");
  expect(await greyAt(page, 0.25)).toBe(0);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.locator("#board-save").click(),
  ]);
  expect(download.suggestedFilename()).toBe("webgan-pix2pix-drawing-step-0.png");

  await page.locator("#data-choice").click();
  const pairs = page.getByLabel("Pictures are made out of");
  await expect(pairs).toHaveValue("half");
  await pairs.selectOption("coarse");
  await expect(page).toHaveURL(/pairs=coarse/);
  await pairs.selectOption("grey");
  await expect(site.problem("pairs")).toContainText("need colours");
  await expect(site.problem("pairs")).toContainText("Nothing was changed.");
  await expect(pairs).toHaveValue("coarse");
});

test("how a drawing was coloured is a film, until something else is drawn", async ({
  page,
  site,
}) => {
  test.slow();
  await site.open("?device=cpu&preset=pix2pix&data=lineart&batch=2&board=.AAAAgAg");
  await site.ready();
  await page.getByRole("tab", { name: "Play" }).click();
  await site.loaded();
  const film = page.locator("#board-film");
  await expect(film).toHaveAttribute("aria-disabled", "true");
  for (let i = 0; i < 2; i++) await site.step();
  await expect(page.locator("#board-words")).toHaveText("Made by the generator after 2 steps.");
  await expect(film).toHaveAttribute("aria-disabled", "false");
  const [download] = await Promise.all([page.waitForEvent("download"), film.click()]);
  expect(download.suggestedFilename()).toBe("webgan-pix2pix-drawing-step-2.gif");
  const bytes = await readFile(await download.path());
  expect(bytes.toString("latin1", 0, 6)).toBe("GIF89a");
  // The drawing at four times the network's side, and what was made of it beside it.
  expect([bytes.readUInt16LE(6), bytes.readUInt16LE(8)]).toEqual([256, 128]);
  // Each picture says how long it is shown.
  expect(bytes.toString("latin1").split("\x21\xf9\x04").length - 1).toBeGreaterThanOrEqual(2);

  await draw(page, [0.2, 0.2], [0.8, 0.8]);
  await expect(film).toHaveAttribute("aria-disabled", "true");
});

test("other programs get the generator, and where they cannot it is said beforehand why", async ({
  page,
  site,
}) => {
  await site.open("?device=cpu&preset=pix2pix&data=lineart&batch=2");
  await site.ready();
  await page.getByRole("tab", { name: "Rewind" }).click();
  await site.loaded();
  const [onnx] = await Promise.all([
    page.waitForEvent("download"),
    page.locator("#save-onnx").click(),
  ]);
  expect(onnx.suggestedFilename()).toBe("webgan-pix2pix-generator-step-0.onnx");
  await expect(page.locator("#save-page")).toHaveAttribute("aria-disabled", "true");
  await expect(page.locator("#save-page")).toHaveAccessibleDescription(
    /what this generator is given/,
  );
  await expect(page.locator("#save-measures")).toHaveAccessibleDescription(
    /not kept along the run/,
  );

  // Of a U-Net there is one code, which is what is seen first.
  await page.getByRole("tab", { name: "Learn" }).click();
  await expect(page.locator("#code-text")).toContainText("for PyTorch");
  await expect(page.getByRole("radio", { name: "PyTorch" })).toBeChecked();
  await site.choose("Keras");
  await expect(page.locator("#code-text")).toContainText("choose that above");
});

test("pairs are made of one's own pictures, and what is one's own comes back after other things", async ({
  page,
  site,
}) => {
  test.slow();
  await site.open("?device=cpu");
  await site.ready();
  const data = page.locator("#data-short");
  const digits = "Handwritten digits";
  await page.getByRole("tab", { name: "Data" }).click();
  await page.locator("#file-input").setInputFiles(
    Array.from({ length: 100 }, (_, i) => {
      const picture = png(40, 40, (x, y) => (x * y + 2 * i) % 256);
      return { name: `own-${i}.png`, mimeType: "image/png", buffer: Buffer.from(picture) };
    }),
  );
  await expect(page.locator("#data-now")).toContainText("In use: Own pictures");
  const own = (await data.textContent()) ?? "";
  await site.choose(/Lines to colour/);
  await expect(page).toHaveURL(/preset=pix2pix/);
  await expect(data).toHaveText(own);
  await expect(page.locator("#data-now")).toContainText("In use: Own pictures");
  await page.locator("#data-choice").click();
  const pairs = page.getByLabel("Pictures are made out of");
  await pairs.selectOption("outline");
  await expect(page).toHaveURL(/pairs=outline/);
  await page.keyboard.press("Escape");

  // A drawing waits for GANs that are drawn for.
  await page.getByRole("tab", { name: "Play" }).click();
  await site.loaded();
  await draw(page, [0.2, 0.2], [0.8, 0.2]);
  await expect(page).toHaveURL(/board=/);
  const drawn = await hashOf(page, "#board-canvas");
  await site.choose(/Modern/);
  await expect(page).not.toHaveURL(/board=/);
  await site.choose(/Lines to colour/);
  await expect(page).toHaveURL(/board=/);
  await expect.poll(() => hashOf(page, "#board-canvas")).toBe(drawn);
  await expect(data).toHaveText(own);

  const dark = Buffer.from(png(60, 60, () => 0));
  await page
    .locator("#board-file")
    .setInputFiles({ name: "dark.png", mimeType: "image/png", buffer: dark });
  await expect(page.locator("#board-note")).toHaveText(/photograph stays in this tab/);
  await page.getByRole("tab", { name: "Share" }).click();
  const said = page.locator("#share-own");
  await expect(said).toContainText("No link holds the photograph on the board.");
  await expect(said).toContainText(`who opens these gets “${digits}”`);
  await expect(page.locator("#share-same-run")).toBeHidden();

  await page.getByRole("tab", { name: "Data" }).click();
  await page.getByLabel("Colours").selectOption("3");
  await expect(page.locator("#data-now")).toContainText("In colour");
  await page.locator("#data-choice").click();
  await pairs.selectOption("grey");
  await expect(page).toHaveURL(/pairs=grey/);
  await page.keyboard.press("Escape");
  await page.getByRole("tab", { name: "Share" }).click();
  await expect(said).toContainText("who opens these gets “Faces in colour”");
  await expect(said).not.toContainText("photograph");

  await page.getByRole("tab", { name: "Break" }).click();
  await site.press({ name: "L1 alone" });
  await expect(data).not.toHaveText(own);
  await site.press({ name: "Back to “Lines to colour”" });
  await expect(data).toHaveText(own);
  await expect(page).toHaveURL(/pairs=grey/);

  await page.getByRole("tab", { name: "Data" }).click();
  await site.press({ name: `Back to “${digits}”` });
  await expect(data).toHaveText(digits);
  await expect(page.locator("#pictures-words")).toContainText("Not in use");
  await site.press({ name: "Use them again" });
  await expect(data).toHaveText(own);
  await expect(page.locator("#pictures-words")).not.toContainText("Not in use");
});
