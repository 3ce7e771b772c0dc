// The buttons, the numbers under the grid and what lies over it while there is nothing to train.

import { sentence } from "../../kit/sentence.js";
import { isBesideDigits, isSet } from "../settings.js";
import {
  dataName,
  fetchesData,
  secondsLeft,
  shownConfig,
  shownEpoch,
  shownSettings,
  titleOf,
} from "../selectors.js";
import { number } from "#words/numbers.js";
import { page as texts } from "#words/page.js";
import { rate } from "#words/quantities.js";
import { find, onPress, setDisabled, setText } from "../../kit/dom.js";

/** @import { App } from "../app.js" */
/** @import { PageStore, State } from "../state.js" */

/**
 * @param {App} app
 * @param {PageStore} store
 */
export function runView(app, store) {
  const toggle = find("toggle", HTMLButtonElement);
  const toggleText = find("toggle-text", HTMLElement);
  const stepButton = find("step", HTMLButtonElement);
  const reset = find("reset", HTMLButtonElement);
  const finished = find("finished-notice", HTMLElement);
  const epochBar = find("epoch-bar", HTMLProgressElement);
  const epochText = find("epoch-text", HTMLElement);
  const timeLeft = find("time-left", HTMLElement);
  const stepCount = find("step-count", HTMLElement);
  const stepRate = find("step-rate", HTMLElement);
  const imageRate = find("image-rate", HTMLElement);
  const missing = find("showcase-missing", HTMLElement);
  const overlay = overlayView(app);

  onPress(find("showcase-again", HTMLButtonElement), () => app.changes.fetchShowcase());
  onPress(toggle, () => app.training.toggle());
  onPress(stepButton, () => app.training.step());
  onPress(reset, () => app.changes.reset());

  store.subscribe((state) => {
    overlay(state);
    const isReady = state.phase === "ready";
    const { isRunning } = state;
    setText(toggleText, toggleLabel(state));
    toggle.dataset.running = String(isRunning);
    setDisabled(toggle, !isReady || state.isStepping);
    setDisabled(stepButton, !isReady || isRunning || state.isStepping);
    setDisabled(reset, !isReady);
    setText(finished, finishedWords(state));
    missing.hidden = isRunning || state.picture?.showcase !== "missing";

    const config = shownConfig(state);
    const { step, stepsPerSecond } = state.progress;
    setText(stepCount, number(step));
    stepCount.setAttribute("aria-busy", String(isRunning || state.isSettling));
    setText(stepRate, rate(stepsPerSecond));
    const imagesPerSecond = stepsPerSecond && config && stepsPerSecond * config.batchSize;
    setText(imageRate, rate(imagesPerSecond));

    epochBar.value = shownEpoch(state).share;
    setText(epochText, epochWords(state));
    const seconds = secondsLeft(state);
    setText(timeLeft, seconds === undefined ? "" : texts.left(seconds));
  });
}

/** @param {App} app */
function overlayView(app) {
  const overlay = find("overlay", HTMLElement);
  const text = find("overlay-text", HTMLElement);
  const retry = find("retry", HTMLButtonElement);
  const restart = find("restart", HTMLButtonElement);
  const restartCpu = find("restart-cpu", HTMLButtonElement);
  const restartMnist = find("restart-mnist", HTMLButtonElement);

  onPress(retry, () => app.changes.retry());
  onPress(restart, () => app.restart({}));
  onPress(restartCpu, () => app.restart({ device: "cpu" }));
  onPress(restartMnist, () => app.changes.useMnist());

  /** @param {State} state */
  return (state) => {
    const { phase } = state;
    overlay.hidden = phase === "ready";
    overlay.dataset.phase = phase;
    // Waiting is told politely; a failure interrupts.
    overlay.setAttribute("role", phase === "booting" ? "status" : "alert");
    setText(text, phase === "booting" ? stageWords(state) : sentence(state.failure ?? ""));
    // What has a remedy is refused again without it.
    retry.hidden = phase !== "stuck" || state.mendable !== undefined;
    restart.hidden = phase !== "fatal";
    setText(restart, state.device?.kind === "webgpu" ? texts.restartGpu : texts.restart);
    restartMnist.hidden = phase !== "stuck" || !isBesideDigits(state.settings.data);
    const isOnCpu = state.settings.device === "cpu";
    restartCpu.hidden =
      isOnCpu || !(phase === "fatal" || (phase === "stuck" && "device" in state.problems));
  };
}

/** @param {State} state */
function stageWords({ stage, loads, ...state }) {
  if (loads === undefined) return texts.stages[stage];
  const { data } = shownSettings(state);
  return texts.fetches(isSet(data) ? texts.data[data] : loads);
}

/** @param {State} state */
function toggleLabel({ phase, isRunning }) {
  if (phase === "booting") return texts.loading;
  return isRunning ? texts.pause : texts.train;
}

/** @param {State} state */
function finishedWords(state) {
  const { isRunning, isMeasuring, ending, progress, run, data } = state;
  if (fetchesData(state) && data !== undefined)
    return texts.fetchesBeside(dataName(state), titleOf(data));
  if (isRunning && isMeasuring) return texts.looks;
  if (ending === undefined || run === undefined) return "";
  if (ending.reason === "plateau") return texts.plateau(ending.bestStep);
  return progress.step === run.totalSteps ? texts.finished : texts.stopped;
}

/** @param {State} state */
function epochWords(state) {
  if (state.run === undefined) return texts.noEpoch;
  const { epoch, is } = shownEpoch(state);
  return texts.epochOf(epoch, state.run.epochCount, is);
}
