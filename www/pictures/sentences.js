// What is said about pictures of one's own, made of the words for it and of what was counted.

import { pictures as texts } from "../english.js?pictures";
import { count } from "../format.js";
import { LIMITS, REASONS } from "./sifting.js";

/** @import { Skipped } from "./sifting.js" */

const MEGABYTE = 1024 ** 2;
/** Classes whose names are told. */
const NAMED = 10;

/**
 * @param {number} taken
 * @param {readonly string[]} classes
 */
export function takenWords(taken, classes) {
  if (classes.length === 0) return texts.taken(taken, count(taken));
  const named = classes.slice(0, NAMED).join(", ");
  const names = classes.length > NAMED ? texts.andMore(named, classes.length - NAMED) : named;
  return texts.takenFromFolders(taken, count(taken), names);
}

/**
 * @param {Skipped} skipped
 * @returns {string} nothing where none was
 */
export function skippedWords(skipped) {
  const { reasons } = texts;
  /** @type {Record<keyof Skipped, (counted: string) => string>} */
  const words = {
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
