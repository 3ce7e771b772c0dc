// What the page makes of one folder of pictures: kept in `tests/cli_data/page.snap`, with which the command line's own
// test (`tests/cli_data/pictures.rs`) compares what that makes of the same folder.

import { expect, test } from "vitest";
import { arrange, classOf, isTaken } from "../../www/pictures/classes.js";
import { filesIn } from "../../www/pictures/folders.js";
import { shrinkPixels } from "../../www/pictures/pixels.js";
import { isColour, suggest } from "../../www/pictures/shape.js";

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

test("the page makes of a folder what the command line is held to", async () => {
  const top = entry(
    "/top",
    Object.keys(PICTURES).map((path) => `/top/${path}`),
  );
  const { signal } = new AbortController();
  const { found } = await filesIn([top], { signal, onProgress() {} });
  const paths = found.map(({ path }) => path.replace("top/", ""));
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
  };
  const text = `${JSON.stringify(made, null, 2)}\n`;
  await expect(text).toMatchFileSnapshot("../cli_data/page.snap");
});
