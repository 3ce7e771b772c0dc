// Small file chores: writing without half-written files, and hashing what a step depends on.

import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";

/** @param {string | NodeJS.ArrayBufferView} bytes */
export function sha256(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}

/**
 * The file appears under its name whole or not at all.
 * @param {string} file
 * @param {string | NodeJS.ArrayBufferView} bytes
 */
export function writeWhole(file, bytes) {
  const half = `${file}.${process.pid}.part`;
  writeFileSync(half, bytes);
  renameSync(half, file);
}

/**
 * Puts a folder with these files in the place of `folder`: the old set or the new, never a mixture.
 * @param {string} folder
 * @param {Map<string, Uint8Array>} files
 */
export function replaceFolder(folder, files) {
  const fresh = path.join(path.dirname(folder), `.${path.basename(folder)}-${process.pid}`);
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  for (const [name, bytes] of files) writeFileSync(path.join(fresh, name), bytes);
  rmSync(folder, { recursive: true, force: true });
  renameSync(fresh, folder);
}

/**
 * One hash over the names and contents of files and folders below `base`.
 * @param {string} base
 * @param {string[]} names
 * @param {string[]} [also] settings that matter as much as the files
 */
export function fingerprint(base, names, also = []) {
  const hash = createHash("sha256");
  for (const line of also) hash.update(`${line}\0`);
  for (const name of names) {
    for (const file of filesBelow(base, name)) {
      const bytes = readFileSync(path.join(base, file));
      hash.update(`${file}\0${bytes.length}\0`).update(bytes);
    }
  }
  return hash.digest("hex");
}

/**
 * @param {string} base
 * @param {string} name
 * @returns {string[]} in an order that does not depend on the file system
 */
function filesBelow(base, name) {
  let entries;
  try {
    entries = readdirSync(path.join(base, name), { withFileTypes: true });
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === "ENOTDIR") return [name];
    if (code === "ENOENT") return [];
    throw error;
  }
  return entries
    .map((entry) => `${name}/${entry.name}`)
    .sort()
    .flatMap((child) => filesBelow(base, child));
}
