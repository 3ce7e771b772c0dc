// The settings of a run, and when it pauses: how each is named and what a good value is. The page's address
// and controls (settings.js) and the element's attributes (element/attributes.js) read this one table.

import { rules } from "#words/rules.js";
import { OBJECTIVES, PAIRINGS } from "./protocol.js";

/** @import { Objective, RunConfig } from "./protocol.js" */

const MAX_SEED = 2 ** 32 - 1;
const MAX_FACTOR = 10_000;
const MAX_SPEED = 60;
const MAX_STEPS = 1_000_000;
const MAX_MINUTES = 1_440;

/**
 * How one setting is written.
 * @template T
 * @typedef {object} Field
 * @property {string} param its name in the address, and as an attribute
 * @property {string} rule what a good value is, to follow "must be"
 * @property {(text: string) => T | undefined} parse undefined: not a good value
 * @property {(text: string) => string | undefined} [part] of what stands there that is this setting's, where
 *   two share a parameter; undefined: none of it
 * @property {string} [ruleOfAll] what all that stands there must be, where two share a parameter
 * @property {(text: string) => string} [strangers] where a good value may be part of what stands there:
 *   the rest
 */

/**
 * @param {string} param
 * @param {number} min
 * @param {number} max
 * @returns {Field<number>}
 */
function integer(param, min, max) {
  return {
    param,
    rule: rules.wholeNumber(min, max),
    parse(text) {
      if (!/^\d{1,10}$/.test(text.trim())) return undefined;
      const value = Number(text);
      return value >= min && value <= max ? value : undefined;
    },
  };
}

/**
 * @param {string} param
 * @param {(value: number) => boolean} isGood
 * @param {string} rule
 * @returns {Field<number>}
 */
function decimal(param, isGood, rule) {
  return {
    param,
    rule,
    parse(text) {
      if (!/^(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(text.trim())) return undefined;
      const value = Number(text);
      return isGood(value) ? value : undefined;
    },
  };
}

/**
 * @template {string} T
 * @param {string} param
 * @param {readonly T[]} words
 * @returns {Field<T>}
 */
export function oneOf(param, words) {
  return {
    param,
    rule: rules.oneOf(words.join(", ")),
    parse: (text) => words.find((word) => word === text),
  };
}

/**
 * A network's sizes in one text. Which there may be is the program's to say, as it depends on the preset.
 * @param {string} param
 * @returns {Field<string>}
 */
function sizes(param) {
  const parse = (/** @type {string} */ text) => (/^[\w.-]{1,200}$/.test(text) ? text : undefined);
  return { param, rule: rules.sizes, parse };
}

/** What a run is made of, and where it runs. */
export const RUN_FIELDS = {
  /** @type {Field<string>} */
  preset: {
    param: "preset",
    rule: rules.preset,
    parse: (text) => (/^[\w-]{1,40}$/.test(text) ? text : undefined),
  },
  pairs: oneOf("pairs", PAIRINGS),
  seed: integer("seed", 0, MAX_SEED),
  batchSize: integer("batch", 1, 1024),
  learningRate: decimal("lr", (x) => x > 0 && x <= 1, rules.numberAbove(0, 1)),
  l1Weight: decimal("l1", (x) => x >= 0 && x <= 1000, rules.number(0, 1000)),
  objective: oneOf("loss", OBJECTIVES),
  penalty: decimal("penalty", (x) => x <= MAX_FACTOR, rules.number(0, MAX_FACTOR)),
  discriminatorSteps: integer("dsteps", 1, 16),
  discriminatorRate: decimal(
    "drate",
    (x) => x > 0 && x <= MAX_FACTOR,
    rules.numberAbove(0, MAX_FACTOR),
  ),
  generator: sizes("generator"),
  discriminator: sizes("discriminator"),
  device: oneOf("device", /** @type {const} */ (["auto", "webgpu", "cpu"])),
};

/**
 * What goes into a run's config; null for the preset's own value.
 * @typedef {object} RunSettings
 * @property {number | null} seed
 * @property {number | null} batchSize
 * @property {number | null} learningRate that the run starts with
 * @property {number | null} l1Weight that the run starts with
 * @property {Objective | null} objective
 * @property {number | null} penalty
 * @property {number | null} discriminatorSteps
 * @property {number | null} discriminatorRate
 * @property {string | null} generator its sizes, such as "z100-256n-512n-leaky0.2"
 * @property {string | null} discriminator its sizes
 */

export const RUN_SETTINGS = /** @type {(keyof RunSettings)[]} */ (
  Object.keys(RUN_FIELDS).filter((name) => !["preset", "pairs", "device"].includes(name))
);

/**
 * @param {string} preset
 * @param {RunSettings} settings
 * @returns {RunConfig} with what they say, and nothing of what is the preset's own
 */
export function configOf(preset, settings) {
  const said = RUN_SETTINGS.filter((name) => settings[name] !== null);
  return { ...Object.fromEntries(said.map((name) => [name, settings[name]])), preset };
}

/** How fast it trains, and when it pauses. */
export const PACE_FIELDS = {
  speed: integer("speed", 1, MAX_SPEED),
  stopSteps: integer("steps", 1, MAX_STEPS),
  stopMinutes: integer("minutes", 1, MAX_MINUTES),
};
