// Runs and the data that they learned from: kept or saved, they go on with these, taken as they were; with others only
// when told to.

import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { idxImages } from "./idx.js";
import { png } from "./png.js";
import { expect, test } from "./site.js";

/** @import { Locator } from "@playwright/test" */

/**
 * Pictures twice as wide as high: their middle is something else than all of them.
 * @param {string} folder
 */
async function writeWide(folder) {
  await mkdir(folder, { recursive: true });
  for (let i = 0; i < 30; i++) {
    await writeFile(
      path.join(folder, `${i}.png`),
      png(80, 40, (x, y) => 3 * x + y - 2 * i),
    );
  }
  return folder;
}

/** @param {Locator} place @param {string} name */
const choiceIn = (place, name) => place.getByRole("combobox", { name, exact: true });

test("a run on pictures that were taken otherwise goes on once they are dropped again, kept or saved", async ({
  site,
  page,
}, testInfo) => {
  const folder = await writeWide(path.join(testInfo.outputPath(), "hearts"));
  const drop = () => page.locator("#folder-input").setInputFiles(folder);
  const now = page.locator("#data-now");
  const fit = choiceIn(page.locator("#pictures"), "Not square");
  const out = choiceIn(page.locator("#pictures"), "Held out");
  await site.open("?preset=mlp&device=cpu&batch=4");
  await site.ready();
  await page.getByRole("tab", { name: "Data" }).click();
  await drop();
  await expect(now).toHaveText("In use: hearts, 27 pictures of 28×28. In greys.");
  await fit.selectOption("All, on white");
  await expect(fit).toHaveValue("whole");
  await out.selectOption("None");
  await expect(now).toContainText("hearts, 30 pictures");
  await site.step(3);
  await expect(page.locator("#saved-kept")).toContainText("step 3, ");
  const { bytes } = await site.save("Save run");

  await page.reload();
  await site.ready();
  const offer = page.locator("#saved-offer");
  await expect(offer).toContainText("“MLP with batch norm” on “hearts” is kept at step 3");
  await expect(offer).toContainText("to load it, drop “hearts” again");
  await site.load("run.safetensors", bytes);
  await expect(site.problem("files")).toContainText(
    "“run.safetensors” goes on with the pictures of “hearts”, which are not here: drop them, then load it again.",
  );
  await offer.getByRole("button", { name: "Choose the pictures…" }).click();
  await expect(page.locator("#drop-zone")).toBeInViewport();
  await drop();
  await expect(now).toContainText("hearts, 27 pictures");
  await expect(fit).toHaveValue("crop");
  await offer.getByRole("button", { name: "Load" }).click();
  await expect.poll(() => site.steps()).toBe(3);
  await expect(now).toContainText("hearts, 30 pictures");
  await expect(fit).toHaveValue("whole");
  await expect(out).toHaveValue("none");
  await expect(page.locator("#pictures-words")).not.toContainText("Not in use");
  await site.step();

  // Saved, after other data were in use.
  await page.reload();
  await site.ready();
  await drop();
  await expect(now).toContainText("hearts, 27 pictures");
  await site.choose("Handwritten digits");
  await expect(now).toContainText("Handwritten digits");
  await site.load("run.safetensors", bytes);
  await expect.poll(() => site.steps()).toBe(3);
  await expect(now).toContainText("hearts, 30 pictures");
  await expect(page.locator("#data-short")).toHaveText("hearts");
});

test("a file is put on its own set; other pictures of the same name and count are refused, unless told to go on", async ({
  site,
  page,
}) => {
  const now = page.locator("#data-now");
  await site.open("?data=faces&batch=8&device=cpu");
  await site.ready();
  await site.step();
  const { bytes } = await site.save("Save run");
  for (const query of ["?device=cpu", "?data=emoji&batch=8&device=cpu"]) {
    await page.goto(`./${query}`);
    await site.ready();
    await site.load("faces.safetensors", bytes);
    await expect(now).toContainText("In use: Faces in colour");
    await expect(page.locator("#data-short")).toHaveText("Faces in colour");
    await expect.poll(() => site.steps()).toBe(1);
  }

  const other = idxImages(50);
  other[other.length - 1] ^= 1;
  await page.goto("./?preset=mlp&device=cpu&batch=8");
  await site.ready();
  await site.drop([{ name: "noise.idx", bytes: idxImages(50) }]);
  await expect(now).toContainText("noise.idx, 50 pictures");
  await site.step(2);
  await expect(page.locator("#saved-kept")).toContainText("step 2, ");
  await page.reload();
  await site.ready();
  await site.drop([{ name: "noise.idx", bytes: other }]);
  const offer = page.locator("#saved-offer > .saved");
  await offer.getByRole("button", { name: "Load" }).click();
  await expect(site.problem("saved")).toContainText(
    "Its run learned from other data than these. Nothing was changed.",
  );
  await page.getByRole("button", { name: "Go on with these all the same" }).click();
  await expect.poll(() => site.steps()).toBe(2);
  await site.step();
});

test("what is shown as chosen is what is in use, one's own among it; GANs that cannot learn it are marked", async ({
  site,
  page,
}, testInfo) => {
  const folder = await writeWide(path.join(testInfo.outputPath(), "hearts"));
  const now = page.locator("#data-now");
  const short = page.locator("#data-short");
  await site.open("?preset=mlp&device=cpu&batch=4");
  await site.ready();
  await page.getByRole("tab", { name: "Data" }).click();
  await page.locator("#folder-input").setInputFiles(folder);
  await expect(now).toContainText("hearts, 27 pictures");
  await page.getByRole("tab", { name: "Share" }).click();
  await expect(page.locator("#share-own")).toContainText("No link holds the pictures of “hearts”");
  await page.getByRole("tab", { name: "Data" }).click();

  // What is refused is neither shown nor said to be in use.
  const colours = choiceIn(page.locator("#pictures"), "Colours");
  await colours.selectOption("Red, green, blue");
  await expect(site.problem("data")).toContainText("“Pixels” and “Colours” makes them otherwise");
  await expect(colours).toHaveValue("1");
  await expect(page.locator("#pictures-words")).not.toContainText("Not in use");
  await page.getByRole("button", { name: "Learn them with “Modern”" }).click();
  await expect(now).toContainText("In colour.");
  await expect(colours).toHaveValue("3");

  await page.locator("#data-choice").click();
  await expect(site.choice("hearts")).toBeChecked();
  await expect(short).toHaveText("hearts");
  await site.choose("Handwritten digits");
  await expect(now).toContainText("Handwritten digits");
  await expect(short).toHaveText("Handwritten digits");
  await site.choose("hearts");
  await expect(now).toContainText("hearts, 27 pictures");
  await expect(colours).toHaveValue("3");

  await page.locator("#gan-choice").click();
  const mlp = page.locator(".card", { has: page.locator("[data-cost=mlp]") });
  await expect(mlp).toContainText("not for these: learns 28×28 in greys");
  await expect(page.locator("[data-cost=modern]")).not.toContainText("not for these");
  await mlp.click();
  await expect(site.problem("preset")).toBeInViewport();
  const mend = page.getByRole("button", { name: "Learn “Handwritten digits”" });
  await expect(mend).toBeInViewport();
  await mend.click();
  await expect(now).toContainText("Handwritten digits");
  await expect(page.locator("#gan-now")).toHaveText("MLP with batch norm");
});

test("that other data are fetched is said while those before are in use", async ({
  site,
  page,
}) => {
  /** @type {() => void} */
  let letGo = () => {};
  const held = new Promise((go) => (letGo = () => go(undefined)));
  await page.route("**/data/faces/train-images*", async (route) => {
    await held;
    await route.continue();
  });
  await site.open("?device=cpu&batch=8");
  await site.ready();
  await site.choose("Faces in colour");
  await expect(page.locator("#finished-notice")).toHaveText(
    "Fetching “Faces in colour”… Until it is here, this is the run on “Handwritten digits”.",
  );
  await expect(page.locator("#data-short")).toHaveAttribute("aria-busy", "true");
  await expect(page.locator("#data-short")).toHaveText("Next: Faces in colour");
  letGo();
  await expect(page.locator("#data-now")).toContainText("In use: Faces in colour");
  await expect(page.locator("#finished-notice")).toBeEmpty();
  await expect(page.locator("#data-short")).toHaveAttribute("aria-busy", "false");
});
