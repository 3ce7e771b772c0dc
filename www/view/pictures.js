// What is read of someone's own pictures: how far it is, the first of them, how many were taken and why
// others were not. Loaded with the first ones.

import { SIDE } from "../pictures/pixels.js";
import { pictures as texts } from "../english.js?pictures";
import { count } from "../format.js";
import { skippedWords, takenWords } from "../pictures/sentences.js";
import { LIMITS } from "../pictures/sifting.js";
import { find, onPress, setText } from "./dom.js";

/** @import { App } from "../app.js" */
/** @import { Pictures } from "../pictures/taking.js" */
/** @import { State } from "../state.js" */

/** Pictures in a row of the preview, and where there is little room. */
const COLUMNS = 16;
const FEW_COLUMNS = 8;
const LITTLE_ROOM_PX = 400;

/** @param {App} app */
export function picturesView(app) {
  const panel = find("pictures", HTMLElement);
  const bar = find("pictures-bar", HTMLProgressElement);
  const words = find("pictures-words", HTMLElement);
  const skipped = find("pictures-skipped", HTMLElement);
  const canvas = find("pictures-preview", HTMLCanvasElement);
  const stop = find("pictures-stop", HTMLButtonElement);
  /** @type {Pictures | undefined} */
  let shown;

  onPress(stop, () => app.changes.stopReading());

  /** @param {State} state */
  return ({ pictures }) => {
    if (pictures === shown) return;
    shown = pictures;
    panel.hidden = pictures === undefined;
    if (pictures === undefined) return;
    const isRead = pictures.stage === "read";
    bar.hidden = isRead;
    stop.hidden = isRead;
    canvas.hidden = true;
    setText(words, wordsFor(pictures));
    setText(skipped, "");
    if (pictures.stage === "reading") {
      bar.max = Math.max(pictures.total, 1);
      bar.value = pictures.done;
    } else if (pictures.stage === "looking") {
      bar.removeAttribute("value");
    } else {
      setText(
        skipped,
        skippedWords(pictures.skipped) +
          (pictures.isCut ? ` ${texts.cut(count(LIMITS.files))}` : ""),
      );
      const shown = pictures.preview.length / (SIDE * SIDE);
      canvas.hidden = shown === 0;
      if (shown > 0) draw(canvas, pictures.preview, shown);
    }
  };
}

/** @param {Pictures} pictures */
function wordsFor(pictures) {
  switch (pictures.stage) {
    case "looking":
      return texts.looking(count(pictures.files));
    case "reading":
      return texts.reading(count(pictures.done), count(pictures.total));
    case "read":
      return takenWords(pictures.taken, pictures.classes);
  }
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Uint8Array} greys picture by picture
 * @param {number} shown
 */
function draw(canvas, greys, shown) {
  const room = canvas.parentElement?.clientWidth ?? 0;
  const columns = Math.min(shown, room < LITTLE_ROOM_PX ? FEW_COLUMNS : COLUMNS);
  const pitch = SIDE + 1;
  canvas.width = columns * pitch - 1;
  canvas.height = Math.ceil(shown / columns) * pitch - 1;
  // Few pictures are not blown up to the width of many.
  canvas.style.maxWidth = `${canvas.width * 2}px`;
  canvas.setAttribute("aria-label", texts.preview(shown));
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const picture = context.createImageData(SIDE, SIDE);
  for (let i = 0; i < shown; i++) {
    for (let pixel = 0; pixel < SIDE * SIDE; pixel++) {
      picture.data.fill(greys[i * SIDE * SIDE + pixel], 4 * pixel, 4 * pixel + 3);
      picture.data[4 * pixel + 3] = 255;
    }
    context.putImageData(picture, (i % columns) * pitch, Math.floor(i / columns) * pitch);
  }
}
