// What the picture shows: all digits or one, real ones in their place, the discriminator's opinion.

import { classesOf } from "../selectors.js";
import { page as texts } from "#words/page.js";
import { find, make, onPress, setDisabled } from "../../kit/dom.js";

/** @import { App } from "../app.js" */
/** @import { PageStore } from "../state.js" */

/**
 * @param {App} app
 * @param {PageStore} store
 */
export function looksView(app, store) {
  const picker = find("digits", HTMLElement);
  const noWishes = find("no-wishes", HTMLElement);
  const real = find("show-real", HTMLButtonElement);
  const opinions = find("show-opinions", HTMLButtonElement);

  onPress(real, () => app.exploring.showReal(!store.state.showsReal));
  onPress(opinions, () => app.exploring.look({ opinions: !store.state.view.opinions }));

  /** @param {number} classes */
  const fill = (classes) => {
    const all = make("button", { text: texts.allDigits });
    onPress(all, () => app.exploring.look({ digit: null }));
    const digits = Array.from({ length: classes }, (_, digit) => {
      const button = make("button", { text: String(digit) });
      button.setAttribute("aria-label", texts.onlyDigit(digit));
      onPress(button, () => app.exploring.look({ digit }));
      return button;
    });
    picker.replaceChildren(all, ...digits);
    for (const button of picker.children) button.setAttribute("type", "button");
  };

  store.watch(classesOf, (classes) => {
    if (classes) fill(classes);
    picker.hidden = classes === 0;
    noWishes.hidden = classes !== 0;
  });
  store.subscribe((state) => {
    const { phase, picture, view, showsReal } = state;
    const isReady = phase === "ready";
    const buttons = [...picker.children];
    buttons.forEach((button, i) => {
      setDisabled(button, !isReady);
      button.setAttribute("aria-pressed", String((view.digit ?? -1) === i - 1));
    });
    setDisabled(real, !isReady);
    real.setAttribute("aria-pressed", String(showsReal));
    // Of a trained generator's pictures the untrained discriminator has no opinion worth asking for.
    setDisabled(opinions, !isReady || picture?.trainedFor !== undefined);
    opinions.setAttribute(
      "aria-pressed",
      String(view.opinions && picture?.trainedFor === undefined),
    );
  });
}
