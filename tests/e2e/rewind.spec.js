// What stays of a run: moments to go back to, files for other programs, earlier runs to compare with.

import { readFile, writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { expect, test } from "./site.js";

/** @import { Site } from "./site.js" */

/**
 * @param {Site} site
 * @param {string} button
 */
async function download(site, button) {
  const [file] = await Promise.all([
    site.page.waitForEvent("download"),
    site.press({ name: button, exact: true }),
  ]);
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

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

test("a run can be rewound, and two moments compared", async ({ site, page }) => {
  await site.open("?device=cpu&preset=mlp&batch=16");
  await site.ready();
  await page.getByRole("tab", { name: "Rewind" }).click();
  const [first, second] = ["First moment", "Second moment"].map((name) =>
    page.getByRole("slider", { name }),
  );
  await expect(first).toHaveCount(0); // no empty boxes before there is anything to see
  await site.step(4);
  await site.unfold("Rewind");
  await expect(page.locator("#second-caption")).toHaveText("After 4 steps");
  await expect(page.locator("#first-caption")).toHaveText("Before training");
  const [early, late] = [await pixels(page, "#first-moment"), await pixels(page, "#second-moment")];
  expect(early).not.toBe(late);

  await first.focus();
  await page.keyboard.press("End");
  await expect(page.locator("#first-caption")).toHaveText("After 4 steps");
  expect(await pixels(page, "#first-moment")).toBe(late);
  await page.keyboard.press("ArrowLeft");
  await expect(page.locator("#first-caption")).toHaveText("After 3 steps");
  await second.focus();
  await page.keyboard.press("Home");
  await expect(page.locator("#second-caption")).toHaveText("Before training");
  expect(await pixels(page, "#second-moment")).toBe(early);

  // What was chosen stays while the run goes on.
  await site.step();
  await expect(page.locator("#first-caption")).toHaveText("After 3 steps");
  await site.reset.click();
  await expect(page.locator("#first-caption")).toHaveText("Before training");
});

test("pictures, a film and the numbers can be saved", async ({ site, page }) => {
  await site.open("?device=cpu&preset=mlp&batch=16");
  await site.ready();
  await page.getByRole("tab", { name: "Rewind" }).click();
  await site.step(3);
  await site.unfold("Rewind");
  const film = await download(site, "Film (GIF)");
  expect(film.name).toBe("webgan-mlp-step-3.gif");
  expect(film.bytes.subarray(0, 6).toString()).toBe("GIF89a");
  const frames = await page.evaluate(
    async (bytes) => {
      const { ImageDecoder } = /** @type {any} */ (window);
      const decoder = new ImageDecoder({ data: new Uint8Array(bytes), type: "image/gif" });
      await decoder.completed;
      const { image } = await decoder.decode({ frameIndex: 3 });
      const { frameCount } = decoder.tracks.selectedTrack;
      return { frameCount, width: image.displayWidth, height: image.displayHeight };
    },
    [...film.bytes],
  );
  expect(frames).toEqual({ frameCount: 4, width: 231, height: 231 });

  await site.reveal(page.locator("#second-save"));
  await page.locator("#second-save").scrollIntoViewIfNeeded();
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.locator("#second-save").click(),
  ]);
  expect(file.suggestedFilename()).toBe("webgan-mlp-step-3.png");
  const png = await readFile(await file.path());
  expect(png.subarray(1, 4).toString()).toBe("PNG");
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([924, 924]);

  const csv = await download(site, "Losses (CSV)");
  const lines = csv.bytes.toString().trimEnd().split("\n");
  expect(lines).toHaveLength(4);
  expect(lines[0]).toBe(
    "step,dReal,dFake,g,dOfReal,dOfFake,accuracy,dGradient,gGradient,learningRate,l1Weight",
  );
  const [step, ...values] = lines[3].split(",").map(Number);
  expect(step).toBe(3);
  const shown = await site.readouts();
  expect(values[0]).toBeCloseTo(shown[0], 2);
});

test("generated digits are saved with their labels, and another run can learn from them", async ({
  site,
  page,
}) => {
  await site.open("?device=cpu");
  await site.ready();
  await page.getByRole("tab", { name: "Rewind" }).click();
  await site.unfold("Rewind");
  const images = await download(site, "Images (IDX)");
  const labels = await download(site, "Labels (IDX)");
  expect([images.name, labels.name]).toEqual([
    "webgan-modern-images-idx3-ubyte",
    "webgan-modern-labels-idx1-ubyte",
  ]);
  expect(images.bytes).toHaveLength(16 + 1_000 * 784);
  expect([...labels.bytes.subarray(0, 12)]).toEqual([0, 0, 8, 1, 0, 0, 3, 232, 0, 1, 2, 3]);

  await site.drop([images, labels]);
  await expect(page.locator("#data-now")).toContainText("1,000 pictures of 28×28, in 10 classes");
  // The class that was asked for is in the label's column.
  await site.press({ name: "Real pictures" });
  await expect(page.locator("#grid-caption")).toContainText("webgan-modern-images");
  await site.step();

  await site.choose(/Dense GAN/);
  // Until that GAN has come, what is saved is the run's that still is there.
  await expect(page).toHaveURL(/preset=dense/);
  await site.press({ name: "Labels (IDX)" });
  await expect(site.problem("export")).toContainText("takes no classes");
});

test("earlier runs stay in a table of their differences, and in the charts", async ({
  site,
  page,
}) => {
  await site.open("?device=cpu&preset=mlp&batch=16");
  await site.ready();
  await page.getByRole("tab", { name: "Rewind" }).click();
  const section = page.locator("#runs");
  await expect(section).toBeHidden();
  await site.step(3);
  await site.set("Learning rate", "0.001");
  await site.reset.click();
  await page.getByRole("tab", { name: "Rewind" }).click();
  await expect(section).toBeVisible();
  const head = section.locator("thead th");
  await expect(head).toHaveText(["Run", "Steps", "Fréchet", "In charts", "Pinned"]);
  await site.set("Seed", "9");
  await site.step(2);
  await expect(head).toContainText(["Run", "Seed", "Steps"]);
  const rows = section.locator("tbody tr");
  await expect(rows.nth(0)).toContainText("This one92");
  await expect(rows.nth(1)).toContainText("13");

  await page.getByRole("tab", { name: "Rewind" }).click();
  const name = page.getByRole("textbox", { name: "Name of Run A" });
  await name.fill("the first <b>one</b>");
  await name.press("Enter");
  await page.getByRole("checkbox", { name: "Keep Run A" }).check();
  await page.getByRole("checkbox", { name: "Keep Run A" }).press("Space");
  await page.getByRole("checkbox", { name: "Keep Run A" }).press("Space");
  await site.set("Seed", "10");
  await expect(rows).toHaveCount(3);
  await site.rest();
  await page.getByRole("tab", { name: "Rewind" }).click();
  await page.locator("#clear-runs").click();
  await expect(rows).toHaveCount(2);
  await expect(name).toHaveValue("the first <b>one</b>");
  await expect(page.getByRole("checkbox", { name: "Show Run A" })).toBeChecked();

  // Losses on digits say nothing beside those on points.
  await site.choose("Ring of eight");
  await expect(rows.nth(1)).toContainText("other data");
  await expect(page.getByRole("checkbox", { name: "Show Run A" })).toHaveCount(0);
});

test("the generator leaves as an ONNX model, and as a page that draws the same from disk", async ({
  site,
  browser,
}, info) => {
  await site.open("?preset=modern&device=cpu&batch=4");
  await site.ready();
  await site.unfold("Rewind");
  const onnx = await download(site, "Generator (ONNX)");
  expect(onnx.name).toMatch(/^webgan-modern-generator-step-\d+\.onnx$/);
  // The first field, the version of the format's own; then who made it.
  expect([...onnx.bytes.subarray(0, 2)]).toEqual([8, 8]);
  expect(onnx.bytes.toString("latin1", 2, 12)).toContain("webgan");

  const drawn = await download(site, "Generator (a page that draws)");
  expect(drawn.bytes.length).toBeLessThan(1_000_000);
  const file = info.outputPath("generator.html");
  await writeFile(file, drawn.bytes);
  const context = await browser.newContext();
  const alone = await context.newPage();
  /** @type {string[]} */
  const asked = [];
  alone.on("request", (request) => asked.push(request.url()));
  await alone.goto(pathToFileURL(file).href);
  await expect(alone.getByRole("button", { name: /^Sample/ })).toHaveCount(24);
  const first = alone.getByRole("button", { name: "Sample 1", exact: true });
  await expect(first).toHaveAttribute("aria-pressed", "true");
  const picture = alone.locator("#picture");
  const pixels = () =>
    picture.evaluate((canvas) => /** @type {HTMLCanvasElement} */ (canvas).toDataURL());
  const before = await pixels();
  await alone.locator("#pad").press("ArrowRight");
  expect(await pixels()).not.toBe(before);
  await alone.locator("#pad").press("ArrowLeft");
  expect(await pixels()).toBe(before);
  await alone.getByRole("button", { name: "Sample 2", exact: true }).click();
  const second = await pixels();
  expect(second).not.toBe(before);
  await alone.getByRole("button", { name: "7", exact: true }).click();
  expect(await pixels()).not.toBe(second);
  // A digit: ink on mostly black.
  const inked = await alone.evaluate(() => {
    // @ts-ignore the page's own
    const sample = globalThis.generate(
      Array.from({ length: 64 }, (_, i) => Math.sin(i)),
      3,
    );
    return [sample.length, sample.filter((/** @type {number} */ x) => x < -0.9).length / 784];
  });
  expect(inked[0]).toBe(784);
  expect(inked[1]).toBeGreaterThan(0.4);
  expect(asked.filter((url) => !url.startsWith("file:"))).toEqual([]);
  await context.close();
});
