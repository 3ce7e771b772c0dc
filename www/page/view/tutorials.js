// The list of presets and, for the chosen one, what it is made of; preset.js has the words about it.

import { presets as names } from "#words/presets.js";
import { scheduleOf } from "#words/schedules.js";
import { shownPreset } from "../selectors.js";
import { find, make } from "../../kit/dom.js";

/** @import { App } from "../app.js" */
/** @import { Preset } from "../../engine/protocol.js" */
/** @import { PageStore } from "../state.js" */

/**
 * @param {App} app
 * @param {PageStore} store
 */
export function tutorialsView(app, store) {
  const list = find("preset-list", HTMLElement);
  const details = find("preset", HTMLElement);

  list.addEventListener("change", ({ target }) => {
    if (target instanceof HTMLInputElement) void app.changes.choosePreset(target.value);
  });

  store.watch(
    ({ presets }) => presets,
    (presets) => {
      const ofImages = presets.filter(({ features }) => features !== 2);
      list.replaceChildren(...ofImages.map(card));
    },
  );
  store.watch(shownPreset, (preset) => {
    details.hidden = preset === undefined;
  });
  store.subscribe((state) => {
    const id = shownPreset(state)?.id;
    for (const input of list.querySelectorAll("input")) input.checked = input.value === id;
  });
}

/** @param {Preset} preset */
function card(preset) {
  const { id } = preset;
  const input = make("input");
  input.type = "radio";
  input.name = "preset";
  input.value = id;
  const cost = make("small", { class: "card-cost" });
  cost.dataset.cost = id;
  const poster = make("img", { class: "card-poster" });
  poster.alt = "";
  poster.dataset.poster = id;
  const words = make("span", { class: "card-words" }, [
    make("b", { text: names[id].title }),
    make("small", { text: scheduleOf(preset) }),
    cost,
  ]);
  return make("label", { class: "card" }, [input, words, poster]);
}
