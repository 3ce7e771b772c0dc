// The box that keeps the screen on while training. What holds the lock is loaded when it is first ticked.

import { find } from "../../kit/dom.js";

/** @import { PageStore } from "../state.js" */

/** @param {PageStore} store */
export function awakeView(store) {
  const box = find("awake", HTMLInputElement);
  find("awake-field", HTMLElement).hidden = navigator.wakeLock === undefined;
  /** @type {Promise<void> | undefined} */
  let holding;
  box.addEventListener("change", () => {
    store.dispatch({ type: "keeps-awake", keepsAwake: box.checked });
    holding ??= import("./wake-lock.js").then(({ holdLock }) => holdLock(store));
    holding.catch(() => store.dispatch({ type: "keeps-awake", keepsAwake: false }));
  });
  store.subscribe(({ keepsAwake }) => {
    box.checked = keepsAwake;
  });
}
