// Leaves out the parts of the page that the address names with `hide`: gone from the eye, from the
// keyboard and from what is read aloud. Views go on writing into them.

import { find } from "../../kit/dom.js";

/** @import { PageStore } from "../state.js" */

/** @param {PageStore} store */
export function partsView(store) {
  const parts = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-part]"));
  const tabs = find("tabs", HTMLElement);
  const show = (/** @type {string | null} */ hide) => {
    const names = hide?.split(",") ?? [];
    for (const part of parts) leaveOut(part, names.includes(part.dataset.part ?? ""));
    // What holds nothing else goes with its parts: a panel, its tab, and where none is left the row of tabs.
    const isGone = (/** @type {Element} */ part) => part.closest("[data-gone]") !== null;
    for (const tab of tabs.children) {
      const panel = find(tab.getAttribute("aria-controls") ?? "", HTMLElement);
      panel.removeAttribute("data-gone");
      const held = [...panel.querySelectorAll("[data-part]")];
      for (const each of [panel, tab]) leaveOut(each, held.every(isGone));
    }
    tabs.removeAttribute("data-gone");
    leaveOut(tabs, [...tabs.children].every(isGone));
    for (const link of document.querySelectorAll('a[href^="#"]')) {
      const target = document.getElementById(link.getAttribute("href")?.slice(1) ?? "");
      if (target?.closest("[data-gone]")) link.removeAttribute("href");
    }
  };
  store.watch(({ settings }) => settings.hide, show);
}

/**
 * @param {Element} element
 * @param {boolean} isGone
 */
function leaveOut(element, isGone) {
  element.toggleAttribute("data-gone", isGone);
  // What nobody can open does no work: measures, sketches, code.
  if (!isGone) return;
  for (const fold of element.querySelectorAll("details")) fold.open = false;
}
