// What is said about pictures of one's own, made of the words for it and of what was counted.

import { pictures as texts } from "#words/pictures.js";
import { DIGITS, mostOf } from "./shape.js";
import { LIMITS, REASONS } from "./sifting.js";
import { FEWEST } from "./tenths.js";

/** @import { Arrangement } from "./classes.js" */
/** @import { Report, Unreadable } from "./reading.js" */
/** @import { Shape } from "./shape.js" */
/** @import { Found, Reason, Skipped } from "./sifting.js" */
/** @import { Pictures } from "./taking.js" */

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
  if (areAllAlike(taken, twins)) return texts.alike;
  return texts.twins(twins.length, listed(pairsOf(twins), FILES_NAMED));
}

/**
 * @param {number} taken
 * @param {Report["twins"]} twins
 */
function areAllAlike(taken, twins) {
  return taken > 1 && twins.length === taken - 1;
}

/** @param {Report["twins"]} twins */
function pairsOf(twins) {
  return twins.map(([path, first]) => texts.twin(quoted(path), quoted(first)));
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
  const told = REASONS.filter((reason) => skipped[reason] > 0).map((reason) => {
    const names = namesOf(unreadable, reason);
    const counted = reasonWords(reason, skipped[reason], how);
    return names.length === 0 ? counted : texts.named(counted, listed(names, FILES_NAMED));
  });
  return told.length === 0 ? "" : texts.leftOut(told.join(", "));
}

/**
 * What the sentences name only the first of, in full.
 * @param {Pictures} pictures
 * @returns {{ title: string, names: readonly string[] }[]}
 */
export function fullLists(pictures) {
  if (pictures.stage === "chosen") {
    return longer([{ title: texts.leftOutNames, names: pictures.leftOut }], NAMED);
  }
  if (pictures.stage !== "read") return [];
  const { arrangement, unreadable, skipped, how, twins, taken } = pictures;
  const { classes, counts } = arrangement;
  const unread = REASONS.map((reason) => ({
    title: reasonWords(reason, skipped[reason], how),
    names: namesOf(unreadable, reason),
  }));
  const pairs = areAllAlike(taken, twins) ? [] : pairsOf(twins);
  const files = [{ title: texts.twinCount(twins.length), names: pairs }, ...unread];
  const inClasses = classes.map((name, i) => texts.classCount(name, counts[i]));
  return [
    ...longer([{ title: texts.classNames, names: inClasses }], NAMED),
    ...longer(files, FILES_NAMED),
  ];
}

/**
 * @template {{ names: readonly string[] }} T
 * @param {T[]} lists
 * @param {number} most
 */
function longer(lists, most) {
  return lists.filter(({ names }) => names.length > most);
}

/**
 * @param {readonly Unreadable[]} unreadable
 * @param {Reason} reason
 */
function namesOf(unreadable, reason) {
  return unreadable.filter(({ why }) => why === reason).map(({ path }) => quoted(path));
}

/**
 * @param {Reason} reason
 * @param {number} count
 * @param {Shape} how the others were taken
 */
function reasonWords(reason, count, how) {
  const { reasons } = texts;
  switch (reason) {
    case "tooLarge":
      return reasons.tooLarge(count, LIMITS.fileBytes / MEGABYTE, LIMITS.pixels / 1e6);
    case "tooSmall":
      return reasons.tooSmall(count, LIMITS.side);
    case "tooMany":
      return reasons.tooMany(count, mostOf(how));
    case "tooMuch":
      return reasons.tooMuch(count, LIMITS.totalBytes / MEGABYTE / 1024);
    default:
      return reasons[reason](count);
  }
}
