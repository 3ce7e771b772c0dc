// The latent pad: a map of what the generator draws over a plane of its latent space, a mark that pointer,
// arrow keys or a walk move through it, and what is drawn at the mark.

import { at, plane, walk } from "../latent.js";
import { classesOf, latentSizeOf } from "../selectors.js";
import { pad as texts } from "#words/pad.js";
import { find, onPress, say, setDisabled, setText } from "../../kit/dom.js";
import { sketchKey } from "./sketch-key.js";
import { Sketch, whenSeen } from "../../kit/sketch.js";

/** @import { App } from "../app.js" */
/** @import { Wish } from "../../engine/protocol.js" */
/** @import { PageStore } from "../state.js" */

/** Of a plane in whose middle the shipped generator writes legibly. */
const FIRST_SEED = 9;
/** Tiles along each side of the map. */
const MAP_SIDE = 7;
/** How far the plane goes, in lengths of a typical latent: at its edges little is left of the centre. */
const REACH = 1.6;
/** All classes at the mark, in rows of so many. */
const SAMPLE_COLUMNS = 5;
/** How far an arrow key moves the mark; with Shift further. */
const KEY_STEP = 0.05;
const FAR_KEY_STEP = 0.25;
/** While training goes on, sample and map follow it no more often than that, */
const SAMPLE_EVERY_MS = 500;
const MAP_EVERY_MS = 5_000;
/** and for no more than one part in this many of the time. */
const FOLLOW_SHARE = 20;
/** A walk under reduced motion moves so often. */
const CALM_EVERY_MS = 400;

/** @type {Record<string, [x: number, y: number]>} */
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/**
 * @param {App} app
 * @param {PageStore} store
 */
export function padView(app, store) {
  const pad = find("pad", HTMLElement);
  const mark = find("pad-mark", HTMLElement);
  const place = find("pad-place", HTMLElement);
  const walkButton = find("pad-walk", HTMLButtonElement);
  const planeButton = find("pad-plane", HTMLButtonElement);
  const sketch = (/** @type {Wish} */ wish) => app.exploring.sketch(wish);
  const map = new Sketch(sketch, find("pad-map", HTMLCanvasElement));
  const sample = new Sketch(sketch, find("pad-sample", HTMLCanvasElement));
  const lessMotion = window.matchMedia("(prefers-reduced-motion: reduce)");

  let seed = FIRST_SEED;
  let here = { x: 0, y: 0 };
  /** @type {number | null} */
  let digit = null;
  let isReady = false;
  let isSeen = true;
  /** @type {string | undefined} */
  let mapped;
  /** @type {string | undefined} */
  let sampled;
  let sampledAt = 0;
  let mappedAt = 0;
  /** Seconds walked. @type {number | undefined} none while the mark stays */
  let walked;

  /** The latents of places of the plane, in rows. @param {{ x: number, y: number }[]} places */
  const latents = (places) => {
    const size = latentSizeOf(store.state);
    const through = plane(size, seed);
    const reach = REACH * Math.sqrt(size);
    return Float32Array.from(places.flatMap(({ x, y }) => at(through, reach * x, reach * y)));
  };

  const drawSample = () => {
    if (!isReady) return;
    sampledAt = performance.now();
    const classes = classesOf(store.state);
    const all = classes > 0 && digit === null;
    const labels = all
      ? Array.from({ length: classes }, (_, i) => i)
      : classes > 0
        ? [digit ?? 0]
        : [];
    const places = all ? labels.map(() => here) : [here];
    const columns = all ? SAMPLE_COLUMNS : 1;
    sample.draw({ latents: latents(places), labels: Uint8Array.from(labels), columns });
  };

  /** @param {boolean} canWait */
  const drawMap = (canWait) => {
    if (!isReady) return;
    mappedAt = performance.now();
    const centre = (/** @type {number} */ i) => (2 * i + 1) / MAP_SIDE - 1;
    const tiles = Array.from({ length: MAP_SIDE ** 2 }, (_, i) => ({
      x: centre(i % MAP_SIDE),
      y: -centre(Math.floor(i / MAP_SIDE)),
    }));
    const classes = classesOf(store.state);
    // Without a wish each place has a digit of its own, so that neighbours differ.
    const labels = tiles.map(
      (_, i) => digit ?? (i + 2 * Math.floor(i / MAP_SIDE)) % (classes || 1),
    );
    map.draw({
      latents: latents(tiles),
      labels: Uint8Array.from(classes > 0 ? labels : []),
      columns: MAP_SIDE,
      canWait,
    });
  };

  const placeWords = () => texts.place(here.x, here.y);
  const showPlace = () => {
    mark.style.left = `${50 + 50 * here.x}%`;
    mark.style.top = `${50 - 50 * here.y}%`;
    if (walked === undefined) setText(place, placeWords());
  };

  /** @param {number} x @param {number} y */
  const go = (x, y) => {
    const within = (/** @type {number} */ value) => Math.min(1, Math.max(-1, value));
    here = { x: within(x), y: within(y) };
    showPlace();
    drawSample();
  };

  const stay = () => {
    walked = undefined;
    walkButton.setAttribute("aria-pressed", "false");
    showPlace();
  };

  /** @param {PointerEvent} event */
  const follow = (event) => {
    const box = pad.getBoundingClientRect();
    stay();
    go(
      (2 * (event.clientX - box.left)) / box.width - 1,
      1 - (2 * (event.clientY - box.top)) / box.height,
    );
  };
  pad.addEventListener("pointerdown", (event) => {
    if (!event.isPrimary || event.button !== 0) return;
    pad.setPointerCapture(event.pointerId);
    follow(event);
  });
  pad.addEventListener("pointermove", (event) => {
    if (pad.hasPointerCapture(event.pointerId)) follow(event);
  });
  pad.addEventListener("keydown", (event) => {
    const direction = KEYS[event.key];
    if (direction === undefined && event.key !== "Home") return;
    event.preventDefault();
    stay();
    const step = event.shiftKey ? FAR_KEY_STEP : KEY_STEP;
    if (direction === undefined) go(0, 0);
    else go(here.x + step * direction[0], here.y + step * direction[1]);
    say(placeWords());
  });

  let steppedAt = 0;
  /** @param {number} now */
  const stepWalk = (now) => {
    if (walked === undefined) return;
    requestAnimationFrame(stepWalk);
    const wait = lessMotion.matches ? CALM_EVERY_MS : 0;
    if (now - steppedAt < wait || !isSeen) return;
    // A page that was hidden goes on where it was.
    walked += Math.min(now - steppedAt, 500) / 1_000;
    steppedAt = now;
    const next = walk(walked);
    go(next.x, next.y);
  };
  let walkedBefore = 0;
  onPress(walkButton, () => {
    if (walked !== undefined) {
      walkedBefore = walked;
      stay();
      return;
    }
    walked = walkedBefore;
    steppedAt = performance.now();
    walkButton.setAttribute("aria-pressed", "true");
    setText(place, texts.walks);
    requestAnimationFrame(stepWalk);
  });
  onPress(planeButton, () => {
    seed += 1;
    drawMap(false);
    drawSample();
  });

  const update = () => {
    const { isRunning, view } = store.state;
    const key = sketchKey(store.state);
    ({ digit } = view);
    isReady = key !== undefined;
    for (const button of [walkButton, planeButton]) setDisabled(button, !isReady);
    if (key === undefined || !isSeen) return;
    const isDue = (
      /** @type {number} */ since,
      /** @type {number} */ everyMs,
      /** @type {Sketch<Wish>} */ { costMs },
    ) => !isRunning || performance.now() - since >= Math.max(everyMs, FOLLOW_SHARE * costMs);
    if (key !== sampled && isDue(sampledAt, SAMPLE_EVERY_MS, sample)) {
      sampled = key;
      drawSample();
    }
    if (key !== mapped && isDue(mappedAt, MAP_EVERY_MS, map)) {
      mapped = key;
      drawMap(true);
    }
  };
  whenSeen(pad, (seen) => {
    isSeen = seen;
    update();
  });
  showPlace();
  store.subscribe(update);
}
