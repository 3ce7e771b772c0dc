// What is said about pictures of one's own, made of the words for it and of what was counted.

import { pictures as texts } from "../english.js?pictures";
import { count } from "../format.js";
import { LIMITS, REASONS } from "./sifting.js";

/** @import { Arrangement } from "./classes.js" */
/** @import { Skipped } from "./sifting.js" */

const MEGABYTE = 1024 ** 2;
/** Classes whose names are told. */
const NAMED = 10;

/**
 * @param {number} taken
 * @param {Pick<Arrangement, "classes" | "counts">} arrangement
 */
export function takenWords(taken, { classes, counts }) {
  if (classes.length === 0) return texts.taken(taken, count(taken));
  const counted = classes.map((name, i) => texts.classCount(name, count(counts[i])));
  return texts.takenFromFolders(taken, count(taken), listed(counted));
}

/** @param {readonly string[]} names */
export function listed(names) {
  const first = names.slice(0, NAMED).join(", ");
  return names.length > NAMED ? texts.andMore(first, names.length - NAMED) : first;
}

/**
 * @param {Skipped} skipped
 * @returns {string} nothing where none was
 */
export function skippedWords(skipped) {
  const { reasons } = texts;
  /** @type {Record<keyof Skipped, (counted: string) => string>} */
  const words = {
    otherPart: reasons.otherPart,
    clutter: reasons.clutter,
    notPicture: reasons.notPicture,
    undecodable: reasons.undecodable,
    tooLarge: (counted) =>
      reasons.tooLarge(counted, LIMITS.fileBytes / MEGABYTE, LIMITS.pixels / 1e6),
    tooMany: (counted) => reasons.tooMany(counted, count(LIMITS.pictures)),
    tooMuch: (counted) => reasons.tooMuch(counted, LIMITS.totalBytes / MEGABYTE / 1024),
  };
  const told = REASONS.filter((reason) => skipped[reason] > 0);
  if (told.length === 0) return "";
  return texts.leftOut(told.map((reason) => words[reason](count(skipped[reason]))).join(", "));
}
