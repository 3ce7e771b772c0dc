// Reads pictures of one's own: has them sifted, sends them to their worker a portion at a time, and
// returns what the training program takes, two IDX files. How to take them is suggested by a look at some. Loaded when somebody brings pictures.

import { wrap } from "comlink";
import { Answers } from "../engine/answers.js";
import "../engine/error-wire.js";
import { absolute, startWorker } from "../engine/spawn.js";
import { arrange, classOf, isTaken, nameOf } from "./classes.js";
import { DIGITS, mostOf, suggest, TAKES_COLOURS } from "./shape.js";
import { isClutter, nothingSkipped, sift } from "./sifting.js";
import { sample } from "./spread.js";
import { isPicture } from "../engine/files.js";
import { pictures as texts } from "#words/pictures.js";
import workerFile from "./worker.js?worker&url";

/** @import { Remote } from "comlink" */
/** @import { OwnFiles } from "../engine/protocol.js" */
/** @import { Arrangement, Wish as ArrangementWish } from "./classes.js" */
/** @import { How, Shape } from "./shape.js" */
/** @import { Found, Skipped } from "./sifting.js" */
/** @import { Made, PicturesApi, Unread } from "./worker.js" */

/** Files that are sent at once: few enough for a bar that moves. */
const PORTION = 32;
/** So many pictures are looked at before it is suggested how to take them all. */
const LOOKED_AT = 60;

/** A file that could not be read, and why. @typedef {{ path: string, why: Unread }} Unreadable */

/**
 * What came of it, for the page to show.
 * @typedef {object} Report
 * @property {number} taken
 * @property {Skipped} skipped
 * @property {readonly Unreadable[]} unreadable
 * @property {Arrangement} arrangement
 * @property {How} how the pictures were taken
 * @property {readonly [string, string][]} twins files that are the same picture as an earlier one, as the networks
 *   see it, and that one
 * @property {boolean} isCut whether there were more files than are looked at
 * @property {Uint8Array} preview some of them, picture by picture
 * @property {number} [heldOut] pictures that are held out, as a set says
 */

/** What somebody chose in place of what was suggested. @typedef {ArrangementWish & Partial<How>} Wish */

/**
 * @param {readonly Found[]} found
 * @param {object} options
 * @param {boolean} options.isCut
 * @param {Wish} options.wish
 * @param {AbortSignal} options.signal
 * @param {(done: number, total: number, arrangement: Arrangement) => void} options.onProgress
 * @returns {Promise<{ report: Report, name: string, images: File | undefined, labels: File | undefined }>}
 */
export function readPictures(found, { isCut, wish, signal, onProgress }) {
  return withWorker(signal, (api, answers) =>
    readFiles(found, { isCut, wish, onProgress }, api, answers),
  );
}

/**
 * @param {readonly Found[]} found
 * @param {object} options
 * @param {boolean} options.isCut
 * @param {Wish} options.wish
 * @param {(done: number, total: number, arrangement: Arrangement) => void} options.onProgress
 * @param {Remote<PicturesApi>} api
 * @param {Answers} answers
 * @returns {ReturnType<typeof readPictures>}
 */
async function readFiles(found, { isCut, wish, onProgress }, api, answers) {
  const pictures = found.filter(({ file, path }) => isPicture(file) && !isClutter(path));
  const all = pictures.map(({ path }) => path);
  // As far as names tell. Which of them can be read, and so what their folders say, is known when they have been.
  const expected = arrange(all, wish);
  const { kept, skipped } = sift(found, (path) => isTaken(path, expected));
  const ability = await answers.to(() => api.ability());
  if (ability !== "able") throw new Error(texts[ability]);
  onProgress(0, kept.length, expected);
  const how = { ...(await suggestion()), fit: wish.fit ?? "crop" };
  await answers.to(() => api.take(how));
  skipped.tooMany += kept.splice(mostOf(how)).length;
  /** @type {string[]} */
  const read = [];
  /** @type {Unreadable[]} */
  const unreadable = [];
  for (let from = 0; from < kept.length; from += PORTION) {
    onProgress(from, kept.length, expected);
    const portion = kept.slice(from, from + PORTION);
    const outcomes = await answers.to(() => api.add(portion.map(({ file }) => file)));
    for (const [i, outcome] of outcomes.entries()) {
      const { path } = portion[i];
      if (outcome === "taken") {
        read.push(path);
      } else {
        unreadable.push({ path, why: outcome });
        skipped[outcome] += 1;
      }
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
  const { preview } = made;
  const twins = made.twins.map(
    ([place, first]) => /** @type {[string, string]} */ ([paths[place], paths[first]]),
  );
  return {
    report: { taken, skipped, unreadable, arrangement, how, twins, isCut, preview },
    name,
    images: taken === 0 ? undefined : new File([made.images], name),
    labels: made.labels && new File([made.labels], name),
  };

  /** @returns {Promise<Shape>} */
  async function suggestion() {
    const { side, channels } = wish;
    if (side !== undefined && channels !== undefined) return { side, channels };
    const some = sample(kept, LOOKED_AT).map(({ file }) => file);
    const looks = await answers.to(() => api.look(some));
    const suggested = TAKES_COLOURS ? suggest(looks) : DIGITS;
    return { side: side ?? suggested.side, channels: channels ?? suggested.channels };
  }
}

/**
 * Reads arrays of pictures: NumPy's files, CIFAR's.
 * @param {readonly Found[]} found
 * @param {Wish} wish
 * @param {AbortSignal} signal
 * @returns {Promise<{ report: Report, own: OwnFiles & { name: string } }>}
 */
export function readNumbers(found, wish, signal) {
  return withWorker(signal, async (api, answers) => {
    const { how, classes, counts, learned, heldOut, tooMany } = await answers.to(() =>
      api.numbers(found, wish),
    );
    const paths = found.map(({ path }) => path);
    const name = nameOf(paths) ?? texts.ownPictures;
    const file = (/** @type {Uint8Array<ArrayBuffer>} */ bytes) => new File([bytes], name);
    const files = (/** @type {Pick<Made, "images" | "labels">} */ { images, labels }) => ({
      images: file(images),
      labels: labels && file(labels),
    });
    /** @type {Arrangement} */
    const arrangement = {
      ...{ parts: undefined, part: null, levels: [], beside: 0, classes, counts },
      depth: classes.length > 0 ? 0 : null,
    };
    const report = {
      ...{ taken: learned.count, skipped: { ...nothingSkipped(), tooMany }, unreadable: [] },
      ...{ arrangement, how, isCut: false, preview: learned.preview, heldOut: heldOut?.count },
      twins: learned.twins.map(
        (pair) => /** @type {[string, string]} */ (pair.map((place) => texts.place(place + 1))),
      ),
    };
    const own = { ...files(learned), heldOut: heldOut && files(heldOut), name };
    return { report, own };
  });
}

/**
 * @template T
 * @param {AbortSignal} signal
 * @param {(api: Remote<PicturesApi>, answers: Answers) => Promise<T>} use
 */
async function withWorker(signal, use) {
  const worker = startWorker(absolute(workerFile));
  const answers = new Answers();
  worker.addEventListener("error", () => answers.end(new Error(texts.broken)));
  signal.addEventListener("abort", () => answers.end(signal.reason));
  try {
    return await use(wrap(worker), answers);
  } finally {
    worker.terminate();
  }
}
