// Says what was changed in a run as it went, and whether its link repeats that.

import { changesOf } from "../../engine/course.js";
import { course as texts } from "#words/course.js";
import { find, setText } from "../../kit/dom.js";

/** @import { PageStore } from "../state.js" */

/** A hand on a slider makes many; the last ones say where it went. */
const TOLD = 3;

/** @param {PageStore} store */
export function courseView(store) {
  const words = find("course-words", HTMLElement);
  store.subscribe(({ settings, wentAlone }) => {
    const changes = changesOf(settings)
      .slice(-TOLD)
      .map(({ setting, value, step }) => texts.change(texts.names[setting], value, step));
    const changed = changes.length === 0 ? "" : texts.changed(changes.join("; "));
    setText(words, wentAlone ? texts.alone : changed);
  });
}
