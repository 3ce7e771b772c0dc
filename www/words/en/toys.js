import { number } from "./numbers.js";
import { pointsOf } from "./quantities.js";

/** The points that one draws: loaded with the sheet for them. */
export const toys = {
  /**
   * @param {number} count
   * @param {number} least
   * @param {number} most
   */
  drawn: (count, least, most) => {
    const points = pointsOf(count);
    if (count < least) return `${points}; at least ${number(least)} are needed.`;
    return count < most ? `${points} of at most ${number(most)}.` : `${points}: that is enough.`;
  },
  /**
   * @param {number} column
   * @param {number} row
   * @param {boolean} isPoint
   */
  place: (column, row, isPoint) =>
    `Column ${number(column + 1)}, row ${number(row + 1)} from below${isPoint ? ", a point" : ""}`,
};
