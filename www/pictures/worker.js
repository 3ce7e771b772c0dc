// The worker that turns pictures into IDX files, so that the page stays free: decodes them, shrinks
// them, keeps the greys until all are there. It knows no network and no training.

import { expose, transfer } from "comlink";
import "../engine/error-wire.js";
import { imagesIdx, labelsIdx } from "../formats/exports.js";
import { canDecode, decodePixels } from "./decoding.js";
import { dimensionsOf, HEAD_BYTES } from "./dimensions.js";
import { areAlike, isCanvasHonest, shrinkPixels, Shrinker, SIDE } from "./pixels.js";
import { LIMITS } from "./sifting.js";

/** Pictures that are decoded at once. */
const AT_ONCE = 4;

/** What became of a picture. @typedef {"taken" | "undecodable" | "tooLarge"} Outcome */

/**
 * Two IDX files.
 * @typedef {object} Made
 * @property {Uint8Array<ArrayBuffer>} images
 * @property {Uint8Array<ArrayBuffer> | undefined} labels
 * @property {boolean} areAlike whether all are one picture
 */

/**
 * @typedef {object} PicturesApi
 * @property {() => "able" | "unable" | "noise"} ability whether this browser can read pictures in a worker;
 *   noise: its canvases lie, and there is nothing else
 * @property {(files: File[]) => Promise<Outcome[]>} add
 * @property {(chosen: number[], labels: number[] | undefined) => Made} finish of the pictures taken these, by their
 *   places from 0, with a label each
 */

/** Makes pictures small on a canvas; without one they are decoded by hand. @type {Shrinker | undefined} */
let shrinker;
/** Those taken. @type {Uint8Array[]} */
const pictures = [];

/** @param {{ width: number, height: number }} size */
function isTooLarge({ width, height }) {
  return width * height > LIMITS.pixels;
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
 * @returns {Promise<Uint8Array | "undecodable" | "tooLarge">} greys
 */
async function read(file) {
  try {
    const size = await sizeOf(file);
    if (size === undefined) return "undecodable";
    if (isTooLarge(size)) return "tooLarge";
    if (shrinker === undefined) {
      const { rgba, width, height } = await decodePixels(file);
      return shrinkPixels(rgba, width, height);
    }
    const picture = await createImageBitmap(file);
    try {
      return isTooLarge(picture) ? "tooLarge" : shrinker.shrink(picture);
    } finally {
      picture.close();
    }
  } catch {
    return "undecodable";
  }
}

/** @type {PicturesApi} */
const api = {
  ability() {
    if (typeof OffscreenCanvas !== "function" || typeof createImageBitmap !== "function") {
      return "unable";
    }
    if (isCanvasHonest()) shrinker = new Shrinker();
    return shrinker !== undefined || canDecode() ? "able" : "noise";
  },
  async add(files) {
    /** @type {Outcome[]} */
    const outcomes = [];
    for (let from = 0; from < files.length; from += AT_ONCE) {
      for (const picture of await Promise.all(files.slice(from, from + AT_ONCE).map(read))) {
        if (typeof picture !== "string") pictures.push(picture);
        outcomes.push(typeof picture === "string" ? picture : "taken");
      }
    }
    return outcomes;
  },
  finish(chosen, labels) {
    const those = chosen.map((place) => pictures[place]);
    const files = {
      images: imagesIdx(those, SIDE, SIDE),
      labels: labels && labelsIdx(Uint8Array.from(labels)),
      areAlike: areAlike(those),
    };
    return transfer(files, [files.images.buffer]);
  },
};

expose(api);
