import { number } from "./numbers.js";
import { stepsOf } from "./steps.js";

/** What is said of a photograph that is none. */
export const unreadable =
  "This file cannot be shown as a picture. Give one that your browser can show, such as a PNG or a JPEG.";

/** The board to draw on, of the page and of the element: loaded when it comes in sight. */
export const board = {
  board: "Board to draw on",
  result: "What the generator makes of it",
  brush: "Brush",
  ink: "Draws with",
  undo: "Undo",
  clear: "Clear",
  anExample: "An example",
  aPhoto: "A photograph…",
  save: "Save PNG",
  film: "Save film",
  hint: "Draw with mouse, finger or pen; a photograph can be dropped here too. With keys: arrows move the frame, with Shift further, Space draws, and held down it draws along; Ctrl+Z or Cmd+Z undoes.",
  /** By their numbers in board.js. @type {readonly string[]} */
  brushes: ["Fine", "Middle", "Broad"],
  pen: "Pen",
  eraser: "Eraser",
  /** By their numbers in board.js; the second is the eraser. @type {readonly string[]} */
  inks: ["Black", "Paper", "Red", "Orange", "Yellow", "Green", "Blue", "Purple", "Brown", "Grey"],
  /** @param {number} step */
  made: (step) =>
    step === 0
      ? "Made by the untrained generator."
      : `Made by the generator after ${stepsOf(step)}.`,
  blank: "Draw something, or begin with an example: what the generator makes of it shows here.",
  full: "The board holds no more strokes: undo some, or clear it.",
  photo: "A photograph stays in this tab: no link holds it.",
  /**
   * @param {number} example counted from 1
   * @param {number} count
   * @param {boolean} isHeldOut
   */
  example: (example, count, isHeldOut) =>
    isHeldOut
      ? `Example ${number(example)} of ${number(count)}: the generator has never been shown it.`
      : `Example ${number(example)} of ${number(count)}, out of those that it learns.`,
  /**
   * @param {number} example counted from 1
   * @param {number} count
   */
  drawnOver: (example, count) => `Example ${number(example)} of ${number(count)}, drawn over.`,
  /**
   * @param {number} column
   * @param {number} row
   */
  place: (column, row) => `Column ${number(column + 1)}, row ${number(row + 1)}`,
};
