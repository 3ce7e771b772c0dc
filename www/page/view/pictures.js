// What is read of someone's own data: how far it is, what was taken and why other files were not, which
// folders are classes, and the first pictures. Loaded with the first of them.

import { bytesOf, SIDES } from "../../pictures/shape.js";
import { pictures as texts } from "#words/pictures.js";
import { fullLists, listed, skippedWords, takenWords } from "../../pictures/sentences.js";
import { LIMITS } from "../../pictures/sifting.js";
import { shownPictures, usesPictures } from "../selectors.js";
import { fillList, find, make, onPress, setText } from "../../kit/dom.js";

/** @import { App } from "../app.js" */
/** @import { Frame } from "../../engine/protocol.js" */
/** @import { Arrangement } from "../../pictures/classes.js" */
/** @import { Report, Wish } from "../../pictures/reading.js" */
/** @import { Pictures } from "../../pictures/taking.js" */
/** @import { PageStore, State } from "../state.js" */

/** Pictures in a row of the preview, and where there is little room. */
const COLUMNS = 16;
const FEW_COLUMNS = 8;
const LITTLE_ROOM_PX = 400;

/**
 * @param {App} app
 * @param {PageStore} store
 */
export function picturesView(app, store) {
  const panel = find("pictures", HTMLElement);
  const bar = find("pictures-bar", HTMLProgressElement);
  const words = find("pictures-words", HTMLElement);
  const skipped = find("pictures-skipped", HTMLElement);
  const canvas = find("pictures-preview", HTMLCanvasElement);
  const stop = find("pictures-stop", HTMLButtonElement);
  const choices = make("div", { class: "choices" });
  skipped.before(choices);
  const again = make("button", { class: "quiet", text: texts.useAgain });
  again.type = "button";
  words.after(again);
  onPress(again, () => app.changes.useOwn());
  const showNames = namesView(skipped);
  const showFolders = foldersView(app, choices);
  const showShape = shapeView(app, choices);
  const showFiles = filesView(app, canvas);
  new ResizeObserver(() => {
    canvas.classList.toggle("shrunk", canvas.clientWidth * devicePixelRatio < canvas.width);
  }).observe(canvas);

  onPress(stop, async () => (await app.changes.ownData()).stopReading());

  store.subscribe((state) => {
    const usesFiles = areFilesInUse(state);
    panel.hidden = state.pictures === undefined && !usesFiles;
    again.hidden = usesPictures(state) || state.own?.sourceId !== state.picturesOf;
    showFiles(state, usesFiles);
  });
  /** @param {Pictures | undefined} pictures @param {boolean} areUsed */
  const show = (pictures, areUsed) => {
    const isWaiting = pictures?.stage === "looking" || pictures?.stage === "reading";
    bar.hidden = !isWaiting;
    stop.hidden = !isWaiting;
    if (!areFilesInUse(store.state)) canvas.hidden = true;
    setText(words, pictures === undefined ? "" : wordsFor(pictures, areUsed));
    setText(skipped, "");
    showNames(pictures === undefined ? [] : fullLists(pictures));
    showFolders(
      pictures !== undefined && "arrangement" in pictures ? pictures.arrangement : undefined,
    );
    showShape(pictures?.stage === "read" ? pictures : undefined);
    if (pictures?.stage === "reading") {
      bar.max = Math.max(pictures.total, 1);
      bar.value = pictures.done;
    } else if (pictures?.stage === "looking") {
      bar.removeAttribute("value");
    } else if (pictures?.stage === "chosen" && pictures.leftOut.length > 0) {
      setText(skipped, texts.leftOut(listed(pictures.leftOut)));
    } else if (pictures?.stage === "read") {
      const cut = pictures.isCut ? ` ${texts.cut(LIMITS.files)}` : "";
      setText(skipped, skippedWords(pictures.skipped, pictures) + cut);
      canvas.hidden = pictures.preview.length === 0;
      if (pictures.preview.length > 0) draw(canvas, pictures);
    }
  };
  store.watch(
    (state) => /** @type {const} */ ([shownPictures(state), usesPictures(state)]),
    ([pictures, areUsed]) => show(pictures, areUsed),
  );
}

/**
 * Whether IDX files are in use, and not others about to be.
 * @param {State} state
 */
function areFilesInUse({ data, pictures }) {
  const [images] = data?.files ?? [];
  if (images === undefined) return false;
  return pictures === undefined || (pictures.stage === "chosen" && pictures.images === images);
}

/**
 * @param {Pictures} pictures
 * @param {boolean} areUsed
 */
function wordsFor(pictures, areUsed) {
  const unused = areUsed ? "" : texts.notInUse;
  switch (pictures.stage) {
    case "looking":
      return texts.looking(pictures.files);
    case "reading":
      return texts.reading(pictures.done, pictures.total);
    case "read":
      return takenWords(pictures) + (pictures.taken > 0 ? unused : "");
    case "chosen": {
      const { images, labels, heldOut } = pictures;
      const taken = texts.chosen([images, labels ?? []].flat().join(", "));
      return taken + (heldOut.length === 0 ? "" : texts.heldOut(heldOut.join(", "))) + unused;
    }
  }
}

/**
 * @param {HTMLElement} place
 * @param {string} text
 */
function choice(place, text) {
  const select = make("select");
  const label = make("label", { class: "pictures-choice", text: `${text} ` }, [select]);
  label.hidden = true;
  place.append(label);
  return { label, select };
}

/**
 * @param {App} app
 * @param {Wish} wish
 */
async function arrange(app, wish) {
  await (await app.changes.ownData()).arrange(wish);
}

/**
 * All names, where the sentence above has the first few.
 * @param {HTMLElement} sentence
 */
function namesView(sentence) {
  const details = make("details", { class: "names" });
  details.hidden = true;
  sentence.after(details);

  /** @param {ReturnType<typeof fullLists>} lists */
  return (lists) => {
    details.hidden = lists.length === 0;
    const summary = make("summary", { text: texts.allNames });
    const all = lists.map(({ title, names }) => {
      const list = make("ul");
      fillList(list, names);
      list.tabIndex = 0; // it scrolls
      list.setAttribute("aria-label", title);
      return make("div", {}, [make("p", { text: title }), list]);
    });
    details.replaceChildren(summary, ...all);
  };
}

/**
 * Which folders are classes and which part is taken, to be changed.
 * @param {App} app
 * @param {HTMLElement} place
 */
function foldersView(app, place) {
  const [part, level] = [texts.part, texts.classesFrom].map((text) => choice(place, text));
  // The first entry is for none of the folders.
  const chosen = (/** @type {HTMLSelectElement} */ { value }) => (value === "" ? null : value);
  part.select.addEventListener("change", () => {
    void arrange(app, { part: chosen(part.select), depth: undefined });
  });
  level.select.addEventListener("change", () => {
    const depth = chosen(level.select);
    void arrange(app, {
      part: part.label.hidden ? null : chosen(part.select),
      depth: depth === null ? null : Number(depth),
    });
  });

  /** @param {Arrangement | undefined} arrangement */
  return (arrangement) => {
    const { parts, levels = [] } = arrangement ?? {};
    part.label.hidden = parts === undefined;
    level.label.hidden = levels.length === 0;
    const names = (parts?.names ?? []).map((name, i) => {
      return new Option(texts.classCount(name, parts?.counts[i] ?? 0), name);
    });
    part.select.replaceChildren(new Option(texts.allParts, ""), ...names);
    part.select.value = arrangement?.part ?? "";
    const depths = levels.map(({ depth, names }) => new Option(listed(names), String(depth)));
    level.select.replaceChildren(new Option(texts.noClasses, ""), ...depths);
    level.select.value = String(arrangement?.depth ?? "");
  };
}

/**
 * How the networks are to see the pictures, to be changed.
 * @param {App} app
 * @param {HTMLElement} place
 */
function shapeView(app, place) {
  const [tiles, side, channels, fit, out] = [
    texts.sheet,
    texts.side,
    texts.channels,
    texts.fit,
    texts.holdOut,
  ].map((text) => choice(place, text));
  tiles.select.addEventListener("change", () => {
    const { value } = tiles.select;
    // What was suggested for the whole is not what suits its tiles.
    void arrange(app, { tile: value === "" ? null : Number(value), side: undefined });
  });
  side.select.append(...SIDES.map((size) => new Option(texts.square(size), String(size))));
  channels.select.append(new Option(texts.inGreys, "1"), new Option(texts.inColour, "3"));
  fit.select.append(new Option(texts.crop, "crop"), new Option(texts.whole, "whole"));
  out.select.append(new Option(texts.everyTenth, "tenth"), new Option(texts.noneHeldOut, "none"));
  out.select.addEventListener("change", () => {
    void arrange(app, { holdOut: out.select.value === "none" ? "none" : "tenth" });
  });
  for (const { select } of [side, channels, fit]) {
    select.addEventListener("change", () => {
      void arrange(app, {
        side: Number(side.select.value),
        channels: channels.select.value === "3" ? 3 : 1,
        fit: fit.select.value === "whole" ? "whole" : "crop",
      });
    });
  }

  /** @param {Pick<Report, "how" | "sheet" | "holdOut"> | undefined} report */
  return (report) => {
    for (const { label } of [side, channels, fit]) label.hidden = report === undefined;
    tiles.label.hidden = report?.sheet === undefined;
    out.label.hidden = report?.holdOut === undefined;
    if (report === undefined) return;
    const { how, sheet } = report;
    const options = (sheet?.options ?? []).map(
      ({ side, count }) => new Option(texts.tiles(count, texts.square(side)), String(side)),
    );
    tiles.select.replaceChildren(new Option(texts.onePicture, ""), ...options);
    tiles.select.value = String(sheet?.tiling?.side ?? "");
    side.select.value = String(how.side);
    channels.select.value = String(how.channels);
    fit.select.value = how.fit;
    out.select.value = report.holdOut ?? "";
  };
}

/**
 * The pictures of IDX files in use, to be turned.
 * @param {App} app
 * @param {HTMLCanvasElement} canvas
 */
function filesView(app, canvas) {
  const turn = make("button", { class: "quiet", text: texts.turn });
  turn.type = "button";
  canvas.after(turn);
  onPress(turn, async () => (await app.changes.ownData()).turn());
  let shown = "";

  /**
   * @param {State} state
   * @param {boolean} isInUse
   */
  return ({ data, run, phase }, isInUse) => {
    turn.hidden = !isInUse;
    if (!isInUse || data === undefined || run === undefined || phase !== "ready") {
      shown = "";
      return;
    }
    const now = `${data.sourceId} ${data.turned}`;
    if (now === shown) return;
    shown = now;
    turn.setAttribute("aria-pressed", String(data.turned));
    void app.exploring.examples(0).then((frame) => {
      if (frame === undefined || shown !== now) return;
      canvas.hidden = false;
      place(canvas, frame);
    });
  };
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Frame} frame
 */
function place(canvas, { width, height, pixels }) {
  canvas.width = width;
  canvas.height = height;
  canvas.style.maxWidth = `${width * 2}px`;
  canvas.setAttribute("aria-label", texts.firstPictures);
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.putImageData(new ImageData(new Uint8ClampedArray(pixels), width, height), 0, 0);
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Pick<Extract<Pictures, { stage: "read" }>, "preview" | "how" | "arrangement">} pictures
 */
function draw(canvas, { preview, how, arrangement }) {
  const { side, channels } = how;
  const shown = preview.length / bytesOf(how);
  const room = canvas.parentElement?.clientWidth ?? 0;
  const columns = Math.min(shown, room < LITTLE_ROOM_PX ? FEW_COLUMNS : COLUMNS);
  const pitch = side + 1;
  canvas.width = columns * pitch - 1;
  canvas.height = Math.ceil(shown / columns) * pitch - 1;
  // Few pictures are not blown up to the width of many.
  canvas.style.maxWidth = `${canvas.width * 2}px`;
  const about = arrangement.depth === null ? texts.preview : texts.previewOfClasses;
  canvas.setAttribute("aria-label", about(shown, texts.square(side), channels === 3));
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const picture = context.createImageData(side, side);
  for (let i = 0; i < shown; i++) {
    for (let pixel = 0; pixel < side * side; pixel++) {
      const at = (i * side * side + pixel) * channels;
      for (let c = 0; c < 3; c++) {
        picture.data[4 * pixel + c] = preview[at + (channels === 3 ? c : 0)];
      }
      picture.data[4 * pixel + 3] = 255;
    }
    context.putImageData(picture, (i % columns) * pitch, Math.floor(i / columns) * pitch);
  }
}
