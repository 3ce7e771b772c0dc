// A run's settings in words, for tables and buttons. Not for links: those hold names (address.js).

import { page } from "#words/page.js";
import { presets } from "#words/presets.js";
import { runs } from "#words/runs.js";
import { UNKNOWN } from "#words/numbers.js";

/** @type {Readonly<Record<string, string>>} */
const objectives = page.objectives;
/** @type {Readonly<Record<string, string>>} */
const data = page.data;

/** @param {string} name */
export function settingName(name) {
  return runs.columns[name] ?? name;
}

/**
 * @param {string} name
 * @param {unknown} value
 */
export function settingValue(name, value) {
  const text = String(value ?? UNKNOWN);
  if (name === "data") return data[text] ?? text;
  if (name === "preset") return presets[text]?.title ?? text;
  return name === "objective" ? (objectives[text] ?? text) : text;
}
