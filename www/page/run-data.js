// What the data of a run are, so that it can be put on them again: told beside a run that is kept in the browser. How a
// file of a run tells it: run-file.js. Pure functions.

/** @import { DataInfo, DataSource } from "../engine/protocol.js" */
/** @import { Wish } from "../pictures/reading.js" */

/**
 * Data of somebody's own, which are not kept.
 * @typedef {object} OwnData
 * @property {string} name as what was dropped is called
 * @property {number} count of those that are learned
 * @property {boolean} [turned] whether rows and columns are changed for each other
 * @property {Wish} [wish] by which they were made of pictures; IDX files are taken as they are
 */

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
