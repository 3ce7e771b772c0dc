// What the data of a run are, so that it can be put on them again: written beside a run that is kept in the browser or
// saved in a file, and read from there. Pure functions.

import { noteIn, withNote } from "../formats/safetensors.js";
import { readSettings, writeSettings } from "./address.js";
import { DEFAULT_SETTINGS, setThatIs } from "./settings.js";

/** @import { DataInfo, DataSource } from "../engine/protocol.js" */
/** @import { Wish } from "../pictures/reading.js" */
/** @import { Settings } from "./settings.js" */

/**
 * Data of somebody's own, which are not kept.
 * @typedef {object} OwnData
 * @property {string} name as what was dropped is called
 * @property {number} count of those that are learned
 * @property {boolean} [turned] whether rows and columns are changed for each other
 * @property {Wish} [wish] by which they were made of pictures; IDX files are taken as they are
 */

/** @typedef {{ query: string, own: OwnData | undefined }} RunData query: settings, as the address holds them */

/**
 * The user's own data in use, if they are.
 * @param {DataSource} images
 * @param {DataInfo} data in use
 * @returns {OwnData | undefined}
 */
export function ownDataOf(images, data) {
  if (images.kind !== "files" || images.id !== data.sourceId) return undefined;
  const { turned, wish } = images;
  return { name: data.name, count: data.count, turned, wish };
}

/** What a file of a run says of its data, beside the core's own entry. */
const NOTE = "webgan.data";
const CHECKPOINT = "webgan.checkpoint";

/**
 * A file of a run with what its data are.
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {Settings} settings
 * @param {OwnData | undefined} own
 */
export function withRunData(bytes, { data, turned, drawing, pairs, preset }, own) {
  const settings = { ...DEFAULT_SETTINGS, data, turned, drawing, pairs, preset };
  const query = writeSettings(settings, new URLSearchParams()).toString();
  return withNote(bytes, NOTE, { query, own });
}

/**
 * What the data of a file's run are: as the file says, or as their checksum does where they are a set of this site.
 * @param {Uint8Array} bytes
 * @returns {{ settings: Partial<Settings>, own: OwnData | undefined } | undefined} nothing where nobody knows
 */
export function runDataIn(bytes) {
  const { query, own } = noteIn(bytes, NOTE) ?? {};
  if (typeof query === "string" && (own === undefined || isOwnData(own))) {
    const { data, turned, drawing, pairs, preset } = readSettings(
      new URLSearchParams(query),
    ).settings;
    return { settings: { data, turned, drawing, pairs, preset }, own };
  }
  const data = setThatIs(String(noteIn(bytes, CHECKPOINT)?.data));
  return data && { settings: { data, turned: null, drawing: null }, own: undefined };
}

/**
 * How many numbers each sample has that a file's run learned from.
 * @param {Uint8Array} bytes
 * @returns {number | undefined} nothing where the file does not say
 */
export function featuresIn(bytes) {
  const [, features] = /^\d+x(\d+) /.exec(String(noteIn(bytes, CHECKPOINT)?.data)) ?? [];
  return features === undefined ? undefined : Number(features);
}

/**
 * @param {any} own anything
 * @returns {own is OwnData}
 */
export function isOwnData(own) {
  const { name, count, turned, wish } = own ?? {};
  const isText = typeof name === "string" && name.length < 8_000;
  const isTurned = turned === undefined || typeof turned === "boolean";
  return isText && Number.isSafeInteger(count) && count >= 0 && isTurned && isWish(wish);
}

/** @param {any} wish anything */
function isWish(wish) {
  if (wish === undefined) return true;
  if (typeof wish !== "object" || wish === null) return false;
  const { part, depth, side, channels, fit, tile, holdOut, ...others } = wish;
  const isNone = (/** @type {unknown} */ it) => it === undefined || it === null;
  const isCount = (/** @type {unknown} */ it) => isNone(it) || Number.isSafeInteger(it);
  return (
    Object.keys(others).length === 0 &&
    (isNone(part) || typeof part === "string") &&
    [depth, side, tile].every(isCount) &&
    [undefined, 1, 3].includes(channels) &&
    [undefined, "crop", "whole"].includes(fit) &&
    [undefined, "tenth", "none"].includes(holdOut)
  );
}

/**
 * Whether data in use are what a run calls its own, as far as names tell. Whether they are the same, their checksums do.
 * @param {OwnData} own
 * @param {DataInfo | undefined} data in use
 */
export function areBack({ name, count, wish }, data) {
  return data?.name === name && (wish !== undefined || data.count === count);
}

/**
 * @param {Wish | undefined} one
 * @param {Wish | undefined} other
 */
export function isSameWish(one, other) {
  const sorted = (/** @type {Wish | undefined} */ wish) =>
    JSON.stringify(Object.entries(wish ?? {}).sort());
  return sorted(one) === sorted(other);
}
