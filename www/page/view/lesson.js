// The lesson about the chosen preset, and buttons that set the page up for what it says to try.

import { isTried, LESSONS } from "../lessons.js";
import { shownPreset } from "../selectors.js";
import { lessons as texts } from "#words/lessons.js";
import { presetWords } from "#words/preset-words.js";
import { presets as names } from "#words/presets.js";
import { find, make, onPress, setText, toPicture } from "../../kit/dom.js";

/** @import { App } from "../app.js" */
/** @import { Trial } from "../lessons.js" */
/** @import { Preset } from "../../engine/protocol.js" */
/** @import { State } from "../state.js" */

/** @param {App} app */
export function lessonView(app) {
  const title = find("lesson-title", HTMLElement);
  const body = find("lesson-body", HTMLElement);
  const look = find("trial-look", HTMLElement);
  /** @type {string | undefined} */
  let shownId;
  /** @type {{ trial: Trial, button: HTMLButtonElement }[]} */
  let trials = [];

  /** @param {Preset} preset */
  const fill = (preset) => {
    const { mended, watch, tries } = LESSONS[preset.id];
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
    setText(title, texts.about(names[preset.id].title));
    body.replaceChildren(
      part(texts.builds, [make("p", { text: presetWords[preset.id].article })]),
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

  /** @param {State} state */
  return (state) => {
    const preset = shownPreset(state);
    if (preset === undefined) return;
    if (preset.id !== shownId) {
      shownId = preset.id;
      fill(preset);
    }
    for (const { trial, button } of trials) {
      button.setAttribute("aria-pressed", String(isTried(trial, state)));
    }
    setText(look, trials.find(({ trial }) => isTried(trial, state))?.trial.see ?? "");
  };
}

/**
 * @param {string} title
 * @param {Node[]} children
 */
function part(title, children) {
  return make("div", { class: "lesson-part" }, [make("h3", { text: title }), ...children]);
}
