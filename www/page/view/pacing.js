// How training goes: one network alone, slowly, and until when.

import { page as texts } from "#words/page.js";
import { find, onPress, setDisabled } from "../../kit/dom.js";
import { settingBox } from "./setting-box.js";

/** @import { App } from "../app.js" */
/** @import { PageStore } from "../state.js" */

/**
 * @param {App} app
 * @param {PageStore} store
 */
export function pacingView(app, store) {
  const generator = find("step-generator", HTMLButtonElement);
  const discriminator = find("step-discriminator", HTMLButtonElement);
  const speed = find("speed", HTMLSelectElement);
  const stopAt = find("stop-at", HTMLInputElement);
  const stops = /** @type {const} */ ([
    ["stopSteps", "stop-steps"],
    ["stopMinutes", "stop-minutes"],
  ]);
  const boxes = stops.map(
    ([name, id]) =>
      /** @type {const} */ ([
        name,
        settingBox(find(id, HTMLInputElement), {
          send: (text) => app.changes.type(name, text),
          forget: () => app.dismiss(name),
        }),
      ]),
  );

  // Until here nothing listened.
  find("pacing-fields", HTMLFieldSetElement).disabled = false;
  onPress(generator, () => app.training.step("generator"));
  onPress(discriminator, () => app.training.step("discriminator"));
  speed.addEventListener("change", () => {
    app.changes.chooseSpeed(speed.value === "" ? null : Number(speed.value));
  });

  stopAt.addEventListener("change", () => {
    app.changes.chooseStopAt(stopAt.checked ? "plateau" : null);
  });

  store.subscribe(({ phase, isRunning, isStepping, settings, problems }) => {
    const isBusy = phase !== "ready" || isRunning || isStepping;
    for (const button of [generator, discriminator]) setDisabled(button, isBusy);
    showSpeed(speed, settings.speed);
    stopAt.checked = settings.stopAt !== null;
    for (const [name, show] of boxes) {
      show(settings[name], { refused: problems[name] !== undefined, asked: false });
    }
  });
}

/**
 * A speed from the address may be none of those that are offered.
 * @param {HTMLSelectElement} select
 * @param {number | null} speed
 */
function showSpeed(select, speed) {
  const value = String(speed ?? "");
  if (select.value === value) return;
  if (speed !== null && ![...select.options].some((option) => option.value === value)) {
    select.add(new Option(texts.speed(speed), value));
  }
  select.value = value;
}
