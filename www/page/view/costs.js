// On each GAN's card: how long its schedule takes on the device in use. A CPU is measured for it, unless a run has shown
// already how fast it is; a GPU is known by the first run. Loaded when the cards are in sight.

import { rateOf, scheduleSeconds } from "../costs.js";
import { costs as texts } from "#words/costs.js";
import { duration } from "../../kit/format.js";
import { find, setText } from "../../kit/dom.js";

/** @import { App } from "../app.js" */
/** @import { PageStore } from "../state.js" */

/**
 * @param {App} app
 * @param {PageStore} store
 */
export function costsView(app, store) {
  const list = find("preset-list", HTMLElement);
  /** Multiplications a second, by the kind of device. @type {Map<string, number>} */
  const rates = new Map();
  let isMeasuring = false;

  const show = () => {
    const { presets, device, data } = store.state;
    const rate = device && rates.get(device.kind);
    const count = data?.points === undefined ? data?.count : undefined;
    for (const preset of presets) {
      const place = list.querySelector(`[data-cost="${preset.id}"]`);
      const seconds = rate && scheduleSeconds(preset, rate, count);
      if (place !== null) setText(place, seconds ? texts.here(duration(seconds)) : "");
    }
  };
  const measure = async () => {
    isMeasuring = true;
    const rate = await app.measuring.rate();
    if (rate !== undefined && !rates.has("cpu")) rates.set("cpu", rate);
    isMeasuring = rate === undefined && store.state.device?.kind === "cpu"; // once, if it is refused
    show();
  };

  store.subscribe((state) => {
    const { device, isRunning } = state;
    const rate = rateOf(state);
    // While it trains the speed goes up and down: what stands there stays.
    if (device !== undefined && rate !== undefined && !(isRunning && rates.has(device.kind))) {
      rates.set(device.kind, rate);
    }
    const isAsked = device?.kind === "cpu" && !rates.has("cpu") && !isMeasuring;
    if (isAsked && state.asked === undefined && !isRunning && !state.isStepping) void measure();
    show();
  });
}
