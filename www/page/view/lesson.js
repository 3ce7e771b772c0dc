// The lesson about the chosen preset, and buttons that set the page up for what it says to try.

import { isTried, lessonOf } from "../lessons.js";
import { nounOf, taskOf } from "../noun.js";
import { chosenData, shownPreset } from "../selectors.js";
import { lessons as texts } from "#words/lessons.js";
import { page } from "#words/page.js";
import { presets as names } from "#words/presets.js";
import { find, make, onPress, setText, toPicture } from "../../kit/dom.js";

/** @import { App } from "../app.js" */
/** @import { Trial } from "../lessons.js" */
/** @import { DataName } from "../settings.js" */
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
  /** Which data the words tell of, and that they are not those in use. @type {DataName | undefined} */
  let seenOn;
  const elsewhere = make("p", { class: "note" });

  /** @param {string} id of a preset */
  const fill = (id) => {
    const [noun, task] = [nounOf(store.state), taskOf(store.state)];
    const { mended, watch, tries, ...lesson } = lessonOf(id, noun, task);
    seenOn = lesson.seenOn;
    setText(elsewhere, texts.seenOn(page.data[seenOn]));
    trials = tries.map((trial) => ({
      trial,
      button: make("button", { class: "toggle", text: trial.label }),
    }));
    for (const { trial, button } of trials) {
      button.type = "button";
      onPress(button, () => {
        toPicture();
        const isBack = button.getAttribute("aria-pressed") === "true";
        return app.lab((lab) => (isBack ? lab.takeBack(trial) : lab.attempt(trial)));
      });
    }
    setText(title, texts.about(names[id].title));
    body.replaceChildren(
      ...(mended === undefined ? [] : [part(texts.mended, [make("p", { text: mended })])]),
      part(texts.watch, [make("p", { text: watch }), elsewhere]),
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
    (state) => /** @type {const} */ ([shownPreset(state)?.id, nounOf(state), taskOf(state)]),
    ([id]) => {
      if (id !== undefined) fill(id);
    },
  );
  store.subscribe((state) => {
    const data = chosenData(state);
    elsewhere.hidden = data === seenOn || trials.some(({ trial }) => trial.settings.data === data);
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
