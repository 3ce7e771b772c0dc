// The page in Firefox, where one is installed: that it opens, draws, trains on the CPU, takes one's own data,
// and that a run goes out as a file and comes back.

import { readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { findFirefox, launchFirefox } from "./firefox.js";
import { idxImages } from "./idx.js";
import { png } from "./png.js";

const program = findFirefox();

test("Firefox opens the page, draws digits, trains, takes own data, saves and loads", async ({
  baseURL,
}, testInfo) => {
  test.skip(program === null, "no Firefox is installed; FIREFOX names one");
  const folder = testInfo.outputPath("firefox");
  const firefox = await launchFirefox(/** @type {string} */ (program), folder);
  const says = (/** @type {string} */ selector) => expect.poll(() => firefox.text(selector));
  const steps = () => firefox.text("#step-count").then(Number);
  const step = async () => {
    const before = await steps();
    await firefox.click("#step");
    await expect.poll(steps, { timeout: 120_000 }).toBe(before + 1);
    await says("#toggle").toBe("Train");
    await expect
      .poll(() => firefox.run("return document.querySelector('#step').ariaDisabled"))
      .toBe("false");
  };
  try {
    await firefox.open(`${baseURL}?device=auto&batch=8`);
    await says("#toggle").toBe("Train");
    // It has a GPU to offer or says why it has none.
    await says("#device-note").toMatch(/Running on|Training runs on the CPU: .*Firefox/);
    await says("#grid-caption").toContain("Drawn by a generator trained for");
    await firefox.click("#digits button:nth-child(4)");
    await says("#grid-caption").toContain("all asked to be a 2");

    await firefox.open(`${baseURL}?preset=mlp&device=cpu&batch=8`);
    await says("#toggle").toBe("Train");
    for (let i = 0; i < 3; i++) await step();

    await firefox.click("#save-run");
    const saved = async () => (await readdir(folder)).find((name) => name.endsWith(".safetensors"));
    await expect.poll(saved).toBe("webgan-mlp-step-3.safetensors");

    const idx = path.join(folder, "noise.idx");
    await writeFile(idx, idxImages(50));
    await firefox.type("#file-input", idx);
    await says("#data-now").toContain("noise.idx, 50 pictures of 28×28");
    const pictures = Array.from({ length: 12 }, (_, i) => path.join(folder, `${i}.png`));
    for (const [i, file] of pictures.entries()) {
      await writeFile(
        file,
        png(40, 30, (x, y) => (5 * x + y + i) % 256),
      );
    }
    await firefox.type("#file-input", pictures.join("\n"));
    await says("#data-now").toContain("Own pictures, 12 pictures of 28×28");
    await step();

    await firefox.click("#tab-data");
    await firefox.click("#use-mnist");
    await says("#data-now").toContain("Handwritten digits");
    await firefox.type("#run-file", path.join(folder, "webgan-mlp-step-3.safetensors"));
    await expect.poll(steps).toBe(3);
    await step();
  } finally {
    await firefox.close();
  }
});

test("in a Firefox whose canvases lie, pictures are read without them or refused", async ({
  baseURL,
}, testInfo) => {
  test.skip(program === null, "no Firefox is installed; FIREFOX names one");
  const folder = testInfo.outputPath("firefox");
  const prefs = { "privacy.resistFingerprinting": true };
  const firefox = await launchFirefox(/** @type {string} */ (program), folder, prefs);
  try {
    await firefox.open(`${baseURL}?preset=mlp&device=cpu&batch=4`);
    await expect.poll(() => firefox.text("#toggle")).toBe("Train");
    const pictures = Array.from({ length: 8 }, (_, i) => path.join(folder, `${i}.png`));
    for (const [i, file] of pictures.entries()) {
      await writeFile(
        file,
        png(28, 28, (x) => 8 * x + i),
      );
    }
    await firefox.type("#file-input", pictures.join("\n"));
    // What it reads cannot be looked at here, as the page's canvases lie as well: it is read by a decoder, or
    // said to be unreadable, and then nothing of it is learned.
    const outcome = async () =>
      [await firefox.text("#data-now"), await firefox.text("#data-problem")].join(" ");
    await expect
      .poll(outcome)
      .toMatch(/Own pictures, 8 pictures|Handwritten digits.*gives out noise.*IDX files work/);
  } finally {
    await firefox.close();
  }
});
