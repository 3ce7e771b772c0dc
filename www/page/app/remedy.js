// What is said of a refusal and what mends it: another GAN, a smaller batch, or both, found from what the data are;
// or the place where a file belongs that was given elsewhere. Loaded with the first refusal. It starts nothing.

import { CodedError, codeOf, messageOf } from "../../kit/errors.js";
import { sentence } from "../../kit/sentence.js";
import { unfit as texts } from "#words/unfit.js";
import { fits, largestBatch } from "../../pictures/fits.js";
import { featuresIn } from "../run-file.js";
import { effectiveConfig, OWN_VALUES, presetOf } from "../settings.js";

/** @import { DataInfo, DataSource, Preset } from "../../engine/protocol.js" */
/** @import { Data } from "../../pictures/fits.js" */
/** @import { Settings } from "../settings.js" */
/** @import { Place } from "../state.js" */

/**
 * Settings that let the data be learned.
 * @typedef {Partial<Pick<Settings, "data" | "pairs" | "preset" | "batchSize" | "device" | "generator" | "discriminator">> & { otherData?: true }} OtherSettings
 * otherData: a run goes on with other data than it learned from
 */

/**
 * A file of data that was loaded as a run, or the other way round; data that are to be dropped.
 * @typedef {{ belongs: "data" | "files", file: File } | { belongs: "drop" }} OtherPlace
 */

/** @typedef {OtherSettings | OtherPlace} Remedy */

/** What is said, where, and what mends it. @typedef {{ place: Place, message: string, remedy?: OtherSettings }} Refusal */

/**
 * What was asked for and refused.
 * @typedef {object} Asked
 * @property {Place} place where it was
 * @property {Settings} settings
 * @property {DataSource} data
 * @property {File | undefined} file of a run
 * @property {Uint8Array} [bytes] of the run that was to go on
 * @property {readonly Preset[]} presets
 */

/** The codes of networks that cannot be. */
const OF_SIZES = ["config.plan", "config.weights", "config.activations", "config.range"];

/** Offered where batch normalisation needs several samples. */
const SEVERAL = 16;

/**
 * @param {unknown} error
 * @param {Asked} asked
 * @returns {Refusal}
 */
export function refusalOf(error, asked) {
  const { place, data, file } = asked;
  const code = codeOf(error);
  let message = messageOf(error);
  if (data.kind === "files" && place !== "files" && code === "config.features") {
    message = data.wish !== undefined ? texts.needsOtherSize(message) : texts.needsSize(message);
  }
  if (code === "checkpoint.data") message = texts.otherData;
  if (code === "checkpoint.foreign") message = texts.needsRun(message);
  const name = file?.name ?? (data.kind === "files" ? data.name : undefined);
  // A file of data that is bad names itself.
  const isNamed = code?.startsWith("data.") || name === undefined;
  if (!isNamed && (place === "data" || place === "files")) {
    message = texts.fileRefused(name, message);
  }
  return {
    // Where nobody asked for a change, at what is to be changed.
    place: place === "run" ? (placeOf(code) ?? place) : place,
    message: sentence(message),
    remedy: remedyOf(error, asked),
  };
}

/**
 * @param {unknown} error
 * @param {Asked} asked
 * @returns {OtherSettings | undefined}
 */
function remedyOf(error, { place, settings, data, presets, bytes }) {
  const code = codeOf(error);
  if (code === "checkpoint.data") return otherDataFor(dataOf(error), bytes);
  // A run on pictures, loaded while points are learned.
  if (data.kind === "toy" && place === "files" && code === "config.features")
    return { data: "mnist" };
  if (data.kind === "toy" && code !== "config.batch_norm") return undefined;
  const hasOtherSizes = (settings.generator ?? settings.discriminator) !== null;
  if (hasOtherSizes && OF_SIZES.includes(code ?? "")) {
    return { generator: null, discriminator: null };
  }
  switch (code) {
    case "device.too_large":
      return { device: "cpu" };
    case "config.batch_norm":
      return severalOf(dataOf(error), settings, presets);
    case "config.inputs":
    case "data.colours":
      return place === "files" ? undefined : { pairs: "outline" };
    case "config.classes":
    case "config.features":
      // Who chooses a GAN wants that one.
      if (place === "preset" && data.kind !== "mnist") return { data: "mnist" };
      return remedyForThose(error, settings, presets);
    case "config.batch_size":
      return remedyForThose(error, settings, presets);
    default:
      return undefined;
  }
}

/**
 * @param {unknown} error which says what data it refuses
 * @param {Settings} settings
 * @param {readonly Preset[]} presets
 */
function remedyForThose(error, settings, presets) {
  const data = dataOf(error);
  return data && remedyFor(data, settings, presets);
}

/**
 * @param {Data} data that were refused
 * @param {Settings} settings
 * @param {readonly Preset[]} presets
 * @returns {OtherSettings | undefined} nothing where none of the GANs can learn them
 */
export function remedyFor(data, settings, presets) {
  const now = presetOf(settings, presets);
  const isSame = (/** @type {Preset} */ one) => (one.input === null) === (now.input === null);
  for (const preset of [now, ...presets.filter(isSame)]) {
    const isOther = preset !== now;
    const own = isOther ? { ...settings, ...OWN_VALUES } : settings;
    const { batchSize, discriminatorSteps } = effectiveConfig(own, preset);
    const most = largestBatch(data.count, discriminatorSteps);
    if (!fits(preset, data) || most < preset.leastBatch) continue;
    const size = Math.min(most, Math.max(batchSize, preset.leastBatch));
    /** @type {OtherSettings} */
    const remedy = isOther ? { preset: preset.id } : {};
    if (batchSize > most) remedy.batchSize = size;
    return Object.keys(remedy).length === 0 ? undefined : remedy;
  }
  return undefined;
}

/**
 * Samples enough for a batch to be normalised by, where there are as many.
 * @param {DataInfo | undefined} data
 * @param {Settings} settings
 * @param {readonly Preset[]} presets
 * @returns {OtherSettings | undefined}
 */
function severalOf(data, settings, presets) {
  const preset = presetOf(settings, presets);
  const { discriminatorSteps } = effectiveConfig(settings, preset);
  const most = data === undefined ? SEVERAL : largestBatch(data.count, discriminatorSteps);
  return most < preset.leastBatch ? undefined : { batchSize: Math.min(SEVERAL, most) };
}

/**
 * A run can go on with other data where these have as many numbers a sample.
 * @param {DataInfo | undefined} data
 * @param {Uint8Array | undefined} bytes of the run
 * @returns {OtherSettings | undefined}
 */
function otherDataFor(data, bytes) {
  if (data === undefined || bytes === undefined) return undefined;
  const { rows, columns, channels } = data;
  return rows * columns * channels === featuresIn(bytes) ? { otherData: true } : undefined;
}

/**
 * What the data are that were refused.
 * @param {unknown} error
 */
function dataOf(error) {
  if (!(error instanceof CodedError)) return undefined;
  return /** @type {DataInfo | undefined} */ (error.data);
}

/**
 * What a refusal is about.
 * @param {string | undefined} code
 * @returns {Place | undefined}
 */
function placeOf(code) {
  if (code?.startsWith("device.")) return "device";
  switch (code) {
    case "config.seed":
      return "seed";
    case "config.batch_size":
    case "config.batch_norm":
      return "batchSize";
    case "config.learning_rate":
      return "learningRate";
    case "config.l1_weight":
      return "l1Weight";
    case "config.classes":
      return "data";
    default:
      return undefined;
  }
}
