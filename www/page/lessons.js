// A short lesson about each preset: the words stand in words/, and here is what they say to try. No DOM;
// loaded when a lesson is in sight.

import { lessons } from "#words/lessons.js";
import { shownConfig, shownSettings } from "./selectors.js";

/** @import { LessonWords, TrialWords } from "#words/lessons.js" */
/** @import { Noun, Task } from "#words/nouns.js" */
/** @import { DataName, Settings } from "./settings.js" */
/** @import { State } from "./state.js" */

/**
 * What something to try sets; all else is the preset's own.
 * @typedef {object} Change
 * @property {Partial<Settings>} settings
 * @property {boolean} [live] whether the run goes on with them; else it starts over
 */

/** @typedef {Change & TrialWords} Trial */
/** @typedef {Omit<LessonWords, "tries"> & { tries: readonly Trial[], seenOn: DataName }} Lesson */

/** Settings to try, by the preset's id. @type {Readonly<Record<string, readonly [Change, Change]>>} */
const CHANGES = {
  mlp: [{ settings: { discriminatorRate: 0.05 } }, { settings: { learningRate: 0.01 } }],
  dense: [{ settings: { learningRate: 0.01 } }, { settings: { discriminatorSteps: 5 } }],
  "least-squares": [
    { settings: { l1Weight: 100 }, live: true },
    { settings: { objective: "wasserstein" } },
  ],
  dcgan: [{ settings: { learningRate: 0.002 } }, { settings: { learningRate: 0.00002 } }],
  "conv-critic": [{ settings: { discriminatorRate: 0.1 } }, { settings: { batchSize: 16 } }],
  modern: [
    { settings: { objective: "non-saturating", penalty: 0 } },
    { settings: { objective: "wasserstein", penalty: 0 } },
  ],
  "hinge-sn": [{ settings: { objective: "wasserstein" } }, { settings: { learningRate: 0.01 } }],
  "wgan-clip": [{ settings: { discriminatorSteps: 1 } }, { settings: { learningRate: 0.005 } }],
  pix2pix: [
    { settings: { l1Weight: 1000 }, live: true },
    { settings: { l1Weight: 0 }, live: true },
  ],
  points: [{ settings: { data: "grid" } }, { settings: { objective: "wasserstein", penalty: 0 } }],
};

/** What its words tell of was seen with, where that is not the digits, by the preset's id. */
const SEEN_ON = /** @type {Readonly<Record<string, DataName>>} */ ({
  pix2pix: "lineart",
  points: "ring",
});

/** The presets that have a lesson. */
export const TAUGHT = Object.keys(CHANGES);

/**
 * @param {string} id of a preset
 * @param {Noun} noun of the data
 * @param {Task} task on them
 * @returns {Lesson}
 */
export function lessonOf(id, noun, task) {
  const words = lessons.presets(noun, task)[id];
  const tries = words.tries.map((trial, i) => ({ ...trial, ...CHANGES[id][i] }));
  return { ...words, tries, seenOn: SEEN_ON[id] ?? "mnist" };
}

/**
 * Whether a trial's settings are in force.
 * @param {Trial} trial
 * @param {State} state
 */
export function isTried({ settings }, state) {
  /** @type {Record<string, unknown>} */
  const now = { ...shownConfig(state), data: shownSettings(state).data };
  return Object.entries(settings).every(([name, value]) => now[name] === value);
}
