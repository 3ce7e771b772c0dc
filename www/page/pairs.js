// Which data a GAN that makes pictures out of others is given, and what its pictures are made of. Pure functions.

import { isOnSite, PAIRED_SETS, presetOf } from "./settings.js";

/** @import { Preset } from "../engine/protocol.js" */
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
 * Settings of data that pairs can be learned from, for a GAN that makes pictures out of others: what comes with the
 * data, or what has been chosen to be taken away from their pictures, or what leaves something to be learned.
 * @param {Settings["data"]} data
 * @param {Settings["pairs"]} [pairs]
 * @returns {Pick<Settings, "data" | "pairs">}
 */
export function pairsOf(data, pairs = null) {
  if (hasInputs(data) || pairs !== null) return { data, pairs };
  return { data, pairs: data === "mnist" || data === "fashion" ? "half" : "outline" };
}

/**
 * The data that a GAN of pairs begins with.
 * @returns {Pick<Settings, "data" | "pairs">}
 */
export function firstPairs() {
  return pairsOf(isOnSite(FIRST_PAIRS) ? FIRST_PAIRS : "mnist");
}

/**
 * An address that names a GAN of pairs and no data means those to begin with.
 * @param {Settings} settings
 * @param {readonly Preset[]} presets
 * @returns {Settings}
 */
export function withPairs(settings, presets) {
  const { input } = presetOf(settings, presets);
  const isBare = settings.data === "mnist" && settings.pairs === null;
  return input !== null && isBare ? { ...settings, ...firstPairs() } : settings;
}
