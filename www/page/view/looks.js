// What the picture shows: all digits or one, real ones in their place, the discriminator's opinion.

import { shownPreset } from "../selectors.js";
import { page as texts } from "#words/page.js";
import { find, make, onPress, setDisabled } from "../../kit/dom.js";

/** @import { App } from "../app.js" */
/** @import { State } from "../state.js" */

/** @param {App} app */
export function looksView(app) {
  const picker = find("digits", HTMLElement);
  const noWishes = find("no-wishes", HTMLElement);
  const real = find("show-real", HTMLButtonElement);
  const opinions = find("show-opinions", HTMLButtonElement);
  let count = 0;
  let wantsOpinions = false;
  let showsReal = false;

  onPress(real, () => app.exploring.showReal(!showsReal));
  onPress(opinions, () => app.exploring.look({ opinions: !wantsOpinions }));

  /** @param {number} classes */
  const fill = (classes) => {
    count = classes;
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

  /** @param {State} state */
  return (state) => {
    const { phase, picture, view } = state;
    const classes = shownPreset(state)?.classes;
    if (classes !== undefined && classes !== count) fill(classes);
    const isReady = phase === "ready";
    const buttons = [...picker.children];
    buttons.forEach((button, i) => {
      setDisabled(button, !isReady);
      button.setAttribute("aria-pressed", String((view.digit ?? -1) === i - 1));
    });
    picker.hidden = classes === 0;
    noWishes.hidden = classes !== 0;

    ({ showsReal } = state);
    wantsOpinions = view.opinions;
    setDisabled(real, !isReady);
    real.setAttribute("aria-pressed", String(showsReal));
    // Of a trained generator's pictures the untrained discriminator has no opinion worth asking for.
    setDisabled(opinions, !isReady || picture?.trainedFor !== undefined);
    opinions.setAttribute(
      "aria-pressed",
      String(wantsOpinions && picture?.trainedFor === undefined),
    );
  };
}
