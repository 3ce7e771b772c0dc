// On each GAN's card: what its trained generator draws, and how long its schedule takes on the device in use, or that it
// cannot learn the data. A CPU is measured for it, unless a run has shown already how fast it is; a GPU is known by the
// first run. Loaded when the cards are in sight.

import { rateOf, scheduleSeconds } from "../costs.js";
import { fits } from "../../pictures/fits.js";
import { showsPairs } from "../selectors.js";
import { costs as texts } from "#words/costs.js";
import { find, setText } from "../../kit/dom.js";

/** @import { App } from "../app.js" */
/** @import { PageStore } from "../state.js" */

/** Named one by one: so they are no modules, and the element's loader stays one file. */
const posters = /** @type {Readonly<Record<string, URL>>} */ ({
  "conv-critic": new URL("../../posters/conv-critic.webp", import.meta.url),
  dcgan: new URL("../../posters/dcgan.webp", import.meta.url),
  dense: new URL("../../posters/dense.webp", import.meta.url),
  "hinge-sn": new URL("../../posters/hinge-sn.webp", import.meta.url),
  "least-squares": new URL("../../posters/least-squares.webp", import.meta.url),
  mlp: new URL("../../posters/mlp.webp", import.meta.url),
  modern: new URL("../../posters/modern.webp", import.meta.url),
  pix2pix: new URL("../../posters/pix2pix.webp", import.meta.url),
  "wgan-clip": new URL("../../posters/wgan-clip.webp", import.meta.url),
});

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
    // Points have a GAN of their own, and who leaves pairs gets other data.
    const isAnyGan = data?.points !== undefined || showsPairs(store.state);
    const count = data?.points === undefined ? data?.count : undefined;
    for (const preset of presets) {
      const poster = list.querySelector(`[data-poster="${preset.id}"]`);
      const url = posters[preset.id];
      if (poster instanceof HTMLImageElement && url && poster.src === "") poster.src = url.href;
      const place = list.querySelector(`[data-cost="${preset.id}"]`);
      const seconds = rate && scheduleSeconds(preset, rate, count);
      const isFit = data === undefined || isAnyGan || fits(preset, data);
      place?.closest("label")?.toggleAttribute("data-unfit", !isFit);
      const { width, height, channels } = preset.shape;
      const cost = isFit ? seconds && texts.here(seconds) : texts.unfit(width, height, channels);
      if (place !== null) setText(place, cost || "");
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
