// What an author can write on <web-gan>, as one table: it makes the properties, reads an iframe's
// address, and is held against custom-elements.json by tests. What a link can say of a run is the page's own
// table (fields.js). No DOM.

import { oneOf as word, PACE_FIELDS, RUN_FIELDS } from "../engine/fields.js";
import { element as texts } from "#words/element.js";

/** @import { Field, RunSettings } from "../engine/fields.js" */
/** @import { DeviceChoice, PAIRINGS } from "../engine/protocol.js" */

/** The buttons that `controls` may name, in the order in which they stand. */
export const CONTROLS = /** @type {const} */ (["play", "step", "reset", "save"]);

/** @typedef {(typeof CONTROLS)[number]} Control */

/**
 * What the attributes say, with defaults for those that are missing or no good. No name of a property is
 * one that every element has.
 * @typedef {RunSettings & OwnOptions} Options
 */

/**
 * @typedef {object} OwnOptions
 * @property {string} preset
 * @property {"mnist"} data
 * @property {string} dataSrc "" for the digits that lie beside the element
 * @property {typeof PAIRINGS[number] | null} pairs what pictures are made out of, for a GAN that makes them out of
 *   others; null for what comes with them
 * @property {string} board what lies on the board to begin with
 * @property {string} model
 * @property {DeviceChoice} device
 * @property {number | null} speed null: as fast as it can
 * @property {number | null} steps null: the preset's whole schedule
 * @property {number | null} minutes null: ten
 * @property {readonly Control[]} controls
 * @property {"auto" | "light" | "dark"} theme
 * @property {string} poster "" for the shipped one
 * @property {"lazy" | "eager"} loading
 * @property {"interaction" | "auto" | "manual"} reveal
 * @property {"pause" | "train"} unseen
 * @property {string} label
 */

/** @typedef {keyof Options} OptionName */

/**
 * @template T
 * @typedef {object} Attribute
 * @property {string} name
 * @property {string} [alias] an older name
 * @property {T} initial where it is missing
 * @property {string} rule what a good value is, to follow "must be"
 * @property {(text: string) => T | undefined} parse undefined: not a good value
 * @property {boolean} [startsOver] whether another value makes it another run
 */

/**
 * @template T
 * @template {T | null} U
 * @param {Field<T>} field
 * @param {U} initial
 * @returns {Attribute<T | U>}
 */
function from({ param: name, rule, parse }, initial) {
  return { name, initial, rule, parse };
}

/**
 * @template T
 * @template {T | null} U
 * @param {Field<T>} field
 * @param {U} initial
 * @returns {Attribute<T | U>}
 */
function ofRun(field, initial) {
  return { ...from(field, initial), startsOver: true };
}

/**
 * @template {string} T
 * @param {string} name
 * @param {readonly [T, ...T[]]} words the first is taken where it is missing
 */
function oneOf(name, words) {
  return from(word(name, words), words[0]);
}

/**
 * @param {string} name
 * @returns {Attribute<string>}
 */
function text(name) {
  return { name, initial: "", rule: texts.text, parse: (value) => value };
}

/**
 * Of what is fetched.
 * @param {string} name
 * @returns {Attribute<string>}
 */
function address(name) {
  return {
    ...text(name),
    rule: texts.address,
    parse(value) {
      try {
        void new URL(value, "http://x"); // whatever the page's own is
        return value;
      } catch {
        return undefined;
      }
    },
  };
}

/** @type {{ [K in OptionName]: Attribute<Options[K]> }} */
export const ATTRIBUTES = {
  preset: ofRun(RUN_FIELDS.preset, "modern"),
  data: { ...oneOf("data", ["mnist"]), alias: "dataset", startsOver: true },
  dataSrc: { ...address("data-src"), startsOver: true },
  pairs: ofRun(RUN_FIELDS.pairs, null),
  board: text("board"),
  model: { ...address("model"), startsOver: true },
  seed: ofRun(RUN_FIELDS.seed, null),
  batchSize: { ...ofRun(RUN_FIELDS.batchSize, null), alias: "batch-size" },
  learningRate: ofRun(RUN_FIELDS.learningRate, null),
  l1Weight: ofRun(RUN_FIELDS.l1Weight, null),
  objective: ofRun(RUN_FIELDS.objective, null),
  penalty: ofRun(RUN_FIELDS.penalty, null),
  discriminatorSteps: ofRun(RUN_FIELDS.discriminatorSteps, null),
  discriminatorRate: ofRun(RUN_FIELDS.discriminatorRate, null),
  generator: ofRun(RUN_FIELDS.generator, null),
  discriminator: ofRun(RUN_FIELDS.discriminator, null),
  device: ofRun(RUN_FIELDS.device, "auto"),
  speed: from(PACE_FIELDS.speed, null),
  steps: from(PACE_FIELDS.stopSteps, null),
  minutes: from(PACE_FIELDS.stopMinutes, null),
  controls: {
    name: "controls",
    initial: ["play", "reset"],
    rule: texts.anyOf(CONTROLS.join(", ")),
    parse(value) {
      // With commas too: so a list becomes text.
      const words = value === "none" ? [] : value.split(/[\s,]+/).filter((word) => word !== "");
      const known = CONTROLS.filter((control) => words.includes(control));
      return known.length === new Set(words).size ? known : undefined;
    },
  },
  theme: oneOf("theme", ["auto", "light", "dark"]),
  poster: address("poster"),
  loading: oneOf("loading", ["lazy", "eager"]),
  reveal: oneOf("reveal", ["interaction", "auto", "manual"]),
  unseen: oneOf("unseen", ["pause", "train"]),
  label: text("label"),
};

export const OPTION_NAMES = /** @type {OptionName[]} */ (Object.keys(ATTRIBUTES));

/** By every name that an attribute has. @type {ReadonlyMap<string, OptionName>} */
export const OPTION_OF = new Map(
  OPTION_NAMES.flatMap((option) => namesOf(option).map((name) => [name, option])),
);

/**
 * @param {OptionName} option
 * @returns {string[]} the attribute's name, then what else is known: an older one, and the property's, which HTML
 *   writes small, as servers render it
 */
function namesOf(option) {
  const { name, alias = name } = ATTRIBUTES[option];
  return [...new Set([name, alias, option.toLowerCase()])];
}

/**
 * @param {(attribute: string) => string | null} read
 * @returns {{ options: Options, problems: string[] }} bad values are named and left out
 */
export function readOptions(read) {
  /** @type {Partial<Record<OptionName, unknown>>} */
  const options = {};
  /** @type {string[]} */
  const problems = [];
  for (const option of OPTION_NAMES) {
    const { initial, rule, parse } = ATTRIBUTES[option];
    const names = namesOf(option);
    const name = names.find((name) => read(name) !== null) ?? names[0];
    const written = read(name);
    const value = written === null ? initial : parse(written);
    if (value === undefined) problems.push(texts.ignored(name, written ?? "", rule));
    options[option] = value ?? initial;
  }
  return { options: /** @type {Options} */ (options), problems };
}

/**
 * Whether what one says is another run than what another says.
 * @param {Options} options
 * @param {Options} before
 */
export function isOtherRun(options, before) {
  return OPTION_NAMES.some((name) => ATTRIBUTES[name].startsOver && options[name] !== before[name]);
}
