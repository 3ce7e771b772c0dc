// The lesson about the chosen preset, and buttons that set the page up for what it says to try.

import { isTried, LESSONS } from "../lessons.js";
import { shownPreset } from "../selectors.js";
import { lessons as texts } from "#words/lessons.js";
import { presetWords } from "#words/preset-words.js";
import { presets as names } from "#words/presets.js";
import { find, make, onPress, setText, toPicture } from "../../kit/dom.js";

/** @import { App } from "../app.js" */
/** @import { Trial } from "../lessons.js" */
/** @import { PageStore } from "../state.js" */

/**
 * @param {App} app
 * @param {PageStore} store
 */
export function lessonView(app, store) {
  const title = find("lesson-title", HTMLElement);
  const body = find("lesson-body", HTMLElement);
  const look = find("trial-look", HTMLElement);
  /** @type {{ trial: Trial, button: HTMLButtonElement }[]} */
  let trials = [];

  /** @param {string} id of a preset */
  const fill = (id) => {
    const { mended, watch, tries } = LESSONS[id];
    trials = tries.map((trial) => ({
      trial,
      button: make("button", { class: "toggle", text: trial.label }),
    }));
    for (const { trial, button } of trials) {
      button.type = "button";
      onPress(button, () => {
        toPicture();
        const isBack = button.getAttribute("aria-pressed") === "true";
        return isBack ? app.lab.takeBack(trial) : app.lab.attempt(trial);
      });
    }
    setText(title, texts.about(names[id].title));
    body.replaceChildren(
      part(texts.builds, [make("p", { text: presetWords[id].article })]),
      ...(mended === undefined ? [] : [part(texts.mended, [make("p", { text: mended })])]),
      part(texts.watch, [make("p", { text: watch })]),
      part(texts.tries, [
        make(
          "ul",
          { class: "trials" },
          trials.map(({ trial, button }) =>
            make("li", {}, [button, make("p", { text: trial.see })]),
          ),
        ),
      ]),
    );
  };

  store.watch(
    (state) => shownPreset(state)?.id,
    (id) => {
      if (id !== undefined) fill(id);
    },
  );
  store.subscribe((state) => {
    for (const { trial, button } of trials) {
      button.setAttribute("aria-pressed", String(isTried(trial, state)));
    }
    setText(look, trials.find(({ trial }) => isTried(trial, state))?.trial.see ?? "");
  });
}

/**
 * @param {string} title
 * @param {Node[]} children
 */
function part(title, children) {
  return make("div", { class: "lesson-part" }, [make("h3", { text: title }), ...children]);
}
