// How the element looks, as one constructed sheet that all elements share: a page whose policy forbids
// inline styles allows it.

import CSS from "./style.css?inline";

/** @type {CSSStyleSheet | undefined} */
let sheet;

export function sheets() {
  if (sheet === undefined) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
  }
  return [sheet];
}
