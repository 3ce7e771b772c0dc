// Views that few readers see: their code is fetched when they are needed, and shows the newest state from then
// on. One whose fetch fails is fetched again when it is next needed.

import { whenSeen } from "./sketch.js";

/** @import { State } from "../state.js" */
/** @typedef {(state: State) => void} View */

/**
 * A view that is needed while its place is in sight, which it is not while its section is folded away.
 * @param {Element} place with a height of its own, or it is never in sight
 * @param {() => Promise<View>} load
 * @returns {View}
 */
export function whenInSight(place, load) {
  const { fetch, show } = later(load);
  whenSeen(place, (isSeen) => {
    if (isSeen) void fetch();
  });
  return show;
}

/**
 * A view that is needed while there is something for it to show.
 * @param {(state: State) => boolean} isNeeded
 * @param {() => Promise<View>} load
 * @returns {View}
 */
export function whenNeeded(isNeeded, load) {
  const { fetch, show } = later(load);
  let wasNeeded = false;
  return (state) => {
    show(state);
    const isNow = isNeeded(state);
    if (isNow && !wasNeeded) void fetch();
    wasNeeded = isNow;
  };
}

/** @param {() => Promise<View>} load */
function later(load) {
  /** @type {View | undefined} */
  let view;
  /** @type {State | undefined} */
  let newest;
  let isLoading = false;
  return {
    async fetch() {
      if (isLoading || view !== undefined) return;
      isLoading = true;
      try {
        view = await load();
        if (newest !== undefined) view(newest);
      } catch (error) {
        console.warn("A part of WebGAN's page could not be loaded:", error);
      }
      isLoading = false;
    },
    show(/** @type {State} */ state) {
      newest = state;
      view?.(state);
    },
  };
}
