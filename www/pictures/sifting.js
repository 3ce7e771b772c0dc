// Which of the files that someone dropped are taken as pictures, and what their folders say of them. It
// goes by names, types and sizes; nothing is read here.

import { isPicture } from "../engine/files.js";

/** What is taken at most. */
export const LIMITS = Object.freeze({
  fileBytes: 32 * 1024 * 1024,
  pixels: 64_000_000,
  /** The least that a picture is high and wide. */
  side: 4,
  pictures: 60_000,
  totalBytes: 2 * 1024 * 1024 * 1024,
  /** Files of folders that are looked at, pictures or not. */
  files: 100_000,
});

/** Why a file was left out, in the order in which it is told. */
export const REASONS = /** @type {const} */ ([
  "otherPart",
  "clutter",
  "notPicture",
  "undecodable",
  "tooLarge",
  "tooSmall",
  "blank",
  "tooMany",
  "tooMuch",
]);

/** @typedef {typeof REASONS[number]} Reason */

/** A file, and where it lay in what was dropped: "cats/7.png". @typedef {{ file: File, path: string }} Found */

/** How many files were left out, by reason. @typedef {Record<Reason, number>} Skipped */

/** @returns {Skipped} */
export function nothingSkipped() {
  const none = REASONS.map((reason) => [reason, 0]);
  return /** @type {Skipped} */ (Object.fromEntries(none));
}

/** What systems leave beside other files. */
const CLUTTER = ["__macosx", "@eadir", "$recycle.bin", "thumbs.db", "desktop.ini"];

/**
 * Whether a path is that of a hidden file, or of one that a system left. (Rust's `names.rs` says the
 * same of files that it finds.)
 * @param {string} path
 */
export function isClutter(path) {
  return path
    .split("/")
    .some((name) => name.startsWith(".") || CLUTTER.includes(name.toLowerCase()));
}

/**
 * Pictures out of what was found, in order, within the limits.
 * @param {readonly Found[]} found
 * @param {(path: string) => boolean} [isWanted] of pictures
 * @returns {{ kept: Found[], skipped: Skipped }}
 */
export function sift(found, isWanted = () => true) {
  const kept = [];
  const skipped = nothingSkipped();
  let bytes = 0;
  for (const one of found) {
    const { size } = one.file;
    /** @type {Reason | undefined} */
    let reason;
    if (isClutter(one.path)) reason = "clutter";
    else if (!isPicture(one.file)) reason = "notPicture";
    else if (!isWanted(one.path)) reason = "otherPart";
    else if (size > LIMITS.fileBytes) reason = "tooLarge";
    else if (kept.length === LIMITS.pictures) reason = "tooMany";
    else if (bytes + size > LIMITS.totalBytes) reason = "tooMuch";
    if (reason === undefined) {
      kept.push(one);
      bytes += size;
    } else {
      skipped[reason] += 1;
    }
  }
  return { kept, skipped };
}
