// Which texts say what is drawn on the board: what the address is checked by when the page opens. What they mean: board.js.

/** All strokes together have no more points. */
export const MAX_POINTS = 1000;

/** An example's number, and for each stroke one of thirty inks and brushes, and its points, three letters each. */
const BOARD = /^\d{0,4}(\.[A-Za-d]([\w-]{3})+)*$/;

/** @param {string} text */
export function isBoard(text) {
  const strokes = text.split(".").slice(1);
  const letters = strokes.reduce((sum, { length }) => sum + length - 1, 0);
  return text !== "" && BOARD.test(text) && letters <= 3 * MAX_POINTS;
}

/**
 * A board on data of so many examples.
 * @param {string} text
 * @param {number} count
 * @returns {{ board: string | null, missing: string }} without an example that there is not, and that one's number
 */
export function fittingBoard(text, count) {
  const [example] = text.split(".", 1);
  if (example === "" || Number(example) < count) return { board: text, missing: "" };
  return { board: text.slice(example.length) || null, missing: example };
}
