// The few things that the page and the element do to their elements.

/**
 * Sets a text only if it is another: screen readers and layout notice every write.
 * @param {Element} element
 * @param {string} text
 */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
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
