// The few things every view of the page does to the DOM. What the element does too stands in elements.js, which comes
// with its small loader.

import { make, setText } from "./elements.js";

export { isDisabled, make, onPress, setDisabled, setText } from "./elements.js";

/**
 * An element of index.html.
 * @template {Element} T
 * @param {string} id
 * @param {new () => T} type
 * @returns {T}
 */
export function find(id, type) {
  const element = document.getElementById(id);
  if (!(element instanceof type)) throw new Error(`the page has no ${type.name} #${id}`);
  return element;
}

/**
 * Tells who listens to the page what a key has just done, where nothing else does.
 * @param {string} text
 */
export function say(text) {
  setText(find("said", HTMLElement), text);
}

/** Scrolls to the picture: what was pressed elsewhere shows there. */
export function toPicture() {
  const isCalm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const behavior = isCalm ? "instant" : "smooth";
  find("mount", HTMLElement).scrollIntoView({ block: "nearest", behavior });
}

/**
 * @param {HTMLElement} list
 * @param {readonly string[]} items
 */
export function fillList(list, items) {
  list.replaceChildren(...items.map((text) => make("li", { text })));
}
