// Which of the files that someone dropped are taken as pictures, and what their folders say of them. It
// goes by names, types and sizes; nothing is read here.

import { isPicture } from "../files.js";

/** What is taken at most. */
export const LIMITS = Object.freeze({
  fileBytes: 32 * 1024 * 1024,
  pixels: 64_000_000,
  pictures: 60_000,
  totalBytes: 2 * 1024 * 1024 * 1024,
  /** Files of folders that are looked at, pictures or not. */
  files: 100_000,
});

/** Why a file was left out, in the order in which it is told. */
export const REASONS = /** @type {const} */ ([
  "notPicture",
  "undecodable",
  "tooLarge",
  "tooMany",
  "tooMuch",
]);

/** @typedef {typeof REASONS[number]} Reason */

/** A file, and where it lay in what was dropped: "cats/7.png". @typedef {{ file: File, path: string }} Found */

/** How many files were left out, by reason. @typedef {Record<Reason, number>} Skipped */

/** Labels are bytes. */
const MAX_CLASSES = 256;

/** @returns {Skipped} */
export function nothingSkipped() {
  return { notPicture: 0, undecodable: 0, tooLarge: 0, tooMany: 0, tooMuch: 0 };
}

/**
 * @param {readonly Found[]} found
 * @returns {{ kept: Found[], skipped: Skipped }}
 */
export function sift(found) {
  const kept = [];
  const skipped = nothingSkipped();
  let bytes = 0;
  for (const one of found) {
    const { size } = one.file;
    /** @type {Reason | undefined} */
    let reason;
    if (!isPicture(one.file)) reason = "notPicture";
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

/**
 * The folders as classes: the first ones in which the pictures differ, and only if every picture lies
 * in one.
 * @param {readonly string[]} paths
 * @returns {{ names: string[], labels: number[] } | undefined}
 */
export function classesOf(paths) {
  const folders = paths.map((path) => path.split("/").slice(0, -1));
  const depth = sharedDepth(folders);
  if (folders.some((folder) => folder.length === depth)) return undefined;
  const own = folders.map((folder) => folder[depth]);
  const names = [...new Set(own)];
  if (names.length < 2 || names.length > MAX_CLASSES) return undefined;
  names.sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  const labels = own.map((name) => names.indexOf(name));
  return { names, labels };
}

/**
 * What the data are called: the folder that all pictures lie in, or the one picture.
 * @param {readonly string[]} paths
 * @returns {string | undefined} where there is neither
 */
export function nameOf(paths) {
  if (paths.length === 1) return paths[0].split("/").at(-1);
  const folders = paths.map((path) => path.split("/").slice(0, -1));
  return folders[0]?.[sharedDepth(folders) - 1];
}

/**
 * How many folders, from the first on, all have in common.
 * @param {readonly string[][]} folders
 */
function sharedDepth(folders) {
  let depth = 0;
  const [first = []] = folders;
  while (depth < first.length && folders.every((folder) => folder[depth] === first[depth])) depth++;
  return depth;
}
