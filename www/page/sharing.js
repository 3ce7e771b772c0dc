// What <web-gan> is told so that it begins with what is set now: its attributes. Pure functions.

import { inForceAt, LIVE } from "../engine/course.js";
import { PACE_FIELDS, RUN_FIELDS } from "../engine/fields.js";
import { folderUrl } from "../engine/site-files.js";
import { searchOf } from "./address.js";
import { withPairs } from "./pairs.js";
import { DEFAULT_SETTINGS, effectiveConfig, FIELDS, isFolder, isSet } from "./settings.js";

/** @import { Preset } from "../engine/protocol.js" */
/** @import { Attributes } from "../formats/snippet.js" */
/** @import { Settings } from "./settings.js" */
/** @import { State } from "./state.js" */

/** What the element can be told as well. */
const SHARED = /** @type {(keyof typeof RUN_FIELDS | keyof typeof PACE_FIELDS)[]} */ (
  Object.keys({ ...RUN_FIELDS, ...PACE_FIELDS })
);

/**
 * The data that a link to the settings opens with, where it can hold none of somebody's own.
 * @param {Settings} settings
 * @param {Preset} preset
 */
export function openedData(settings, preset) {
  const isNamed = new URLSearchParams(searchOf(settings, "")).has("data");
  return withPairs(settings, [preset], isNamed).data;
}

/**
 * @param {Pick<State, "settings" | "progress" | "steeredAt">} state
 * @param {Preset} preset
 * @param {string} base the page's address
 * @returns {Attributes}
 */
export function attributesOf({ settings, progress, steeredAt }, preset, base) {
  /** @type {Record<string, string | number | null>} */
  const attributes = {};
  for (const name of SHARED) {
    const value = settings[name];
    attributes[FIELDS[name].param] = value === DEFAULT_SETTINGS[name] ? null : value;
  }
  // No attribute holds a course: what was changed while the run went on begins with its value of now.
  const step = Math.max(progress.step, steeredAt);
  const now = inForceAt(effectiveConfig(settings, preset), settings, step);
  for (const name of LIVE) {
    attributes[FIELDS[name].param] = now[name] === preset.config[name] ? null : (now[name] ?? null);
  }
  const { board } = settings;
  const data = openedData(settings, preset);
  attributes.preset = preset.id;
  attributes.board = board;
  if (isFolder(data)) attributes["data-src"] = folderUrl(data, base).href;
  else attributes["data-src"] = isSet(data) ? folderUrl(`www/data/${data}`, base).href : null;
  return attributes;
}
