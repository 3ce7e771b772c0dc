// The worker that turns pictures into IDX files, so that the page stays free: decodes them, shrinks
// them, keeps what is left until all are there. It knows no network and no training.

import { expose, transfer } from "comlink";
import "../engine/error-wire.js";
import { imagesIdx, labelsIdx } from "../formats/exports.js";
import { readArrays } from "./arrays.js";
import { canDecode, decodePixels } from "./decoding.js";
import { dimensionsOf, HEAD_BYTES } from "./dimensions.js";
import { Canvas, isCanvasHonest, shrinkPixels, twins } from "./pixels.js";
import { DIGITS, isColour, mostOf, SIDES, suggest } from "./shape.js";
import { changesOf, tilesOf } from "./sheet.js";
import { LIMITS } from "./sifting.js";
import { spread } from "./spread.js";
import { tenths } from "./tenths.js";

/** @import { Part } from "./arrays.js" */
/** @import { Pixels } from "./pixels.js" */
/** @import { How, Look } from "./shape.js" */
/** @import { HoldOut } from "./tenths.js" */
/** @import { Changes, Tiling } from "./sheet.js" */
/** @import { Found } from "./sifting.js" */

/** Pictures that are decoded at once. */
const AT_ONCE = 4;
const PREVIEWED = 64;
/** As a picture is looked at before it is known how it is taken. @type {How} */
const GLANCE = { side: 32, channels: 3, fit: "whole" };

/** What became of a picture. @typedef {"taken" | "undecodable" | "tooLarge" | "tooSmall"} Outcome */

/** Why one is not. @typedef {Exclude<Outcome, "taken">} Unread */

/**
 * Two IDX files.
 * @typedef {object} Made
 * @property {number} count
 * @property {Uint8Array<ArrayBuffer>} images
 * @property {Uint8Array<ArrayBuffer> | undefined} labels
 */

/**
 * Pictures by their places, from 0, with a label each where there are classes.
 * @typedef {{ places: number[], labels: number[] | undefined }} Chosen
 */

/**
 * What is learned and what is held out, and what is told of them.
 * @typedef {object} Finished
 * @property {Made} learned
 * @property {Made | undefined} heldOut
 * @property {Uint8Array} preview some of the learned pictures, of each class as many
 * @property {[number, number][]} twins places of pictures that are the same as an earlier one, and of that, among
 *   those that do not come held out
 */

/**
 * @typedef {object} PicturesApi
 * @property {() => "able" | "unable" | "noise"} ability whether this browser can read pictures in a worker;
 *   noise: its canvases lie, and there is nothing else
 * @property {(files: File[]) => Promise<Look[]>} look at those that can be read
 * @property {(how: How) => void} take the pictures that follow so
 * @property {(files: File[]) => Promise<Outcome[]>} add
 * @property {(file: File) => Promise<Changes>} changes in a picture that may be a sheet
 * @property {(file: File, tiling: Tiling, most: number) => Promise<{ taken: number, blank: number, tooMany: number }>} cut
 *   one picture into many; those of one colour alone are left out
 * @property {(chosen: Chosen, out: Chosen | HoldOut) => Finished} finish of the pictures taken these, and which are
 *   held out beside them, or of them
 * @property {(found: readonly Found[], wish: Partial<How>, holdOut: HoldOut) => Promise<Numbers>} numbers reads arrays
 */

/**
 * Pictures that came as numbers.
 * @typedef {object} NumbersRead
 * @property {How} how they were taken
 * @property {string[]} classes by label; none without labels
 * @property {number[]} counts of each
 * @property {number} tooMany pictures that were left out
 * @property {boolean} comesHeldOut whether some of them do
 */

/** @typedef {NumbersRead & Finished} Numbers */

/** Draws pictures; without one they are decoded by hand. @type {Canvas | undefined} */
let canvas;
/** @type {How} */
let how = { ...DIGITS, fit: "crop" };
/** Those taken. @type {Uint8Array[]} */
const pictures = [];

/**
 * @param {{ width: number, height: number }} size
 * @returns {Unread | undefined} why a picture of that size is not taken
 */
function flawOf({ width, height }) {
  if (width * height > LIMITS.pixels) return "tooLarge";
  return Math.min(width, height) < LIMITS.side ? "tooSmall" : undefined;
}

/**
 * How large a picture is, before anything decodes it.
 * @param {File} file
 */
async function sizeOf(file) {
  const sizeIn = async (/** @type {Blob} */ part) =>
    dimensionsOf(new Uint8Array(await part.arrayBuffer()));
  // Cameras may write more than that before the size.
  return (await sizeIn(file.slice(0, HEAD_BYTES))) ?? sizeIn(file);
}

/**
 * @param {File} file
 * @param {How} how
 * @returns {Promise<{ bytes: Uint8Array, width: number, height: number } | Unread>} with its own size
 */
async function read(file, how) {
  try {
    const size = await sizeOf(file);
    if (size === undefined) return "undecodable";
    const flaw = flawOf(size);
    if (flaw !== undefined) return flaw;
    if (canvas === undefined) {
      const pixels = await decodePixels(file);
      return { ...pixels, bytes: shrinkPixels(pixels, how, how.fit) };
    }
    const picture = await createImageBitmap(file);
    try {
      const { width, height } = picture;
      const drawn = flawOf(picture) ?? canvas.draw(picture, how.side, how.fit);
      return typeof drawn === "string" ? drawn : { width, height, bytes: shrinkPixels(drawn, how) };
    } finally {
      picture.close();
    }
  } catch {
    return "undecodable";
  }
}

/**
 * @param {File[]} files
 * @param {How} how
 */
async function readAll(files, how) {
  const all = [];
  for (let from = 0; from < files.length; from += AT_ONCE) {
    const some = files.slice(from, from + AT_ONCE).map((file) => read(file, how));
    all.push(...(await Promise.all(some)));
  }
  return all;
}

/**
 * @param {Pixels | ImageBitmap} sheet
 * @param {number} x
 * @param {number} y
 * @param {number} side
 * @returns {Promise<Uint8Array>}
 */
async function tileOf(sheet, x, y, side) {
  if ("rgba" in sheet) {
    const rgba = new Uint8ClampedArray(4 * side * side);
    for (let row = 0; row < side; row++) {
      const from = 4 * ((y + row) * sheet.width + x);
      rgba.set(sheet.rgba.subarray(from, from + 4 * side), 4 * side * row);
    }
    return shrinkPixels({ rgba, width: side, height: side }, how);
  }
  const tile = await createImageBitmap(sheet, x, y, side, side);
  const drawn = /** @type {Canvas} */ (canvas).draw(tile, how.side, how.fit);
  tile.close();
  return shrinkPixels(drawn, how);
}

/**
 * @param {Uint8Array[]} those pictures
 * @param {number[] | undefined} labels
 * @param {How} how
 * @returns {Made}
 */
function make(those, labels, { side, channels }) {
  return {
    count: those.length,
    images: imagesIdx(those, side, side, channels),
    labels: labels && labelsIdx(Uint8Array.from(labels)),
  };
}

/**
 * @param {Uint8Array[]} those pictures
 * @param {number[] | undefined} labels
 * @param {Made | HoldOut} out
 * @param {How} how
 * @returns {Finished}
 */
function finished(those, labels, out, how) {
  const same = twins(those);
  const tenth = new Set(out === "tenth" ? tenths(those.length, labels, same) : []);
  const part = (/** @type {boolean} */ isOut) => {
    const places = [...those.keys()].filter((place) => tenth.has(place) === isOut);
    const own = labels && places.map((place) => labels[place]);
    return { own, pictures: places.map((place) => those[place]) };
  };
  const { own, pictures } = part(false);
  const shown = spread(pictures.length, own, PREVIEWED).map((place) => pictures[place]);
  const { side, channels } = how;
  const aside = tenth.size === 0 ? undefined : part(true);
  return {
    learned: make(pictures, own, how),
    heldOut: typeof out === "object" ? out : aside && make(aside.pictures, aside.own, how),
    preview: imagesIdx(shown, side, side, channels).subarray(channels === 1 ? 16 : 20),
    twins: same,
  };
}

/**
 * @param {Part} part
 * @param {Partial<How>} wish
 * @returns {How}
 */
function howOf({ width, height, channels }, wish) {
  const isNative = width === height && SIDES.includes(width);
  const suggested = isNative
    ? { side: width, channels }
    : suggest([{ width, height, isColour: channels === 3 }]);
  const { side = suggested.side, channels: wished = suggested.channels, fit = "crop" } = wish;
  return { side, channels: wished, fit };
}

/**
 * @param {Part} part
 * @param {How} how
 */
function takePart({ count, picture, labels }, how) {
  const taken = Math.min(count, mostOf(how));
  const small = Array.from({ length: taken }, (_, i) => shrinkPixels(picture(i), how, how.fit));
  return { small, labels: labels?.slice(0, taken) };
}

/** @type {PicturesApi} */
const api = {
  ability() {
    if (typeof OffscreenCanvas !== "function" || typeof createImageBitmap !== "function") {
      return "unable";
    }
    if (isCanvasHonest()) canvas = new Canvas();
    return canvas !== undefined || canDecode() ? "able" : "noise";
  },
  async look(files) {
    const all = await readAll(files, GLANCE);
    return all
      .filter((one) => typeof one !== "string")
      .map(({ bytes, width, height }) => ({ width, height, isColour: isColour(bytes) }));
  },
  take(wished) {
    how = wished;
  },
  async add(files) {
    const all = await readAll(files, how);
    for (const one of all) if (typeof one !== "string") pictures.push(one.bytes);
    return all.map((one) => /** @type {Outcome} */ (typeof one === "string" ? one : "taken"));
  },
  async changes(file) {
    if (canvas === undefined) return changesOf(await decodePixels(file));
    const sheet = await createImageBitmap(file);
    const pixels = canvas.whole(sheet);
    sheet.close();
    return changesOf(pixels);
  },
  async cut(file, tiling, most) {
    const sheet = canvas === undefined ? await decodePixels(file) : await createImageBitmap(file);
    const tiles = tilesOf(tiling, sheet);
    let [taken, blank] = [0, 0];
    for (const { x, y } of tiles) {
      if (taken === most) break;
      const tile = await tileOf(sheet, x, y, tiling.side);
      if (tile.every((value, i) => value === tile[i % how.channels])) blank++;
      else taken = pictures.push(tile);
    }
    if ("close" in sheet) sheet.close();
    return { taken, blank, tooMany: tiles.length - taken - blank };
  },
  finish(chosen, out) {
    const those = (/** @type {Chosen} */ { places }) => places.map((place) => pictures[place]);
    const aside = typeof out === "string" ? out : make(those(out), out.labels, how);
    const made = finished(those(chosen), chosen.labels, aside, how);
    return transfer(made, [made.learned.images.buffer]);
  },
  async numbers(found, wish, holdOut) {
    const { learned, heldOut, classes } = await readArrays(found);
    const own = howOf(learned, wish);
    const { small, labels } = takePart(learned, own);
    const aside = heldOut && takePart(heldOut, own);
    const out = aside === undefined ? holdOut : make(aside.small, aside.labels, own);
    const present = [...new Set(labels)].sort((a, b) => a - b);
    return {
      how: own,
      classes: present.map((label) => classes?.[label] ?? String(label)),
      counts: present.map((label) => labels?.filter((one) => one === label).length ?? 0),
      tooMany: learned.count - small.length,
      comesHeldOut: aside !== undefined,
      ...finished(small, labels, out, own),
    };
  },
};

expose(api);
