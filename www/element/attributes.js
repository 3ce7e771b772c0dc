// What an author can write on <web-gan>, as one table: it makes the properties, reads an iframe's
// address, and is held against custom-elements.json and the page's own settings by tests. No DOM.

import { element as texts } from "../english.js?element";

/** The buttons that `controls` may name, in the order in which they stand. */
export const CONTROLS = /** @type {const} */ (["play", "step", "reset", "save"]);

/** @typedef {(typeof CONTROLS)[number]} Control */

/**
 * What the attributes say, with defaults for those that are missing or no good.
 * @typedef {object} Options
 * @property {string} preset
 * @property {"mnist"} datasetName of the attribute `dataset`: every element has a property of that name
 * @property {string} dataSrc "" for the digits that lie beside the element
 * @property {string} model
 * @property {number | null} seed null: the preset's own
 * @property {number | null} steps null: the preset's whole schedule
 * @property {number | null} batchSize null: the preset's own
 * @property {"auto" | "webgpu" | "cpu"} device
 * @property {readonly Control[]} controls
 * @property {"auto" | "light" | "dark"} theme
 * @property {string} poster "" for the shipped one
 * @property {"lazy" | "eager"} loading
 * @property {"interaction" | "auto" | "manual"} reveal
 * @property {string} label
 */

/** @typedef {keyof Options} OptionName */

/**
 * @template T
 * @typedef {object} Attribute
 * @property {string} name
 * @property {T} initial where it is missing
 * @property {string} rule what a good value is, to follow "must be"
 * @property {(text: string) => T | undefined} parse undefined: not a good value
 * @property {boolean} [startsOver] whether another value makes it another run
 */

/**
 * @template {string} T
 * @param {string} name
 * @param {readonly [T, ...T[]]} words the first is taken where it is missing
 * @returns {Attribute<T>}
 */
function oneOf(name, words) {
  return {
    name,
    initial: words[0],
    rule: texts.oneOf(words.join(", ")),
    parse: (text) => words.find((word) => word === text),
  };
}

/**
 * @param {string} name
 * @returns {Attribute<string>}
 */
function text(name) {
  return { name, initial: "", rule: texts.text, parse: (value) => value };
}

/**
 * @param {string} name
 * @param {number} min
 * @param {number} max
 * @returns {Attribute<number | null>} null: the preset's own
 */
function integer(name, min, max) {
  return {
    name,
    initial: null,
    rule: texts.wholeNumber(min, max),
    parse(value) {
      if (!/^\d{1,10}$/.test(value.trim())) return undefined;
      const number = Number(value);
      return number >= min && number <= max ? number : undefined;
    },
  };
}

/** @type {{ [K in OptionName]: Attribute<Options[K]> }} */
export const ATTRIBUTES = {
  preset: {
    name: "preset",
    initial: "modern",
    rule: texts.preset,
    parse: (value) => (/^[\w-]{1,40}$/.test(value) ? value : undefined),
    startsOver: true,
  },
  datasetName: { ...oneOf("dataset", ["mnist"]), startsOver: true },
  dataSrc: { ...text("data-src"), startsOver: true },
  model: { ...text("model"), startsOver: true },
  seed: { ...integer("seed", 0, 2 ** 32 - 1), startsOver: true },
  steps: integer("steps", 1, 1e6),
  batchSize: { ...integer("batch-size", 1, 1024), startsOver: true },
  device: { ...oneOf("device", ["auto", "webgpu", "cpu"]), startsOver: true },
  controls: {
    name: "controls",
    initial: ["play", "reset"],
    rule: texts.anyOf(CONTROLS.join(", ")),
    parse(value) {
      const words = value.split(/\s+/).filter((word) => word !== "");
      const known = CONTROLS.filter((control) => words.includes(control));
      return known.length === new Set(words).size ? known : undefined;
    },
  },
  theme: oneOf("theme", ["auto", "light", "dark"]),
  poster: text("poster"),
  loading: oneOf("loading", ["lazy", "eager"]),
  reveal: oneOf("reveal", ["interaction", "auto", "manual"]),
  label: text("label"),
};

export const OPTION_NAMES = /** @type {OptionName[]} */ (Object.keys(ATTRIBUTES));

/** @type {ReadonlyMap<string, OptionName>} */
export const OPTION_OF = new Map(OPTION_NAMES.map((option) => [ATTRIBUTES[option].name, option]));

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
    const { name, initial, rule, parse } = ATTRIBUTES[option];
    const written = read(name);
    const value = written === null ? initial : parse(written);
    if (value === undefined) problems.push(texts.ignored(name, written ?? "", rule));
    options[option] = value ?? initial;
  }
  return { options: /** @type {Options} */ (options), problems };
}
