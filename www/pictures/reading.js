// Reads pictures of one's own: has them sifted, sends them to their worker a portion at a time, and
// returns what the training program takes, two IDX files. How to take them is suggested by a look at some. Loaded when somebody brings pictures.

import { wrap } from "comlink";
import { Answers } from "../engine/answers.js";
import "../engine/error-wire.js";
import { absolute, startWorker } from "../engine/spawn.js";
import { arrange, classOf, heldOutOf, isTaken, nameOf } from "./classes.js";
import { mostOf, suggest } from "./shape.js";
import { likely, tilesOf, tilings } from "./sheet.js";
import { isClutter, nothingSkipped, sift } from "./sifting.js";
import { sample } from "./spread.js";
import { isPicture } from "../engine/files.js";
import { pictures as texts } from "#words/pictures.js";
import workerFile from "./worker.js?worker&url";

/** @import { Remote } from "comlink" */
/** @import { OwnFiles } from "../engine/protocol.js" */
/** @import { Arrangement, Wish as ArrangementWish } from "./classes.js" */
/** @import { How, Look } from "./shape.js" */
/** @import { HoldOut } from "./tenths.js" */
/** @import { Changes, Tiling } from "./sheet.js" */
/** @import { Found, Skipped } from "./sifting.js" */
/** @import { Finished, Made, PicturesApi, Unread } from "./worker.js" */

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
 * @property {Sheet} [sheet] where a single picture can be cut into many
 * @property {number} [heldOut] pictures that are held out beside those that were taken
 * @property {number} [tenth] of those that were taken so many are held out, where nothing comes held out
 * @property {HoldOut} [holdOut] what was to become of them there
 */

/**
 * Tiles that a sheet can be cut into, by their sides, and how it was.
 * @typedef {{ options: { side: number, count: number }[], tiling: Tiling | undefined }} Sheet
 */

/**
 * What somebody chose in place of what was suggested; the side of a sheet's tiles, or null for one picture.
 * @typedef {ArrangementWish & Partial<How> & { tile?: number | null, holdOut?: HoldOut }} Wish
 */

/**
 * @param {readonly Found[]} found
 * @param {object} options
 * @param {boolean} options.isCut
 * @param {Wish} options.wish
 * @param {AbortSignal} options.signal
 * @param {(done: number, total: number, arrangement: Arrangement) => void} options.onProgress
 * @returns {Promise<{ report: Report, own: OwnFiles & { name: string } | undefined }>} none where no picture could be
 *   taken
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
  const some = sample(kept, LOOKED_AT).map(({ file }) => file);
  const looks = await answers.to(() => api.look(some));
  const isSheet = kept.length === 1 && looks.length === 1 && tilings(looks[0]).length > 0;
  const sheet = isSheet
    ? sheetOf(looks[0], await answers.to(() => api.changes(kept[0].file)), wish)
    : undefined;
  const how = howOf(sheet?.tiling ? [{ ...looks[0], ...square(sheet.tiling) }] : looks, wish);
  await answers.to(() => api.take(how));
  const most = mostOf(how);
  skipped.tooMany += kept.splice(most).length;
  const out = heldOutOf(expected);
  const outside = out && sift(found, (path) => isTaken(path, out)).kept.slice(0, most);
  skipped.otherPart -= outside?.length ?? 0;
  /** @type {string[]} */
  const read = [];
  /** @type {Unreadable[]} */
  const unreadable = [];
  if (sheet?.tiling) {
    const [{ file, path }] = kept.splice(0);
    const { tiling } = sheet;
    const { taken, blank, tooMany } = await answers.to(() => api.cut(file, tiling, most));
    skipped.blank += blank;
    skipped.tooMany += tooMany;
    read.push(...new Array(taken).fill(path));
  }
  kept.push(...(outside ?? []));
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
  const isExpected = (/** @type {string} */ path) =>
    isTaken(path, expected) || (out !== undefined && isTaken(path, out));
  const unread = all.filter((path) => !isExpected(path));
  const arrangement = arrange([...read, ...unread], wish);
  const chosen = chosenOf(read, arrangement);
  const heldOut = heldOutOf(arrangement);
  const aside = heldOut && chosenOf(read, heldOut);
  skipped.otherPart += read.length - chosen.places.length - (aside?.places.length ?? 0);
  const paths = chosen.places.map((i) => read[i]);
  const taken = paths.length;
  // A part of which nothing could be read holds nothing out.
  const comesHeldOut = aside !== undefined && aside.places.length > 0;
  const { holdOut = "tenth" } = wish;
  const made = await answers.to(() => api.finish(chosen, comesHeldOut ? aside : holdOut));
  const name = nameOf(all) ?? texts.ownPictures;
  const { preview } = made;
  const called = (/** @type {number} */ place) =>
    sheet?.tiling ? texts.place(place + 1) : paths[place];
  const twins = made.twins.map(
    ([place, first]) => /** @type {[string, string]} */ ([called(place), called(first)]),
  );
  return {
    report: {
      ...{ taken, skipped, unreadable, arrangement, how, sheet, twins, isCut, preview },
      ...outOf(made, comesHeldOut, holdOut),
    },
    own: taken === 0 ? undefined : filesOf(made, name),
  };
}

/**
 * Those that an arrangement takes and has a class for, where it has classes.
 * @param {readonly string[]} read paths
 * @param {Arrangement} arrangement
 */
function chosenOf(read, arrangement) {
  const own = [...read.keys()].filter((i) => isTaken(read[i], arrangement));
  if (arrangement.depth === null) return { places: own, labels: undefined };
  const labelled = own
    .map((place) => ({ place, label: classOf(read[place], arrangement) ?? -1 }))
    .filter(({ label }) => label >= 0);
  return {
    places: labelled.map(({ place }) => place),
    labels: labelled.map(({ label }) => label),
  };
}

/**
 * What is told of those that are held out.
 * @param {Finished} made
 * @param {boolean} comesHeldOut
 * @param {HoldOut} holdOut
 * @returns {Pick<Report, "heldOut" | "tenth" | "holdOut">}
 */
function outOf({ heldOut }, comesHeldOut, holdOut) {
  const count = heldOut?.count ?? 0;
  if (comesHeldOut) return { heldOut: count };
  return { holdOut, tenth: holdOut === "tenth" ? count : undefined };
}

/**
 * @param {Finished} made
 * @param {string} name of them all
 * @returns {OwnFiles & { name: string }}
 */
function filesOf({ learned, heldOut }, name) {
  const file = (/** @type {Uint8Array<ArrayBuffer>} */ bytes) => new File([bytes], name);
  const files = (/** @type {Made} */ { images, labels }) => ({
    images: file(images),
    labels: labels && file(labels),
  });
  return { ...files(learned), heldOut: heldOut && files(heldOut), name };
}

/**
 * @param {readonly Look[]} looks
 * @param {Wish} wish
 * @returns {How}
 */
function howOf(looks, wish) {
  const suggested = suggest(looks);
  const { side = suggested.side, channels = suggested.channels, fit = "crop" } = wish;
  return { side, channels, fit };
}

/**
 * How a single picture can be cut into many.
 * @param {Look} look
 * @param {Changes} changes
 * @param {Wish} wish
 * @returns {Sheet}
 */
function sheetOf(look, changes, { tile }) {
  const all = tilings(look);
  const options = all.map((tiling) => ({ side: tiling.side, count: tilesOf(tiling, look).length }));
  const tiling =
    tile === undefined ? likely(all, look, changes) : all.find(({ side }) => side === tile);
  return { options, tiling };
}

/** @param {Tiling} tiling */
function square({ side }) {
  return { width: side, height: side };
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
    const { holdOut = "tenth" } = wish;
    const made = await answers.to(() => api.numbers(found, wish, holdOut));
    const { how, classes, counts, tooMany, comesHeldOut, preview } = made;
    const paths = found.map(({ path }) => path);
    const name = nameOf(paths) ?? texts.ownPictures;
    const beside = outOf(made, comesHeldOut, holdOut);
    /** @type {Arrangement} */
    const arrangement = {
      ...{ parts: undefined, part: null, levels: [], beside: 0, classes, counts },
      depth: classes.length > 0 ? 0 : null,
    };
    const report = {
      taken: made.learned.count + (beside.tenth ?? 0),
      ...{ skipped: { ...nothingSkipped(), tooMany }, unreadable: [] },
      ...{ arrangement, how, isCut: false, preview, ...beside },
      twins: made.twins.map(
        (pair) => /** @type {[string, string]} */ (pair.map((place) => texts.place(place + 1))),
      ),
    };
    return { report, own: filesOf(made, name) };
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
