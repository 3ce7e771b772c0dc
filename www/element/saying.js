// What an element says of its run, as words for its two lines and for who does not see the picture. Loaded with
// what trains: what is said before stands in view.js.

import { element as early } from "#words/element.js";
import { elementRun as texts } from "#words/element-run.js";

/** @import { Options } from "./attributes.js" */
/** @import { State } from "./state.js" */

/**
 * @param {State} state
 * @param {Options} options
 * @returns {string}
 */
export function words({ phase, stage, away, failure, note }, { minutes }) {
  const paused = away === "limit" ? texts.spent(minutes) : away && texts.away[away];
  switch (phase) {
    case "loading":
      return stage === "program" ? early.loading : texts.stages[stage];
    case "waiting":
      return texts.waiting;
    case "ready":
      return paused ?? texts.ready;
    case "paused":
      return paused ?? texts.paused;
    case "training":
      return note ?? texts.training;
    case "finished":
      return texts.finished;
    default:
      return failure?.message ?? "";
  }
}

/**
 * @param {State} state
 * @returns {string} how far it is
 */
export function numbers({ step, total }) {
  if (total === undefined) return "";
  return step > total ? texts.step(step) : texts.steps(step, total);
}

/**
 * @param {State} state
 * @returns {string | undefined} what the picture is, where there is one
 */
export function picture({ picture: shown }) {
  if (shown?.isPairs) return texts.pairs(shown.step);
  return shown && texts.picture(shown.step, shown.isShowcase);
}
