// The sentences about pictures of one's own; they are loaded with what reads them.

import { count } from "../format.js";
import { LIMITS, REASONS } from "./sifting.js";

/** @import { Reason, Skipped } from "./sifting.js" */

const megabytes = (/** @type {number} */ bytes) => `${bytes / 1024 / 1024} MB`;

/** @type {Record<Reason, string>} */
const reasons = {
  notPicture: "not a picture",
  undecodable: "could not be decoded",
  tooLarge: `larger than ${megabytes(LIMITS.fileBytes)} or ${LIMITS.pixels / 1e6} million pixels`,
  tooMany: `beyond the first ${count(LIMITS.pictures)}`,
  tooMuch: `beyond ${LIMITS.totalBytes / 1024 ** 3} GB together`,
};

export const texts = {
  /** @param {number} files */
  looking: (files) => `Looking through the folder: ${count(files)} files.`,
  /**
   * @param {number} done
   * @param {number} total
   */
  reading: (done, total) => `Reading pictures: ${count(done)} of ${count(total)}.`,
  /**
   * @param {number} taken
   * @param {readonly string[]} classes
   */
  taken: (taken, classes) => {
    const folders = classes.length === 0 ? "" : `, the folders as classes: ${names(classes)}`;
    return `${pictures(taken)} taken${folders}.`;
  },
  /** @param {Skipped} skipped */
  skipped: (skipped) => {
    const told = REASONS.filter((reason) => skipped[reason] > 0);
    if (told.length === 0) return "";
    const words = told.map((reason) => `${count(skipped[reason])} ${reasons[reason]}`);
    return `Left out: ${words.join(", ")}.`;
  },
  cut: `Of a folder, the first ${count(LIMITS.files)} files are looked at.`,
  /** @param {number} shown */
  preview: (shown) =>
    shown === 1
      ? "The picture as the networks see it, 28×28 greys."
      : `The first ${shown} pictures as the networks see them, 28×28 greys each.`,
  none: "None of these files could be used as a picture.",
  unable:
    "This browser cannot draw in the background (it has no OffscreenCanvas), so it cannot make pictures small here. IDX files work.",
  broken: "The pictures could not be read: the part of the page that reads them stopped.",
  ownPictures: "Own pictures",
};

/** @param {number} taken */
function pictures(taken) {
  return taken === 1 ? "1 picture" : `${count(taken)} pictures`;
}

/** @param {readonly string[]} classes */
function names(classes) {
  const SHOWN = 10;
  const more = classes.length > SHOWN ? `, and ${classes.length - SHOWN} more` : "";
  return classes.slice(0, SHOWN).join(", ") + more;
}
