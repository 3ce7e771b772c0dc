// Gets the bytes of a data set, from the site's own files or from files the user chose. It checks
// nothing inside them: Rust does. No wasm here.

import { CodedError } from "../errors.js";

/** @import { DataSource } from "../protocol.js" */

/** @typedef {Exclude<DataSource, { kind: "toy" }>} ImageSource */

/** @typedef {{ images: Uint8Array, labels: Uint8Array | undefined }} Bytes */

/**
 * @param {ImageSource} source
 * @returns {Promise<Bytes>} what to train on
 */
export async function trainingBytes(source) {
  if (source.kind === "mnist") return fetchPair(source.url, "train");
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
  return source.kind === "mnist" ? fetchPair(source.url, "t10k") : undefined;
}

/**
 * @param {string} base
 * @param {"train" | "t10k"} part
 */
async function fetchPair(base, part) {
  const [images, labels] = await Promise.all([
    fetchBytes(new URL(`${part}-images-idx3-ubyte.gz`, base)),
    fetchBytes(new URL(`${part}-labels-idx1-ubyte.gz`, base)),
  ]);
  return { images, labels };
}

/** @param {URL} url */
async function fetchBytes(url) {
  const name = url.pathname.split("/").at(-1);
  let response, bytes;
  try {
    response = await fetch(url);
    bytes = new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    throw new CodedError(
      "data.fetch",
      `The digits could not be fetched (${name}): the connection to the site broke. Is it still running?`,
      { cause: error },
    );
  }
  // Some servers answer a missing file with a page of their own and "200 OK".
  const isPage = response.headers.get("content-type")?.startsWith("text/html") ?? false;
  if (response.status === 404 || (response.ok && isPage)) {
    throw new CodedError(
      "data.missing",
      `The digits are not on this site (${name} is missing). In the project's folder, run “npm run data”, then try again.`,
    );
  }
  if (!response.ok) {
    throw new CodedError(
      "data.fetch",
      `The digits could not be fetched (${name}): the site answered ${response.status}.`,
    );
  }
  return bytes;
}

/** @param {File} file */
async function readFile(file) {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (error) {
    throw new CodedError(
      "data.file",
      `“${file.name}” could not be read. Was it moved, or changed since you chose it?`,
      { cause: error },
    );
  }
}
