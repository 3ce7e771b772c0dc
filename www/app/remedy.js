// What mends a refusal: another GAN, a smaller batch, or both, found from what the data are; or the place where a
// file belongs that was given elsewhere. It starts nothing.

import { effectiveConfig, OWN_VALUES, presetOf } from "../settings.js";

/** @import { DataInfo, Preset } from "../protocol.js" */
/** @import { Settings } from "../settings.js" */

/**
 * Settings that let the data be learned.
 * @typedef {Partial<Pick<Settings, "data" | "preset" | "batchSize" | "device">>} OtherSettings
 */

/** A file of data that was loaded as a run, or the other way round. @typedef {{ belongs: "data" | "files", file: File }} OtherPlace */

/** @typedef {OtherSettings | OtherPlace} Remedy */

/** What the page's networks take. */
const SIDE = 28;

/**
 * @param {Pick<DataInfo, "count" | "rows" | "columns" | "classCount">} data that were refused
 * @param {Settings} settings
 * @param {readonly Preset[]} presets
 * @returns {OtherSettings | undefined} nothing where none of the GANs can learn them
 */
export function remedyFor(data, settings, presets) {
  if (data.rows !== SIDE || data.columns !== SIDE) return undefined;
  const now = presetOf(settings, presets);
  const preset = [now, ...presets].find((one) => fits(one, data));
  if (preset === undefined) return undefined;
  const isOther = preset !== now;
  const own = isOther ? { ...settings, ...OWN_VALUES } : settings;
  const { batchSize, discriminatorSteps } = effectiveConfig(own, preset);
  const most = Math.floor(data.count / discriminatorSteps);
  if (most < 1) return undefined;
  /** @type {OtherSettings} */
  const remedy = isOther ? { preset: preset.id } : {};
  if (batchSize > most) remedy.batchSize = 2 ** Math.floor(Math.log2(most));
  return Object.keys(remedy).length === 0 ? undefined : remedy;
}

/**
 * @param {Preset} preset
 * @param {Pick<DataInfo, "count" | "classCount">} data
 */
function fits({ features, classes, config }, { count, classCount }) {
  const isOfImages = features === SIDE * SIDE;
  return (
    isOfImages && (classes === 0 || classes === classCount) && config.discriminatorSteps <= count
  );
}
