// What the picture shows: all digits or one, real ones in their place, the discriminator's opinion.

import { classesOf, classNamesOf } from "../selectors.js";
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

  /**
   * @param {number} classes
   * @param {readonly string[] | undefined} names written on the buttons
   * @param {readonly string[] | undefined} called
   */
  const fill = (classes, names, called) => {
    const all = make("button", { text: texts.allDigits });
    onPress(all, () => app.exploring.look({ digit: null }));
    const digits = Array.from({ length: classes }, (_, digit) => {
      const name = names?.[digit];
      const button = make("button", { text: name ?? String(digit) });
      const words = called ? texts.onlyClass(called[digit]) : texts.onlyDigit(digit);
      button.setAttribute("aria-label", words);
      onPress(button, () => app.exploring.look({ digit }));
      return button;
    });
    picker.replaceChildren(all, ...digits);
    picker.toggleAttribute("data-named", names !== undefined);
    for (const button of picker.children) button.setAttribute("type", "button");
  };

  const offer = () => {
    const classes = classesOf(store.state);
    if (classes > 0) fill(classes, store.state.data?.classNames, classNamesOf(store.state));
    picker.hidden = classes === 0;
    noWishes.hidden = classes !== 0;
  };
  store.watch(classesOf, offer);
  store.watch(({ data }) => data?.sourceId, offer);
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
