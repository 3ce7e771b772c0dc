// What the user can set, as one table, which address.js reads and writes the page's address by and the controls are
// checked by. What the element can be told as well is in fields.js. Defaults are not here: `null` means the preset's own
// value, which lives in Rust.

import { parseCourse } from "../engine/course.js";
import { folderUrl } from "../engine/site-files.js";
import { isBoard } from "../board/rule.js";
import { isDrawing } from "./drawing.js";
import { presets as names } from "#words/presets.js";
import { settings as texts } from "#words/settings.js";
import { configOf, oneOf, PACE_FIELDS, RUN_FIELDS, RUN_SETTINGS } from "../engine/fields.js";

/** @import { Field, RunSettings } from "../engine/fields.js" */
/** @import { DeviceChoice, Preset, RunConfig } from "../engine/protocol.js" */

/** Sets whose pictures come with others that they are to be made of. */
export const PAIRED_SETS = /** @type {const} */ (["lineart", "lineart64", "styles"]);

/** Sets of pictures that a site may have beside the digits: folders, by their names. */
export const SETS = /** @type {const} */ ([
  ...["faces", "faces64", "emoji", "emoji64"],
  ...PAIRED_SETS,
  "fashion",
]);

/** Points in the plane. */
const TOYS = /** @type {const} */ (["ring", "grid", "line", "spiral", "moons", "drawn"]);

/** The data that an address can name. */
export const DATA = /** @type {const} */ (["mnist", ...SETS, ...TOYS]);

/** @typedef {typeof DATA[number]} DataName */

/** A folder of this site with four IDX files. @typedef {`${string}/${string}`} Folder */

/** What an address can leave out of the page: single controls, then whole sections. */
export const PARTS = /** @type {const} */ ([
  "device",
  "tab",
  "batch",
  "seed",
  "lr",
  "l1",
  "loss",
  "penalty",
  "dsteps",
  "drate",
  "pacing",
  "files",
  "settings",
  "charts",
  "latents",
  "lesson",
  "toys",
  "lab",
  "rewind",
  "runs",
  "quality",
  "presets",
  "code",
  "data",
  "log",
  "embed",
]);

/** @typedef {RunSettings & OwnSettings} Settings */

/**
 * @typedef {object} OwnSettings
 * @property {DataName | Folder} data
 * @property {"yes" | null} turned whether the pictures of a folder have rows and columns changed for each other
 * @property {string | null} drawing what `data=drawn` means; see drawing.js
 * @property {typeof import("../engine/protocol.js").PAIRINGS[number] | null} pairs what pictures are to be made of, where a GAN makes pictures out of
 *   others; null for what comes with them
 * @property {string | null} board what is drawn to be made a picture; see board.js
 * @property {string | null} preset for images: where data are points there is but one
 * @property {string | null} learningRateChanges while the run goes on; see course.js
 * @property {string | null} l1WeightChanges while the run goes on
 * @property {DeviceChoice} device
 * @property {"continue" | "pause"} hidden what a hidden tab does
 * @property {number | null} speed steps a second, at most; null for as many as there can be
 * @property {number | null} stopSteps training pauses whenever the run has taken so many steps more
 * @property {number | null} stopMinutes training pauses whenever the run has trained so many minutes more
 * @property {"plateau" | null} stopAt training pauses when what is drawn no longer gets better
 * @property {string | null} hide the parts of the page that are left out, separated by commas
 */

/** @type {Readonly<Settings>} */
export const DEFAULT_SETTINGS = Object.freeze({
  data: "mnist",
  turned: null,
  drawing: null,
  pairs: null,
  board: null,
  preset: null,
  seed: null,
  batchSize: null,
  learningRate: null,
  learningRateChanges: null,
  l1Weight: null,
  l1WeightChanges: null,
  objective: null,
  penalty: null,
  discriminatorSteps: null,
  discriminatorRate: null,
  generator: null,
  discriminator: null,
  device: "auto",
  hidden: "continue",
  speed: null,
  stopSteps: null,
  stopMinutes: null,
  stopAt: null,
  hide: null,
});

const MAX_FOLDER = 200;

const dataName = oneOf("data", DATA);

/**
 * A list of words, in which what is not one of them is left out.
 * @param {string} param
 * @param {readonly string[]} words
 * @returns {Field<string>}
 */
function someOf(param, words) {
  const parted = (/** @type {string} */ text) => text.split(",").map((part) => part.trim());
  return {
    param,
    rule: texts.listOf(words.join(", ")),
    parse(text) {
      const asked = parted(text);
      return words.filter((word) => asked.includes(word)).join(",") || undefined;
    },
    strangers: (text) =>
      parted(text)
        .filter((part) => !words.includes(part))
        .join(","),
  };
}

/**
 * A setting that can change while a run goes on: its first value, and what follows it in the address.
 * @param {Field<number>} field
 * @returns {[Field<number>, Field<string>]}
 */
function live(field) {
  const { param, parse } = field;
  const comma = (/** @type {string} */ text) => (text.includes(",") ? text.indexOf(",") : Infinity);
  const ruleOfAll = texts.course(field.rule);
  return [
    { ...field, ruleOfAll, part: (text) => text.slice(0, comma(text)) },
    {
      param,
      rule: ruleOfAll,
      parse: (text) => parseCourse(text, parse),
      part: (text) => (text.includes(",") ? text.slice(comma(text) + 1) : undefined),
    },
  ];
}

const [learningRate, learningRateChanges] = live(RUN_FIELDS.learningRate);
const [l1Weight, l1WeightChanges] = live(RUN_FIELDS.l1Weight);

/** The table. */
export const FIELDS = {
  /** @type {Field<DataName | Folder>} */
  data: {
    param: "data",
    rule: texts.data(DATA.join(", ")),
    parse: (text) => dataName.parse(text) ?? (isOwnFolder(text) ? text : undefined),
  },
  turned: oneOf("turned", /** @type {const} */ (["yes"])),
  /** @type {Field<string>} */
  drawing: {
    param: "drawing",
    rule: texts.drawing,
    parse: (text) => (isDrawing(text) ? text : undefined),
  },
  /** @type {Field<string>} */
  board: {
    param: "board",
    rule: texts.drawing,
    parse: (text) => (isBoard(text) ? text : undefined),
  },
  ...RUN_FIELDS,
  learningRate,
  learningRateChanges,
  l1Weight,
  l1WeightChanges,
  hidden: oneOf("hidden", /** @type {const} */ (["continue", "pause"])),
  ...PACE_FIELDS,
  stopAt: oneOf("until", /** @type {const} */ (["plateau"])),
  hide: someOf("hide", PARTS),
};

/** @typedef {keyof typeof FIELDS} SettingName */

/** What a preset has values of its own for, but the seed. */
const OF_PRESET = [
  ...RUN_SETTINGS.filter((name) => name !== "seed"),
  ...["learningRateChanges", "l1WeightChanges"],
];

/** What makes every value the preset's own again, but the seed. @type {Readonly<Partial<Settings>>} */
export const OWN_VALUES = Object.fromEntries(OF_PRESET.map((name) => [name, null]));

/**
 * Whether the data are points in the plane.
 * @param {Pick<Settings, "data">} settings
 */
export function isToy({ data }) {
  return TOYS.some((toy) => toy === data);
}

/**
 * @param {Settings["data"]} data
 * @returns {data is typeof SETS[number]}
 */
export function isSet(data) {
  return SETS.some((set) => set === data);
}

/** Of the sets, those that this site was made with: each with how what tells it from others begins. */
const THERE = new Map(
  String(import.meta.env.VITE_SETS ?? "")
    .split(",")
    .map((set) => /** @type {[string, string]} */ (set.split(/ (.*)/s))),
);

/** @param {DataName} data */
export function isOnSite(data) {
  return !isSet(data) || THERE.has(data);
}

/**
 * The set that a run learned from.
 * @param {string} fingerprint of its data
 * @returns {DataName | undefined} nothing where it is none of this site's
 */
export function setThatIs(fingerprint) {
  return DATA.find((set) => fingerprint.startsWith(THERE.get(set) || "none"));
}

/**
 * @param {Settings["data"]} data
 * @returns {data is Folder}
 */
export function isFolder(data) {
  return data.includes("/");
}

/**
 * Whether the data are pictures that this site has beside the digits.
 * @param {Settings["data"]} data
 */
export function isBesideDigits(data) {
  return isFolder(data) || isSet(data);
}

/**
 * Whether a text names a folder of this site: what lies elsewhere is not fetched.
 * @param {string} text
 * @returns {text is Folder}
 */
function isOwnFolder(text) {
  if (!text.includes("/") || text.length > MAX_FOLDER) return false;
  const base = globalThis.location?.href ?? "https://site.invalid/";
  if (!URL.canParse(text, base)) return false;
  const { origin, protocol, search, hash } = folderUrl(text, base);
  const here = new URL(base);
  return origin === here.origin && protocol === here.protocol && search === "" && hash === "";
}

/**
 * Settings brought into line with the presets there are: an unknown one is left out, a λ
 * where there is none as well, and what equals the preset's own value becomes `null`.
 * @param {Settings} settings
 * @param {readonly Preset[]} presets
 * @returns {{ settings: Settings, problems: string[] }}
 */
export function fitSettings(settings, presets) {
  const next = { ...settings };
  const problems = [];
  const ofImages = presets.filter(({ features }) => features !== 2);
  if (presets.some(({ id, features }) => id === next.preset && features === 2)) {
    next.preset = null;
    if (!isToy(next)) next.data = "ring";
  }
  if (next.data === "drawn" && next.drawing === null) {
    problems.push(ignored("data", "drawn", texts.noDrawing));
    next.data = "mnist";
  }
  if (next.data !== "drawn" && next.drawing !== null) {
    problems.push(ignored("drawing", next.drawing, texts.notDrawn));
    next.drawing = null;
  }
  if (!isFolder(next.data) && next.turned !== null) {
    problems.push(ignored("turned", next.turned, texts.noFolder));
    next.turned = null;
  }
  if (next.preset !== null && !ofImages.some(({ id }) => id === next.preset)) {
    const known = ofImages.map(({ id }) => id).join(", ");
    problems.push(ignored("preset", next.preset, texts.gans(known)));
    next.preset = null;
  }
  if (next.preset === ofImages[0].id) next.preset = null;
  const { id, config, input } = presetOf(next, presets);
  for (const name of /** @type {const} */ (["pairs", "board"])) {
    if (input !== null || next[name] === null) continue;
    problems.push(ignored(name, next[name], texts.noPairs(names[id].title)));
    next[name] = null;
  }
  const l1 = [next.l1Weight ?? [], next.l1WeightChanges ?? []].flat().join();
  if (config.l1Weight === null && l1 !== "") {
    problems.push(ignored("l1", l1, texts.noL1(names[id].title)));
    next.l1Weight = null;
    next.l1WeightChanges = null;
  }
  /** @type {Record<string, unknown>[]} */
  const [values, own] = [next, { ...config }];
  for (const name of ["seed", ...OF_PRESET]) {
    if (values[name] === own[name]) values[name] = null;
  }
  // A link that tells what follows tells where it began.
  if (next.learningRateChanges !== null) next.learningRate ??= config.learningRate;
  if (next.l1WeightChanges !== null) next.l1Weight ??= config.l1Weight;
  return { settings: next, problems };
}

/**
 * @param {Settings} settings
 * @param {readonly Preset[]} presets at least one
 * @returns {Preset} the first, where none is named, and the one for points where the data are points
 */
export function presetOf(settings, presets) {
  const points = presets.find(({ features }) => features === 2);
  if (isToy(settings) && points !== undefined) return points;
  return presets.find(({ id }) => id === settings.preset) ?? presets[0];
}

/**
 * @param {Settings} settings
 * @param {Preset} preset
 * @returns {Required<RunConfig>} every value in force
 */
export function effectiveConfig(settings, preset) {
  const { config } = preset;
  const own = { ...config, ...configOf(config.preset, settings) };
  return config.l1Weight === null ? { ...own, l1Weight: null } : own;
}

/** Letters of the address that a sentence repeats. */
const MOST_QUOTED = 60;

/**
 * A sentence about a part of the address that is left out.
 * @param {string} param
 * @param {string} text
 * @param {string} reason
 */
export function ignored(param, text, reason) {
  return texts.ignored(short(param), short(text), reason);
}

/** @param {string} text that may be endless */
export function short(text) {
  return text.length > MOST_QUOTED ? `${text.slice(0, MOST_QUOTED)}…` : text;
}
