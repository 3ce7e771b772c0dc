// How several groups say how many.

/**
 * @param {string} count as it is written
 * @param {string} noun that takes an s for several
 */
export const counted = (count, noun) => `${count} ${noun}${count === "1" ? "" : "s"}`;

/** @param {string} count */
export const stepsOf = (count) => counted(count, "step");
