// Reads pictures of one's own: has them sifted, sends them to their worker a portion at a time, and
// returns what the training program takes, two IDX files. Loaded when somebody brings pictures.

import { wrap } from "comlink";
import { Answers } from "../engine/answers.js";
import "../engine/error-wire.js";
import { absolute, startWorker } from "../engine/spawn.js";
import { SIDE } from "./pixels.js";
import { arrange, classOf, isTaken, nameOf } from "./classes.js";
import { isClutter, sift } from "./sifting.js";
import { isPicture } from "../engine/files.js";
import { pictures as texts } from "#words/pictures.js";
import workerFile from "./worker.js?worker&url";

/** @import { Remote } from "comlink" */
/** @import { Arrangement, Wish } from "./classes.js" */
/** @import { Found, Skipped } from "./sifting.js" */
/** @import { PicturesApi } from "./worker.js" */

/** Files that are sent at once: few enough for a bar that moves. */
const PORTION = 32;
const PREVIEWED = 64;
const IDX_HEAD = 16;
const PIXELS = SIDE * SIDE;

/**
 * What came of it, for the page to show.
 * @typedef {object} Report
 * @property {number} taken
 * @property {Skipped} skipped
 * @property {Arrangement} arrangement
 * @property {boolean} areAlike whether all are the same picture, as the networks see it
 * @property {boolean} isCut whether there were more files than are looked at
 * @property {Uint8Array} preview the greys of the first ones, picture by picture
 */

/**
 * @param {readonly Found[]} found
 * @param {object} how
 * @param {boolean} how.isCut
 * @param {Wish} how.wish
 * @param {AbortSignal} how.signal
 * @param {(done: number, total: number, arrangement: Arrangement) => void} how.onProgress
 * @returns {Promise<{ report: Report, name: string, images: File | undefined, labels: File | undefined }>}
 */
export async function readPictures(found, { isCut, wish, signal, onProgress }) {
  const pictures = found.filter(({ file, path }) => isPicture(file) && !isClutter(path));
  const all = pictures.map(({ path }) => path);
  // As far as names tell. Which of them can be read, and so what their folders say, is known when they have been.
  const expected = arrange(all, wish);
  const { kept, skipped } = sift(found, (path) => isTaken(path, expected));
  const worker = startWorker(absolute(workerFile));
  const answers = new Answers();
  worker.addEventListener("error", () => answers.end(new Error(texts.broken)));
  signal.addEventListener("abort", () => answers.end(signal.reason));
  try {
    /** @type {Remote<PicturesApi>} */
    const api = wrap(worker);
    const ability = await answers.to(() => api.ability());
    if (ability !== "able") throw new Error(texts[ability]);
    /** @type {string[]} */
    const read = [];
    for (let from = 0; from < kept.length; from += PORTION) {
      onProgress(from, kept.length, expected);
      const portion = kept.slice(from, from + PORTION);
      const outcomes = await answers.to(() => api.add(portion.map(({ file }) => file)));
      for (const [i, outcome] of outcomes.entries()) {
        if (outcome === "taken") read.push(portion[i].path);
        else skipped[outcome] += 1;
      }
    }
    const unread = all.filter((path) => !isTaken(path, expected));
    const arrangement = arrange([...read, ...unread], wish);
    const chosen = [...read.keys()].filter((i) => isTaken(read[i], arrangement));
    skipped.otherPart += read.length - chosen.length;
    const paths = chosen.map((i) => read[i]);
    const taken = paths.length;
    const classes =
      arrangement.depth === null ? undefined : paths.map((path) => classOf(path, arrangement) ?? 0);
    const made = await answers.to(() => api.finish(chosen, classes));
    const name = nameOf(paths) ?? texts.ownPictures;
    const preview = made.images.slice(IDX_HEAD, IDX_HEAD + PREVIEWED * PIXELS);
    return {
      report: { taken, skipped, arrangement, areAlike: made.areAlike, isCut, preview },
      name,
      images: taken === 0 ? undefined : new File([made.images], name),
      labels: made.labels && new File([made.labels], name),
    };
  } finally {
    worker.terminate();
  }
}
