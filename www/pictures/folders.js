// What was dropped, with all that lies in its folders. It only lists: no file is read.

import { LIMITS } from "./sifting.js";

/** @import { Found } from "./sifting.js" */

/**
 * @param {readonly FileSystemEntry[]} entries
 * @param {object} watch
 * @param {AbortSignal} watch.signal
 * @param {(files: number) => void} watch.onProgress
 * @returns {Promise<{ found: Found[], isCut: boolean }>} cut: there were too many files
 */
export async function filesIn(entries, { signal, onProgress }) {
  /** @type {Found[]} */
  const found = [];
  const waiting = [...entries].reverse();
  let isCut = false;
  for (let entry = waiting.pop(); entry !== undefined; entry = waiting.pop()) {
    signal.throwIfAborted();
    if (found.length === LIMITS.files) {
      isCut = true;
      break;
    }
    if (isFolder(entry)) {
      const inside = await childrenOf(entry);
      waiting.push(...inside.reverse());
      onProgress(found.length);
    } else {
      const file = await fileOf(/** @type {FileSystemFileEntry} */ (entry));
      if (file !== undefined) found.push({ file, path: entry.fullPath.replace(/^\//, "") });
    }
  }
  return { found, isCut };
}

/**
 * @param {FileSystemEntry} entry
 * @returns {entry is FileSystemDirectoryEntry}
 */
function isFolder(entry) {
  return entry.isDirectory;
}

/**
 * @param {FileSystemDirectoryEntry} folder
 * @returns {Promise<FileSystemEntry[]>} sorted, as no browser promises an order; none where it cannot be read
 */
async function childrenOf(folder) {
  const reader = folder.createReader();
  /** @type {FileSystemEntry[]} */
  const all = [];
  try {
    for (;;) {
      /** @type {FileSystemEntry[]} */
      const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
      if (some.length === 0) break;
      all.push(...some);
    }
  } catch (error) {
    console.warn("WebGAN cannot read all of a folder:", error);
  }
  return all.sort((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }));
}

/**
 * @param {FileSystemFileEntry} entry
 * @returns {Promise<File | undefined>} nothing where it has gone meanwhile
 */
function fileOf(entry) {
  return new Promise((resolve) => entry.file(resolve, () => resolve(undefined)));
}
