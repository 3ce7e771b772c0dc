// What nobody's hand waits for: one after another, and before each of them whatever was asked for meanwhile.

import { macrotask } from "./macrotask.js";

/** @type {Promise<unknown>} */
let last = Promise.resolve();

/**
 * @template T
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T>}
 */
export function whenIdle(work) {
  const answer = last.then(macrotask).then(work);
  last = answer.catch(() => {});
  return answer;
}
