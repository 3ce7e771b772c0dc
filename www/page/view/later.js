// Views that few readers see: their code is fetched when they are needed. One whose fetch fails is fetched again when
// it is next needed.

import { whenSeen } from "../../kit/sketch.js";

/** @import { PageStore, State } from "../state.js" */

/**
 * A view that is needed while its place is in sight, which it is not while its panel is not the open one. Until it is
 * there the place is busy.
 * @param {Element | Element[]} places one of them, each with a height of its own, or it is never in sight
 * @param {() => Promise<void>} load
 */
export function whenInSight(places, load) {
  const all = [places].flat();
  const setBusy = (/** @type {boolean} */ isBusy) => {
    for (const place of all) place.setAttribute("aria-busy", String(isBusy));
  };
  const fetch = once(() => load().finally(() => setBusy(false)));
  setBusy(true);
  for (const place of all) {
    whenSeen(place, (isSeen) => {
      if (isSeen) void fetch();
    });
  }
}

/**
 * A view that is needed once what hides it is opened, wherever that is on the page.
 * @param {HTMLDetailsElement} details
 * @param {() => Promise<void>} load
 */
export function whenOpened(details, load) {
  const fetch = once(load);
  details.addEventListener("toggle", () => {
    if (details.open) void fetch();
  });
}

/**
 * A view that is needed while there is something for it to show.
 * @param {PageStore} store
 * @param {(state: State) => boolean} isNeeded
 * @param {() => Promise<void>} load
 */
export function whenNeeded(store, isNeeded, load) {
  const fetch = once(load);
  store.watch(isNeeded, (isNow) => {
    if (isNow) void fetch();
  });
}

/** @param {() => Promise<void>} load not called again while it goes on or when it has succeeded */
function once(load) {
  let isLoaded = false;
  return async () => {
    if (isLoaded) return;
    isLoaded = true;
    try {
      await load();
    } catch (error) {
      isLoaded = false;
      console.warn("A part of WebGAN's page could not be loaded:", error);
    }
  };
}
