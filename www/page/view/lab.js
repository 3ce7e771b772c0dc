// The failure lab: a button for each run that fails, and what to look for in the one that is set up.

import { failures as words } from "#words/failures.js";
import { find, make, onPress, setText, toPicture } from "../../kit/dom.js";

/** @import { App } from "../app.js" */
/** @import { Failure } from "../../engine/protocol.js" */
/** @import { PageStore } from "../state.js" */

/**
 * @param {App} app
 * @param {PageStore} store
 */
export function labView(app, store) {
  const list = find("failure-list", HTMLElement);
  const look = find("failure-look", HTMLElement);

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
