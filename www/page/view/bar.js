// What the bar at the top says: which GAN is trained, on what, and where. Choosing stands in the menus it opens.

import { UNKNOWN } from "#words/numbers.js";
import { dataName, fetchesData, shownPreset } from "../selectors.js";
import { presets as names } from "#words/presets.js";
import { find, setText } from "../../kit/dom.js";

/** @import { PageStore, State } from "../state.js" */

/** @param {PageStore} store */
export function barView(store) {
  const gan = find("gan-now", HTMLElement);
  const data = find("data-short", HTMLElement);
  const device = find("device-short", HTMLElement);

  store.subscribe((state) => {
    const preset = shownPreset(state);
    setText(gan, preset === undefined ? "…" : names[preset.id].title);
    setText(data, dataName(state));
    data.setAttribute("aria-busy", String(fetchesData(state)));
    setText(device, deviceName(state));
  });
}

/** @param {State} state */
function deviceName({ device }) {
  if (device === undefined) return UNKNOWN;
  return device.kind === "webgpu" ? "WebGPU" : "CPU";
}
