// Fetches a file of the site, with an end: a host that takes a request and says nothing would be waited for for
// ever. A file that is not there is told from a host that fails. A cache that holds something else in a file's place
// (the page of a network's log-in, of a host that was down) is passed by. It knows nothing of what is in the files.

import { refusals as texts } from "#words/refusals.js";
import { CodedError } from "../kit/errors.js";
import { MAX_FILE_BYTES } from "../engine/files.js";

/** @typedef {{ name: string, bytes: Uint8Array }} Named */

/** By then an answer begins to arrive, or none will. */
const BEGIN_MS = 30_000;
/** The largest file, on a slow connection. */
const WHOLE_MS = 600_000;

/** Whether what came last was no good, so that no cache is believed. */
let isDoubtful = false;

/** @param {boolean} areDoubtful whether the files that came were not what they should be: then no cache is asked */
export function doubtCaches(areDoubtful) {
  isDoubtful = areDoubtful;
}

/**
 * @param {string} url of a file, not of a page
 * @param {number} [wholeMs] by then all of it is here, or given up
 */
export async function fetchInTime(url, wholeMs = WHOLE_MS) {
  const response = await fetchOnce(url, wholeMs, isDoubtful ? "reload" : "default");
  const mayBeOld = !isDoubtful && response.ok && isPage(response);
  return mayBeOld ? fetchOnce(url, wholeMs, "reload") : response;
}

/**
 * @param {string} url
 * @param {number} wholeMs
 * @param {RequestCache} cache
 */
async function fetchOnce(url, wholeMs, cache) {
  const control = new AbortController();
  const giveUp = () => control.abort(new DOMException(undefined, "TimeoutError"));
  const begin = setTimeout(giveUp, BEGIN_MS);
  setTimeout(giveUp, wholeMs);
  try {
    return await fetch(url, { signal: control.signal, cache });
  } finally {
    clearTimeout(begin);
  }
}

/** @param {unknown} error of a fetch, or of reading what it fetched */
export function isTooLate(error) {
  return error instanceof DOMException && error.name === "TimeoutError";
}

/**
 * The text of a page, such as the list of a folder.
 * @param {string} url
 * @returns {Promise<string | undefined>} nothing where there is none
 */
export async function fetchPage(url) {
  try {
    const response = await fetchOnce(url, WHOLE_MS, "default");
    return response.ok && isPage(response) ? await response.text() : undefined;
  } catch {
    return undefined; // the files themselves may be there
  }
}

/**
 * Throws with the codes `data.fetch` (the host fails or is not there: another time it may be) and `data.too_large`.
 * @param {string} address
 * @param {number} [wholeMs] as `fetchInTime`
 * @returns {Promise<Named | undefined>} nothing where the site has no such file
 */
export async function fetchFile(address, wholeMs) {
  const url = new URL(address);
  const name = nameIn(url);
  let response, bytes;
  try {
    response = await fetchInTime(url.href, wholeMs);
    const size = Number(response.headers.get("content-length") ?? 0);
    if (size <= MAX_FILE_BYTES) bytes = new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    const message = isTooLate(error) ? texts.fetchSilent(name) : texts.fetchBroke(name);
    throw new CodedError("data.fetch", message, { cause: error });
  }
  // Some servers answer a missing file with a page of their own and "200 OK".
  const isMissing = [404, 410].includes(response.status) || (response.ok && isPage(response));
  if (isMissing) return undefined;
  if (!response.ok) {
    throw new CodedError("data.fetch", texts.fetchAnswered(name, response.status));
  }
  if (bytes === undefined) throw tooLarge(name);
  return { name, bytes };
}

/** @param {Response} response */
export function isPage(response) {
  return response.headers.get("content-type")?.startsWith("text/html") ?? false;
}

/** @param {string} name */
export function tooLarge(name) {
  return new CodedError("data.too_large", texts.dataTooLarge(name, MAX_FILE_BYTES / 1024 / 1024));
}

/** @param {URL} url */
function nameIn(url) {
  const name = url.pathname.split("/").at(-1) ?? "";
  try {
    return decodeURIComponent(name);
  } catch {
    return name; // a lone percent sign
  }
}
