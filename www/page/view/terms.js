// What a term means, said where it stands when it is pressed, and the list of all terms. Its words come from one
// glossary; loaded when one is first asked for.

import { glossary } from "#words/glossary.js";
import { language } from "#words/language.js";
import { find, make, say } from "../../kit/dom.js";

/** @import { Term } from "#words/glossary.js" */

/** Between a term and what is said of it, and from there to the window's edges. */
const GAP = 6;

/** What is said, and to whom it belongs. @type {{ hint: HTMLElement, of: HTMLElement } | undefined} */
let shown;

/**
 * Shows what a term means, or hides it again.
 * @param {HTMLElement} button with the term's id
 */
export function explain(button) {
  const isAgain = shown?.of === button;
  hide();
  if (isAgain) return;
  const { name, words } = glossary[/** @type {Term} */ (button.dataset.term)];
  const hint = make("div", { class: "term-hint" }, [
    make("dfn", { text: name }),
    make("span", { text: ` ${words}` }),
  ]);
  // Behind the button, so that it is read next.
  button.after(hint);
  place(hint, button);
  button.setAttribute("aria-expanded", "true");
  say(`${name}: ${words}`);
  shown = { hint, of: button };
  document.addEventListener("keydown", onKey);
  document.addEventListener("pointerdown", onPointer);
  button.addEventListener("blur", hide);
}

function hide() {
  if (shown === undefined) return;
  const { hint, of } = shown;
  shown = undefined;
  hint.remove();
  of.removeAttribute("aria-expanded");
  of.removeEventListener("blur", hide);
  document.removeEventListener("keydown", onKey);
  document.removeEventListener("pointerdown", onPointer);
}

/** @param {KeyboardEvent} event */
function onKey({ key }) {
  if (key === "Escape") hide();
}

/** @param {PointerEvent} event */
function onPointer({ target }) {
  const isInside = target instanceof Node && (shown?.hint.contains(target) || shown?.of === target);
  if (!isInside) hide();
}

/**
 * Below the button, or above it where there is no room, and within the window.
 * @param {HTMLElement} hint fixed to the window
 * @param {HTMLElement} button
 */
function place(hint, button) {
  const at = button.getBoundingClientRect();
  const { width, height } = hint.getBoundingClientRect();
  const left = Math.min(at.left, document.documentElement.clientWidth - width - GAP);
  const isBelow = at.bottom + GAP + height < window.innerHeight;
  hint.style.left = `${Math.max(GAP, left)}px`;
  hint.style.top = `${isBelow ? at.bottom + GAP : Math.max(GAP, at.top - GAP - height)}px`;
}

/** Writes the list. */
export function listTerms() {
  const terms = Object.values(glossary);
  terms.sort((a, b) => a.name.localeCompare(b.name, language));
  const entries = terms.map(({ name, words }) =>
    make("div", {}, [make("dt", { text: name }), make("dd", { text: words })]),
  );
  find("glossary-list", HTMLElement).replaceChildren(...entries);
}
