// What is not there of a run that was trained before it came to this page: said where its course is shown. Loaded
// with the first such run.

import { before as texts } from "#words/before.js";
import { setText } from "../../kit/dom.js";

/** @import { PageStore } from "../state.js" */

/** @param {PageStore} store */
export function beforeView(store) {
  const places = /** @type {NodeListOf<HTMLElement>} */ (
    document.querySelectorAll("[data-before]")
  );
  store.watch(
    ({ cameAt }) => cameAt,
    (step) => {
      for (const place of places) {
        place.hidden = step === 0;
        setText(place, step === 0 ? "" : texts.trained(step));
      }
    },
  );
}
