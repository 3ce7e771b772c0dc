// The data: one's own files, bad ones, and a site without any.

import { gzipSync } from "node:zlib";
import { idxImages, idxLabels, idxLabelsOf } from "./idx.js";
import { expect, test } from "./site.js";

const ZIP = new TextEncoder().encode("PK\x03\x04 this is no IDX file");

test("a bad file gives a sentence beside the drop zone, and the run goes on", async ({
  site,
  page,
}) => {
  await site.open("?preset=mlp&device=cpu&batch=8");
  await site.ready();
  const inUse = await page.locator("#data-now").textContent();
  await site.train();
  await site.trainedTo(20);
  const bad = {
    "digits.zip": [{ name: "digits.zip", bytes: ZIP }],
    "short.idx": [{ name: "short.idx", bytes: idxImages(20).subarray(0, 5_000) }],
    "broken.gz": [{ name: "broken.gz", bytes: gzipSync(idxImages(20)).subarray(0, -9) }],
    "labels.idx": [{ name: "labels.idx", bytes: idxLabels(20) }],
    "small.idx": [{ name: "small.idx", bytes: idxImages(20, 14) }],
  };
  for (const [name, files] of Object.entries(bad)) {
    await site.drop(files);
    await expect(site.problem("data")).toContainText(`“${name}” `);
    await expect(site.problem("data")).toContainText("Nothing was changed.");
  }
  // Another size is no dead end, and what is of no use beside data is left out.
  await site.drop([...bad["small.idx"], { name: "notes.pdf", bytes: new Uint8Array([37, 80]) }]);
  await expect(site.problem("data")).toContainText(/14×14 numbers.+ 28×28 numbers.+ PNG or JPEG/);
  await expect(page.locator("#pictures-skipped")).toHaveText("Left out: notes.pdf.");
  // Of two files the one that is wrong is named, or both.
  await site.drop([...bad["labels.idx"], ...bad["short.idx"]]);
  await expect(site.problem("data")).toContainText("“short.idx” cannot be used");
  await site.drop([...bad["small.idx"], { name: "other.idx", bytes: idxImages(3) }]);
  await expect(site.problem("data")).toContainText("“small.idx” and “other.idx” both hold images");

  const steps = await site.steps();
  expect(steps).toBeGreaterThanOrEqual(20);
  await site.trainedTo(steps + 10);
  await expect(site.toggle).toHaveText("Pause");
  expect(await page.locator("#data-now").textContent()).toBe(inUse);
});

test("a run given as data, or data as a run, is told as what it is, with a button that takes it there", async ({
  site,
  page,
}) => {
  await site.open("?preset=mlp&device=cpu&batch=8");
  await site.ready();
  await site.step();
  const { bytes: buffer } = await site.save("Save run");
  await site.step();
  const run = { name: "run.safetensors", mimeType: "application/octet-stream", buffer };
  await page.locator("#file-input").setInputFiles(run);
  await expect(site.problem("data")).toContainText("“run.safetensors” is a saved run");
  await page.getByRole("button", { name: "Load it as a run" }).click();
  await expect.poll(() => site.steps()).toBe(1);
  await expect(site.problem("data")).toBeEmpty();

  const images = { name: "noise.idx", mimeType: "", buffer: Buffer.from(idxImages(50)) };
  await page.locator("#run-file").setInputFiles(images);
  await expect(site.problem("files")).toContainText("“noise.idx” is a file of data");
  await expect.poll(() => site.steps()).toBe(1);
  await page.getByRole("button", { name: "Use it as data" }).click();
  await expect(page.locator("#data-now")).toContainText("noise.idx, 50 pictures of 28×28.");
  await expect(site.problem("files")).toBeEmpty();
});

test("too few pictures for a batch is said where they were dropped, with a button that mends it", async ({
  site,
  page,
}) => {
  await site.open("?preset=mlp&device=cpu&batch=64");
  await site.ready();
  const mend = page.locator("#drop-zone").getByRole("button", { name: "Use batches of 8" });
  await site.drop([{ name: "ten.idx", bytes: idxImages(10) }]);
  await expect(site.problem("data")).toContainText(
    "64 samples, more than there are to train on: 10",
  );
  await expect(site.problem("data")).toContainText("Nothing was changed.");
  await mend.click();
  await expect(page.locator("#data-now")).toContainText("ten.idx, 10 pictures");
  await expect(site.setting("Batch size")).toHaveValue("8");
  await expect(mend).toBeHidden();
  await expect(site.problem("data")).toBeEmpty();
  await site.step();

  // Where another act was, the reason stands there.
  await site.set("Batch size", "32");
  await expect(site.problem("batchSize")).toContainText(
    "32 samples, more than there are to train on: 10",
  );
  await page.getByRole("button", { name: "Use batches of 8" }).click();
  await expect(site.problem("batchSize")).toBeEmpty();
  await expect(site.setting("Batch size")).toHaveValue("8");
});

test("a GAN that is told classes learns those of the data, and draws a column of each", async ({
  site,
  page,
}) => {
  await site.open("?preset=modern&device=cpu");
  await site.ready();
  const letters = Uint8Array.from({ length: 30 }, (_, i) => 1 + (i % 26));
  await site.drop([
    { name: "letters.idx", bytes: idxImages(30) },
    { name: "labels.idx", bytes: idxLabelsOf(letters) },
  ]);
  await expect(site.problem("data")).toContainText("a step takes 32 samples");
  await page.getByRole("button", { name: "Use batches of 16" }).click();
  await expect(page.locator("#data-now")).toContainText("30 pictures of 28×28, in 26 classes");
  await expect(site.setting("Batch size")).toHaveValue("16");
  await expect(site.problem("data")).toBeEmpty();
  await expect(page.locator("#digits button")).toHaveCount(27);
  await site.step();
  await expect(page.locator("#grid-caption")).toContainText(
    "208 samples after 1 step, each column of one class",
  );

  // A tutorial's GAN learns them too, and this one again: each as it is made.
  await site.choose(/DCGAN/);
  await page.getByRole("button", { name: "Use batches of 16" }).click();
  await expect(page.locator("#digits")).toBeHidden();
  await site.choose(/Modern/);
  await page.getByRole("button", { name: "Use batches of 16" }).click();
  await expect(page.locator("#digits button")).toHaveCount(27);

  await site.drop([
    { name: "sevens.idx", bytes: idxImages(40) },
    { name: "labels.idx", bytes: idxLabelsOf(new Uint8Array(40).fill(7)) },
  ]);
  // One class tells nothing.
  await expect(page.locator("#data-now")).toContainText("in 1 class");
  await expect(page.locator("#digits")).toBeHidden();
});

test("of a set's four files one pair is learned and the other held out; it can be turned", async ({
  site,
  page,
}) => {
  await site.open("?preset=mlp&device=cpu&batch=8");
  await site.ready();
  // Dark but for the first row.
  const lying = idxImages(40);
  lying.forEach((_, i) => i >= 16 && (lying[i] = (i - 16) % 784 < 28 ? 255 : 0));
  await site.drop([
    { name: "emnist-digits-test-labels-idx1-ubyte.gz", bytes: gzipSync(idxLabels(20)) },
    { name: "emnist-digits-train-images-idx3-ubyte(1).gz", bytes: gzipSync(gzipSync(lying)) },
    { name: "emnist-digits-test-images-idx3-ubyte.gz", bytes: gzipSync(idxImages(20)) },
    { name: "emnist-digits-train-labels-idx1-ubyte.gz", bytes: gzipSync(idxLabels(40)) },
  ]);
  await expect(page.locator("#data-now")).toContainText(", 40 pictures of 28×28, in 10 classes");
  const words = page.locator("#pictures-words");
  await expect(words).toContainText(/Read: .*train-images.*, .*train-labels/);
  await expect(words).toContainText(/Held out: .*test-images.*, .*test-labels/);
  const preview = page.getByRole("img", { name: "The first pictures of the data in use" });
  await page.getByRole("tab", { name: "Data" }).click();
  await expect(preview).toBeVisible();
  const greys = () =>
    preview.evaluate((element) => {
      const canvas = /** @type {HTMLCanvasElement} */ (element);
      const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
      const grey = (/** @type {number} */ x, /** @type {number} */ y) =>
        context.getImageData(x, y, 1, 1).data[0];
      return [grey(20, 0), grey(0, 20)];
    });
  expect(await greys()).toEqual([255, 0]);
  await site.press({ name: /^Turn/ });
  await expect.poll(greys).toEqual([0, 255]);
  await expect(page.locator("#data-now")).toContainText(", 40 pictures of 28×28, in 10 classes");
  await site.step();
});

test("a good file is trained on from the start, and MNIST comes back when asked", async ({
  site,
  page,
}) => {
  await site.open("?preset=mlp&device=cpu&batch=8");
  await site.ready();
  await site.train();
  await site.trainedTo(60);
  await site.drop([
    { name: "labels.gz", bytes: gzipSync(idxLabels(100)) },
    { name: "noise.gz", bytes: gzipSync(idxImages(100)) },
  ]);
  await expect(page.locator("#data-now")).toContainText(
    "noise.gz, 100 pictures of 28×28, in 10 classes",
  );
  await expect(site.toggle).toHaveText("Pause");
  // 100 pictures in batches of 8: an epoch is over at step 13.
  await expect(page.locator("#log-rows th").first()).toHaveText(/^\d+$/);
  await site.pause();

  await site.press({ name: "Back to “Handwritten digits”" });
  await expect(page.locator("#data-now")).toContainText("Handwritten digits, ");
  await expect.poll(() => site.steps()).toBe(0);
  await site.step();
});

test("files can be chosen with the keyboard's help, too", async ({ site, page }) => {
  await site.open("?preset=mlp&device=cpu&batch=8");
  await site.ready();
  await page.locator("#file-input").setInputFiles({
    name: "noise.idx",
    mimeType: "application/octet-stream",
    buffer: Buffer.from(idxImages(50)),
  });
  await expect(page.locator("#data-now")).toContainText("noise.idx, 50 pictures of 28×28.");
  await site.step();
});

for (const [what, answer] of /** @type {const} */ ([
  ["a 404", { status: 404, contentType: "text/plain", body: "not found" }],
  ["a page instead of the file", { status: 200, contentType: "text/html", body: "<h1>Hi</h1>" }],
])) {
  test(`a site without digits (${what}) says how to get them`, async ({ site, page }) => {
    await page.context().route("**/*-ubyte.gz*", (route) => route.fulfill(answer));
    await site.open("?preset=mlp&device=cpu");
    await expect(site.overlay).toContainText("npm run data");
    await expect(site.overlay).toHaveAttribute("role", "alert");
    await expect(site.toggle).toHaveAttribute("aria-disabled", "true");

    // One's own files do not need them.
    await site.drop([{ name: "noise.idx", bytes: idxImages(100) }]);
    await site.ready();
    await site.step();
  });
}

test("Try again works once the digits are there", async ({ site, page }) => {
  await page.context().route("**/*-ubyte.gz*", (route) => route.fulfill({ status: 404 }));
  await site.open("?preset=mlp&device=cpu&batch=4");
  await expect(site.overlay).toContainText("npm run data");
  await page.context().unroute("**/*-ubyte.gz*");
  await page.getByRole("button", { name: "Try again" }).click();
  await site.ready();
  await site.step();
});

test("a set that a GAN of the address cannot learn has a way on, and not the same again", async ({
  site,
  page,
}) => {
  await site.open("?preset=mlp&data=faces&device=cpu");
  await expect(site.overlay).toContainText("this GAN learns those of 28×28 numbers");
  await expect(site.overlay).not.toContainText("Save the pictures");
  const other = page.getByRole("button", { name: "Learn them with “Modern”" });
  await expect(other).toBeVisible();
  await expect(page.getByRole("button", { name: "Try again" })).toBeHidden();
  await other.click();
  await site.ready();
  await expect(page).toHaveURL(/data=faces/);
});

test("a GAN that is asked for classes draws what it likes where there are none", async ({
  site,
  page,
}) => {
  await site.open("?preset=modern&device=cpu&batch=4");
  await site.ready();
  await expect(page.locator("#digits button")).toHaveCount(11);
  await site.drop([{ name: "noise.idx", bytes: idxImages(100) }]);
  await expect(page.locator("#data-now")).toContainText("noise.idx, 100 pictures of 28×28");
  await expect(page.locator("#digits")).toBeHidden();
  await site.step();

  await site.drop([
    { name: "labels.idx", bytes: idxLabels(100) },
    { name: "noise.idx", bytes: idxImages(100) },
  ]);
  await expect(page.locator("#data-now")).toContainText("100 pictures of 28×28, in 10 classes");
  await expect(page.locator("#digits button")).toHaveCount(11);
  await page.getByRole("tab", { name: "Measure" }).click();
  await page.locator("#measure").click();
  await expect(site.problem("quality")).toContainText("held out");

  // Of so few it can only be told whether they are copied.
  await site.drop([
    { name: "train-images-idx3-ubyte", bytes: idxImages(100) },
    { name: "train-labels-idx1-ubyte", bytes: idxLabels(100) },
    { name: "t10k-images-idx3-ubyte", bytes: idxImages(20) },
    { name: "t10k-labels-idx1-ubyte", bytes: idxLabels(20) },
  ]);
  await expect(page.locator("#step-count")).toHaveText("0");
  await site.step();
  await page.locator("#measure").click();
  await expect(page.locator("#quality-status")).toContainText("fewer than 65 held-out pictures");
  await expect(page.locator("#nearest-drawn")).toHaveText(/\d/);
  await expect(page.locator("#frechet-row")).toBeHidden();
});
