// What the monitor has found in the run, in a panel that is there only while there is something to say, and
// what mends it as a button. announce.js tells it to who listens.

import { sentence } from "../format.js";
import { page as texts } from "../english.js?page";
import { find, make, onPress, setText } from "./dom.js";

/** @import { App } from "../app.js" */
/** @import { Cure, Finding, Objective } from "../protocol.js" */
/** @import { State } from "../state.js" */

/** @param {App} app */
export function findingsView(app) {
  const panel = find("findings", HTMLElement);
  const list = find("findings-list", HTMLElement);
  /** @type {State["findings"]} */
  let shown = [];
  /** What the list was made of. */
  let made = "";

  /** @param {State} state */
  return ({ findings }) => {
    if (findings === shown) return;
    shown = findings;
    panel.hidden = findings.length === 0;
    // Where only numbers have moved the buttons stay, and the focus with them.
    const key = JSON.stringify(findings.map(({ symptom, cure }) => [symptom, cure]));
    if (key !== made) list.replaceChildren(...findings.map((finding) => item(app, finding)));
    made = key;
    list.querySelectorAll(".seen").forEach((line, i) => setText(line, sentence(findings[i].seen)));
  };
}

/**
 * @param {App} app
 * @param {Finding} finding
 */
function item(app, { symptom, meaning, advice, cure }) {
  const parts = [
    make("p", {}, [make("b", { text: texts.symptoms[symptom] }), new Text(` ${meaning}`)]),
    make("p", { class: "seen" }),
    make("p", { text: texts.tryThis(advice) }),
  ];
  if (cure === undefined) return make("li", {}, parts);
  const button = make("button", { class: "toggle", text: wordsOf(cure) });
  button.type = "button";
  onPress(button, () => app.lab.cure(cure));
  return make("li", {}, [...parts, button]);
}

/** @param {Cure} cure */
function wordsOf({ settings, live }) {
  const changes = Object.entries(settings).map(([name, value]) => {
    const word = name === "objective" ? texts.objectives[/** @type {Objective} */ (value)] : value;
    return `${texts.columns[name] ?? name} ${word}`;
  });
  return texts.cure(changes.join(", "), live);
}
