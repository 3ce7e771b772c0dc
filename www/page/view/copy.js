// A button that copies a text of the page, and says what came of it.

import { page as texts } from "#words/page.js";
import { onPress, say, setText } from "../../kit/dom.js";

/** How long it says that it has copied. */
const COPIED_MS = 2_000;

/**
 * @param {HTMLButtonElement} button
 * @param {HTMLElement} source
 */
export function copyOnPress(button, source) {
  onPress(button, async () => {
    let outcome = texts.copied;
    try {
      await navigator.clipboard.writeText(source.textContent ?? "");
    } catch {
      // Not allowed here, as in a sandboxed frame: what is to be copied is selected instead.
      getSelection()?.selectAllChildren(source);
      outcome = texts.copyByKeys;
    }
    setText(button, outcome);
    say(outcome);
    setTimeout(setText, COPIED_MS, button, texts.copy);
  });
}
