// What the pictures show that are learned, and what is to be found where they are made out of others, in a word: loaded
// with the words that it stands in.

import { anyNoun, nouns, tasks } from "#words/nouns.js";
import { haveColours } from "./pairs.js";
import { chosenData, shownSettings } from "./selectors.js";
import { isSet } from "./settings.js";

/** @import { DataName } from "./settings.js" */
/** @import { State } from "./state.js" */

/**
 * Of the data in use, or asked for.
 * @param {Pick<State, "settings" | "asked" | "askedOwn" | "data">} state
 */
export function nounOf(state) {
  return nouns[/** @type {DataName} */ (chosenData(state))] ?? anyNoun;
}

/**
 * Of a GAN that makes pictures out of others.
 * @param {Pick<State, "settings" | "asked" | "askedOwn" | "data">} state
 */
export function taskOf(state) {
  const data = chosenData(state);
  const isOwn = shownSettings(state).pairs === null;
  if (isOwn && (data === "lineart" || data === "lineart64")) return tasks.lines;
  const isKnown = data === "mnist" || (data !== "own" && isSet(data));
  const isColour = isKnown ? haveColours(data) : state.data?.channels === 3;
  return isColour ? tasks.colours : tasks.shapes;
}
