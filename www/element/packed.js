// Data that `data-src` names by one file: an archive of pictures or of IDX files, or NumPy's arrays. Fetched, and read
// as the page reads what is dropped on it, held out included. Loaded with the first such file.

import { given } from "../engine/given.js";
import { CodedError, codeOf, messageOf } from "../kit/errors.js";
import { listAll, take } from "../pictures/taking.js";
import { refusals as texts } from "#words/refusals.js";

/** @import { Client } from "../engine/client.js" */
/** @import { DataSource } from "../engine/protocol.js" */

/**
 * @param {string} url absolute
 * @param {number} id of the source
 * @param {Client} client
 * @returns {Promise<DataSource>}
 */
export async function sourceIn(url, id, client) {
  const name = new URL(url).pathname.split("/").at(-1) ?? "";
  const file = new File([await fetched(url, name)], name);
  const { signal } = new AbortController();
  const tell = () => {};
  const choose = (/** @type {File[]} */ files, /** @type {string[]} */ paths) =>
    client.ask.choose(files, paths);
  let own;
  try {
    const dropped = await listAll({ found: [{ file, path: name }], folders: [] }, signal, tell);
    own = await take(dropped, { wish: {}, signal, choose }, tell);
  } catch (error) {
    throw new CodedError(codeOf(error) ?? "data.file", messageOf(error), { cause: error });
  }
  if ("refusal" in own) throw new CodedError("data.file", own.refusal);
  return { ...own, kind: "files", id, turned: false };
}

/**
 * @param {string} url
 * @param {string} name
 * @returns {Promise<Blob>}
 */
async function fetched(url, name) {
  const missing = () => new CodedError("data.missing", texts.fetchAnswered(name, 404));
  if (given.files !== undefined) {
    const file = await given.files(url);
    if (file === undefined) throw missing();
    return file;
  }
  let response;
  try {
    response = await fetch(url);
    if (response.ok) return await response.blob();
  } catch (cause) {
    throw new CodedError("data.fetch", texts.fetchBroke(name), { cause });
  }
  if (response.status === 404) throw missing();
  throw new CodedError("data.fetch", texts.fetchAnswered(name, response.status));
}
