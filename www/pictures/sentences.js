// What is said about pictures of one's own, made of the words for it and of what was counted.

import { pictures as texts } from "#words/pictures.js";
import { LIMITS, REASONS } from "./sifting.js";

/** @import { Arrangement } from "./classes.js" */
/** @import { Report } from "./reading.js" */
/** @import { Found, Skipped } from "./sifting.js" */

const MEGABYTE = 1024 ** 2;
/** Classes whose names are told. */
const NAMED = 10;

/**
 * What was taken, and what is odd about it.
 * @param {Pick<Report, "taken" | "areAlike"> & { arrangement: Pick<Arrangement, "classes" | "counts" | "beside"> }} report
 */
export function takenWords({ taken, areAlike, arrangement: { classes, counts, beside } }) {
  const counted = classes.map((name, i) => texts.classCount(name, counts[i]));
  const words =
    classes.length === 0 ? texts.taken(taken) : texts.takenFromFolders(taken, listed(counted));
  const odd = [beside > 0 ? texts.beside(beside) : [], areAlike ? texts.alike : []].flat();
  return [words, ...odd].join(" ");
}

/**
 * Why none of some pictures could be taken, and what to do.
 * @param {readonly Found[]} pictures
 * @param {Skipped} skipped
 */
export function noneWords(pictures, skipped) {
  const names = pictures.map(({ path }) => `“${path}”`);
  const none = names.length === 1 ? texts.noneOfOne(names[0]) : texts.none(listed(names));
  const { empty, tooLarge, unreadable } = texts.cures;
  if (pictures.every(({ file }) => file.size === 0)) return `${none} ${empty}`;
  return `${none} ${skipped.undecodable === 0 && skipped.tooLarge > 0 ? tooLarge : unreadable}`;
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
  /** @type {Record<keyof Skipped, (count: number) => string>} */
  const words = {
    otherPart: reasons.otherPart,
    clutter: reasons.clutter,
    notPicture: reasons.notPicture,
    undecodable: reasons.undecodable,
    tooLarge: (count) => reasons.tooLarge(count, LIMITS.fileBytes / MEGABYTE, LIMITS.pixels / 1e6),
    tooMany: (count) => reasons.tooMany(count, LIMITS.pictures),
    tooMuch: (count) => reasons.tooMuch(count, LIMITS.totalBytes / MEGABYTE / 1024),
  };
  const told = REASONS.filter((reason) => skipped[reason] > 0);
  if (told.length === 0) return "";
  return texts.leftOut(told.map((reason) => words[reason](skipped[reason])).join(", "));
}
