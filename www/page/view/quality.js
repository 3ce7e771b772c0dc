// How good the digits are: the measures beside those of real digits, the ten classes as bars with
// their numbers, and the classifier that learns from generated digits alone.

import { canMeasure, isLearning, isMnist } from "../selectors.js";
import { number, UNKNOWN } from "#words/numbers.js";
import { quality as texts } from "#words/quality.js";
import { percent } from "#words/quantities.js";
import { find, make, onPress, setDisabled, setText } from "../../kit/dom.js";
import { drawn } from "./drawn.js";

/** @import { App } from "../app.js" */
/** @import { Quality } from "../../engine/protocol.js" */
/** @import { PageStore, State } from "../state.js" */

/** The longest bar stands for at least this share: a tenth is what a digit should have. */
const FULL_BAR = 0.2;

/** What stands in the table's cells, by the row's name in index.html. */
const ROWS = /** @type {Record<string, (quality: Quality) => string>} */ ({
  frechet: ({ classifierFrechet }) => number(classifierFrechet, classifierFrechet < 100 ? 2 : 0),
  score: ({ score }) => number(score, 2),
  modes: ({ modes }) => texts.modes(modes.covered, modes.shares.length),
  agreement: ({ agreement }) => (agreement === null ? UNKNOWN : percent(agreement)),
  precision: ({ precisionRecall }) => percent(precisionRecall.precision),
  recall: ({ precisionRecall }) => percent(precisionRecall.recall),
});

/**
 * @param {App} app
 * @param {PageStore} store
 */
export function qualityView(app, store) {
  const measure = find("measure", HTMLButtonElement);
  const status = find("quality-status", HTMLElement);
  const shares = find("share-rows", HTMLElement);
  const agreement = find("agreement-row", HTMLElement);
  const showGanTrain = ganTrainView(app);
  /** @type {[name: string, drawn: HTMLElement, real: HTMLElement][]} */
  const rows = Object.keys(ROWS).map((name) => [
    name,
    find(`${name}-drawn`, HTMLElement),
    find(`${name}-real`, HTMLElement),
  ]);

  onPress(measure, () => {
    app.training.pause();
    void app.measuring.measure();
  });

  store.subscribe((state) => {
    const { isMeasuring } = state;
    setDisabled(measure, !canMeasure({ ...state, isRunning: false }));
    setText(measure, isMeasuring ? texts.measuring : measureWords(state));
    setText(status, statusWords(state));
    showGanTrain(state);
  });
  const show = (/** @type {State["measured"]} */ measured) => {
    for (const [name, drawn, real] of rows) {
      setText(drawn, measured === undefined ? UNKNOWN : ROWS[name](measured.generated));
      setText(real, measured === undefined ? UNKNOWN : ROWS[name](measured.real));
    }
    agreement.hidden = measured !== undefined && measured.generated.agreement === null;
    shares.replaceChildren(...shareRows(measured?.generated, measured?.real));
  };
  store.watch(({ measured }) => measured, show);
}

/** @param {State} state */
function measureWords({ isRunning }) {
  return isRunning ? texts.pauseAndMeasure : texts.measure;
}

/** @param {State} state */
function statusWords({ data, measured, isMeasuring, stopped: { measure: to } }) {
  if (data !== undefined && !isMnist(data)) return texts.onlyMnist;
  if (isMeasuring) return texts.measuring;
  if (to !== undefined) return texts.gaveWay[to];
  if (measured === undefined) return texts.notMeasured;
  return texts.measured(measured.generated.count, drawn(measured));
}

/**
 * @param {Quality | undefined} generated
 * @param {Quality | undefined} real
 */
function shareRows(generated, real) {
  const drawn = generated?.modes.shares ?? new Array(10).fill(undefined);
  const full = Math.max(FULL_BAR, ...(generated?.modes.shares ?? []));
  return drawn.map((/** @type {number | undefined} */ share, digit) => {
    const head = make("th", { text: number(digit) });
    head.scope = "row";
    const bar = make("span", { class: "bar" });
    bar.style.inlineSize = `${(100 * (share ?? 0)) / full}%`;
    const ofReal = real?.modes.shares[digit];
    return make("tr", {}, [
      head,
      make("td", { class: "bar-cell" }, [bar]),
      make("td", { text: share === undefined ? UNKNOWN : percent(share) }),
      make("td", { class: "real", text: ofReal === undefined ? UNKNOWN : percent(ofReal) }),
    ]);
  });
}

/** @param {App} app */
function ganTrainView(app) {
  const start = find("gan-train", HTMLButtonElement);
  const cancel = find("gan-train-cancel", HTMLButtonElement);
  const progress = find("gan-train-progress", HTMLProgressElement);
  const words = find("gan-train-words", HTMLElement);

  onPress(start, () => {
    app.training.pause();
    void app.measuring.ganTrain();
  });
  onPress(cancel, () => {
    start.hidden = false;
    start.focus(); // the button that had the focus goes away
    app.measuring.cancelGanTrain();
  });

  /** @param {State} state */
  return (state) => {
    const { ganTrain } = state;
    const isUnderWay = isLearning(ganTrain);
    setDisabled(start, !canMeasure({ ...state, isRunning: false }));
    const hadFocus = document.activeElement === start;
    start.hidden = isUnderWay;
    cancel.hidden = !isUnderWay;
    if (hadFocus && isUnderWay) cancel.focus();
    progress.hidden = !isUnderWay;
    setText(words, ganTrainWords(state));
    if (!isUnderWay) return;
    const { done, total } = ganTrain;
    if (total === 0) progress.removeAttribute("value");
    else progress.value = done / total;
  };
}

/** @param {State} state */
function ganTrainWords({ ganTrain, stopped: { ganTrain: to } }) {
  if (ganTrain === undefined) return to === undefined ? "" : texts.gaveWay[to];
  if (!isLearning(ganTrain)) {
    return texts.ganTrained(ganTrain.accuracy, drawn(ganTrain));
  }
  const { stage, done, total } = ganTrain;
  if (total === 0) return texts.ganTrainBegins;
  const words = stage === "draws" ? texts.ganTrainDraws : texts.ganTrainLearns;
  return words(done, total);
}
