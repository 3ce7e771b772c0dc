// Puts every problem next to where it happened: elements say with data-problem what they are for. Below it a button
// that mends it, where that is known.

import { make, onPress, setText } from "./dom.js";

/** @import { App } from "../app.js" */
/** @import { Place, State } from "../state.js" */

/** @param {App} app */
export function problemsView(app) {
  const elements = /** @type {NodeListOf<HTMLElement>} */ (
    document.querySelectorAll("[data-problem]")
  );
  const shown = [...elements].map((element) => {
    const place = /** @type {Place} */ (element.dataset.problem);
    return { element, place, mend: mendButton(app, element, place) };
  });

  /** @param {State} state */
  return (state) => {
    for (const { element, place, mend } of shown) {
      const message = state.problems[place];
      setText(element, message ?? "");
      const control = controlOf(element);
      if (message === undefined) control?.removeAttribute("aria-invalid");
      else control?.setAttribute("aria-invalid", "true");
      mend(state);
    }
  };
}

/** @param {Element} element that says what is wrong @returns {HTMLElement | null} */
function controlOf(element) {
  return document.querySelector(`[aria-describedby~="${element.id}"]`);
}

/**
 * @param {App} app
 * @param {HTMLElement} element that says what is wrong
 * @param {Place} place
 * @returns {(state: State) => void}
 */
function mendButton(app, element, place) {
  /** @type {HTMLButtonElement | undefined} */
  let button;
  return ({ mends }) => {
    const mend = mends[place];
    if (mend === undefined) {
      if (button !== undefined && document.activeElement === button) controlOf(element)?.focus();
      button?.remove();
      button = undefined;
      return;
    }
    if (button === undefined) {
      button = make("button", { class: "mend" });
      button.type = "button";
      onPress(button, () => app.changes.mend(place));
      element.after(button);
    }
    setText(button, mend.label);
  };
}
