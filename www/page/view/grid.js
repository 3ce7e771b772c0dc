// The picture: the newest frame, once per animation frame, at a size at which its pixels stay even; real
// pictures in its place where they are asked for; and the discriminator's opinions as bars over it.

import { isScale, shares } from "../opinions.js";
import {
  classesOf,
  classNamesOf,
  isMnist,
  shownPreset,
  showsPoints,
  titleOf,
} from "../selectors.js";
import { page as texts } from "#words/page.js";
import { presets as names } from "#words/presets.js";
import { find, setText } from "../../kit/dom.js";

/** @import { App } from "../app.js" */
/** @import { Frame } from "../../engine/protocol.js" */
/** @import { PageStore, Picture, State } from "../state.js" */

/** A whole number of screen pixels per pixel is kept as long as it fills this much of the place. */
const WORTH_KEEPING = 0.9;
/** The text alternative changes at most this often. */
const DESCRIBE_EVERY_MS = 10_000;

/** @param {PageStore} store */
export function gridView(store) {
  const canvas = find("grid", HTMLCanvasElement);
  const chooser = find("chooser", HTMLElement);
  const mount = find("mount", HTMLElement);
  const caption = find("grid-caption", HTMLElement);
  const context = contextOf(canvas);
  const bars = barsView(canvas);

  /** The newest of the generator's. @type {Frame | undefined} */
  let newest;
  /** Real ones, and of which data. @type {{ frame: Frame | undefined, key: string } | undefined} */
  let real;
  let isScheduled = false;
  let describedAt = -Infinity;
  let described = "";

  const fit = () => {
    const ratio = window.devicePixelRatio;
    const room = Math.min(
      mount.clientWidth / canvas.width,
      mount.clientHeight / canvas.height || Infinity,
    );
    const scale = room * ratio;
    const whole = Math.floor(scale);
    const kept = whole >= 1 && whole / scale >= WORTH_KEEPING ? whole : scale;
    canvas.style.width = `${(kept * canvas.width) / ratio}px`;
    canvas.classList.toggle("shrunk", kept < 1);
    chooser.style.width = canvas.style.width;
    chooser.style.aspectRatio = `${canvas.width} / ${canvas.height}`;
    bars.fit();
  };
  new ResizeObserver(fit).observe(mount);
  fit();

  const paint = () => {
    isScheduled = false;
    const frame = store.state.showsReal ? (real?.frame ?? newest) : newest;
    if (frame === undefined) return;
    const { width, height, pixels } = frame;
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
      fit();
    }
    context.putImageData(new ImageData(new Uint8ClampedArray(pixels), width, height), 0, 0);
  };
  const schedule = () => {
    if (!isScheduled) requestAnimationFrame(paint);
    isScheduled = true;
  };

  return {
    /** @param {Frame} frame */
    show(frame) {
      newest = frame;
      if (!store.state.showsReal) schedule();
    },
    /** @param {App} app */
    follow(app) {
      store.watch(({ showsReal }) => showsReal, schedule);
      store.watch(({ showsReal, picture }) => (showsReal ? undefined : picture), bars.show);
      store.subscribe((state) => {
        const { picture, data, showsReal } = state;
        canvas.hidden = showsPoints(state);
        if (picture === undefined || canvas.hidden) return;
        const key = `${data?.sourceId} ${classesOf(state)}`;
        if (showsReal && real?.key !== key) {
          const asked = { frame: undefined, key };
          real = asked;
          void app.exploring.examples().then((frame) => {
            if (real !== asked) return;
            real = { frame, key };
            schedule();
          });
        }
        const words = showsReal
          ? texts.real(data === undefined ? "" : titleOf(data))
          : captionOf(picture, state);
        setText(caption, words);
        const now = performance.now();
        const kind = `${showsReal} ${picture.digit} ${picture.opinions === undefined}`;
        if (state.phase !== "ready") return;
        if (state.isRunning && kind === described && now - describedAt < DESCRIBE_EVERY_MS) return;
        describedAt = now;
        described = kind;
        canvas.setAttribute(
          "aria-label",
          showsReal ? texts.realLabel(picture.columns * picture.rows) : labelOf(picture, state),
        );
      });
    },
  };
}

/**
 * @param {Picture} picture
 * @param {State} state
 */
function captionOf(picture, state) {
  const { step, columns, rows, trainedFor, isOfPairs } = picture;
  if (isOfPairs) return texts.pairs(when(step), state.data?.pairs?.areHeldOut ?? true);
  const order = orderOf(picture, state);
  if (trainedFor !== undefined) return texts.showcase(trainedFor) + order;
  return texts.samples(columns * rows, when(step), order);
}

/**
 * @param {Picture} picture
 * @param {State} state
 */
function labelOf(picture, state) {
  const { step, columns, rows, trainedFor, opinions, isOfPairs } = picture;
  if (isOfPairs) return texts.pairs(when(step), state.data?.pairs?.areHeldOut ?? true);
  const order = orderOf(picture, state);
  const preset = shownPreset(state);
  const of = preset === undefined ? texts.theGenerator : names[preset.id].title;
  const training = trainedFor === undefined ? when(step) : texts.trainedElsewhere(trainedFor);
  const label = texts.samplesLabel(columns * rows, of, training, order);
  return opinions === undefined ? label : `${label} ${opinionWords(opinions)}`;
}

/**
 * Which classes are where in the picture.
 * @param {Picture} picture
 * @param {State} state
 */
function orderOf({ digit, columns }, state) {
  const names = classNamesOf(state);
  if (digit !== null) return names ? texts.allOfClass(names[digit]) : texts.allOf(digit);
  // Each column is of one class, and of few classes several are.
  const classes = classesOf(state);
  if (classes === 0 || columns % classes !== 0) return "";
  return isMnist(state.data) ? texts.columnsAreDigits : texts.columnsAreClasses;
}

/** @param {number} step */
function when(step) {
  return step === 0 ? texts.beforeTraining : texts.afterSteps(step);
}

/** @param {readonly number[]} opinions */
function opinionWords(opinions) {
  if (isScale(opinions)) return texts.judgedFrom(Math.min(...opinions), Math.max(...opinions));
  return texts.takenForReal(opinions.filter((one) => one > 0.5).length, opinions.length);
}

/**
 * A bar at the foot of each tile, as long as the discriminator finds it real.
 * @param {HTMLCanvasElement} grid which it lies over
 */
function barsView(grid) {
  const canvas = find("opinions", HTMLCanvasElement);
  const words = find("opinion-words", HTMLElement);
  const context = contextOf(canvas);
  /** @type {Picture | undefined} */
  let shown;

  const draw = () => {
    const { width, height } = canvas;
    context.clearRect(0, 0, width, height);
    if (shown?.opinions === undefined) return;
    const { columns, rows, opinions } = shown;
    const [across, down] = [width / columns, height / rows];
    const thickness = Math.max(3, Math.round(down / 14));
    const style = getComputedStyle(canvas);
    shares(opinions).forEach((share, i) => {
      const left = (i % columns) * across;
      const top = (Math.floor(i / columns) + 1) * down - thickness - 1;
      const length = across - 2;
      context.fillStyle = "rgb(0 0 0 / 65%)";
      context.fillRect(left, top, length, thickness);
      context.fillStyle = style.color;
      context.fillRect(left, top, length * share, thickness);
    });
  };

  return {
    fit() {
      const { width, height } = grid.getBoundingClientRect();
      const ratio = window.devicePixelRatio;
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
      draw();
    },
    /** @param {Picture | undefined} picture */
    show(picture) {
      shown = picture;
      canvas.hidden = picture?.opinions === undefined;
      setText(words, picture?.opinions === undefined ? "" : opinionWords(picture.opinions));
      draw();
    },
  };
}

/** @param {HTMLCanvasElement} canvas */
function contextOf(canvas) {
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("the browser gives no 2D canvas");
  return context;
}
