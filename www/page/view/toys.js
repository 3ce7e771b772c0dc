// Which data: the digits, points in the plane, or what is drawn here, with pointer or keys.

import { cellsOf, drawingOf, MAX_POINTS, MIN_POINTS, PLACES } from "../drawing.js";
import { DATA, isOnSite } from "../settings.js";
import { chosenData, shownSettings } from "../selectors.js";
import { page } from "#words/page.js";
import { toys as texts } from "#words/toys.js";
import { find, make, onPress, say, setDisabled, setText, toPicture } from "../../kit/dom.js";

/** @import { App } from "../app.js" */
/** @import { Cell } from "../drawing.js" */
/** @import { DataName } from "../settings.js" */
/** @import { PageStore } from "../state.js" */

/** @type {Record<string, readonly [number, number]>} */
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
/** With Shift an arrow key goes so far. */
const FAR = 8;

/**
 * @param {App} app
 * @param {PageStore} store
 */
export function toysView(app, store) {
  const list = find("toy-list", HTMLElement);
  const cards = new Map(DATA.filter(isOnSite).map((data) => [data, card(data, page.data[data])]));
  const own = card("own", "");
  const ownWords = /** @type {HTMLElement} */ (own.querySelector("b"));
  // What is drawn can be chosen once there is enough of it.
  const pad = drawingPad(app, (isEnough) => {
    const drawn = cards.get("drawn");
    if (drawn !== undefined) drawn.hidden = !isEnough;
  });

  list.replaceChildren(...cards.values(), own);
  list.addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return;
    const data = /** @type {DataName | "own"} */ (target.value);
    if (data === "own") void app.changes.useOwn();
    else void app.changes.chooseData(data, data === "drawn" ? pad.drawing() : null);
    toPicture();
  });

  store.subscribe((state) => {
    const data = chosenData(state);
    own.hidden = state.own === undefined;
    setText(ownWords, state.own?.name ?? "");
    for (const input of list.querySelectorAll("input")) input.checked = input.value === data;
  });
  store.watch((state) => shownSettings(state).drawing, pad.show);
}

/**
 * @param {DataName | "own"} data
 * @param {string} name
 */
function card(data, name) {
  const input = make("input");
  input.type = "radio";
  input.name = "data";
  input.value = data;
  return make("label", { class: "card toy-card" }, [
    input,
    make("span", { class: "card-words" }, [make("b", { text: name })]),
  ]);
}

/**
 * @param {App} app
 * @param {(isEnough: boolean) => void} onChange told after every change
 */
function drawingPad(app, onChange) {
  const canvas = find("drawing-pad", HTMLCanvasElement);
  const words = find("drawing-words", HTMLElement);
  const use = find("use-drawing", HTMLButtonElement);
  const undo = find("undo-drawing", HTMLButtonElement);
  const clear = find("clear-drawing", HTMLButtonElement);
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));

  /** @type {Cell[]} */
  let cells = [];
  /** Where the keys are. @type {Cell} */
  let here = [PLACES / 2, PLACES / 2];
  let isKeyed = false;
  /** While a stroke is drawn nothing may move under the pointer. */
  let isDrawing = false;

  const draw = () => {
    const ratio = window.devicePixelRatio;
    const size = Math.round(canvas.clientWidth * ratio);
    if (size === 0) return;
    canvas.width = size;
    canvas.height = size;
    const unit = size / PLACES;
    const style = getComputedStyle(canvas);
    const middle = (/** @type {Cell} */ [column, row]) =>
      /** @type {const} */ ([(column + 0.5) * unit, size - (row + 0.5) * unit]);
    context.fillStyle = style.color;
    for (const cell of cells) {
      const [x, y] = middle(cell);
      context.beginPath();
      context.arc(x, y, Math.max(unit * 0.45, 2.5 * ratio), 0, 2 * Math.PI);
      context.fill();
    }
    if (!isKeyed) return;
    const [x, y] = middle(here);
    const arm = 8 * ratio;
    context.strokeStyle = style.getPropertyValue("--ink-d").trim();
    context.lineWidth = 2 * ratio;
    context.strokeRect(x - arm, y - arm, 2 * arm, 2 * arm);
  };
  const update = () => {
    setText(words, texts.drawn(cells.length, MIN_POINTS, MAX_POINTS));
    setDisabled(use, cells.length < MIN_POINTS);
    setDisabled(undo, cells.length === 0);
    setDisabled(clear, cells.length === 0);
    if (!isDrawing) onChange(cells.length >= MIN_POINTS);
    draw();
  };
  new ResizeObserver(draw).observe(canvas);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);

  const indexOf = (/** @type {Cell} */ [column, row]) =>
    cells.findIndex((cell) => cell[0] === column && cell[1] === row);
  /** @param {Cell} cell */
  const add = (cell) => {
    if (indexOf(cell) >= 0 || cells.length >= MAX_POINTS) return;
    cells.push(cell);
    update();
  };
  /** @param {PointerEvent} event */
  const addAt = (event) => {
    const box = canvas.getBoundingClientRect();
    add([
      within(((event.clientX - box.left) / box.width) * PLACES),
      within(((box.bottom - event.clientY) / box.height) * PLACES),
    ]);
  };

  canvas.addEventListener("pointerdown", (event) => {
    isKeyed = false;
    isDrawing = true;
    canvas.setPointerCapture(event.pointerId);
    addAt(event);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (canvas.hasPointerCapture(event.pointerId)) addAt(event);
  });
  canvas.addEventListener("lostpointercapture", () => {
    isDrawing = false;
    update();
  });
  canvas.addEventListener("keydown", (event) => {
    const key = KEYS[event.key];
    if (key === undefined && event.key !== " ") return;
    event.preventDefault();
    isKeyed = true;
    if (key === undefined) {
      const index = indexOf(here);
      if (index < 0) add(here);
      else cells.splice(index, 1);
    } else {
      const far = event.shiftKey ? FAR : 1;
      here = [within(here[0] + far * key[0]), within(here[1] + far * key[1])];
    }
    say(texts.place(here[0], here[1], indexOf(here) >= 0));
    update();
  });
  onPress(undo, () => {
    cells.pop();
    update();
  });
  onPress(clear, () => {
    cells = [];
    update();
  });
  onPress(use, () => {
    void app.changes.chooseData("drawn", drawingOf(cells));
    toPicture();
  });
  update();

  return {
    drawing: () => drawingOf(cells),
    /** @param {string | null} drawing in use */
    show(drawing) {
      if (drawing === null) return;
      cells = cellsOf(drawing);
      update();
    },
  };
}

/** @param {number} place along an axis */
function within(place) {
  return Math.min(Math.max(Math.floor(place), 0), PLACES - 1);
}
