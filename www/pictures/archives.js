// Files in the place of the archives that hold them: zip, tar, and tar packed by gzip. An archive in an archive
// stays one.

import { pictures as texts } from "#words/pictures.js";
import { isClutter, LIMITS } from "./sifting.js";
import { inflated, zipEntries } from "./zip.js";

/** @import { Found } from "./sifting.js" */
/** @import { Entry } from "./zip.js" */

const ARCHIVE = /\.(zip|tar|tar\.gz|tgz)$/i;
const BLOCK = 512;

/**
 * @param {readonly Found[]} found
 * @param {AbortSignal} signal
 * @returns {Promise<Found[]>}
 */
export async function unpacked(found, signal) {
  /** @type {Found[]} */
  const all = [];
  let bytes = 0;
  for (const one of found) {
    if (!ARCHIVE.test(one.path) || isClutter(one.path)) {
      all.push(one);
      continue;
    }
    const top = one.path.replace(ARCHIVE, "");
    try {
      for (const { path, size, open } of await entriesOf(one.file)) {
        signal.throwIfAborted();
        if (isClutter(path)) continue;
        bytes += size;
        if (bytes > LIMITS.totalBytes || all.length >= LIMITS.files) {
          throw new Error(texts.archives.tooLarge);
        }
        const name = path.slice(path.lastIndexOf("/") + 1);
        all.push({ file: new File([await open()], name), path: `${top}/${path}` });
      }
    } catch (error) {
      if (signal.aborted || !(error instanceof Error)) throw error;
      // A stream that breaks off has words of its own.
      const isOurs = Object.values(texts.archives).includes(error.message);
      throw new Error(
        texts.archive(one.file.name, isOurs ? error.message : texts.archives.damaged),
        { cause: error },
      );
    }
  }
  return all;
}

/**
 * @param {File} file
 * @returns {Promise<Entry[]>}
 */
async function entriesOf(file) {
  if (/\.zip$/i.test(file.name)) return zipEntries(file);
  const isPacked = /gz$/i.test(file.name);
  return tarEntries(isPacked ? await inflated(file, "gzip", LIMITS.totalBytes) : file);
}

/**
 * Files of a tar: each has a block of 512 bytes before it, with its name first and its size in octal.
 * @param {Blob} tar
 */
async function tarEntries(tar) {
  /** @type {Entry[]} */
  const entries = [];
  for (let at = 0; at + BLOCK <= tar.size;) {
    const head = new Uint8Array(await tar.slice(at, at + BLOCK).arrayBuffer());
    if (head[0] === 0) break;
    const text = (/** @type {number} */ from, /** @type {number} */ length) =>
      new TextDecoder().decode(head.subarray(from, from + length)).split("\0")[0];
    const size = Number.parseInt(text(124, 12), 8);
    const start = at + BLOCK;
    if (!(size >= 0) || start + size > tar.size) throw new Error(texts.archives.damaged);
    const path = [text(345, 155), text(0, 100)].filter((part) => part !== "").join("/");
    const isFile = head[156] === 0 || head[156] === "0".charCodeAt(0);
    if (isFile) entries.push({ path, size, open: async () => tar.slice(start, start + size) });
    at = start + Math.ceil(size / BLOCK) * BLOCK;
  }
  if (entries.length === 0) throw new Error(texts.archives.damaged);
  return entries;
}
