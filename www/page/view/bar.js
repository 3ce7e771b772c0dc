// What the bar at the top says: which GAN is trained, on what, and where. Choosing stands in the menus it opens.

import { UNKNOWN } from "#words/numbers.js";
import { isMnist, shownPreset, shownSettings } from "../selectors.js";
import { isSet } from "../settings.js";
import { page as texts } from "#words/page.js";
import { presets as names } from "#words/presets.js";
import { find, setText } from "../../kit/dom.js";

/** @import { DataName } from "../settings.js" */
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
    setText(device, deviceName(state));
  });
}

/**
 * What the data in use, or asked for, are called.
 * @param {State} state
 */
function dataName(state) {
  const { data } = shownSettings(state);
  // A set of the site has a name of ours.
  if (isSet(data)) return texts.data[data];
  const isOwn = state.asked === undefined && state.data !== undefined && !isMnist(state.data);
  if (isOwn && state.data?.points === undefined) return /** @type {string} */ (state.data?.name);
  return texts.data[/** @type {DataName} */ (data)] ?? data;
}

/** @param {State} state */
function deviceName({ device }) {
  if (device === undefined) return UNKNOWN;
  return device.kind === "webgpu" ? "WebGPU" : "CPU";
}
