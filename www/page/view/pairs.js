// What pictures are made out of, where a GAN makes pictures out of others: what comes with them, or what is taken away.

import { PAIRINGS } from "../../engine/protocol.js";
import { shownSettings } from "../selectors.js";
import { hasInputs } from "../pairs.js";
import { FIELDS, isFolder } from "../settings.js";
import { madeOutOf, pairings } from "#words/pairs.js";
import { find, setText } from "../../kit/dom.js";

/** @import { App } from "../app.js" */
/** @import { PageStore } from "../state.js" */

/** No pairing: a value of the list. */
const OWN = /** @type {const} */ ("own");

/**
 * @param {App} app
 * @param {PageStore} store
 */
export function pairsView(app, store) {
  const list = find("pairs", HTMLSelectElement);
  const words = find("data-pairs", HTMLElement);
  list.append(...[OWN, ...PAIRINGS].map((id) => new Option(pairings[id], id)));
  list.addEventListener("change", () => {
    void app.changes.choosePairs(FIELDS.pairs.parse(list.value) ?? null);
  });
  store.subscribe((state) => {
    const { data, pairs } = shownSettings(state);
    list.value = pairs ?? OWN;
    setText(words, madeOutOf(pairs ?? OWN));
    // Files that were dropped, or lie in a folder, may bring their own; of others it is known.
    const mayHave = hasInputs(data) || isFolder(data) || pairs === null;
    list.options[0].hidden = list.options[0].disabled = !mayHave;
  });
}
