// How good the pictures are: the measures beside those of real ones, the classes as bars with their numbers, and the
// classifier that learns from generated ones alone.

import { canGanTrain, canMeasure, eyesOf, isLearning } from "../selectors.js";
import { number, UNKNOWN } from "#words/numbers.js";
import { quality as texts } from "#words/quality.js";
import { percent } from "#words/quantities.js";
import { find, make, onPress, setDisabled, setText } from "../../kit/dom.js";
import { whenSeen } from "../../kit/sketch.js";
import { drawn } from "./drawn.js";
import { likenessView } from "./likeness.js";

/** @import { App } from "../app.js" */
/** @import { Measured, Quality } from "../../engine/examined.js" */
/** @import { PageStore, State } from "../state.js" */

/** The longest bar stands for at least so many times what each class should have. */
const FULL_BAR = 2;
/** More classes than these are told as one number. */
const MOST_BARS = 32;

/** What stands in the table's cells, by the row's name in index.html; nothing where it cannot be told. */
const ROWS = /** @type {Record<string, (quality: Quality) => string | undefined>} */ ({
  frechet: ({ classifierFrechet: found }) => (found === null ? undefined : distance(found)),
  score: ({ score }) => (score === null ? undefined : number(score, 2)),
  modes: ({ modes }) =>
    modes === null ? undefined : texts.modes(modes.covered, modes.shares.length),
  agreement: ({ agreement }) => (agreement === null ? undefined : percent(agreement)),
  precision: ({ precisionRecall: found }) =>
    found === null ? undefined : percent(found.precision),
  recall: ({ precisionRecall: found }) => (found === null ? undefined : percent(found.recall)),
  nearest: ({ nearest }) => number(nearest, 1),
});

/**
 * @param {App} app
 * @param {PageStore} store
 */
export function qualityView(app, store) {
  const measure = find("measure", HTMLButtonElement);
  const status = find("quality-status", HTMLElement);
  const looks = find("quality-words", HTMLElement);
  const note = find("quality-note", HTMLElement);
  const shares = find("share-rows", HTMLElement);
  const showGanTrain = ganTrainView(app);
  const table = find("share-table-now", HTMLElement);
  const rows = Object.keys(ROWS).map((name) => ({
    name,
    row: find(`${name}-row`, HTMLElement),
    drawn: find(`${name}-drawn`, HTMLElement),
    real: find(`${name}-real`, HTMLElement),
  }));

  onPress(measure, () => {
    app.training.pause();
    void app.measuring.measure();
  });

  whenSeen(find("panel-measure", HTMLElement), (isSeen) => {
    if (isSeen) app.measuring.look();
  });
  store.subscribe((state) => {
    const { isMeasuring } = state;
    setDisabled(measure, !canMeasure({ ...state, isRunning: false }));
    setText(measure, isMeasuring ? texts.measuring : measureWords(state));
    setText(status, statusWords(state));
    setText(looks, texts.looks[eyesOf(state)]);
    note.hidden = state.measured?.generated.classifierFrechet === null;
    showGanTrain(state);
  });
  const show = (/** @type {State["measured"]} */ measured, /** @type {State["data"]} */ data) => {
    for (const { name, row, drawn, real } of rows) {
      const [ofDrawn, ofReal] = [measured?.generated, measured?.real].map(
        (quality) => quality && ROWS[name](quality),
      );
      setText(drawn, ofDrawn ?? UNKNOWN);
      setText(real, ofReal ?? UNKNOWN);
      row.hidden = measured !== undefined && ofDrawn === undefined;
    }
    const shown = shareRows(measured?.generated, measured?.real, data);
    table.hidden = shown.length === 0 || shown.length > MOST_BARS;
    shares.replaceChildren(...(table.hidden ? [] : shown));
  };
  store.watch(
    ({ measured, data }) => /** @type {const} */ ([measured, data]),
    ([measured, data]) => show(measured, data),
  );
  likenessView(store);
}

/** @param {State} state */
function measureWords({ isRunning }) {
  return isRunning ? texts.pauseAndMeasure : texts.measure;
}

/** @param {State} state */
function statusWords({ measured, isMeasuring, seeing, cameAt, stopped: { measure: to } }) {
  if (isMeasuring && seeing !== undefined) return texts.seeing(seeing.done, seeing.total);
  if (isMeasuring) return texts.measuring;
  if (to !== undefined) return texts.gaveWay[to];
  if (measured === undefined) return cameAt > 0 ? texts.notMeasuredSince : texts.notMeasured;
  const { generated, eyes } = measured;
  const few = generated.classifierFrechet === null ? [texts.few] : [];
  const by = eyes.kind === "learned" ? texts.eyes.learned(eyes.reads) : texts.eyes[eyes.kind];
  return [
    ...verdictWords(measured),
    texts.measured(generated.count, drawn(measured)),
    ...few,
    by,
  ].join(" ");
}

/** @param {Measured} measured */
function verdictWords({ verdict, generated, real }) {
  if (verdict === undefined) return [];
  const [far, detail] = /** @type {const} */ (["nearest", "detail"]).map(
    (name) => generated[name] / real[name],
  );
  return [texts.verdicts[verdict], texts.restsOn(far, detail, real.count)];
}

/** @param {number} found of features whose size differs from network to network */
function distance(found) {
  return number(found, found < 1 ? 4 : found < 100 ? 2 : 0);
}

/**
 * @param {Quality | undefined} generated
 * @param {Quality | undefined} real
 * @param {State["data"]} data
 */
function shareRows(generated, real, data) {
  if (generated !== undefined && generated.modes === null) return [];
  const drawn = generated?.modes?.shares ?? new Array(data?.classCount ?? 0).fill(undefined);
  const full = Math.max(FULL_BAR / drawn.length, ...(generated?.modes?.shares ?? []));
  return drawn.map((/** @type {number | undefined} */ share, label) => {
    const head = make("th", { text: data?.classNames?.[label] ?? number(label) });
    head.scope = "row";
    const bar = make("span", { class: "bar" });
    bar.style.inlineSize = `${(100 * (share ?? 0)) / full}%`;
    const ofReal = real?.modes?.shares[label];
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
  const place = find("gan-train-place", HTMLElement);
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
    place.hidden = eyesOf(state) === "random"; // there is nothing to be told apart
    const isUnderWay = isLearning(ganTrain);
    setDisabled(start, !canGanTrain({ ...state, isRunning: false }));
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
function ganTrainWords({ ganTrain, seeing, stopped: { ganTrain: to } }) {
  if (ganTrain === undefined) return to === undefined ? "" : texts.gaveWay[to];
  if (!isLearning(ganTrain)) {
    return texts.ganTrained(ganTrain.accuracy, drawn(ganTrain));
  }
  const { stage, done, total } = ganTrain;
  if (seeing !== undefined && total === 0) return texts.seeing(seeing.done, seeing.total);
  if (total === 0) return texts.ganTrainBegins;
  const words = stage === "draws" ? texts.ganTrainDraws : texts.ganTrainLearns;
  return words(done, total);
}
