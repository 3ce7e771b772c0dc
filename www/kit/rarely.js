// Does something often asked for at most every so many milliseconds: at once where it can, and always with what
// was asked for last.

/**
 * @template {unknown[]} A
 * @param {(...asked: A) => void} act
 * @param {number} everyMs
 * @returns {(...asked: A) => void}
 */
export function rarely(act, everyMs) {
  /** @type {A | undefined} */
  let waiting;
  let isResting = false;
  const go = (/** @type {A} */ asked) => {
    isResting = true;
    setTimeout(() => {
      isResting = false;
      const next = waiting;
      waiting = undefined;
      if (next !== undefined) go(next);
    }, everyMs);
    act(...asked);
  };
  return (...asked) => {
    if (isResting) waiting = asked;
    else go(asked);
  };
}
