// The page's address: settings read from it and written to it, by the table of them. What is not understood is named.

import { settings as texts } from "#words/settings.js";
import { DEFAULT_SETTINGS, FIELDS, ignored, short } from "./settings.js";

/** @import { Field } from "../engine/fields.js" */
/** @import { SettingName, Settings } from "./settings.js" */

const NAMES = /** @type {SettingName[]} */ (Object.keys(FIELDS));

const PARAMS = NAMES.map((name) => FIELDS[name].param);

/** What other sites put behind a link to know who followed it: nobody asks for anything with it. */
const TRACKS = /^utm|clid$/i;

/** More than that are told in one sentence. */
const MOST_TOLD = 3;

/**
 * @param {URLSearchParams} params
 * @returns {{ settings: Settings, problems: string[] }} what is not understood is named and left out
 */
export function readSettings(params) {
  /** @type {Record<string, unknown>} */
  const settings = { ...DEFAULT_SETTINGS };
  /** What is wrong with a parameter, of those that are. @type {Map<string, { text: string, reason: string }>} */
  const wrong = new Map();
  for (const name of NAMES) {
    /** @type {Field<unknown>} */
    const field = FIELDS[name];
    const { param } = field;
    const [all, ...others] = params.getAll(param);
    if (all === undefined) continue;
    if (others.length > 0) {
      wrong.set(param, { text: texts.all([all, ...others]), reason: texts.once });
      continue;
    }
    const text = field.part === undefined ? all : field.part(all);
    if (text === undefined) continue;
    const value = field.parse(text);
    if (value !== undefined) settings[name] = value;
    const bad = value === undefined ? all : (field.strangers?.(text) ?? "");
    if (value === undefined || bad !== "") {
      wrong.set(param, { text: bad, reason: texts.mustBe(field.ruleOfAll ?? field.rule) });
    }
  }
  // Of two settings that share a parameter none is taken where one is wrong.
  for (const name of NAMES) {
    const { param, part } = /** @type {Field<unknown>} */ (FIELDS[name]);
    if (part !== undefined && wrong.has(param)) settings[name] = DEFAULT_SETTINGS[name];
  }
  for (const param of params.keys()) {
    if (PARAMS.includes(param) || TRACKS.test(param)) continue;
    const meant = meantBy(param);
    const reason = meant === undefined ? texts.unknown : texts.spelled(meant);
    wrong.set(param, { text: texts.all(params.getAll(param)), reason });
  }
  const problems = told([...wrong]);
  return { settings: /** @type {Settings} */ (/** @type {unknown} */ (settings)), problems };
}

/**
 * The setting that a parameter means which is spelled in another way.
 * @param {string} param
 */
function meantBy(param) {
  return PARAMS.find((known) => known === param.toLowerCase());
}

/** @param {[string, { text: string, reason: string }][]} wrong */
function told(wrong) {
  if (wrong.length <= MOST_TOLD) {
    return wrong.map(([param, { text, reason }]) => ignored(param, text, reason));
  }
  const list = wrong.map(([param, { text }]) => `${short(param)}=${short(text)}`).join(", ");
  return [texts.manyIgnored(wrong.length, list)];
}

/**
 * @param {Settings} settings
 * @param {URLSearchParams} params what stands there now; parameters that are not ours stay, and none that means ours
 * @returns {URLSearchParams} with what differs from the defaults
 */
export function writeSettings(settings, params) {
  const next = new URLSearchParams(params);
  for (const param of params.keys()) {
    if (!PARAMS.includes(param) && meantBy(param) !== undefined) next.delete(param);
  }
  for (const name of NAMES) {
    const value = settings[name];
    const { param } = FIELDS[name];
    const isBehind = name === "learningRateChanges" || name === "l1WeightChanges";
    // Where outlines are asked for of no data, those of pictures in colours are meant.
    const isMeant = name !== "data" || settings.pairs !== "outline";
    if (isBehind && value !== null) next.set(param, `${next.get(param)},${value}`);
    else if (!isBehind && isMeant && value === DEFAULT_SETTINGS[name]) next.delete(param);
    else if (!isBehind) next.set(param, String(value));
  }
  return next;
}

/**
 * What stands behind the page's path in an address of the settings, as people write it.
 * @param {Settings} settings
 * @param {string} search that of now: what the page does not know in it stays
 */
export function searchOf(settings, search) {
  const params = writeSettings(settings, new URLSearchParams(search)).toString();
  // A slash, a comma and an @ may stand there as they are.
  const plain = params.replaceAll("%2F", "/").replaceAll("%2C", ",").replaceAll("%40", "@");
  return plain === "" ? "" : `?${plain}`;
}
