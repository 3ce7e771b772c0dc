// What is to be trained, made of an element's attributes: every address absolute, every setting that was
// named. No defaults: those are the preset's own.

import { configOf } from "../engine/fields.js";
import { dataUrl } from "../engine/site-files.js";

/** @import { Options } from "./attributes.js" */
/** @import { Order } from "./session.js" */

/**
 * @param {Options} options
 * @param {string} digits where the digits are
 * @returns {Order}
 */
export function orderOf(options, digits) {
  const { preset, device, speed, dataSrc, pairs, model } = options;
  const addressOf = (/** @type {string} */ data) => dataUrl(data, document.baseURI).href;
  return {
    config: configOf(preset, options),
    device,
    stepsPerSecond: speed ?? Infinity,
    data: {
      url: dataSrc === "" ? undefined : addressOf(dataSrc),
      digits: addressOf(digits),
      pairs,
    },
    model: model === "" ? undefined : new URL(model, document.baseURI).href,
  };
}
