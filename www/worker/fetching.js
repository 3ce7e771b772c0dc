// Fetches a file of the site, with an end: a host that takes a request and says nothing, or falls silent halfway,
// would be waited for for ever. Who asked may give it up before. A file that is not there is told from a host that
// fails. A cache that holds something else in a file's place (the page of a network's log-in, of a host that was
// down) is passed by. Where the page has the files, it is asked in place of the network. It knows nothing of what is
// in the files.

import { refusals as texts } from "#words/refusals.js";
import { CodedError } from "../kit/errors.js";
import { MAX_FILE_BYTES } from "../engine/files.js";

/** @typedef {{ name: string, bytes: Uint8Array }} Named */

/**
 * An answer that begins to arrive.
 * @typedef {object} Arriving
 * @property {Response} response
 * @property {() => void} end nothing more is wanted of it
 * @property {() => boolean} isSilent whether it was given up because nothing came
 */

/** A host of which nothing has come for so long will send nothing more. */
const SILENCE_MS = 30_000;
/** The code of what was given up by who asked for it. */
export const GIVEN_UP = "fetch.given_up";

/** @import { Files } from "../engine/given.js" */

/** The page's, where it has them. @type {Files | undefined} */
let pageFiles;

/** @param {Files} [files] in place of the network */
export function askForFiles(files) {
  pageFiles = files;
}

/** Whether what came last was no good, so that no cache is believed. */
let isDoubtful = false;

/** @param {boolean} areDoubtful whether the files that came were not what they should be: then no cache is asked */
export function doubtCaches(areDoubtful) {
  isDoubtful = areDoubtful;
}

/**
 * Throws a `TimeoutError` where nothing came, and the signal's reason.
 * @param {string} url of a file, not of a page
 * @param {AbortSignal} [signal] gives it up
 * @returns {Promise<Arriving>}
 */
export async function fetchInTime(url, signal) {
  const arriving = await fetchOnce(url, isDoubtful ? "reload" : "default", signal);
  const { response, end } = arriving;
  if (isDoubtful || !response.ok || !isPage(response)) return arriving;
  end(); // it may be old
  return fetchOnce(url, "reload", signal);
}

/**
 * @param {string} url
 * @param {RequestCache} cache
 * @param {AbortSignal} [signal]
 * @returns {Promise<Arriving>}
 */
async function fetchOnce(url, cache, signal) {
  if (pageFiles !== undefined) return ofPage(pageFiles, url, signal);
  const control = new AbortController();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let clock;
  const hear = () => {
    clearTimeout(clock);
    clock = setTimeout(() => control.abort(new DOMException("", "TimeoutError")), SILENCE_MS);
  };
  const giveUp = () => control.abort(signal?.reason);
  const end = () => {
    clearTimeout(clock);
    signal?.removeEventListener("abort", giveUp);
    control.abort();
  };
  if (signal?.aborted) giveUp();
  signal?.addEventListener("abort", giveUp);
  hear();
  try {
    const response = await fetch(url, { signal: control.signal, cache });
    hear();
    void listen(response.clone(), hear);
    return { response, end, isSilent: () => isTooLate(control.signal.reason) };
  } catch (error) {
    end();
    throw error;
  }
}

/**
 * What the page has, it may have from somebody who is busy: it is waited for.
 * @param {Files} files
 * @param {string} url
 * @param {AbortSignal} [signal]
 * @returns {Promise<Arriving>}
 */
async function ofPage(files, url, signal) {
  const file = await files(url);
  signal?.throwIfAborted();
  const response = new Response(file, { status: file === undefined ? 404 : 200 });
  return { response, end() {}, isSilent: () => false };
}

/**
 * Hears each piece of a body that somebody else reads. The response itself stays as the browser made it: so the
 * program is compiled while it comes, and its code kept.
 * @param {Response} copy
 * @param {() => void} hear
 */
async function listen({ body }, hear) {
  const reader = body?.getReader();
  try {
    while (reader && !(await reader.read()).done) hear();
  } catch {
    // told to who reads the response
  }
}

/** @param {unknown} error of a fetch, or of reading what it fetched */
export function isTooLate(error) {
  return error instanceof DOMException && error.name === "TimeoutError";
}

/**
 * The text of a page, such as the list of a folder.
 * @param {string} url
 * @param {AbortSignal} [signal] gives it up
 * @returns {Promise<string | undefined>} nothing where there is none
 */
export async function fetchPage(url, signal) {
  /** @type {Arriving | undefined} */
  let arriving;
  try {
    arriving = await fetchOnce(url, "default", signal);
    const { response } = arriving;
    return response.ok && isPage(response) ? await response.text() : undefined;
  } catch {
    return undefined; // the files themselves may be there
  } finally {
    arriving?.end();
  }
}

/**
 * Throws with the codes `data.fetch` (the host fails, is silent or is not there: another time it may be),
 * `data.too_large`, and `GIVEN_UP`.
 * @param {string} address
 * @param {AbortSignal} [signal] gives it up
 * @returns {Promise<Named | undefined>} nothing where the site has no such file
 */
export async function fetchFile(address, signal) {
  const url = new URL(address);
  const name = nameIn(url);
  /** @type {Arriving | undefined} */
  let arriving;
  try {
    arriving = await fetchInTime(url.href, signal);
    const { response } = arriving;
    // Some servers answer a missing file with a page of their own and "200 OK".
    const isMissing = [404, 410].includes(response.status) || (response.ok && isPage(response));
    if (isMissing) return undefined;
    if (!response.ok) {
      throw new CodedError("data.fetch", texts.fetchAnswered(name, response.status));
    }
    const size = Number(response.headers.get("content-length") ?? 0);
    if (size > MAX_FILE_BYTES) throw tooLarge(name);
    return { name, bytes: new Uint8Array(await response.arrayBuffer()) };
  } catch (error) {
    if (error instanceof CodedError) throw error;
    if (signal?.aborted) throw new CodedError(GIVEN_UP, texts.givenUp(name), { cause: error });
    const isSilent = isTooLate(error) || arriving?.isSilent();
    const broke = url.protocol === "file:" ? texts.fetchFromDisk : texts.fetchBroke;
    const message = isSilent ? texts.fetchSilent(name) : broke(name);
    throw new CodedError("data.fetch", message, { cause: error });
  } finally {
    arriving?.end();
  }
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
