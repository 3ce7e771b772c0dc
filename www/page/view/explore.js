// Two sheets of samples besides the picture: ways from one of its tiles to another, and new latents in all
// classes.

import { randomLatents, uniforms, way } from "../latent.js";
import { classesOf, isMnist, latentSizeOf } from "../selectors.js";
import { exploring as words } from "#words/exploring.js";
import { page as texts } from "#words/page.js";
import { find, onPress, setDisabled, setText } from "../../kit/dom.js";
import { sketchKey } from "./sketch-key.js";
import { Sketch, whenSeen } from "../../kit/sketch.js";

/** @import { App } from "../app.js" */
/** @import { Wish } from "../../engine/protocol.js" */
/** @import { PageStore, State } from "../state.js" */

const WAY_ROWS = 5;
const WAY_STEPS = 9;
const SHEET_ROWS = 5;
/** Columns of a sheet where there are no classes. */
const PLAIN_COLUMNS = 10;

/**
 * @param {App} app
 * @param {PageStore} store
 */
export function exploreView(app, store) {
  const section = find("explore", HTMLElement);
  const between = find("between", HTMLButtonElement);
  const ends = find("between-ends", HTMLElement);
  const newLatents = find("new-latents", HTMLButtonElement);
  const sheetTitle = find("sheet-title", HTMLElement);
  const sheetNote = find("sheet-note", HTMLElement);
  const sketch = (/** @type {Wish} */ wish) => app.exploring.sketch(wish);
  const ways = new Sketch(sketch, find("ways", HTMLCanvasElement));
  const sheet = new Sketch(sketch, find("sheet", HTMLCanvasElement));

  let waySeed = 1;
  /** The two tiles that were chosen last. @type {number[]} */
  let lastChosen = [];
  let sheetSeed = 1;
  let isSeen = false;
  /** @type {string | undefined} */
  let drawn;

  /** @param {boolean} canWait */
  const drawWays = async (canWait) => {
    const latents = await app.exploring.latents();
    const { picture, view } = store.state;
    if (latents === undefined || picture === undefined) return;
    const size = latentSizeOf(store.state);
    const count = latents.length / size;
    const uniform = uniforms(waySeed);
    const pairs = Array.from({ length: WAY_ROWS }, () =>
      [0, 0].map(() => Math.floor(uniform() * count)),
    );
    if (lastChosen.length === 2) pairs[0] = lastChosen.map((tile) => tile % count);
    const classOf = (/** @type {number} */ tile) => view.digit ?? tile % classesOf(store.state);
    const points = pairs.flatMap(([from, to]) =>
      way(latentOf(from, latents, size), latentOf(to, latents, size), WAY_STEPS),
    );
    // From one class to another the class changes halfway: there is nothing between two classes.
    const labels = points.map((_, i) => {
      const isPastHalf = i % WAY_STEPS >= WAY_STEPS / 2;
      return classOf(pairs[Math.floor(i / WAY_STEPS)][isPastHalf ? 1 : 0]);
    });
    ways.draw({
      latents: Float32Array.from(points.flat()),
      labels: Uint8Array.from(classesOf(store.state) > 0 ? labels : []),
      columns: WAY_STEPS,
      canWait,
    });
    const [from, to] = pairs[0].map((tile) =>
      texts.tile(Math.floor(tile / picture.columns) + 1, (tile % picture.columns) + 1),
    );
    setText(ends, words.between(from, to));
  };

  /** @param {boolean} canWait */
  const drawSheet = (canWait) => {
    const classes = classesOf(store.state);
    const latentSize = latentSizeOf(store.state);
    const columns = classes || PLAIN_COLUMNS;
    const rows = classes > 0 ? SHEET_ROWS : SHEET_ROWS * columns;
    const own = randomLatents(latentSize, rows, sheetSeed);
    const row = (/** @type {number} */ i) => own.subarray(i * latentSize, (i + 1) * latentSize);
    const latents = new Float32Array(SHEET_ROWS * columns * latentSize);
    for (let i = 0; i < SHEET_ROWS * columns; i++) {
      latents.set(row(classes > 0 ? Math.floor(i / columns) : i), i * latentSize);
    }
    const labels = Array.from(
      { length: classes > 0 ? SHEET_ROWS * columns : 0 },
      (_, i) => i % classes,
    );
    sheet.draw({ latents, labels: Uint8Array.from(labels), columns, canWait });
  };

  onPress(between, () => {
    waySeed += 1;
    void drawWays(false);
  });
  onPress(newLatents, () => {
    sheetSeed += 1;
    drawSheet(false);
  });

  store.watch(sheetWords, ([title, note]) => {
    setText(sheetTitle, title);
    setText(sheetNote, note);
  });
  const update = () => {
    const key = sketchKey(store.state);
    for (const button of [between, newLatents]) setDisabled(button, key === undefined);
    // Each costs as much as the whole picture: they wait until training rests and somebody looks.
    if (key === undefined || key === drawn || !isSeen || store.state.isRunning) return;
    drawn = key;
    void drawWays(true);
    drawSheet(true);
  };
  whenSeen(section, (seen) => {
    isSeen = seen;
    update();
  });

  store.subscribe(({ chosen }) => {
    if (chosen !== undefined && chosen !== lastChosen.at(-1)) {
      lastChosen = [...lastChosen, chosen].slice(-2);
      drawn = undefined;
    }
    update();
  });
}

/**
 * What the sheet is called, and what it shows.
 * @param {State} state
 */
function sheetWords(state) {
  if (classesOf(state) === 0) return [words.plainSheetTitle, words.plainSheet];
  if (isMnist(state.data)) return [words.classSheetTitle, words.classSheet];
  return [words.otherSheetTitle, words.otherSheet];
}

/**
 * @param {number} tile
 * @param {Float32Array} latents
 * @param {number} size
 */
function latentOf(tile, latents, size) {
  return latents.subarray(tile * size, (tile + 1) * size);
}
