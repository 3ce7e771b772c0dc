// What <web-gan> learns where `data-src` names something else than the digits: a set in colour, and one file that
// holds a set.

import { npy, zip } from "./archives.js";
import { expect, Gan, SCRIPT, test } from "./embedder.js";
import { png } from "./png.js";

/** @import { Page } from "@playwright/test" */

/**
 * Small batches, so that few pictures are enough, and slowly: of few, epochs end all the time.
 * @param {string} preset
 * @param {string} data
 */
function learning(preset, data) {
  return `<web-gan preset="${preset}" device="cpu" batch-size="4" speed="20" data-src="${data}"></web-gan>${SCRIPT}`;
}

/**
 * @param {Page} page
 * @param {string} name
 * @param {Uint8Array | undefined} bytes nothing where there is no such file
 */
async function serve(page, name, bytes) {
  await page.context().route(`**/${name}`, async (route) => {
    if (bytes === undefined) await route.fulfill({ status: 404 });
    else await route.fulfill({ body: Buffer.from(bytes), contentType: "application/zip" });
  });
}

test("a set of the site is learned in colour", async ({ embedder, page }) => {
  await page.goto(embedder.page("faces", learning("modern", "/gan/www/data/faces")));
  const it = new Gan(page.locator("web-gan"));
  await it.train.click();
  await it.trainedTo(2);
  await it.pause.click();
  await expect(it.words).toHaveText("Paused.");
  const coloured = await it.canvas.evaluate((/** @type {HTMLCanvasElement} */ canvas) => {
    const { width, height } = canvas;
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    const { data } = context.getImageData(0, 0, width, height);
    let count = 0;
    for (let i = 0; i < data.length; i += 4) count += data[i] === data[i + 2] ? 0 : 1;
    return count / (width * height);
  });
  expect(coloured).toBeGreaterThan(0.2);
});

const PICTURES = Array.from({ length: 24 }, (_, i) => [
  `${i < 12 ? "cats" : "dogs"}/${i}.png`,
  png(40, 30, (x, y) => (x * (i + 2) + 3 * y) % 256),
]);
const NUMBERS = Uint8Array.from({ length: 20 * 256 }, (_, i) => (i * i) % 251);

for (const [name, bytes] of /** @type {const} */ ([
  ["pets.zip", zip(Object.fromEntries(PICTURES))],
  ["own.npz", zip({ "x_train.npy": npy("|u1", [20, 16, 16], NUMBERS) })],
])) {
  test(`${name} is learned as the page learns it`, async ({ embedder, page }) => {
    await serve(page, name, bytes);
    await page.goto(embedder.page("own", learning("dense", name)));
    const it = new Gan(page.locator("web-gan"));
    await it.train.click();
    await it.trainedTo(3);
    await it.pause.click();
    await expect(it.words).toHaveText("Paused.");
  });
}

test("a GAN that cannot learn them is refused with one that can, and no digits stand there before", async ({
  embedder,
  page,
}) => {
  const colours = new Uint8Array(20 * 32 * 32 * 3).map((_, i) => (i * i) % 251);
  await serve(page, "own.npz", zip({ "x_train.npy": npy("|u1", [20, 32, 32, 3], colours) }));
  await page.goto(embedder.page("own", learning("mlp", "own.npz")));
  const it = new Gan(page.locator("web-gan"));
  await expect(page.locator("web-gan").locator("[part=poster]")).toBeHidden();
  await it.train.click();
  await expect(it.words).toContainText('preset="modern" can learn them.');
});

test("a file that is not there, or is no set, is named with what can be given", async ({
  embedder,
  page,
}) => {
  await serve(page, "none.zip", undefined);
  await serve(page, "cut.zip", zip({ "a.png": png(28, 28, (x) => x) }).subarray(0, 50));
  for (const [name, words] of [
    ["none.zip", "names a folder of IDX files, or one file that holds a set: .zip"],
    ["cut.zip", "“cut.zip” is no whole archive"],
  ]) {
    await page.goto(embedder.page("none", learning("dense", name)));
    const it = new Gan(page.locator("web-gan"));
    await it.train.click();
    await expect(it.words).toContainText(words);
  }
});
