// How a term is marked that can be asked about: each opens an entry of the glossary.

/** @import { Term } from "./glossary.js" */

/**
 * A term that is explained where it stands, when it is pressed: with an entry of `glossary`.
 * @param {Term} id
 * @param {string} words
 */
export const term = (id, words) =>
  `<button type="button" class="term" data-term="${id}">${words}</button>`;

/**
 * The same beside what has no room for a button of its own, such as a label.
 * @param {Term} id
 * @param {string} words that it is about
 */
export const mark = (id, words) =>
  `<button type="button" class="term-mark" data-term="${id}" aria-label="What it means: ${words}">?</button>`;
