// Choosing a tile of the picture, by pointer or by keys, and what is then shown: the tile enlarged
// beside the training picture nearest to it.

import { page as texts } from "#words/page.js";
import { tileAt, tileSpan } from "../../kit/tiles.js";
import { find, onPress, setText } from "../../kit/dom.js";
import { drawn } from "./drawn.js";

/** @import { App } from "../app.js" */
/** @import { PageStore, Picture, State } from "../state.js" */
/** @import { Tile } from "../../kit/tiles.js" */

/**
 * @param {App} app
 * @param {PageStore} store
 */
export function compareView(app, store) {
  const chooser = find("chooser", HTMLElement);
  const ring = find("ring", HTMLElement);
  const panel = find("compare", HTMLElement);
  const sample = find("compare-sample", HTMLCanvasElement);
  const nearest = find("compare-nearest", HTMLCanvasElement);
  const words = find("compare-words", HTMLElement);
  const distanceWords = find("compare-distance", HTMLElement);
  const opinionWords = find("compare-opinion", HTMLElement);

  chooser.addEventListener("click", (event) => {
    const { picture } = store.state;
    if (picture === undefined) return;
    const { left, top, width, height } = chooser.getBoundingClientRect();
    const [x, y] = [(event.clientX - left) / width, (event.clientY - top) / height];
    app.comparing.choose(tileAt(x, y, picture));
  });
  chooser.addEventListener("keydown", (event) => {
    const { picture } = store.state;
    if (picture === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape") app.comparing.choose(undefined);
    const tile = moved(event.key, app.comparing.chosen, picture);
    if (tile === undefined) return;
    event.preventDefault();
    app.comparing.choose(tile);
  });
  onPress(find("compare-close", HTMLButtonElement), () => {
    chooser.focus(); // the button that had the focus goes away
    app.comparing.choose(undefined);
  });

  store.subscribe((state) => {
    const { picture, chosen, comparison, showsReal } = state;
    // Real pictures are not compared with real ones.
    chooser.hidden = showsReal;
    if (picture !== undefined) showChoice(chooser, ring, picture, state);
    panel.hidden = showsReal || chosen === undefined || comparison === undefined;
    if (comparison === undefined || picture === undefined) return;
    setText(words, texts.comparison(place(comparison.tile, picture), drawn(comparison)));
    setText(distanceWords, distanceSentence(state));
    const opinion = picture.opinions?.[comparison.tile];
    setText(opinionWords, opinion === undefined ? "" : texts.opinion(opinion));
  });
  store.watch(
    ({ comparison }) => comparison,
    (comparison) => {
      if (comparison === undefined) return;
      paint(sample, comparison.sample);
      paint(nearest, comparison.nearest);
    },
  );
}

/**
 * @param {HTMLElement} chooser
 * @param {HTMLElement} ring
 * @param {Picture} picture
 * @param {State} state
 */
function showChoice(chooser, ring, picture, { chosen, comparison, data, isRunning }) {
  const { columns, rows } = picture;
  chooser.setAttribute("aria-valuemax", String(columns * rows));
  chooser.setAttribute("aria-valuenow", String(chosen === undefined ? 0 : chosen + 1));
  ring.hidden = chosen === undefined;
  if (chosen === undefined || data === undefined) {
    chooser.setAttribute("aria-valuetext", texts.noTile);
    return;
  }
  // While training goes on the number changes every second: too often to be read out.
  const isKnown = comparison?.tile === chosen && !isRunning;
  const distance = isKnown ? `, ${texts.tileDistance(comparison.distance)}` : "";
  chooser.setAttribute("aria-valuetext", place(chosen, picture) + distance);
  const [width, height] = [data.columns, data.rows];
  const x = tileSpan(chosen % columns, columns, columns * (width + 1) - 1);
  const y = tileSpan(Math.floor(chosen / columns), rows, rows * (height + 1) - 1);
  ring.style.inset = `${100 * y.start}% auto auto ${100 * x.start}%`;
  ring.style.width = `${100 * x.length}%`;
  ring.style.height = `${100 * y.length}%`;
}

/**
 * @param {string} key
 * @param {number | undefined} tile
 * @param {Picture} picture
 * @returns {number | undefined} the tile that the key leads to, if it leads anywhere
 */
function moved(key, tile, { columns, rows }) {
  const last = columns * rows - 1;
  const from = tile ?? 0;
  /** @type {Record<string, number>} */
  const places = {
    ArrowLeft: from - 1,
    ArrowRight: from + 1,
    ArrowUp: from - columns,
    ArrowDown: from + columns,
    Home: 0,
    End: last,
    Enter: from,
    " ": from,
  };
  const to = places[key];
  if (to === undefined) return undefined;
  if (tile === undefined) return key === "End" ? last : 0;
  return to < 0 || to > last ? tile : to;
}

/**
 * @param {number} tile
 * @param {Picture} picture
 */
function place(tile, { columns }) {
  return texts.tile(Math.floor(tile / columns) + 1, (tile % columns) + 1);
}

/** @param {State} state with a comparison */
function distanceSentence({ comparison, data, measured }) {
  const found = texts.nearest(comparison?.distance ?? 0, data?.count ?? 0);
  if (measured === undefined) return found;
  return `${found} ${texts.realDistance(measured.real.nearest)}`;
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Tile} tile
 */
function paint(canvas, { width, height, pixels }) {
  canvas.width = width;
  canvas.height = height;
  canvas.getContext("2d")?.putImageData(new ImageData(pixels, width, height), 0, 0);
}
