// What can go wrong while training: few kinds that a page can act on (`reason` of a gan-error event; the
// codes are the core's and the worker's).

import { CodedError, codeOf } from "../kit/errors.js";
import { fits } from "../pictures/fits.js";
import { elementProblems as texts } from "#words/element-problems.js";

/** @import { DataInfo, Preset } from "../engine/protocol.js" */

/**
 * network: a file could not be fetched; program: it came, and is damaged or cannot be started;
 * version: the page and the files are of two versions; crash: the program stopped.
 * @typedef {"unsupported" | "network" | "program" | "version" | "device" | "data" | "config"
 *   | "file" | "training" | "crash"} Reason
 */

/** @type {Readonly<Record<string, Reason>>} */
const BY_CODE = {
  "program.fetch": "network",
  "program.silent": "network",
  "data.fetch": "network",
  "data.missing": "network",
  "worker.dead": "crash",
};

/** @type {Readonly<Record<string, Reason>>} */
const BY_AREA = {
  program: "program",
  protocol: "version",
  device: "device",
  data: "data",
  config: "config",
  checkpoint: "file",
  train: "training",
};

/**
 * @param {string | undefined} code
 * @returns {Reason}
 */
export function reasonOf(code) {
  if (code === undefined) return "crash";
  return BY_CODE[code] ?? BY_AREA[code.split(".")[0]] ?? "crash";
}

/**
 * A refusal of data with the GAN that can learn them, where there is one.
 * @param {unknown} error
 * @param {readonly Preset[]} presets
 */
export function withRemedy(error, presets) {
  const code = codeOf(error);
  if (!(error instanceof CodedError) || !["config.features", "config.classes"].includes(code ?? ""))
    return error;
  const data = /** @type {DataInfo | undefined} */ (error.data);
  const other = data && presets.find((preset) => preset.input === null && fits(preset, data));
  if (other === undefined) return error;
  return new CodedError(error.code, `${error.message}; ${texts.useOther(other.id)}`, {
    cause: error,
  });
}
