// Tells who listens to the page how training goes: politely, and at most every ten seconds.

import { count, loss } from "../format.js";
import { page as texts } from "../english.js?page";
import { find, setText } from "./dom.js";

/** @import { State } from "../state.js" */

const EVERY_MS = 10_000;

export function announceView() {
  const element = find("announcer", HTMLElement);
  let saidAt = -Infinity;
  let wasActive = false;
  /** @type {State["findings"]} */
  let told = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {State | undefined} */
  let newest;

  const say = () => {
    timer = undefined;
    saidAt = performance.now();
    if (newest !== undefined) setText(element, summary(newest));
  };

  /** @param {State} state */
  return (state) => {
    const isActive = state.isRunning || state.isStepping;
    const isNews = isActive || wasActive || state.findings !== told;
    wasActive = isActive;
    told = state.findings;
    newest = state;
    if (!isNews || timer !== undefined) return;
    timer = setTimeout(say, Math.max(0, saidAt + EVERY_MS - performance.now()));
  };
}

/** @param {State} state */
function summary({ findings, isFinished, isRunning, losses, progress, run }) {
  const how = isFinished ? texts.finished : isRunning ? texts.training : texts.paused;
  if (run === undefined || losses === undefined) return how;
  const [dReal, dFake, g] = losses.map(loss);
  const found = findings.map(({ symptom }) => ` ${texts.symptoms[symptom]}`).join("");
  const epoch = count(progress.epoch + 1);
  const step = texts.announcedStep(count(progress.step), epoch, count(run.epochCount));
  return `${how} ${step} ${texts.announcedLosses(dReal, dFake, g)}${found}`;
}
