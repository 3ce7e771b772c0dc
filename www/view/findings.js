// What the monitor has found in the run, in a panel that is there only while there is something to say.
// announce.js tells it to who listens.

import { sentence } from "../format.js";
import { texts } from "../texts.js";
import { find, make } from "./dom.js";

/** @import { Finding } from "../protocol.js" */
/** @import { State } from "../state.js" */

export function findingsView() {
  const panel = find("findings", HTMLElement);
  const list = find("findings-list", HTMLElement);
  /** @type {State["findings"] | undefined} */
  let shown;

  /** @param {State} state */
  return ({ findings }) => {
    if (findings === shown) return;
    shown = findings;
    panel.hidden = findings.length === 0;
    list.replaceChildren(...findings.map(item));
  };
}

/** @param {Finding} finding */
function item({ symptom, seen, meaning, advice }) {
  return make("li", {}, [
    make("p", {}, [make("b", { text: texts.symptoms[symptom] }), new Text(` ${meaning}`)]),
    make("p", { class: "seen", text: sentence(seen) }),
    make("p", { text: texts.tryThis(advice) }),
  ]);
}
