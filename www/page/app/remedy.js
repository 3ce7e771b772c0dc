// What is said of a refusal and what mends it: another GAN, a smaller batch, or both, found from what the data are;
// or the place where a file belongs that was given elsewhere. Loaded with the first refusal. It starts nothing.

import { CodedError, codeOf, messageOf } from "../../kit/errors.js";
import { sentence } from "../../kit/sentence.js";
import { SIDES } from "../../pictures/shape.js";
import { unfit as texts } from "#words/unfit.js";
import { effectiveConfig, OWN_VALUES, presetOf } from "../settings.js";

/** @import { DataInfo, DataSource, Preset } from "../../engine/protocol.js" */
/** @import { Settings } from "../settings.js" */
/** @import { Place } from "../state.js" */

/**
 * Settings that let the data be learned.
 * @typedef {Partial<Pick<Settings, "data" | "pairs" | "preset" | "batchSize" | "device" | "generator" | "discriminator">>} OtherSettings
 */

/** A file of data that was loaded as a run, or the other way round. @typedef {{ belongs: "data" | "files", file: File }} OtherPlace */

/** @typedef {OtherSettings | OtherPlace} Remedy */

/** What is said, where, and what mends it. @typedef {{ place: Place, message: string, remedy?: OtherSettings }} Refusal */

/**
 * What was asked for and refused.
 * @typedef {object} Asked
 * @property {Place} place where it was
 * @property {Settings} settings
 * @property {DataSource} data
 * @property {File | undefined} file of a run
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
  if (place !== "files" && code === "config.features") message = texts.needsSize(message);
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
function remedyOf(error, { place, settings, data, presets }) {
  const code = codeOf(error);
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
      return { batchSize: SEVERAL };
    case "config.inputs":
    case "data.colours":
      return place === "files" ? undefined : { pairs: "outline" };
    case "config.classes":
    case "config.features":
    case "config.batch_size": {
      const info = dataOf(error);
      return info && remedyFor(info, settings, presets);
    }
    default:
      return undefined;
  }
}

/**
 * @param {Pick<DataInfo, "count" | "rows" | "columns" | "channels" | "classCount">} data that were refused
 * @param {Settings} settings
 * @param {readonly Preset[]} presets
 * @returns {OtherSettings | undefined} nothing where none of the GANs can learn them
 */
export function remedyFor(data, settings, presets) {
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
 * @param {Pick<DataInfo, "count" | "rows" | "columns" | "channels" | "classCount">} data
 */
function fits({ shape, classes, adapts, config }, data) {
  const { count, rows, columns, channels, classCount } = data;
  const isMadeFor = rows === columns && SIDES.some((side) => side === rows);
  const isAlike = shape.height === rows && shape.width === columns && shape.channels === channels;
  const takes = adapts ? isMadeFor : isAlike && (classes === 0 || classes === classCount);
  return takes && config.discriminatorSteps <= count;
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
