// The focus never falls away: when what has it goes, by a press or by itself, Train gets it. A view that knows a
// better place focuses that first.

import { find } from "../../kit/dom.js";

/** @import { PageStore } from "../state.js" */

/** @param {PageStore} store */
export function focusView(store) {
  /** @type {Element | undefined} */
  let last;
  document.addEventListener("focusin", ({ target }) => {
    last = target instanceof Element ? target : undefined;
  });
  // By a pointer the focus may be given up.
  document.addEventListener("pointerdown", () => (last = undefined), { capture: true });

  const look = () => {
    if (last === undefined || last.getClientRects().length > 0) return;
    const { activeElement } = document;
    if (activeElement !== last && activeElement !== document.body) return;
    find("toggle", HTMLElement).focus({ preventScroll: true });
  };
  // Once all views have shown the newest state, whichever came last.
  store.subscribe(() => queueMicrotask(look));
}
