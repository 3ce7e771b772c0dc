// How learning rate and λ change while a run goes on. In settings and links a course is text, such as
// `0.001@67,0.0005@90`: what the value is once so many steps are taken. Pure functions, no settings.

/** @import { Change, RunConfig } from "./protocol.js" */

/** The setting that holds the changes of each. */
const COURSES = /** @type {const} */ ({
  learningRate: "learningRateChanges",
  l1Weight: "l1WeightChanges",
});

/** What each is called in a run's config. */
const KINDS = /** @type {const} */ ({ learningRate: "learning-rate", l1Weight: "l1-weight" });

/** @typedef {keyof typeof COURSES} Live */
/** @typedef {{ [name in typeof COURSES[Live]]: string | null }} Courses */
/** @typedef {{ learningRate: number | null, l1Weight: number | null } & Courses} Steered */

export const LIVE = /** @type {Live[]} */ (Object.keys(COURSES));

/**
 * @param {string} text
 * @param {(text: string) => number | undefined} parse of a value
 * @returns {string | undefined} the course as it is written; undefined if it is none
 */
export function parseCourse(text, parse) {
  const parts = [];
  let last = 0;
  for (const part of text.split(",")) {
    const [, value = "", at = ""] = /^ *(.+?) *@ *(\d{1,9}) *$/.exec(part) ?? [];
    const number = parse(value);
    const step = Number(at);
    if (number === undefined || step <= last) return undefined;
    parts.push(`${number}@${step}`);
    last = step;
  }
  return parts.join(",");
}

/**
 * @param {string | null} course
 * @returns {{ step: number, value: number }[]} in the order of their steps
 */
export function pointsOfCourse(course) {
  if (course === null) return [];
  return course.split(",").map((part) => {
    const [value, step] = part.split("@").map(Number);
    return { step, value };
  });
}

/**
 * A setting's value once so many steps are taken.
 * @template {number | null} T
 * @param {T} first
 * @param {string | null} course
 * @param {number} step
 * @returns {T | number}
 */
export function valueAt(first, course, step) {
  return pointsOfCourse(course).findLast((point) => point.step <= step)?.value ?? first;
}

/**
 * @param {Courses} settings
 * @returns {Change[]} as a run's config has them
 */
export function changesOf(settings) {
  return LIVE.flatMap((name) =>
    pointsOfCourse(settings[COURSES[name]]).map((point) => ({ ...point, setting: KINDS[name] })),
  ).sort((a, b) => a.step - b.step);
}

/**
 * @param {readonly Change[] | undefined} changes
 * @returns {Courses}
 */
export function coursesOf(changes = []) {
  const courses = LIVE.map((name) => {
    const own = changes.filter(({ setting }) => setting === KINDS[name]);
    return [COURSES[name], own.map(({ value, step }) => `${value}@${step}`).join(",") || null];
  });
  return Object.fromEntries(courses);
}

/**
 * Settings with others in place of some: a new first value is no longer followed by the old changes.
 * @template {object} S
 * @param {S} settings
 * @param {Partial<S> & { [name in Live]?: unknown }} patch
 * @returns {S}
 */
export function patched(settings, patch) {
  const ended = LIVE.filter((name) => name in patch).map((name) => [COURSES[name], null]);
  return { ...settings, ...Object.fromEntries(ended), ...patch };
}

/**
 * What is in force once so many steps are taken.
 * @template {Pick<RunConfig, "learningRate" | "l1Weight">} C
 * @param {C} config with the first values
 * @param {Courses} settings
 * @param {number} step
 * @returns {C}
 */
export function inForceAt(config, settings, step) {
  const { learningRate, l1Weight } = config;
  return {
    ...config,
    learningRate: valueAt(learningRate ?? null, settings.learningRateChanges, step),
    l1Weight: valueAt(l1Weight ?? null, settings.l1WeightChanges, step),
  };
}
