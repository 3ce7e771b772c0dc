// The list of presets and, for the chosen one, what it is made of; preset.js has the words about it.

import { presets as names } from "#words/presets.js";
import { shownPreset } from "../selectors.js";
import { fillList, find, make } from "../../kit/dom.js";

/** @import { App } from "../app.js" */
/** @import { Preset } from "../../engine/protocol.js" */
/** @import { State } from "../state.js" */

/** @param {App} app */
export function tutorialsView(app) {
  const list = find("preset-list", HTMLElement);
  const details = find("preset", HTMLElement);
  const generator = find("preset-generator", HTMLElement);
  const discriminator = find("preset-discriminator", HTMLElement);

  /** @type {readonly Preset[] | undefined} */
  let listed;
  /** @type {string | undefined} */
  let shownId;

  list.addEventListener("change", ({ target }) => {
    if (target instanceof HTMLInputElement) void app.changes.choosePreset(target.value);
  });

  /** @param {State} state */
  return (state) => {
    if (state.presets !== listed && state.presets.length > 0) {
      listed = state.presets;
      const ofImages = listed.filter(({ features }) => features !== 2);
      list.replaceChildren(...ofImages.map(card));
    }
    const preset = shownPreset(state);
    if (preset === undefined) return;
    for (const input of list.querySelectorAll("input")) input.checked = input.value === preset.id;
    if (preset.id === shownId) return;
    shownId = preset.id;
    details.hidden = false;
    fillList(generator, preset.generator);
    fillList(discriminator, preset.discriminator);
  };
}

/** @param {Preset} preset */
function card({ id }) {
  const { title, schedule } = names[id];
  const input = make("input");
  input.type = "radio";
  input.name = "preset";
  input.value = id;
  const cost = make("small", { class: "card-cost" });
  cost.dataset.cost = id;
  const words = make("span", { class: "card-words" }, [
    make("b", { text: title }),
    make("small", { text: schedule }),
    cost,
  ]);
  return make("label", { class: "card" }, [input, words]);
}
