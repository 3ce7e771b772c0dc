// A set of the site in colour: chosen, learned, looked at, kept.

import { expect, test } from "./site.js";

test("faces are learned in colour, a column a class, and kept as they are", async ({
  site,
  page,
}) => {
  await site.open("?device=cpu&batch=8&hide=lesson");
  await site.ready();
  await site.choose("Faces in colour");
  await expect(page.locator("#data-now")).toContainText("pictures of 32×32, in 8 classes");
  await expect(page.locator("#data-short")).toHaveText("Faces in colour");
  await expect(page).toHaveURL(/data=faces/);
  await expect(page.locator("#data-credits")).toContainText(
    "Corporation (MIT), OpenMoji (CC-BY-SA-4.0)",
  );
  await site.step();
  await expect(page.locator("#grid-caption")).toHaveText(
    "64 samples after 1 step, each column of one class",
  );

  // What is said of digits is not said of faces.
  await site.unfold("Between two samples");
  await expect(page.locator("#sheet-title")).toHaveText("One latent, every class");
  await site.unfold("The code");
  await expect(page.locator("#preset-article")).toContainText("Good faces after");
  await expect(page.locator("#lesson-body")).not.toContainText(/digits? /);

  // Its code says how such pictures lie, and how the run changes them.
  await site.choose("PyTorch");
  const code = page.locator("#code-text");
  await expect(code).toContainText("nn.Unflatten(1, (3, 32, 32))");
  await expect(code).toContainText("pictures of 32×32 in 3 channels, channel by channel");

  // The names of classes take two rows, also where the window has little room for what stands below the picture.
  for (const height of [700, 900]) {
    await page.setViewportSize({ width: 1440, height });
    const [names, toggle] = await Promise.all(
      ["#digits", "#toggle"].map((place) => page.locator(place).boundingBox()),
    );
    expect((names?.y ?? 0) + (names?.height ?? 0)).toBeLessThan(toggle?.y ?? 0);
  }

  // A class is called what it is.
  await site.press({ name: "Draw only Noto smileys" });
  await expect(page.locator("#grid-caption")).toContainText("all asked to be Noto smileys");

  // Real ones have colours: some pixel is more yellow than blue.
  await site.press({ name: "Real pictures" });
  const yellow = async () =>
    page.locator("#grid").evaluate((/** @type {HTMLCanvasElement} */ canvas) => {
      const { data } = /** @type {CanvasRenderingContext2D} */ (
        canvas.getContext("2d")
      ).getImageData(0, 0, canvas.width, canvas.height);
      let count = 0;
      for (let i = 0; i < data.length; i += 4) count += data[i] > data[i + 2] + 100 ? 1 : 0;
      return count;
    });
  await expect.poll(yellow).toBeGreaterThan(1_000);
  await page.reload();
  await site.ready();
  await expect(page.locator("#data-now")).toContainText("pictures of 32×32, in 8 classes");
});

test("faces are measured by a classifier that learns them first, and is told how well", async ({
  site,
  page,
}) => {
  // A classifier learns: half a minute on two quiet cores, several on busy ones.
  test.setTimeout(400_000);
  await site.open("?device=cpu&data=faces&batch=8&hide=lesson");
  await site.ready();
  await page.getByRole("tab", { name: "Measure" }).click();
  await site.step();
  const status = page.locator("#quality-status");
  // It takes a while, so nothing is measured unasked.
  await expect(page.locator("#quality-words")).toContainText("so it begins when asked");
  await expect(status).toHaveText("Nothing has been measured yet.");
  await page.locator("#measure").click();
  await expect(status).toContainText(/learns these pictures first.+step \d+ of 300/);
  // A step ends it.
  await site.step();
  await expect(status).toHaveText("Stopped, as training went on.");

  await page.locator("#measure").click();
  await expect(status).toContainText("a classifier that learned these very pictures", {
    timeout: 240_000,
  });
  // Eight classes, of which a guess would read an eighth.
  const reads = Number(/reads ([\d.]+)\s?% of those/.exec((await status.textContent()) ?? "")?.[1]);
  expect(reads).toBeGreaterThan(60);
  const number = async (/** @type {string} */ id) =>
    parseFloat(((await page.locator(id).textContent()) ?? "").replaceAll(",", ""));
  expect(await number("#frechet-drawn")).toBeGreaterThan(2 * (await number("#frechet-real")));
  await expect(page.locator("#share-rows tr")).toHaveCount(8);
  await expect(page.locator("#share-rows")).toContainText("Noto smileys");

  // What has learned is kept: the next pause is measured at once.
  await site.step();
  await expect(status).toContainText("drawn at step 3,");
});
