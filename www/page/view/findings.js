// What the monitor has found in the run, in a line that is there only while there is something to say; opened, it
// says more, with what mends it as a button. announce.js tells it to who listens.

import { findings as texts } from "#words/findings.js";
import { page } from "#words/page.js";
import { find, make, onPress, setText, toPicture } from "../../kit/dom.js";
import { settingName, settingValue } from "./setting-words.js";

/** @import { App } from "../app.js" */
/** @import { Evidence, Finding } from "../../engine/examined.js" */
/** @import { PageStore } from "../state.js" */

/**
 * @param {App} app
 * @param {PageStore} store
 */
export function findingsView(app, store) {
  const panel = find("findings", HTMLElement);
  const words = find("findings-words", HTMLElement);
  const list = find("findings-list", HTMLElement);

  // Where only numbers have moved the buttons stay, and the focus with them.
  store.watch(
    ({ findings }) =>
      JSON.stringify(findings.map(({ symptom, evidence, cure }) => [symptom, evidence.kind, cure])),
    () => list.replaceChildren(...store.state.findings.map((finding) => item(app, finding))),
  );
  store.watch(
    ({ findings }) => findings,
    (findings) => {
      panel.hidden = findings.length === 0;
      setText(words, findings.map(({ symptom }) => page.symptoms[symptom]).join(" "));
      list
        .querySelectorAll(".seen")
        .forEach((line, i) => setText(line, seenIn(findings[i].evidence)));
    },
  );
}

/**
 * @param {App} app
 * @param {Finding} finding
 */
function item(app, { symptom, evidence, cure }) {
  const meaning = texts.meanings[evidence.kind];
  const parts = [
    make("p", {}, [make("b", { text: page.symptoms[symptom] }), new Text(` ${meaning}`)]),
    make("p", { class: "seen" }),
    make("p", { text: texts.tryThis(texts.advice[evidence.kind]) }),
  ];
  if (cure === undefined) return make("li", {}, parts);
  const button = make("button", { class: "toggle", text: wordsOf(cure) });
  button.type = "button";
  onPress(button, () => {
    toPicture();
    // The panel goes, and the button with it.
    find("toggle", HTMLElement).focus({ preventScroll: true });
    return app.lab((lab) => lab.cure(cure));
  });
  return make("li", {}, [...parts, button]);
}

/**
 * @param {Evidence} evidence
 * @returns {string} a sentence
 */
function seenIn(evidence) {
  switch (evidence.kind) {
    case "growth": {
      const { of, now, early } = evidence;
      return texts.growth(texts.growing[of], now ?? Infinity, early ?? Infinity);
    }
    case "told-apart":
      return texts.toldApart(evidence.share, evidence.steps);
    case "gradient":
      return texts.gradient(evidence.now ?? Infinity, evidence.early ?? Infinity);
    case "classes":
      return evidence.classes < 2
        ? texts.kinds(evidence.recall)
        : texts.classes(evidence.covered, evidence.classes, evidence.recall);
    case "modes":
      return texts.modes(evidence.covered, evidence.modes, evidence.good);
    case "distances":
      return texts.distances(evidence.samples, evidence.real);
  }
}

/** @param {NonNullable<Finding["cure"]>} cure */
function wordsOf(cure) {
  const changes = Object.entries(cure).map(
    ([name, value]) => `${settingName(name)} ${settingValue(name, value)}`,
  );
  return texts.cure(changes.join(", "));
}
