// The failure lab: a button for each run that fails, what to look for in the one that is set up, and the way back.

import { backTo, failures as words } from "#words/failures.js";
import { presets as names } from "#words/presets.js";
import { showsPoints } from "../selectors.js";
import { isToy, presetOf } from "../settings.js";
import { find, make, onPress, setText, toPicture } from "../../kit/dom.js";

/** @import { App } from "../app.js" */
/** @import { Failure } from "../../engine/protocol.js" */
/** @import { Settings } from "../settings.js" */
/** @import { PageStore } from "../state.js" */

/**
 * @param {App} app
 * @param {PageStore} store
 */
export function labView(app, store) {
  const list = find("failure-list", HTMLElement);
  const look = find("failure-look", HTMLElement);
  const back = make("button", { class: "quiet" });
  back.type = "button";
  list.after(back);
  /** What was set when pictures were learned last. @type {Settings | undefined} */
  let before;
  onPress(back, () => {
    const settings = before;
    if (settings === undefined) return undefined;
    toPicture();
    return app.lab((lab) => lab.goBack(settings));
  });

  store.watch(
    ({ failures }) => failures,
    (failures) => list.replaceChildren(...failures.map((failure) => button(app, failure))),
  );
  store.subscribe(({ failures, failing }) => {
    for (const child of list.children) {
      const isSetUp = child instanceof HTMLElement && child.dataset.id === failing;
      child.setAttribute("aria-pressed", String(isSetUp));
    }
    const shown = failures.find(({ id }) => id === failing);
    setText(look, shown === undefined ? "" : words[shown.id].look);
  });
  store.subscribe((state) => {
    if (!isToy(state.settings)) before = state.settings;
    back.hidden = before === undefined || state.presets.length === 0 || !showsPoints(state);
    if (before === undefined || back.hidden) return;
    setText(back, backTo(names[presetOf(before, state.presets).id].title));
  });
}

/**
 * @param {App} app
 * @param {Failure} failure
 */
function button(app, failure) {
  const made = make("button", { class: "toggle", text: words[failure.id].title });
  made.type = "button";
  made.dataset.id = failure.id;
  onPress(made, () => {
    toPicture();
    return app.lab((lab) => lab.setUp(failure));
  });
  return made;
}
