// Reads pictures of one's own: has them sifted, sends them to their worker a portion at a time, and
// returns what the training program takes, two IDX files. Loaded when somebody brings pictures.

import { wrap } from "comlink";
import { Answers } from "../engine/answers.js";
import "../engine/error-wire.js";
import { absolute, startWorker } from "../engine/spawn.js";
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
const PIXELS = 28 * 28;

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
  const arrangement = arrange(
    pictures.map(({ path }) => path),
    wish,
  );
  const { kept, skipped } = sift(found, (path) => isTaken(path, arrangement));
  const paths = kept.map(({ path }) => path);
  const classes =
    arrangement.depth === null ? undefined : paths.map((path) => classOf(path, arrangement) ?? 0);
  const worker = startWorker(absolute(workerFile));
  const answers = new Answers();
  worker.addEventListener("error", () => answers.end(new Error(texts.broken)));
  signal.addEventListener("abort", () => answers.end(signal.reason));
  try {
    /** @type {Remote<PicturesApi>} */
    const api = wrap(worker);
    const ability = await answers.to(() => api.ability());
    if (ability !== "able") throw new Error(texts[ability]);
    let taken = 0;
    for (let from = 0; from < kept.length; from += PORTION) {
      onProgress(from, kept.length, arrangement);
      const files = kept.slice(from, from + PORTION).map(({ file }) => file);
      const labels = classes?.slice(from, from + PORTION);
      const outcome = await answers.to(() => api.add(files, labels));
      taken += outcome.taken;
      skipped.undecodable += outcome.undecodable;
      skipped.tooLarge += outcome.tooLarge;
    }
    const made = await answers.to(() => api.finish());
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
