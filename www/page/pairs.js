// Which data a GAN that makes pictures out of others is given, and what its pictures are made of. Pure functions.

import { isFolder, isOnSite, isSet, PAIRED_SETS, presetOf, SETS } from "./settings.js";

/** @import { DataInfo, DataSource, Preset } from "../engine/protocol.js" */
/** @import { Settings } from "./settings.js" */

/**
 * Whether pictures come with others that they are to be made of.
 * @param {Settings["data"]} data
 */
export function hasInputs(data) {
  return PAIRED_SETS.some((set) => set === data);
}

/** Where pairs are learned before any others were chosen. */
const FIRST_PAIRS = PAIRED_SETS[0];

/**
 * Whether pictures have colours, as far as the name of their data tells.
 * @param {Settings["data"]} data
 */
export function haveColours(data) {
  return data !== "mnist" && data !== "fashion";
}

/**
 * Settings of data that pairs can be learned from, for a GAN that makes pictures out of others: what comes with the
 * data, or what has been chosen to be taken away from their pictures, or what leaves something to be learned.
 * @param {Settings["data"]} data
 * @param {Settings["pairs"]} [pairs]
 * @param {boolean} [isColour] whether the pictures have colours, where their name does not tell
 * @returns {Pick<Settings, "data" | "pairs">}
 */
export function pairsOf(data, pairs = null, isColour = haveColours(data)) {
  const canBe = pairs !== null && (pairs !== "grey" || isColour);
  if (hasInputs(data) || canBe) return { data, pairs };
  return { data, pairs: isColour ? "outline" : "half" };
}

/**
 * What pictures are made of that take the place of others: as before, where that was chosen and is none of what the
 * data before brought with them.
 * @param {{ data: Settings["data"], pairs: Settings["pairs"], isColour?: boolean }} before
 * @param {Settings["data"]} data
 * @param {boolean} [isColour]
 */
export function pairsAfter(before, data, isColour) {
  const usual = pairsOf(before.data, null, before.isColour).pairs;
  const isChosen = before.pairs !== usual && !hasInputs(data);
  return pairsOf(data, isChosen ? before.pairs : null, isColour);
}

/**
 * The data that a GAN of pairs begins with.
 * @param {Settings["pairs"]} [pairs] what its pictures are to be made of
 * @returns {Pick<Settings, "data" | "pairs">}
 */
export function firstPairs(pairs = null) {
  if (pairs === null) return pairsOf(isOnSite(FIRST_PAIRS) ? FIRST_PAIRS : "mnist");
  const needsColours = pairs === "grey" || pairs === "outline";
  const coloured = SETS.find((set) => isOnSite(set) && haveColours(set) && !hasInputs(set));
  return { data: (needsColours ? coloured : undefined) ?? "mnist", pairs };
}

/**
 * What a GAN of pairs learns that is chosen while other pictures are in use: these, and others only in place of the
 * site's digits, which nobody chose.
 * @param {Settings["data"]} data
 * @param {DataSource} images what stands for the digits
 * @param {DataInfo} [inUse]
 * @returns {Pick<Settings, "data" | "pairs">}
 */
export function pairsInUse(data, images, inUse) {
  const isColour = isFolder(data) && inUse ? inUse.channels === 3 : undefined;
  if (data !== "mnist") return pairsOf(data, null, isColour);
  if (images.kind !== "files") return firstPairs();
  if (images.inputs !== undefined) return { data, pairs: null };
  return pairsOf(data, null, images.wish?.channels === 3);
}

/**
 * An address that names a GAN of pairs and no data means those to begin with; one that names a set whose pictures come
 * with no others, and not what to make them of, means what leaves something to be learned.
 * @param {Settings} settings
 * @param {readonly Preset[]} presets
 * @param {boolean} [isNamed] whether the address names its data
 * @returns {Settings}
 */
export function withPairs(settings, presets, isNamed = false) {
  const { input } = presetOf(settings, presets);
  const { data, pairs } = settings;
  if (input === null) return settings;
  if (data === "mnist" && !isNamed) return { ...settings, ...firstPairs(pairs) };
  // What lies in a folder may come with them.
  const isKnown = data === "mnist" || isSet(data);
  return isKnown && pairs === null ? { ...settings, ...pairsOf(data) } : settings;
}
