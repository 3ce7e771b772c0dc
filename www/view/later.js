// A view that few readers come to see: its code is fetched when its place is first in sight, which it is
// not while its section is folded away.

import { whenSeen } from "./sketch.js";

/** @import { State } from "../state.js" */
/** @typedef {(state: State) => void} View */

/**
 * @param {Element} place with a height of its own, or it is never in sight
 * @param {() => Promise<View>} load
 * @returns {View}
 */
export function later(place, load) {
  /** @type {View | undefined} */
  let view;
  /** @type {State | undefined} */
  let newest;
  let isLoading = false;

  whenSeen(place, async (isSeen) => {
    if (!isSeen || isLoading || view !== undefined) return;
    isLoading = true;
    try {
      view = await load();
      if (newest !== undefined) view(newest);
    } catch (error) {
      // Tried again when it is next in sight.
      console.warn("A part of WebGAN's page could not be loaded:", error);
    }
    isLoading = false;
  });

  return (state) => {
    newest = state;
    view?.(state);
  };
}
