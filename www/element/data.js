// What an element's run learns from, as the worker is told it: where `data-src` names nothing, what lies beside the
// element. Data in one file are read with the first such file.

import { isPacked } from "../engine/packed-name.js";
import { setBeside } from "../engine/site-files.js";
import { Sources } from "../engine/sources.js";

/** @import { Client } from "../engine/client.js" */
/** @import { DataSource, Pairs } from "../engine/protocol.js" */
/** @import { Options } from "./attributes.js" */

/**
 * What is named, and where else to look.
 * @typedef {object} DataOrder
 * @property {string | undefined} url address of a folder with four IDX files, or of one file that holds a set
 * @property {string} digits address of those that are learned where nothing is named
 * @property {Options["pairs"]} pairs what pictures are to be made out of; null for what comes with them
 */

/** The set beside the digits that is learned from where pictures are made out of others and nothing is named. */
const PAIRED = "lineart";

const sources = new Sources();
/** Those that were read out of one file, by its address. @type {Map<string, DataSource>} */
const unpacked = new Map();

/**
 * @param {DataOrder} order
 * @param {string} preset
 * @param {Client} client
 * @returns {Promise<{ data: DataSource, pairs: Pairs | undefined }>}
 */
export async function sourceOf({ url, digits, pairs }, preset, client) {
  const takesPairs = (await client.presets).some(
    ({ id, input }) => id === preset && input !== null,
  );
  if (!takesPairs) return { data: await sourceAt(url ?? digits, client), pairs: undefined };
  // Digits are grey: nothing would be left to be learned.
  const usual = pairs === null || pairs === "grey" ? setBeside(digits, PAIRED) : digits;
  return { data: await sourceAt(url ?? usual, client), pairs: pairs ?? "own" };
}

/**
 * @param {string} url
 * @param {Client} client
 * @returns {Promise<DataSource>}
 */
async function sourceAt(url, client) {
  if (!isPacked(url)) return sources.folder(url, false);
  const known = unpacked.get(url);
  if (known !== undefined) return known;
  const { sourceIn } = await import("./packed.js");
  const source = await sourceIn(url, sources.number(url), client);
  unpacked.set(url, source);
  return source;
}
