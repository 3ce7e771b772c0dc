// Gets the bytes of a data set, from the site's own files or from files the user chose. It checks
// nothing inside them: Rust does. No wasm here.

import { refusals as texts } from "../english.js?refusals";
import { CodedError } from "../errors.js";
import { MAX_FILE_BYTES } from "../files.js";
import { fileIn } from "../site-files.js";
import { fetchInTime, isTooLate } from "./fetching.js";

/** @import { DataSource } from "../protocol.js" */

/** @typedef {Exclude<DataSource, { kind: "toy" }>} ImageSource */

/** @typedef {{ images: Uint8Array, labels: Uint8Array | undefined }} Bytes */

/**
 * @param {ImageSource} source
 * @returns {Promise<Bytes>} what to train on
 */
export async function trainingBytes(source) {
  if (source.kind !== "files") return fetchPair(source, "train");
  return {
    images: await readFile(source.images),
    labels: source.labels === undefined ? undefined : await readFile(source.labels),
  };
}

/**
 * @param {DataSource} source
 * @returns {Promise<Bytes | undefined>} what to validate on; the user's own files have nothing held out
 */
export async function heldOutBytes(source) {
  const isFetched = source.kind === "mnist" || source.kind === "folder";
  return isFetched ? fetchPair(source, "t10k") : undefined;
}

/**
 * @param {Exclude<ImageSource, { kind: "files" }>} source
 * @param {"train" | "t10k"} part
 */
async function fetchPair({ kind, url }, part) {
  const get = kind === "mnist" ? fetchDigits : fetchFromFolder;
  const [images, labels] = await Promise.all([
    get(fileIn(url, `${part}-images-idx3-ubyte.gz`)),
    get(fileIn(url, `${part}-labels-idx1-ubyte.gz`)),
  ]);
  return { images, labels };
}

/** @param {URL} url */
async function fetchDigits(url) {
  const bytes = await fetchBytes(url);
  if (bytes !== undefined) return bytes;
  throw new CodedError("data.missing", texts.digitsMissing(nameIn(url)));
}

/**
 * A file of a folder that the address names, gzipped or else plain.
 * @param {URL} url of the gzipped one
 */
async function fetchFromFolder(url) {
  const bytes =
    (await fetchBytes(url)) ?? (await fetchBytes(new URL(url.href.replace(/\.gz$/, ""))));
  if (bytes !== undefined) return bytes;
  const folder = new URL(".", url).pathname;
  throw new CodedError("data.missing", texts.folderLacks(folder, nameIn(url)));
}

/**
 * @param {URL} url
 * @returns {Promise<Uint8Array | undefined>} nothing where the site has no such file
 */
async function fetchBytes(url) {
  const name = nameIn(url);
  let response, bytes;
  try {
    response = await fetchInTime(url.href);
    const size = Number(response.headers.get("content-length") ?? 0);
    if (size <= MAX_FILE_BYTES) bytes = new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    const message = isTooLate(error) ? texts.fetchSilent(name) : texts.fetchBroke(name);
    throw new CodedError("data.fetch", message, { cause: error });
  }
  // Some servers answer a missing file with a page of their own and "200 OK".
  const isPage = response.headers.get("content-type")?.startsWith("text/html") ?? false;
  if (response.status === 404 || (response.ok && isPage)) return undefined;
  if (!response.ok) {
    throw new CodedError("data.fetch", texts.fetchAnswered(name, response.status));
  }
  if (bytes === undefined) {
    const megabytes = MAX_FILE_BYTES / 1024 / 1024;
    throw new CodedError("data.fetch", texts.dataTooLarge(name, megabytes));
  }
  return bytes;
}

/** @param {URL} url */
function nameIn(url) {
  return url.pathname.split("/").at(-1) ?? "";
}

/** @param {File} file */
async function readFile(file) {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (error) {
    throw new CodedError("data.file", texts.fileUnreadable(file.name), { cause: error });
  }
}
