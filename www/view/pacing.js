// How training goes: one network alone, slowly, and until when.

import { page as texts } from "../english.js?page";
import { find, onPress, setDisabled } from "./dom.js";

/** @import { App } from "../app.js" */
/** @import { State } from "../state.js" */

/** @param {App} app */
export function pacingView(app) {
  const generator = find("step-generator", HTMLButtonElement);
  const discriminator = find("step-discriminator", HTMLButtonElement);
  const speed = find("speed", HTMLSelectElement);
  const stops = /** @type {const} */ ([
    ["stopSteps", find("stop-steps", HTMLInputElement)],
    ["stopMinutes", find("stop-minutes", HTMLInputElement)],
  ]);

  onPress(generator, () => app.training.step("generator"));
  onPress(discriminator, () => app.training.step("discriminator"));
  speed.addEventListener("change", () => {
    app.changes.chooseSpeed(speed.value === "" ? null : Number(speed.value));
  });
  for (const [name, input] of stops) {
    input.addEventListener("change", () => app.changes.type(name, input.value));
  }

  /** @param {State} state */
  return ({ phase, isRunning, isStepping, settings, problems }) => {
    const isBusy = phase !== "ready" || isRunning || isStepping;
    for (const button of [generator, discriminator]) setDisabled(button, isBusy);
    showSpeed(speed, settings.speed);
    for (const [name, input] of stops) {
      const isEdited = document.activeElement === input || problems[name] !== undefined;
      if (!isEdited) input.value = String(settings[name] ?? "");
    }
  };
}

/**
 * A speed from the address may be none of those that are offered.
 * @param {HTMLSelectElement} select
 * @param {number | null} speed
 */
function showSpeed(select, speed) {
  const value = String(speed ?? "");
  if (select.value === value) return;
  if (![...select.options].some((option) => option.value === value)) {
    select.add(new Option(texts.speed(value), value));
  }
  select.value = value;
}
