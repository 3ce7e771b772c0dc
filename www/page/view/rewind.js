// Rewind: two moments of the run side by side, each with a slider along the pictures that were kept, and
// the files that can be made of them.

import { rewind as texts } from "#words/rewind.js";
import { frameOf } from "../../kit/timeline.js";
import { showsPairs } from "../selectors.js";
import { find, onPress, setDisabled, setText } from "../../kit/dom.js";
import { pngOf } from "../../kit/png.js";

/** @import { App } from "../app.js" */
/** @import { PageStore } from "../state.js" */
/** @import { Moment, Timeline } from "../../kit/timeline.js" */

/** While training goes on, the newest moment is shown so often. */
const FOLLOW_EVERY_MS = 500;

/**
 * @param {App} app
 * @param {Timeline} timeline
 * @param {PageStore} store
 */
export function rewindView(app, timeline, store) {
  const section = find("rewind", HTMLElement);
  const film = find("save-film", HTMLButtonElement);
  const history = find("save-history", HTMLButtonElement);
  const measures = find("save-measures", HTMLButtonElement);
  const onnx = find("save-onnx", HTMLButtonElement);
  const page = find("save-page", HTMLButtonElement);
  const pageNote = find("page-note", HTMLElement);
  const digits = find("save-digits", HTMLButtonElement);
  const labels = find("save-labels", HTMLButtonElement);
  const digitCount = find("digit-count", HTMLSelectElement);
  const words = find("export-words", HTMLElement);
  const first = momentView("first", app);
  const second = momentView("second", app);
  let shownVersion = -1;
  let shownAt = -Infinity;

  onPress(film, () => app.export((exporting) => exporting.film()));
  onPress(history, () => app.export((exporting) => exporting.history()));
  onPress(measures, () => app.export((exporting) => exporting.measures()));
  onPress(onnx, () => app.export((exporting) => exporting.generator("onnx")));
  onPress(page, () => app.export((exporting) => exporting.generator("html")));
  onPress(digits, () => app.export((exporting) => exporting.digits(Number(digitCount.value))));
  onPress(labels, () => app.export((exporting) => exporting.labels(Number(digitCount.value))));

  store.subscribe((state) => {
    const { moments, version } = timeline;
    const isReady = state.phase === "ready";
    const isBusy = !isReady || state.exporting !== undefined;
    setDisabled(film, isBusy || moments.length < 2);
    setDisabled(history, state.losses === undefined);
    setDisabled(measures, state.measures.length === 0);
    setDisabled(onnx, isBusy);
    const isOfPairs = showsPairs(state);
    setDisabled(page, isBusy || isOfPairs);
    setText(pageNote, isOfPairs ? `${texts.noMeasures} ${texts.noPage}` : "");
    setDisabled(digits, isBusy || state.picture === undefined);
    setDisabled(labels, !isReady);
    setText(words, state.exporting ?? "");
    section.dataset.empty = String(moments.length < 2);
    const isSoon = state.isRunning && performance.now() - shownAt < FOLLOW_EVERY_MS;
    if (version === shownVersion || isSoon) return;
    shownVersion = version;
    shownAt = performance.now();
    first(moments, 0);
    second(moments, moments.length - 1);
  });
}

/**
 * One picture with its slider. Until the slider is moved it stays at one end of the timeline; then it
 * stays at its step, as near as there is a picture.
 * @param {"first" | "second"} id
 * @param {App} app
 * @returns {(moments: readonly Moment[], end: number) => void}
 */
function momentView(id, app) {
  const canvas = find(`${id}-moment`, HTMLCanvasElement);
  const slider = find(`${id}-slider`, HTMLInputElement);
  const caption = find(`${id}-caption`, HTMLElement);
  const save = find(`${id}-save`, HTMLButtonElement);
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  /** @type {readonly Moment[]} */
  let all = [];
  /** @type {Moment | undefined} */
  let shown;
  /** The step that was chosen. @type {number | undefined} */
  let chosen;

  /** @param {Moment | undefined} moment */
  const show = (moment) => {
    const text = moment === undefined ? texts.noMoment : texts.moment(moment.step);
    setText(caption, text);
    canvas.setAttribute("aria-label", text);
    slider.setAttribute("aria-valuetext", text);
    setDisabled(save, moment === undefined);
    if (moment === shown) return;
    shown = moment;
    if (moment === undefined) {
      context.clearRect(0, 0, canvas.width, canvas.height);
      return;
    }
    const { width, height, pixels } = frameOf(moment);
    canvas.width = width;
    canvas.height = height;
    context.putImageData(new ImageData(new Uint8ClampedArray(pixels), width, height), 0, 0);
  };

  slider.addEventListener("input", () => {
    const moment = all[slider.valueAsNumber];
    // At the end it began with, it follows what comes again.
    chosen = slider.valueAsNumber === Number(slider.dataset.end) ? undefined : moment?.step;
    show(moment);
  });
  onPress(save, async () => {
    if (shown === undefined) return;
    const { step } = shown;
    const png = await pngOf(canvas);
    await app.export((exporting) => exporting.picture(step, png));
  });

  return (moments, end) => {
    if (moments.length < all.length && moments[0] !== all[0]) chosen = undefined; // another run's
    all = moments;
    slider.max = String(Math.max(0, moments.length - 1));
    slider.dataset.end = String(Math.max(0, end));
    slider.disabled = moments.length < 2;
    const wanted = chosen;
    const index = wanted === undefined ? end : moments.findLastIndex(({ step }) => step <= wanted);
    slider.value = String(Math.max(0, index));
    show(moments[Math.max(0, index)]);
  };
}
