// The data: one's own files, bad ones, and a site without any.

import { gzipSync } from "node:zlib";
import { idxImages, idxLabels } from "./idx.js";
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
    "few.idx": [
      { name: "few.idx", bytes: idxImages(20) },
      { name: "labels.idx", bytes: idxLabels(19) },
    ],
  };
  for (const [name, files] of Object.entries(bad)) {
    await site.drop(files);
    await expect(site.problem("data")).toContainText(`“${name}” cannot be used`);
    await expect(site.problem("data")).toContainText("Nothing was changed.");
  }
  await site.drop([...bad["few.idx"], ...bad["digits.zip"]]);
  await expect(site.problem("data")).toContainText("more than two files");

  const steps = await site.steps();
  expect(steps).toBeGreaterThanOrEqual(20);
  await site.trainedTo(steps + 10);
  await expect(site.toggle).toHaveText("Pause");
  expect(await page.locator("#data-now").textContent()).toBe(inUse);
});

test("too few pictures for a batch is said at the batch size", async ({ site }) => {
  await site.open("?preset=mlp&device=cpu&batch=64");
  await site.ready();
  await site.drop([{ name: "ten.idx", bytes: idxImages(10) }]);
  await expect(site.problem("batchSize")).toContainText("Nothing was changed.");
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

  await page.getByRole("button", { name: "Back to MNIST" }).click();
  await expect(page.locator("#data-now")).toContainText("MNIST, ");
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
    await page.context().route("**/*-ubyte.gz", (route) => route.fulfill(answer));
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
  await page.context().route("**/*-ubyte.gz", (route) => route.fulfill({ status: 404 }));
  await site.open("?preset=mlp&device=cpu&batch=4");
  await expect(site.overlay).toContainText("npm run data");
  await page.context().unroute("**/*-ubyte.gz");
  await page.getByRole("button", { name: "Try again" }).click();
  await site.ready();
  await site.step();
});

test("a GAN that is asked for digits needs labels, and says so by the data", async ({
  site,
  page,
}) => {
  await site.open("?preset=modern&device=cpu&batch=4");
  await site.ready();
  await site.step();
  await site.drop([{ name: "noise.idx", bytes: idxImages(100) }]);
  await expect(site.problem("data")).toContainText("“noise.idx” cannot be used");
  await expect(site.problem("data")).toContainText("labels");
  await expect(site.problem("data")).toContainText("Nothing was changed.");
  await expect(page.locator("#data-now")).toContainText("MNIST");
  expect(await site.steps()).toBe(1);
  await site.step();

  await site.drop([
    { name: "labels.idx", bytes: idxLabels(100) },
    { name: "noise.idx", bytes: idxImages(100) },
  ]);
  await expect(page.locator("#data-now")).toContainText("noise.idx, 100 pictures of 28×28");
  await expect(page.locator("#quality-status")).toContainText("MNIST");
  await expect(page.locator("#measure")).toHaveAttribute("aria-disabled", "true");
});
