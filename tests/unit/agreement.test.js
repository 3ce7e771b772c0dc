// What the page makes of two folders of pictures and of a sheet: kept in `tests/cli_data/page.snap`, with which the command line's own
// test (`tests/cli_data/pictures.rs`) compares what that makes of the same. And what both say of the sides of pictures.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { arrange, classOf, isTaken } from "../../www/pictures/classes.js";
import { filesIn } from "../../www/pictures/folders.js";
import { shrinkPixels, twins } from "../../www/pictures/pixels.js";
import { isColour, SIDES, suggest } from "../../www/pictures/shape.js";
import { changesOf, likely, tilesOf, tilings } from "../../www/pictures/sheet.js";
import { tenths } from "../../www/pictures/tenths.js";

/** Paths with widths and heights, in no order. @type {Record<string, [number, number]>} */
const PICTURES = {
  "train/10/b.png": [33, 47],
  "train/9/x10.png": [64, 64],
  "train/9/x9.png": [97, 40],
  "train/apfel/a.png": [31, 31],
  "train/Äpfel/a.png": [5, 90],
  "train/b_c/1.png": [128, 100],
  "train/B c/1.png": [40, 41],
  "test/9/1.png": [40, 40],
};

/**
 * A folder without a part for tests: paths, each with a number that the picture follows from.
 * @type {[string, number][]}
 */
const NUMBERED = [
  ...Array.from({ length: 27 }, (_, i) => /** @type {[string, number]} */ ([`cat/${i}.png`, i])),
  ...Array.from(
    { length: 18 },
    (_, i) => /** @type {[string, number]} */ ([`dog/${i}.png`, 100 + i]),
  ),
  // The same as others, of its own class and of another; and one that is alone in its class.
  ["cat/again.png", 9],
  ["dog/cat.png", 23],
  ["eel/1.png", 300],
];

/**
 * As large as it will be, in greys.
 * @param {number} number
 */
function numbered(number) {
  return greys(28, 28, (x, y) => (x * x * (number + 3) + 5 * y * number + 7 * x) % 251);
}

/** Sixteen tiles with a line between them, of which the last four are of one grey. */
function sheet() {
  const part = (/** @type {number} */ at) => Math.floor(at / 29);
  const tile = (/** @type {number} */ x, /** @type {number} */ y) =>
    (x % 29) ** 2 + 3 * (y % 29) + 20 * part(x) + 7 * part(y);
  return greys(4 * 29 - 1, 4 * 29 - 1, (x, y) => (y < 87 ? tile(x, y) % 256 : 200));
}

/**
 * @param {number} width
 * @param {number} height
 * @param {(x: number, y: number) => number} grey
 */
function greys(width, height, grey) {
  const rgba = new Uint8ClampedArray(4 * width * height).fill(255);
  for (let i = 0; i < width * height; i++) {
    rgba.fill(grey(i % width, Math.floor(i / width)), 4 * i, 4 * i + 3);
  }
  return { rgba, width, height };
}

/**
 * A picture without a plain place, with some that let white through.
 * @param {number} width
 * @param {number} height
 */
function picture(width, height) {
  const rgba = new Uint8ClampedArray(4 * width * height);
  rgba.forEach((_, i) => (rgba[i] = (i * i * 31 + 7 * i) % 256));
  return { rgba, width, height };
}

/**
 * A folder as browsers hand it out.
 * @param {string} path
 * @param {string[]} inside paths of files
 * @returns {FileSystemEntry}
 */
function entry(path, inside) {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (inside.includes(path)) {
    const file = (/** @type {(file: File) => void} */ take) => take(new File([], name));
    return /** @type {any} */ ({ isDirectory: false, name, fullPath: path, file });
  }
  const below = inside.filter((one) => one.startsWith(`${path}/`));
  const names = new Set(below.map((one) => one.slice(path.length + 1).split("/")[0]));
  const batches = [[...names].map((child) => entry(`${path}/${child}`, below)), []];
  const createReader = () => ({
    readEntries: (/** @type {(some: FileSystemEntry[]) => void} */ take) =>
      take(batches.shift() ?? []),
  });
  return /** @type {any} */ ({ isDirectory: true, name, fullPath: path, createReader });
}

/**
 * In the page's order.
 * @param {string[]} inside paths of files in a folder
 */
async function listed(inside) {
  const top = entry(
    "/top",
    inside.map((path) => `/top/${path}`),
  );
  const { signal } = new AbortController();
  const { found } = await filesIn([top], { signal, onProgress() {} });
  return found.map(({ path }) => path.replace("top/", ""));
}

/** Which of the numbered pictures are held out. */
async function heldOut() {
  const numbers = new Map(NUMBERED);
  const paths = await listed([...numbers.keys()]);
  const arrangement = arrange(paths);
  const labels = paths.map((path) => classOf(path, arrangement) ?? 0);
  const grey = /** @type {const} */ ({ side: 28, channels: 1 });
  const all = paths.map((path) => shrinkPixels(numbered(numbers.get(path) ?? 0), grey));
  const out = tenths(paths.length, labels, twins(all));
  return {
    pictures: paths.map((path, i) => [path, numbers.get(path), labels[i]]),
    heldOut: out.map((place) => paths[place]),
  };
}

/** Where the tiles of the sheet begin. */
function tiles() {
  const picture = sheet();
  const tiling = likely(tilings(picture), picture, changesOf(picture));
  return { tiling, corners: tiling && tilesOf(tiling, picture) };
}

test("the page makes of a folder what the command line is held to", async () => {
  const paths = await listed(Object.keys(PICTURES));
  const arrangement = arrange(paths);
  const taken = paths.filter((path) => isTaken(path, arrangement));
  const all = taken.map((path) => picture(...PICTURES[path]));
  const looks = all.map((one) => ({
    ...one,
    isColour: isColour(shrinkPixels(one, { side: 32, channels: 3 }, "whole")),
  }));
  const base64 = (/** @type {Uint8Array[]} */ parts) => Buffer.concat(parts).toString("base64");
  const grey = /** @type {const} */ ({ side: 28, channels: 1 });
  const made = {
    pictures: paths.map((path) => [path, ...PICTURES[path]]),
    classes: arrangement.classes,
    counts: arrangement.counts,
    labels: taken.map((path) => classOf(path, arrangement)),
    shape: suggest(looks),
    suggested: base64(all.map((one) => shrinkPixels(one, suggest(looks), "crop"))),
    greys: base64(all.map((one) => shrinkPixels(one, grey, "whole"))),
    numbered: await heldOut(),
    sheet: tiles(),
  };
  const text = `${JSON.stringify(made, null, 2)}\n`;
  await expect(text).toMatchFileSnapshot("../cli_data/page.snap");
});

test("the page brings pictures to the sides that networks are made for", () => {
  const rust = readFileSync("src/shape.rs", "utf8");
  const sides = /SIDES: \[usize; \d+\] = (\[[^\]]+\])/.exec(rust)?.[1] ?? "";
  expect(SIDES).toEqual(JSON.parse(sides));
});
