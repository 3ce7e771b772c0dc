// A button that copies a text of the page, and says so.

import { page as texts } from "#words/page.js";
import { onPress, setText } from "../../kit/dom.js";

/** How long it says that it has copied. */
const COPIED_MS = 2_000;

/**
 * @param {HTMLButtonElement} button
 * @param {HTMLElement} source
 */
export function copyOnPress(button, source) {
  onPress(button, async () => {
    try {
      await navigator.clipboard.writeText(source.textContent ?? "");
      setText(button, texts.copied);
      setTimeout(() => setText(button, texts.copy), COPIED_MS);
    } catch {
      // Not allowed here: what is to be copied is selected instead.
      getSelection()?.selectAllChildren(source);
    }
  });
}
