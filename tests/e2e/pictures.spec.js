// Pictures of one's own: files, folders, what is left out, and IDX files of a folder that the address names.

import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { npy, zip } from "./archives.js";
import { idxImages, idxLabels } from "./idx.js";
import { png } from "./png.js";
import { expect, Site, test } from "./site.js";

/** @import { Page } from "@playwright/test" */

/** 28×28, so that nothing is made smaller: bright to the right, each picture a little darker. */
const small = (/** @type {number} */ i) => png(28, 28, (x) => 8 * x - i);

/**
 * @param {string} folder
 * @param {number} count
 * @param {number} from of other pictures than from another
 */
async function writePictures(folder, count, from) {
  await mkdir(folder, { recursive: true });
  for (let i = 0; i < count; i++) await writeFile(path.join(folder, `${i}.png`), small(from + i));
}

/**
 * The greys of one of the pictures in the preview.
 * @param {Page} page
 * @param {number} index in the first row
 */
function previewed(page, index) {
  return page.locator("#pictures-preview").evaluate((element, at) => {
    const canvas = /** @type {HTMLCanvasElement} */ (element);
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    const { data } = context.getImageData(29 * at, 0, 28, 28);
    return Array.from({ length: 28 * 28 }, (_, i) => data[4 * i]);
  }, index);
}

/**
 * Drops what lies on the disk, as the browser's own drag and drop does it.
 * @param {Page} page
 * @param {string[]} files
 */
async function dropFromDisk(page, files) {
  const zone = page.locator("#drop-zone");
  await new Site(page).reveal(zone);
  const box = await zone.boundingBox();
  if (box === null) throw new Error("there is no drop zone");
  const session = await page.context().newCDPSession(page);
  const [x, y] = [box.x + box.width / 2, box.y + 10];
  for (const type of /** @type {const} */ (["dragEnter", "dragOver", "drop"])) {
    const data = { items: [], files, dragOperationsMask: 1 };
    await session.send("Input.dispatchDragEvent", { type, x, y, data });
  }
}

test("pictures are shown, counted and learned; why others are left out is said; reading can be stopped", async ({
  site,
  page,
}) => {
  await site.open("?preset=mlp&device=cpu&batch=4");
  await site.ready();
  await page.getByRole("tab", { name: "Data" }).click();
  await site.step();
  // Half of it is white, half black, 90 pixels wide where the middle square is 60.
  const wide = png(90, 60, (x) => (x < 45 ? 255 : 0));
  // A picture that would fill four gigabytes, by its head: the first width is at byte 16.
  const huge = Buffer.from(small(0));
  huge.writeUInt32BE(32_000, 16);
  huge.writeUInt32BE(32_000, 20);
  const files = [
    ...Array.from({ length: 20 }, (_, i) => ({ name: `${i}.png`, bytes: small(i) })),
    { name: "wide.png", bytes: wide },
    { name: "broken.png", bytes: small(0).subarray(0, 60) },
    { name: "huge.png", bytes: huge },
    { name: "notes.txt", bytes: new TextEncoder().encode("no picture") },
  ].map(({ name, bytes }) => ({
    name,
    mimeType: name.endsWith(".png") ? "image/png" : "text/plain",
    buffer: Buffer.from(bytes),
  }));
  await page.locator("#file-input").setInputFiles(files);
  await expect(page.locator("#data-now")).toContainText("Own pictures, 19 pictures of 28×28.");
  await expect(page.locator("#pictures-words")).toHaveText(
    "21 pictures read. 2 of them are held out to measure with.",
  );
  await expect(page.locator("#pictures-skipped")).toHaveText(
    "Left out: 1 not a picture, 1 could not be decoded (damaged, or of a kind this browser does not read, as drawings in SVG): “broken.png”, 1 larger than 32 MB or 64 million pixels: “huge.png”.",
  );
  await expect(page.getByRole("img", { name: /first 19 pictures/ })).toBeVisible();
  await expect(page.locator("#pictures-bar")).toBeHidden();
  // Untouched, as it had the size already.
  const row = (await previewed(page, 3)).slice(0, 28);
  expect(row.slice(1)).toEqual(Array.from({ length: 27 }, (_, x) => 8 * (x + 1) - 3));
  await expect.poll(() => site.steps()).toBe(0);
  await site.step();

  // The middle of the wide one: from white to black half-way.
  await page.locator("#file-input").setInputFiles(files.slice(20, 21));
  await expect(page.locator("#pictures-words")).toContainText(
    "1 picture read. If it is a sheet of many, “Sheet” says",
  );
  const middle = (await previewed(page, 0)).slice(28 * 14, 28 * 15);
  expect(middle.slice(0, 12).every((grey) => grey > 250)).toBe(true);
  expect(middle.slice(16).every((grey) => grey < 5)).toBe(true);
  // One picture is too few for a batch, and that is said there.
  await expect(site.problem("data")).toContainText("Nothing was changed.");

  await page.locator("#file-input").setInputFiles(files.slice(21, 22));
  await expect(site.problem("data")).toContainText(
    /could not read “broken.png” as a picture.+ as PNG or JPEG.+Nothing was changed/,
  );
  await site.press({ name: "Back to “Handwritten digits”" });
  await expect(page.locator("#data-now")).toContainText("Handwritten digits");
  await expect(page.locator("#pictures")).toBeHidden();

  // Many take a while: how far it is can be seen, and it can be stopped.
  await page.evaluate(
    ([bytes]) => {
      const picture = new Blob([new Uint8Array(bytes)], { type: "image/png" });
      const files = new DataTransfer();
      for (let i = 0; i < 6_000; i++) {
        files.items.add(new File([picture], `${i}.png`, { type: "image/png" }));
      }
      const input = /** @type {HTMLInputElement} */ (document.querySelector("#file-input"));
      input.files = files.files;
      input.dispatchEvent(new Event("change"));
    },
    [[...png(300, 300, (x, y) => (x * y) % 256)]],
  );
  await expect(page.locator("#pictures-words")).toContainText(/Reading pictures: \d+ of 6,000/);
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(page.locator("#pictures")).toBeHidden();
  await expect(page.locator("#data-now")).toContainText("Handwritten digits");
  await site.step();
});

test("of a hundred pictures ten are held out, and by them it is told what samples are", async ({
  site,
  page,
}) => {
  await site.open("?preset=dense&device=cpu&batch=8");
  await site.ready();
  await page.getByRole("tab", { name: "Data" }).click();
  const files = Array.from({ length: 100 }, (_, i) => ({
    ...{ name: `${i}.png`, mimeType: "image/png", buffer: Buffer.from(small(i)) },
  }));
  await page.locator("#file-input").setInputFiles(files);
  const words = page.locator("#pictures-words");
  await expect(words).toHaveText("100 pictures read. 10 of them are held out to measure with.");
  await expect(page.locator("#data-now")).toContainText("90 pictures of 28×28.");
  await site.step();
  await page.getByRole("tab", { name: "Measure" }).click();
  const status = page.locator("#quality-status");
  await page.locator("#measure").click();
  // After a step it draws noise.
  await expect(status).toContainText(/^Mud: .+ as from one of 10 held-out pictures, and a sample/);
  await expect(status).toContainText("network with random weights");
  await expect(page.locator("#quality-words")).toContainText("network with random weights");
  await expect(page.locator("#quality-note")).toBeHidden();
  await expect(page.locator("#gan-train-place")).toBeHidden();

  // All are learned where somebody wishes it, as older runs did.
  await page.getByRole("tab", { name: "Data" }).click();
  await page.getByRole("combobox", { name: "Held out" }).selectOption("None");
  await expect(words).toHaveText("100 pictures read.");
  await expect(page.locator("#data-now")).toContainText("100 pictures of 28×28.");
  await page.getByRole("tab", { name: "Measure" }).click();
  await page.locator("#measure").click();
  await expect(site.problem("quality")).toContainText("give twenty pictures or more");
});

test("a folder's sub-folders are classes, each a column of what a GAN draws that is told them", async ({
  site,
  page,
}, testInfo) => {
  const folder = path.join(testInfo.outputPath(), "shapes");
  for (const [turn, [name, count]] of /** @type {const} */ ([
    ["cats", 6],
    ["dogs", 70],
  ]).entries()) {
    await writePictures(path.join(folder, name), count, 100 * turn);
  }
  await writeFile(path.join(folder, "readme.txt"), "no picture");

  await site.open("?device=cpu&batch=4");
  await site.ready();
  await page.getByRole("tab", { name: "Data" }).click();
  await dropFromDisk(page, [folder]);
  await expect(page.locator("#pictures-words")).toContainText(
    "76 pictures read, the folders as classes: cats (6), dogs (70). 7 of them are held out",
  );
  await expect(page.getByRole("img", { name: /^64 pictures, of each class some/ })).toBeVisible();
  await expect(page.locator("#data-now")).toContainText(
    "shapes, 69 pictures of 28×28, in 2 classes",
  );
  await expect(page.getByRole("button", { name: "Draw only dogs" })).toBeVisible();
  await expect(site.problem("data")).toBeEmpty();
  await site.step();
  await expect(page.locator("#grid-caption")).toHaveText(
    "64 samples after 1 step, each column of one class",
  );

  // The same through the button for folders, for a browser's keyboard.
  await site.press({ name: "Back to “Handwritten digits”" });
  await expect(page.locator("#data-now")).toContainText("Handwritten digits");
  await page.locator("#folder-input").setInputFiles(folder);
  await expect(page.locator("#data-now")).toContainText(
    "shapes, 69 pictures of 28×28, in 2 classes",
  );
});

test("folders for training and for tests are no classes, and what is taken can be changed", async ({
  site,
  page,
}, testInfo) => {
  const folder = path.join(testInfo.outputPath(), "pets");
  for (const [turn, [name, count]] of /** @type {const} */ ([
    ["train/cat", 5],
    ["train/dog", 7],
    ["val/cat", 2],
    ["val/dog", 4],
  ]).entries()) {
    await writePictures(path.join(folder, name), count, 100 * turn);
  }
  // What systems leave behind.
  for (const name of ["__MACOSX/train/cat", "train/.ipynb_checkpoints"]) {
    await mkdir(path.join(folder, name), { recursive: true });
    await writeFile(path.join(folder, name, "._1.png"), "no picture");
  }
  await site.open("?preset=mlp&device=cpu&batch=4");
  await site.ready();
  await page.getByRole("tab", { name: "Data" }).click();
  await page.locator("#folder-input").setInputFiles(folder);
  const words = page.locator("#pictures-words");
  await expect(words).toHaveText(
    "12 pictures read, the folders as classes: cat (5), dog (7). 6 pictures held out.",
  );
  await expect(page.locator("#pictures-skipped")).toHaveText(
    "Left out: 2 hidden or left by the system.",
  );
  await expect(page.locator("#data-now")).toContainText("pets, 12 pictures of 28×28, in 2 classes");
  await page.getByRole("combobox", { name: "Pictures", exact: true }).selectOption("All");
  await expect(words).toContainText(
    "18 pictures read, the folders as classes: cat (7), dog (11). None is held out",
  );
  await page.getByRole("combobox", { name: "Classes", exact: true }).selectOption("None");
  await expect(words).toContainText("18 pictures read. None is held out");
  await expect(page.locator("#data-now")).toContainText("pets, 18 pictures of 28×28.");
  await site.step();
});

test("a file that cannot be read beside the folders takes neither classes nor parts away", async ({
  site,
  page,
}, testInfo) => {
  const folder = path.join(testInfo.outputPath(), "letters");
  for (const [turn, [name, count]] of /** @type {const} */ ([
    ["train/a", 5],
    ["train/b", 7],
    ["test/a", 2],
    ["test/b", 2],
  ]).entries()) {
    await writePictures(path.join(folder, name), count, 100 * turn);
  }
  for (const name of ["zero.png", "train/zero.png"]) await writeFile(path.join(folder, name), "");
  for (const name of ["train/a/cut.png", "train/b/cut.png"]) {
    await writeFile(path.join(folder, name), small(0).subarray(0, 60));
  }
  await site.open("?preset=mlp&device=cpu&batch=4");
  await site.ready();
  await page.getByRole("tab", { name: "Data" }).click();
  await page.locator("#folder-input").setInputFiles(folder);
  await expect(page.locator("#pictures-words")).toHaveText(
    "12 pictures read, the folders as classes: a (5), b (7). 4 pictures held out.",
  );
  await expect(page.locator("#pictures-skipped")).toHaveText(
    /^Left out: 4 could not be decoded .+, and 1 more\.$/,
  );
  // The others are a press away.
  await page.getByText("All of them by name").click();
  const names = page.getByRole("list", { name: "4 could not be decoded" }).getByRole("listitem");
  await expect(names).toHaveCount(4);
  await expect(names.filter({ hasText: "cut.png" })).toHaveCount(2);
});

test("an archive gives way to what is in it; arrays are read with their labels, and their size can be changed", async ({
  site,
  page,
}) => {
  await site.open("?preset=mlp&device=cpu&batch=4");
  await site.ready();
  await page.getByRole("tab", { name: "Data" }).click();
  const pets = ["cat/0.png", "cat/1.png", "dog/2.png", "dog/3.png", "dog/4.png"];
  const drop = (/** @type {string} */ name, /** @type {Uint8Array} */ bytes) =>
    page.locator("#file-input").setInputFiles({
      ...{ name, mimeType: "application/zip", buffer: Buffer.from(bytes) },
    });
  await drop("pets.zip", zip(Object.fromEntries(pets.map((name, i) => [name, small(i)]))));
  const words = page.locator("#pictures-words");
  await expect(words).toContainText("5 pictures read, the folders as classes: cat (2), dog (3).");
  await expect(page.locator("#data-now")).toContainText("pets, 5 pictures of 28×28, in 2 classes");

  const numbers = Uint8Array.from({ length: 6 * 256 }, (_, i) => (i * i) % 251);
  await drop(
    "set.npz",
    zip({
      "x_train.npy": npy("|u1", [6, 16, 16], numbers),
      "y_train.npy": npy("|u1", [6], Uint8Array.of(0, 1, 0, 1, 1, 1)),
      "x_test.npy": npy("|u1", [2, 16, 16], numbers.subarray(256, 768)),
      "y_test.npy": npy("|u1", [2], Uint8Array.of(0, 1)),
    }),
  );
  await expect(words).toHaveText("6 pictures read, in classes: 0 (2), 1 (4). 2 pictures held out.");
  await expect(page.locator("#data-now")).toContainText("6 pictures of 28×28, in 2 classes");
  await expect(page.getByRole("img", { name: /^6 pictures, .+, 28×28 greys each/ })).toBeVisible();
  await site.step();
  await page.getByRole("combobox", { name: "Pixels", exact: true }).selectOption("32×32");
  await expect(page.getByRole("img", { name: /^6 pictures, .+, 32×32 greys each/ })).toBeVisible();

  await drop("broken.zip", zip({ "a.png": small(0) }).subarray(0, 50));
  await expect(site.problem("data")).toContainText("“broken.zip” is no whole archive");
});

test("a sheet is cut into tiles; a camera's bursts are classes, and it can be refused", async ({
  site,
  page,
}) => {
  await page.addInitScript(() => {
    const canvas = document.createElement("canvas");
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    let at = 0;
    navigator.mediaDevices.getUserMedia = async () => {
      if (location.hash === "#own-data") throw new DOMException("no", "NotAllowedError");
      setInterval(() => {
        context.fillStyle = `hsl(${(at += 7)} 50% 50%)`;
        context.fillRect(at % 200, 0, 90, 150);
      }, 20);
      return canvas.captureStream();
    };
  });
  await site.open("?preset=mlp&device=cpu&batch=4");
  await site.ready();
  await page.getByRole("tab", { name: "Data" }).click();
  // Sixteen tiles, a pixel between them; the last four are blank.
  const tile = (/** @type {number} */ x, /** @type {number} */ y) =>
    ((x % 29) ** 2 + 3 * (y % 29) + 20 * Math.floor(x / 29) + 7 * Math.floor(y / 29)) % 256;
  const sheet = png(4 * 29 - 1, 4 * 29 - 1, (x, y) => (y < 87 ? tile(x, y) : 200));
  await page.locator("#file-input").setInputFiles({
    ...{ name: "sheet.png", mimeType: "image/png", buffer: Buffer.from(sheet) },
  });
  const words = page.locator("#pictures-words");
  await expect(words).toContainText("12 pictures read.");
  await expect(page.locator("#pictures-skipped")).toHaveText("Left out: 4 of one colour alone.");
  await expect(page.locator("#data-now")).toContainText("sheet.png, 12 pictures of 28×28");
  await site.step();
  await page.getByRole("combobox", { name: "Sheet" }).selectOption("One picture");
  await expect(words).toContainText("1 picture read.");

  await page.getByRole("button", { name: "Camera…" }).click();
  await page.getByRole("button", { name: "Take 100 pictures" }).click();
  await expect(words).toContainText("100 pictures read.");
  await page.getByRole("button", { name: "Take 100 pictures" }).click();
  await expect(words).toContainText("200 pictures read, the folders as classes: 1 (100), 2 (100).");
  await page.getByRole("button", { name: "Close the camera" }).click();
  await expect(page.locator("video")).toHaveCount(0);

  await page.evaluate(() => history.replaceState(null, "", "#own-data"));
  await page.getByRole("button", { name: "Camera…" }).click();
  await expect(site.problem("data")).toContainText("The camera was not allowed.");
});

test("a folder of IDX files is read, and a listed one of the site whatever the names", async ({
  site,
  page,
}, testInfo) => {
  /** @type {Record<string, Uint8Array>} */
  const files = {
    "emnist-letters-train-images-idx3-ubyte.gz": gzipSync(idxImages(120)),
    "emnist-letters-train-labels-idx1-ubyte.gz": gzipSync(idxLabels(120)),
    "emnist-letters-test-images-idx3-ubyte.gz": gzipSync(idxImages(40)),
    "emnist-letters-test-labels-idx1-ubyte.gz": gzipSync(idxLabels(40)),
  };
  const folder = path.join(testInfo.outputPath(), "letters");
  await mkdir(folder, { recursive: true });
  for (const [name, bytes] of Object.entries(files))
    await writeFile(path.join(folder, name), bytes);
  await writeFile(path.join(folder, "README.md"), "what these are");
  await writeFile(path.join(folder, "preview.png"), ""); // as of a copy that broke off
  await site.open("?preset=dense&device=cpu&batch=8");
  await site.ready();
  await page.getByRole("tab", { name: "Data" }).click();
  await page.locator("#folder-input").setInputFiles(folder);
  await expect(page.locator("#data-now")).toContainText("letters, 120 pictures of 28×28");
  await expect(page.locator("#pictures-words")).toContainText("Held out: emnist-letters-test");
  await expect(page.locator("#pictures-skipped")).toHaveText(
    "Left out: letters/README.md, letters/preview.png.",
  );

  const links = Object.keys(files).map((name) => `<a href="${name}">${name}</a>`);
  const listing = `<title>Index of /data/</title><a href="../">up</a>${links.join("")}`;
  let isListed = true;
  await page.context().route(/\/data\/(listed|emnist-letters)/, async (route) => {
    const name = new URL(route.request().url()).pathname.split("/").at(-1) ?? "";
    if (name in files) await route.fulfill({ body: Buffer.from(files[name]) });
    else if (name === "" && isListed)
      await route.fulfill({ contentType: "text/html", body: listing });
    else await route.fulfill({ status: 404 });
  });
  await site.open("?preset=dense&device=cpu&batch=8&data=data/listed");
  await site.ready();
  await page.getByRole("tab", { name: "Data" }).click();
  await expect(page.locator("#data-now")).toContainText("listed, 120 pictures of 28×28");
  await site.press({ name: /^Turn/ });
  await expect(page).toHaveURL(/turned=yes/);
  await expect(page.locator("#data-now")).toContainText("listed, 120 pictures of 28×28");
  // Where nothing is listed, the name may be the beginning of the files'.
  isListed = false;
  await site.open("?preset=dense&device=cpu&batch=8&data=data/emnist-letters");
  await site.ready();
  await page.getByRole("tab", { name: "Data" }).click();
  await expect(page.locator("#data-now")).toContainText("emnist-letters, 120 pictures of 28×28");
});

test("a folder of the site as other unpackers write it; a kind that is not read is named", async ({
  site,
  page,
}) => {
  /** @type {Record<string, Uint8Array>} */
  const files = {
    "train-images.idx3-ubyte": idxImages(120),
    "train-labels.idx1-ubyte": idxLabels(120),
  };
  let isAnswered = () => {};
  const answered = new Promise((resolve) => void (isAnswered = () => resolve(undefined)));
  await page.context().route(/\/data\/archive\//, async (route) => {
    await answered;
    const name = new URL(route.request().url()).pathname.split("/").at(-1) ?? "";
    if (name in files) await route.fulfill({ body: Buffer.from(files[name]) });
    else await route.fulfill({ status: 404 });
  });
  await site.open("?preset=dense&device=cpu&batch=8&data=data/archive");
  await expect(site.overlay).toContainText("Fetching “archive”…");
  isAnswered();
  await site.ready();
  await page.getByRole("tab", { name: "Data" }).click();
  await expect(page.locator("#data-now")).toContainText("archive, 120 pictures of 28×28");
  files["train-labels.idx1-ubyte"] = new TextEncoder().encode("7z\u00bc");
  files["train-images.idx3-ubyte"] = Uint8Array.from([80, 75, 3, 4, 20, 0, 0, 0]);
  await page.reload();
  await expect(site.overlay).toContainText(
    "“train-images.idx3-ubyte” cannot be used: it is a zip archive",
  );
  await page.getByRole("button", { name: "Use “Handwritten digits”" }).click();
  await site.ready();
  await page.getByRole("tab", { name: "Data" }).click();
});

test("a canvas that gives out noise is found out, and pictures are read without it", async ({
  site,
  page,
}) => {
  const noise = `
    const honest = OffscreenCanvasRenderingContext2D.prototype.getImageData;
    OffscreenCanvasRenderingContext2D.prototype.getImageData = function (...where) {
      const image = honest.apply(this, where);
      image.data.forEach((_, i) => (image.data[i] = (i * 101) % 256));
      return image;
    };`;
  let more = noise;
  await page.context().route(/\/assets\/worker-.*\.js/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: more + (await response.text()) });
  });
  await site.open("?preset=mlp&device=cpu&batch=4");
  await site.ready();
  await page.getByRole("tab", { name: "Data" }).click();
  const files = Array.from({ length: 8 }, (_, i) => ({
    ...{ name: `${i}.png`, mimeType: "image/png", buffer: Buffer.from(small(i)) },
  }));
  await page.locator("#file-input").setInputFiles(files);
  await expect(page.locator("#pictures-words")).toContainText("8 pictures read.");
  const row = (await previewed(page, 3)).slice(1, 28);
  expect(row).toEqual(Array.from({ length: 27 }, (_, x) => 8 * (x + 1) - 3));

  more = `${noise} delete globalThis.ImageDecoder;`;
  await page.reload();
  await site.ready();
  await page.getByRole("tab", { name: "Data" }).click();
  await page.locator("#file-input").setInputFiles(files);
  await expect(site.problem("data")).toContainText("gives out noise");
  await expect(site.problem("data")).toContainText("IDX files work");
  await expect(page.locator("#data-now")).toContainText("Handwritten digits");
});

test("the address names a folder of this site, gzipped or not, and none elsewhere", async ({
  site,
  page,
}) => {
  /** @type {Record<string, Uint8Array>} */
  const files = {
    "train-images-idx3-ubyte": idxImages(120),
    "train-labels-idx1-ubyte": idxLabels(120),
    "t10k-images-idx3-ubyte": idxImages(40),
    "t10k-labels-idx1-ubyte": idxLabels(40),
  };
  await page.context().route(/\/data\/(fashion|zipped)\/[^?]+-ubyte/, async (route) => {
    const [folder, name] = new URL(route.request().url()).pathname.split("/").slice(-2);
    const isZipped = name.endsWith(".gz");
    const bytes = files[name.replace(".gz", "")];
    if (isZipped !== (folder === "zipped")) await route.fulfill({ status: 404 });
    else await route.fulfill({ body: Buffer.from(isZipped ? gzipSync(bytes) : bytes) });
  });
  await site.open("?preset=dense&device=cpu&batch=8&data=data/fashion");
  await site.ready();
  await page.getByRole("tab", { name: "Data" }).click();
  await expect(page.locator("#data-now")).toContainText(
    "fashion, 120 pictures of 28×28, in 10 classes",
  );
  await expect(page).toHaveURL(/data=data\/fashion/);
  await page.getByRole("tab", { name: "Share" }).click();
  await expect(page.locator("#snippet-element")).toContainText(
    /data-src="http.*\/data\/fashion\/"/,
  );
  await site.step();
  await site.choose(/MLP/);
  await expect(page).toHaveURL(/preset=mlp.*data=data\/fashion|data=data\/fashion.*preset=mlp/);
  await expect(page.locator("#data-now")).toContainText("fashion");
  await site.press({ name: "Back to “Handwritten digits”" });
  await expect(page.locator("#data-now")).toContainText("Handwritten digits");
  await expect(page).not.toHaveURL(/data=/);

  await site.open("?preset=mlp&device=cpu&batch=8&data=./data/zipped/");
  await site.ready();
  await page.getByRole("tab", { name: "Data" }).click();
  await expect(page.locator("#data-now")).toContainText("zipped, 120 pictures");

  await site.open("?preset=mlp&device=cpu&batch=8&data=./missing/");
  await expect(site.overlay).toContainText("/missing/");
  await page.getByRole("button", { name: "Use “Handwritten digits”" }).click();
  await site.ready();
  await page.getByRole("tab", { name: "Data" }).click();
  await expect(page.locator("#data-now")).toContainText("Handwritten digits");

  await site.open("?preset=mlp&device=cpu&batch=8&data=https://example.com/data/");
  await site.ready();
  await page.getByRole("tab", { name: "Data" }).click();
  await expect(site.problem("address")).toContainText("data=https://example.com/data/");
  await expect(page.locator("#data-now")).toContainText("Handwritten digits");
  await expect(page).not.toHaveURL(/data=/);
});
