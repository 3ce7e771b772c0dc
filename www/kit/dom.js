// The few things every view does to the DOM.

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
 * Sets a text only if it is another: screen readers and layout notice every write.
 * @param {Element} element
 * @param {string} text
 */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * Tells who listens to the page what a key has just done, where nothing else does.
 * @param {string} text
 */
export function say(text) {
  setText(find("said", HTMLElement), text);
}

/**
 * Disables a button without taking the focus away from it; its listener must look at `isDisabled`.
 * @param {Element} button
 * @param {boolean} disabled
 */
export function setDisabled(button, disabled) {
  button.setAttribute("aria-disabled", String(disabled));
}

/** @param {Element} button */
export function isDisabled(button) {
  return button.getAttribute("aria-disabled") === "true";
}

/**
 * @param {HTMLElement} button
 * @param {() => unknown} action not called while the button is disabled
 */
export function onPress(button, action) {
  button.addEventListener("click", () => {
    if (!isDisabled(button)) void action();
  });
}

/** Scrolls to the picture: what was pressed elsewhere shows there. */
export function toPicture() {
  const isCalm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const behavior = isCalm ? "instant" : "smooth";
  find("mount", HTMLElement).scrollIntoView({ block: "nearest", behavior });
}

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {{ class?: string, text?: string }} [with_]
 * @param {Node[]} [children]
 * @returns {HTMLElementTagNameMap[K]}
 */
export function make(tag, { class: className, text } = {}, children = []) {
  const element = document.createElement(tag);
  if (className !== undefined) element.className = className;
  if (text !== undefined) element.textContent = text;
  element.append(...children);
  return element;
}

/**
 * @param {HTMLElement} list
 * @param {readonly string[]} items
 */
export function fillList(list, items) {
  list.replaceChildren(...items.map((text) => make("li", { text })));
}
