// Tells who listens to the page how training goes, politely. What it says follows from the state alone: at once
// when something has happened, and while training every ten seconds. What no longer holds never stays.

import { shownEpoch } from "../selectors.js";
import { page as texts } from "#words/page.js";
import { find, setText } from "../../kit/dom.js";

/** @import { PageStore, State } from "../state.js" */

/** While training goes on. */
const EVERY_MS = 10_000;
/** Of things that happen one after another, the last is told. */
const AT_ONCE_MS = 500;

/** @param {PageStore} store */
export function announceView(store) {
  const element = find("announcer", HTMLElement);
  let toldAt = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** @param {number} waitMs at least, since it was last told */
  const tellAfter = (waitMs) => {
    clearTimeout(timer);
    timer = setTimeout(tell, Math.max(0, toldAt + waitMs - performance.now()));
  };
  const tell = () => {
    timer = undefined;
    toldAt = performance.now();
    setText(element, summary(store.state));
    if (store.state.isRunning) tellAfter(EVERY_MS);
  };

  store.watch(whatHappened, () => tellAfter(AT_ONCE_MS));
}

/**
 * @param {State} state
 * @returns {string} another one when something has happened that is told at once
 */
function whatHappened({ run, isRunning, losses, progress, findings }) {
  const step = isRunning ? losses !== undefined : progress.step;
  return [run?.id, isRunning, step, ...findings.map(({ symptom }) => symptom)].join();
}

/**
 * @param {Pick<State, "findings" | "isRunning" | "losses" | "progress" | "run">} state
 * @returns {string} nothing while there is nothing to train, which is told over the picture
 */
export function summary({ findings, isRunning, losses, progress, run }) {
  if (run === undefined) return "";
  if (progress.step === 0) return isRunning ? texts.training : texts.untrained;
  const { epoch } = shownEpoch({ run, progress });
  const parts = [
    isRunning ? texts.training : texts.paused,
    texts.announcedStep(progress.step, epoch, run.epochCount),
  ];
  if (losses !== undefined) {
    const [dReal, dFake, g] = losses;
    parts.push(texts.announcedLosses(dReal, dFake, g));
  }
  return [...parts, ...findings.map(({ symptom }) => texts.symptoms[symptom])].join(" ");
}
