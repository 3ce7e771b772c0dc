// The words about the chosen preset: what it is, what was changed, its loss and its schedule. Loaded when
// they are in sight.

import { presetWords } from "#words/preset-words.js";
import { scheduleOf } from "#words/schedules.js";
import { nounOf, taskOf } from "../noun.js";
import { shownPreset } from "../selectors.js";
import { fillList, find, setText } from "../../kit/dom.js";

/** @import { Preset } from "../../engine/protocol.js" */
/** @import { Noun, Task } from "#words/nouns.js" */
/** @import { PageStore } from "../state.js" */

/** @param {PageStore} store */
export function presetView(store) {
  const article = find("preset-article", HTMLElement);
  const changes = find("preset-changes", HTMLElement);
  const changesTitle = find("preset-changes-title", HTMLElement);
  const objective = find("preset-objective", HTMLElement);
  const schedule = find("preset-schedule", HTMLElement);

  /** @param {Preset | undefined} preset @param {Noun} noun @param {Task} task */
  const show = (preset, noun, task) => {
    if (preset === undefined) return;
    const words = presetWords(noun, task)[preset.id];
    setText(article, words.article);
    setText(objective, words.objective);
    setText(schedule, scheduleOf(preset));
    fillList(changes, words.changes);
    changesTitle.hidden = words.changes.length === 0;
    changes.hidden = words.changes.length === 0;
  };
  store.watch(
    (state) => /** @type {const} */ ([shownPreset(state), nounOf(state), taskOf(state)]),
    ([preset, noun, task]) => show(preset, noun, task),
  );
}
