// The worker that turns pictures into IDX files, so that the page stays free: decodes them, shrinks
// them, keeps the greys until all are there. It knows no network and no training.

import { expose, transfer } from "comlink";
import "../error-wire.js";
import { imagesIdx, labelsIdx } from "../exports.js";
import { dimensionsOf, HEAD_BYTES } from "./dimensions.js";
import { Shrinker, SIDE } from "./pixels.js";
import { LIMITS } from "./sifting.js";

/** Pictures that are decoded at once. */
const AT_ONCE = 4;

/**
 * What became of some pictures.
 * @typedef {{ taken: number, undecodable: number, tooLarge: number }} Outcome
 */

/**
 * @typedef {object} PicturesApi
 * @property {() => boolean} canDraw whether this browser can draw in a worker
 * @property {(files: File[], labels: number[] | undefined) => Promise<Outcome>} add
 * @property {() => { images: Uint8Array<ArrayBuffer>, labels: Uint8Array<ArrayBuffer> | undefined }} finish
 *   two IDX files
 */

/** @type {Shrinker | undefined} */
let shrinker;
/** @type {Uint8Array[]} */
const pictures = [];
/** @type {number[]} one a picture, or none */
const labels = [];

/** @param {{ width: number, height: number }} size */
function isTooLarge({ width, height }) {
  return width * height > LIMITS.pixels;
}

/**
 * @param {File} file
 * @returns {Promise<ImageBitmap | "undecodable" | "tooLarge">}
 */
async function decode(file) {
  try {
    const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
    const said = dimensionsOf(head);
    if (said !== undefined && isTooLarge(said)) return "tooLarge";
    const picture = await createImageBitmap(file);
    if (!isTooLarge(picture)) return picture;
    picture.close();
    return "tooLarge";
  } catch {
    return "undecodable";
  }
}

/** @type {PicturesApi} */
const api = {
  canDraw() {
    return typeof OffscreenCanvas === "function" && typeof createImageBitmap === "function";
  },
  async add(files, labelsOfFiles) {
    shrinker ??= new Shrinker();
    const outcome = { taken: 0, undecodable: 0, tooLarge: 0 };
    for (let from = 0; from < files.length; from += AT_ONCE) {
      const decoded = await Promise.all(files.slice(from, from + AT_ONCE).map(decode));
      for (const [i, picture] of decoded.entries()) {
        if (typeof picture === "string") {
          outcome[picture] += 1;
          continue;
        }
        pictures.push(shrinker.shrink(picture));
        if (labelsOfFiles !== undefined) labels.push(labelsOfFiles[from + i]);
        outcome.taken += 1;
        picture.close();
      }
    }
    return outcome;
  },
  finish() {
    const files = {
      images: imagesIdx(pictures, SIDE, SIDE),
      labels: labels.length === 0 ? undefined : labelsIdx(Uint8Array.from(labels)),
    };
    return transfer(files, [files.images.buffer]);
  },
};

expose(api);
