// A view that few readers see: it is loaded when there is something for it to show.

/** @import { State } from "../state.js" */

/**
 * @param {(state: State) => boolean} isNeeded
 * @param {() => Promise<(state: State) => void>} load
 * @returns {(state: State) => void}
 */
export function whenNeeded(isNeeded, load) {
  /** @type {Promise<(state: State) => void> | undefined} */
  let view;
  /** @type {State} */
  let newest;
  return (state) => {
    newest = state;
    if (view === undefined && !isNeeded(state)) return;
    view ??= load();
    view.then(
      (show) => show(newest),
      (error) => console.warn("WebGAN cannot load a part of the page:", error),
    );
  };
}
