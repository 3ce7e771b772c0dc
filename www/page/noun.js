// What the pictures show that are learned, in a word: loaded with the words that it stands in.

import { anyNoun, nouns } from "#words/nouns.js";
import { chosenData } from "./selectors.js";

/** @import { DataName } from "./settings.js" */
/** @import { State } from "./state.js" */

/**
 * Of the data in use, or asked for.
 * @param {Pick<State, "settings" | "asked" | "askedOwn" | "data">} state
 */
export function nounOf(state) {
  return nouns[/** @type {DataName} */ (chosenData(state))] ?? anyNoun;
}
