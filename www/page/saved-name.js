// Where this browser keeps a run, and whether it can have one: so little that a page without one loads no
// more (saved-run.js does the rest).

import { isOpaque } from "../kit/frame.js";

/**
 * The database's name: an origin may have other sites below other paths.
 * @param {string} page
 */
export function savedName(page) {
  return `webgan ${new URL(".", page).pathname}`;
}

/**
 * Whether it is worth looking for a run of an earlier visit.
 * @param {string} page
 * @returns {Promise<boolean>}
 */
export async function mayHaveSaved(page) {
  if (isOpaque()) return false; // there Chromium rejects a promise that nobody can catch
  try {
    const databases = await indexedDB.databases();
    return databases.some(({ name }) => name === savedName(page));
  } catch {
    return false; // no storage, or a browser too old to say
  }
}
