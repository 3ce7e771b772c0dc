// What the bar at the top says: which GAN is trained, on what, and where. Choosing stands in the menus it opens.

import { UNKNOWN } from "#words/numbers.js";
import { dataName, fetchesData, shownPreset } from "../selectors.js";
import { presetOf } from "../settings.js";
import { page as texts } from "#words/page.js";
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
    // Until the data are here the picture is of what was chosen before.
    const isNext = fetchesData(state);
    const said = isNext ? texts.next : String;
    const isSame = preset === undefined || preset === presetOf(state.settings, state.presets);
    const title = preset === undefined ? "…" : names[preset.id].title;
    setText(gan, isSame ? title : said(title));
    setText(data, said(dataName(state)));
    data.setAttribute("aria-busy", String(isNext));
    setText(device, deviceName(state));
  });
}

/** @param {State} state */
function deviceName({ device }) {
  if (device === undefined) return UNKNOWN;
  return device.kind === "webgpu" ? "WebGPU" : "CPU";
}
