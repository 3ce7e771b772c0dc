// The board: what is drawn on it, with pointer or keys, over nothing, an example or a photograph, is made a picture at
// once, and again whenever the generator has learned. Whose page it is on, and where drawings are kept, is its host's to
// know; strokes that are under way, what was there before and a photograph are remembered here.

import { onPress, setDisabled, setText } from "../kit/elements.js";
import { pngOf } from "../kit/png.js";
import { Sketch, whenSeen } from "../kit/sketch.js";
import { Timeline } from "../kit/timeline.js";
import { board as texts } from "#words/board.js";
import { beside, blank, boardOf, lay, paint, PAPER } from "./board.js";
import { PLACES, pointCount, seen, shrunk, simplified, stagesOf, textOf } from "./board.js";
import { boardParts } from "./parts.js";
import { squareOf } from "./photo.js";
import { MAX_POINTS } from "./rule.js";
import { boardTools } from "./tools.js";

/** @import { Frame, PairsInfo } from "../engine/protocol.js" */
/** @import { Shape } from "../pictures/shape.js" */
/** @import { Place, Raster, Stroke } from "./board.js" */

/**
 * Whom the board asks, and tells.
 * @typedef {object} Host
 * @property {(input: Uint8Array) => Promise<Frame | undefined>} translate by the run's generator
 * @property {(of: number | Uint8Array) => Promise<Frame | undefined>} pairInput of an example, or of a photograph
 * @property {(text: string | null, hasPhoto: boolean) => void} changed what lies on it, as far as a text can say that
 * @property {(bytes: Uint8Array<ArrayBuffer>, kind: "png" | "gif") => unknown} save what is drawn, beside what was made
 *   of it: now, or as it came to be
 * @property {(isBad: boolean) => void} photograph whether what was given for one is none
 * @property {(text: string) => void} say what a key has done
 */

/**
 * The run whose generator makes pictures.
 * @typedef {object} Now
 * @property {number} run
 * @property {number} step
 * @property {boolean} isRunning
 * @property {Shape} shape of the pictures
 * @property {PairsInfo} pairs
 * @property {string | null} text what is to lie on the board
 */

/**
 * What lies on the board: under the strokes an example, by its number, or a photograph.
 * @typedef {object} Sheet
 * @property {number | null} example
 * @property {Uint8ClampedArray | undefined} under RGBA of the network's size
 * @property {readonly Stroke[]} strokes
 */

/** What the generator is asked for: of which step, and of which drawing. */
/** @typedef {{ input: Uint8Array, step: number, drawing: number }} Asked */

/** @type {Sheet} */
const EMPTY = { example: null, under: undefined, strokes: [] };

/** @type {Record<string, readonly [number, number]>} */
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
/** With Shift an arrow key goes so far. */
const FAR = 4;
/** A pen that is turned round. */
const ERASER_BUTTON = 5;
/** A stroke may be simpler than the hand's by so much of the network's pixel. */
const TOLERANCE = 0.2;
/** While training goes on, what is made is made anew no more often than that, */
const FOLLOW_EVERY_MS = 300;
/** and for no more than one part in this many of the time. */
const FOLLOW_SHARE = 10;

/**
 * @param {HTMLElement} place that it fills
 * @param {Host} host
 * @returns {(now: Now) => void} to be told of each change
 */
export function boardView(place, host) {
  const parts = boardParts();
  const {
    pad,
    canvas,
    mark,
    made: madeCanvas,
    note,
    undo,
    clear,
    example,
    photo,
    save,
    film,
  } = parts;
  place.replaceChildren(...parts.all);
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  /** What was made of what is drawn, along the run. */
  const moments = new Timeline();
  const made = new Sketch(async (/** @type {Asked} */ { input, step, drawing }) => {
    const frame = await host.translate(input);
    if (frame !== undefined && drawing === drawings) {
      moments.add(step, frame);
      tell();
    }
    return frame;
  }, madeCanvas);
  const tools = boardTools(parts.brushes, parts.inks);

  /** None before there is a run that makes pictures out of others. @type {Now | undefined} */
  let now;
  /** @type {Raster | undefined} */
  let raster;
  let sheet = EMPTY;
  /** What of it a text can say. @type {string | null} */
  let text = null;
  /** @type {Sheet[]} */
  let before = [];
  /** @type {{ brush: number, ink: number, points: Place[] } | undefined} */
  let stroke;
  /** Where the keys are, in the network's pixels. */
  let here = { column: 0, row: 0 };
  let lastExample = -1;
  /** How often something else was on the board. */
  let drawings = 0;
  let isSeen = true;
  /** @type {string | undefined} */
  let followed;
  let followedAt = 0;
  /** The run that the board was made ready for. @type {number | undefined} */
  let readyFor;

  const show = () => {
    if (raster === undefined) return;
    const { side } = raster;
    if (canvas.width !== side) Object.assign(canvas, { width: side, height: side });
    context.putImageData(new ImageData(seen(raster), side, side), 0, 0);
  };
  const translate = () => {
    if (raster === undefined || now === undefined) return;
    followedAt = performance.now();
    made.draw({ input: shrunk(raster), step: now.step, drawing: drawings });
  };
  /** Something else is on the board from here on. */
  const translateAnew = () => {
    drawings += 1;
    moments.clear();
    translate();
  };
  const redraw = () => {
    if (now === undefined) return;
    raster = blank(now.shape.side, now.pairs.channels);
    if (sheet.under !== undefined) lay(raster, sheet.under);
    for (const each of sheet.strokes) paint(raster, each);
    show();
    translateAnew();
    tell();
  };
  const tell = () => {
    const isFull = pointCount(sheet.strokes) >= MAX_POINTS;
    const { count = 0, areHeldOut = true } = now?.pairs ?? {};
    const number = ((sheet.example ?? 0) % count) + 1;
    const ofExample =
      sheet.strokes.length > 0
        ? texts.drawnOver(number, count)
        : texts.example(number, count, areHeldOut);
    setText(
      note,
      isFull
        ? texts.full
        : sheet.example !== null
          ? ofExample
          : sheet.under !== undefined
            ? texts.photo
            : "",
    );
    setDisabled(undo, before.length === 0);
    setDisabled(clear, sheet === EMPTY);
    for (const button of [example, photo, save]) setDisabled(button, raster === undefined);
    setDisabled(film, moments.moments.length < 2);
  };
  /** @param {Sheet} next */
  const put = (next) => {
    sheet = next;
    text = textOf(sheet);
    redraw();
    host.changed(text, sheet.example === null && sheet.under !== undefined);
  };
  /** @param {Sheet} next that can be undone */
  const change = (next) => {
    before.push(sheet);
    put(next);
  };

  /** @param {Place} place @param {number} ink */
  const begin = (place, ink) => {
    if (raster === undefined || pointCount(sheet.strokes) >= MAX_POINTS) return;
    stroke = { brush: tools.brush(), ink, points: [place] };
    paint(raster, stroke);
    show();
    translateAnew();
  };
  /** @param {Place[]} places */
  const go = (places) => {
    if (stroke === undefined || raster === undefined) return;
    const from = stroke.points.length;
    for (const place of places) {
      const [column, row] = stroke.points[stroke.points.length - 1];
      if (place[0] !== column || place[1] !== row) stroke.points.push(place);
    }
    if (stroke.points.length === from) return;
    paint(raster, stroke, from);
    show();
    translateAnew();
  };
  const end = () => {
    if (stroke === undefined || raster === undefined) return;
    const { points, ...tool } = stroke;
    stroke = undefined;
    const room = MAX_POINTS - pointCount(sheet.strokes);
    const few = simplified(points, TOLERANCE * unit()).slice(0, room);
    change({ ...sheet, strokes: [...sheet.strokes, { ...tool, points: few }] });
  };
  /** Places in a pixel of the network. */
  const unit = () => PLACES / (now?.shape.side ?? PLACES);

  /** @param {PointerEvent} event @returns {Place} */
  const placeOf = (event) => {
    const box = canvas.getBoundingClientRect();
    return [
      within(((event.clientX - box.left) / box.width) * PLACES, PLACES),
      within(((event.clientY - box.top) / box.height) * PLACES, PLACES),
    ];
  };
  pad.addEventListener("pointerdown", (event) => {
    const isEraser = event.button === ERASER_BUTTON;
    if (!event.isPrimary || (event.button !== 0 && !isEraser)) return;
    mark.hidden = true;
    pad.setPointerCapture(event.pointerId);
    begin(placeOf(event), isEraser ? PAPER : tools.ink());
  });
  pad.addEventListener("pointermove", (event) => {
    if (!pad.hasPointerCapture(event.pointerId)) return;
    const all = event.getCoalescedEvents?.() ?? [];
    go((all.length > 0 ? all : [event]).map(placeOf));
  });
  pad.addEventListener("lostpointercapture", end);
  pad.addEventListener("keydown", (event) => {
    const key = KEYS[event.key];
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z") {
      event.preventDefault();
      end();
      takeBack();
      return;
    }
    if (raster === undefined || (key === undefined && event.key !== " ")) return;
    event.preventDefault();
    const side = PLACES / unit();
    if (key === undefined) {
      if (!event.repeat) begin(middleOf(here, unit()), tools.ink());
    } else {
      const far = event.shiftKey ? FAR : 1;
      here = {
        column: within(here.column + far * key[0], side),
        row: within(here.row + far * key[1], side),
      };
      go([middleOf(here, unit())]);
    }
    mark.hidden = false;
    mark.style.inlineSize = mark.style.blockSize = `${100 / side}%`;
    mark.style.left = `${(100 * here.column) / side}%`;
    mark.style.top = `${(100 * here.row) / side}%`;
    host.say(texts.place(here.column, here.row));
  });
  pad.addEventListener("keyup", ({ key }) => {
    if (key === " ") end();
  });
  pad.addEventListener("blur", end);

  const takeBack = () => {
    const last = before.pop();
    if (last !== undefined) put(last);
  };
  onPress(undo, takeBack);
  onPress(clear, () => change(EMPTY));
  onPress(example, async () => {
    const { count = 1 } = now?.pairs ?? {};
    lastExample = ((sheet.example ?? lastExample) + 1) % count;
    const frame = await host.pairInput(lastExample);
    if (frame === undefined) return;
    const under = new Uint8ClampedArray(frame.pixels);
    change({ example: lastExample, under, strokes: [] });
  });
  /** @param {File | undefined} picture */
  const usePhoto = async (picture) => {
    if (picture === undefined || now === undefined) return;
    host.photograph(false);
    const square = await squareOf(picture, now.shape);
    if (square === undefined) {
      host.photograph(true);
      return;
    }
    const frame = await host.pairInput(square);
    if (frame === undefined) return;
    change({ example: null, under: new Uint8ClampedArray(frame.pixels), strokes: [] });
  };
  onPress(photo, () => parts.file.click());
  parts.file.addEventListener("change", () => {
    const picture = parts.file.files?.[0];
    parts.file.value = ""; // so that the same file can be chosen again
    void usePhoto(picture);
  });
  pad.addEventListener("drop", (event) => {
    event.preventDefault();
    void usePhoto(event.dataTransfer?.files[0]);
  });
  onPress(save, async () => {
    const both = document.createElement("canvas");
    const { width, height } = madeCanvas;
    Object.assign(both, { width: 2 * width, height });
    const side = /** @type {CanvasRenderingContext2D} */ (both.getContext("2d"));
    side.drawImage(canvas, 0, 0, width, height);
    side.drawImage(madeCanvas, width, 0);
    host.save(await pngOf(both), "png");
  });
  onPress(film, async () => {
    if (raster === undefined) return;
    const { filmOf } = await import("../formats/film.js");
    const drawn = raster;
    host.save(await filmOf(moments.moments.map((shot) => beside(drawn, shot))), "gif");
  });

  /**
   * Takes up what a text says, and the example of this run's data.
   * @param {string | null} said
   */
  const takeUp = async (said) => {
    text = said;
    const asked = said === null ? EMPTY : { ...EMPTY, ...boardOf(said) };
    /** @param {Sheet} next */
    const lie = (next) => {
      sheet = next;
      before = next === EMPTY ? [] : [EMPTY, ...stagesOf(next)];
      redraw();
    };
    lie(asked);
    if (asked.example === null) return;
    const frame = await host.pairInput(asked.example);
    if (frame === undefined || sheet !== asked) return;
    lie({ ...asked, under: new Uint8ClampedArray(frame.pixels) });
  };

  const follow = () => {
    if (now === undefined) return;
    const key = `${now.run} ${now.step}`;
    const wait = now.isRunning ? Math.max(FOLLOW_EVERY_MS, FOLLOW_SHARE * made.costMs) : 0;
    // What is drawn is followed also where nobody looks: a film of it may be asked for.
    const isWanted = isSeen || sheet !== EMPTY;
    if (!isWanted || key === followed || performance.now() - followedAt < wait) return;
    followed = key;
    translate();
  };
  whenSeen(pad, (seen) => {
    isSeen = seen;
    follow();
  });
  tell();

  return (next) => {
    now = next;
    tools.offer(next.pairs.channels === 3);
    // A photograph was taken as another run's pairs were made, and its example was of other data.
    const isOther = readyFor !== next.run;
    readyFor = next.run;
    if (isOther || (stroke === undefined && next.text !== text)) void takeUp(next.text);
    setText(
      parts.words,
      sheet === EMPTY && stroke === undefined ? texts.blank : texts.made(next.step),
    );
    follow();
  };
}

/**
 * @param {{ column: number, row: number }} pixel of the network
 * @param {number} unit places in one
 * @returns {Place}
 */
function middleOf({ column, row }, unit) {
  return [Math.floor((column + 0.5) * unit), Math.floor((row + 0.5) * unit)];
}

/**
 * @param {number} place
 * @param {number} count of places there are
 */
function within(place, count) {
  return Math.min(Math.max(Math.floor(place), 0), count - 1);
}
