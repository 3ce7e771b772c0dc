// Puts every problem next to where it happened: elements say with data-problem what they are for. The button that
// mends one is view/mend.js.

import { setText } from "../../kit/dom.js";

/** @import { PageStore, Place } from "../state.js" */

/** @param {PageStore} store */
export function problemsView(store) {
  const elements = /** @type {NodeListOf<HTMLElement>} */ (
    document.querySelectorAll("[data-problem]")
  );

  store.subscribe(({ problems }) => {
    for (const element of elements) {
      const place = /** @type {Place} */ (element.dataset.problem);
      const message = problems[place];
      setText(element, message ?? "");
      const control = document.querySelector(`[aria-describedby~="${element.id}"]`);
      if (message === undefined) control?.removeAttribute("aria-invalid");
      else control?.setAttribute("aria-invalid", "true");
    }
  });
}
