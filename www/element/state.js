// What one element shows, as a value and a pure function that makes the next one. No DOM, no worker.

import { METRICS } from "../engine/protocol.js";

/** @import { Stage } from "../engine/protocol.js" */
/** @import { Reason } from "./problems.js" */

/** What loading waits for, in order. @type {readonly Stage[]} */
export const STAGES = ["program", "device", "data", "networks"];

/** Why an element paused that nobody asked to. @typedef {"yielded" | "unseen" | "limit"} Away */

/** @typedef {{ reason: Reason, code: string, message: string }} Failure */

/**
 * @typedef {object} State
 * @property {"idle" | "loading" | "waiting" | "ready" | "training" | "paused" | "finished" | "failed"
 *   | "unsupported"} phase idle: only the poster; waiting: another element trains; ready: loaded,
 *   nothing trained
 * @property {Stage} stage what loading waits for
 * @property {Away | undefined} away
 * @property {Failure | undefined} failure what happened, or while idle what is going to
 * @property {number} step completed
 * @property {number | undefined} total steps to train
 * @property {{ d: number, g: number } | undefined} losses of the last completed step
 * @property {string | undefined} note why the CPU was taken
 * @property {string} [hint] what to know of the file that was saved, until something else happens
 * @property {{ step: number, isShowcase: boolean, isPairs: boolean } | undefined} picture none: the poster is shown
 */

/**
 * @typedef {{ type: "unsupported", failure: Failure }
 *   | { type: "idle", failure: Failure | undefined }
 *   | { type: "fresh" }
 *   | { type: "loading", stage: Stage }
 *   | { type: "waiting" }
 *   | { type: "opened", step: number, total: number, note: string | undefined }
 *   | { type: "training" }
 *   | { type: "paused", away?: Away }
 *   | { type: "finished" }
 *   | { type: "total", total: number }
 *   | { type: "hint", hint: string | undefined }
 *   | { type: "losses", step: number, values: Float32Array }
 *   | { type: "picture", step: number, isShowcase: boolean, isPairs: boolean }
 *   | { type: "failed", failure: Failure }} Action
 */

/** @type {Readonly<State>} */
export const INITIAL = Object.freeze({
  phase: "idle",
  stage: "program",
  away: undefined,
  failure: undefined,
  step: 0,
  total: undefined,
  losses: undefined,
  note: undefined,
  picture: undefined,
});

/**
 * Whether it does what a pause would end.
 * @param {State} state
 */
export function isWorking({ phase }) {
  return phase === "training" || phase === "loading" || phase === "waiting";
}

/**
 * @param {State} state
 * @param {Action} action
 * @returns {State}
 */
export function reduce(state, action) {
  switch (action.type) {
    case "unsupported":
      return { ...state, phase: "unsupported", failure: action.failure };
    case "idle":
      return { ...INITIAL, failure: action.failure };
    case "fresh":
      return { ...INITIAL, phase: "ready" };
    case "loading":
      return { ...state, phase: "loading", stage: action.stage, failure: undefined };
    case "waiting":
      return { ...state, phase: "waiting", failure: undefined, away: undefined };
    case "opened": {
      const { step, total, note } = action;
      const losses = step === state.step ? state.losses : undefined;
      // Who has yielded meanwhile has yielded still.
      return { ...state, phase: still(step, total), step, total, note, losses, failure: undefined };
    }
    case "training":
      return { ...state, phase: "training", hint: undefined, away: undefined, failure: undefined };
    case "paused":
      if (state.phase === "failed") return state;
      return {
        ...state,
        phase: still(state.step, state.total),
        hint: undefined,
        away: action.away,
      };
    case "finished":
      return { ...state, phase: "finished", away: undefined };
    case "total": {
      const { total } = action;
      const { phase, step } = state;
      const rests = phase === "ready" || phase === "paused" || phase === "finished";
      return { ...state, phase: rests ? still(step, total) : phase, total };
    }
    case "hint":
      return { ...state, hint: action.hint };
    case "losses": {
      const last = action.values.subarray(action.values.length - METRICS.length);
      const [dReal, dFake, g] = last;
      return { ...state, step: action.step, losses: { d: dReal + dFake, g } };
    }
    case "picture": {
      const { step, isShowcase, isPairs } = action;
      return { ...state, picture: { step, isShowcase, isPairs } };
    }
    case "failed":
      return { ...state, phase: "failed", failure: action.failure, away: undefined };
  }
}

/**
 * @param {State} before
 * @param {State} after
 * @returns {{ step: number, reason: "finished" | "asked" | Away } | undefined} why it trains no more, where it did
 */
export function pauseBetween(before, { phase, step, away }) {
  if (before.phase !== "training") return undefined;
  if (phase === "finished") return { step, reason: "finished" };
  return phase === "paused" || phase === "ready" ? { step, reason: away ?? "asked" } : undefined;
}

/**
 * @param {number} step
 * @param {number | undefined} total
 */
function still(step, total) {
  return step === 0 ? "ready" : step === total ? "finished" : "paused";
}
