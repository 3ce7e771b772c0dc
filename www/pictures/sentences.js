// What is said about pictures of one's own, made of the words for it and of what was counted.

import { pictures as texts } from "#words/pictures.js";
import { DIGITS, mostOf } from "./shape.js";
import { LIMITS, REASONS } from "./sifting.js";
import { FEWEST } from "./tenths.js";

/** @import { Arrangement } from "./classes.js" */
/** @import { Report, Unreadable } from "./reading.js" */
/** @import { Shape } from "./shape.js" */
/** @import { Found, Skipped } from "./sifting.js" */

const MEGABYTE = 1024 ** 2;
/** Classes whose names are told. */
const NAMED = 10;
/** Files that are. */
const FILES_NAMED = 3;

/**
 * What was taken, and what is odd about it.
 * @param {Pick<Report, "taken" | "twins" | "heldOut" | "tenth" | "sheet">
 *   & { arrangement: Pick<Arrangement, "classes" | "counts" | "beside" | "levels"> }} report
 */
export function takenWords({ taken, twins, heldOut, tenth, sheet, arrangement }) {
  const { classes, counts, beside, levels } = arrangement;
  const counted = classes.map((name, i) => texts.classCount(name, counts[i]));
  const inClasses = levels.length > 0 ? texts.takenFromFolders : texts.takenInClasses;
  const words = classes.length === 0 ? texts.taken(taken) : inClasses(taken, listed(counted));
  const odd = [
    sheet !== undefined && sheet.tiling === undefined ? texts.maybeSheet : [],
    heldOut === undefined ? [] : texts.heldOutCount(heldOut),
    taken === 0 ? [] : tenthWords(tenth),
    beside > 0 ? texts.beside(beside) : [],
    twinWords(taken, twins),
  ].flat();
  return [words, ...odd].join(" ");
}

/** @param {Report["tenth"]} tenth */
function tenthWords(tenth) {
  if (tenth === undefined) return [];
  return tenth === 0 ? texts.noTenth(FEWEST) : texts.tenth(tenth);
}

/**
 * @param {number} taken
 * @param {Report["twins"]} twins
 */
function twinWords(taken, twins) {
  if (twins.length === 0) return [];
  if (twins.length === taken - 1) return texts.alike;
  const pairs = twins.map(([path, first]) => texts.twin(quoted(path), quoted(first)));
  return texts.twins(twins.length, listed(pairs, FILES_NAMED));
}

/**
 * Why none of some pictures could be taken, and what to do.
 * @param {readonly Found[]} pictures
 * @param {Skipped} skipped
 */
export function noneWords(pictures, skipped) {
  const names = pictures.map(({ path }) => quoted(path));
  const none = names.length === 1 ? texts.noneOfOne(names[0]) : texts.none(listed(names));
  const { empty, tooLarge, tooSmall, unreadable } = texts.cures;
  if (pictures.every(({ file }) => file.size === 0)) return `${none} ${empty}`;
  if (skipped.undecodable > 0) return `${none} ${unreadable}`;
  if (skipped.tooLarge > 0) return `${none} ${tooLarge}`;
  return `${none} ${skipped.tooSmall > 0 ? tooSmall : unreadable}`;
}

/** @param {string} name */
function quoted(name) {
  return `“${name}”`;
}

/**
 * @param {readonly string[]} names
 * @param {number} [most]
 */
export function listed(names, most = NAMED) {
  const first = names.slice(0, most).join(", ");
  return names.length > most ? texts.andMore(first, names.length - most) : first;
}

/**
 * @param {Skipped} skipped
 * @param {object} [what]
 * @param {readonly Unreadable[]} [what.unreadable] files, to be named
 * @param {Shape} [what.how] the others were taken
 * @returns {string} nothing where none was
 */
export function skippedWords(skipped, { unreadable = [], how = DIGITS } = {}) {
  const { reasons } = texts;
  /** @type {Record<keyof Skipped, (count: number) => string>} */
  const words = {
    otherPart: reasons.otherPart,
    clutter: reasons.clutter,
    notPicture: reasons.notPicture,
    undecodable: reasons.undecodable,
    tooLarge: (count) => reasons.tooLarge(count, LIMITS.fileBytes / MEGABYTE, LIMITS.pixels / 1e6),
    tooSmall: (count) => reasons.tooSmall(count, LIMITS.side),
    blank: reasons.blank,
    tooMany: (count) => reasons.tooMany(count, mostOf(how)),
    tooMuch: (count) => reasons.tooMuch(count, LIMITS.totalBytes / MEGABYTE / 1024),
  };
  const told = REASONS.filter((reason) => skipped[reason] > 0).map((reason) => {
    const names = unreadable.filter(({ why }) => why === reason).map(({ path }) => quoted(path));
    const counted = words[reason](skipped[reason]);
    return names.length === 0 ? counted : texts.named(counted, listed(names, FILES_NAMED));
  });
  return told.length === 0 ? "" : texts.leftOut(told.join(", "));
}
