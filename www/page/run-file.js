// What a file of a run tells of its data, beside what the core keeps in it: written when it is saved, read when it is
// loaded. Pure functions.

import { noteIn, withNote } from "../formats/safetensors.js";
import { readSettings, writeSettings } from "./address.js";
import { isOwnData } from "./run-data.js";
import { DEFAULT_SETTINGS, setThatIs } from "./settings.js";

/** @import { OwnData } from "./run-data.js" */
/** @import { Settings } from "./settings.js" */

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
