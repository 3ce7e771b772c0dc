// Letters that press buttons, while the page's main region has the focus and no field of it does (WCAG 2.2,
// 2.1.4). Which letter presses what stands in index.html (`aria-keyshortcuts`), and below the buttons.

import { page as texts } from "#words/page.js";
import { isDisabled, say } from "../../kit/dom.js";
import { reveal } from "./tabs.js";

/** @param {HTMLElement} main where somebody clicks beside everything, it has the focus itself */
export function listenForKeys(main) {
  const buttons = [
    .../** @type {NodeListOf<HTMLElement>} */ (main.querySelectorAll("[aria-keyshortcuts]")),
  ];
  main.addEventListener("keydown", ({ key, target, repeat, ctrlKey, metaKey, altKey }) => {
    if (repeat || ctrlKey || metaKey || altKey) return;
    if (!(target instanceof Element)) return;
    if (target.closest("input:is([type=text], [type=file]), select, textarea") !== null) return;
    const letter = key.toUpperCase();
    const meant = buttons.filter((one) => one.getAttribute("aria-keyshortcuts") === letter);
    // One in a panel that is not open shows what it does when that is.
    if (!meant.some((one) => one.checkVisibility())) meant.forEach(reveal);
    const button = meant.find((one) => one.checkVisibility());
    if (button === undefined) return;
    whenThere(button, () => {
      const wasPressed = button.getAttribute("aria-pressed");
      button.click();
      // The focus is elsewhere, so that the button itself says nothing.
      if (wasPressed === null || isDisabled(button)) return;
      say(texts.pressed(button.innerText, wasPressed === "false"));
    });
  });
}

/**
 * At once, or when the code of the part that it stands in has come.
 * @param {Element} button
 * @param {() => void} action
 */
function whenThere(button, action) {
  const part = button.closest('[aria-busy="true"]');
  if (part === null) {
    action();
    return;
  }
  const observer = new MutationObserver(() => {
    observer.disconnect();
    whenThere(button, action);
  });
  observer.observe(part, { attributeFilter: ["aria-busy"] });
}
