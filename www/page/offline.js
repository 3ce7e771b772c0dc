// Registers the service worker of a built site (the one from www/service-worker.js), and tells it which
// of the large files this visit has used.

import { showcaseIn } from "../engine/site-files.js";
import { PROGRAMS, trusted } from "../engine/spawn.js";
import { presetOf } from "./settings.js";

/** @import { PageStore } from "./state.js" */

/**
 * @param {PageStore} store
 * @param {string} models address of the folder of trained networks
 */
export function keepOffline(store, models) {
  const workers = serviceWorkers();
  if (!import.meta.env.PROD || workers === undefined) return;
  const url = trusted(new URL("sw.js", document.baseURI).href);
  // A browser may forbid it, and the page does without.
  workers.register(/** @type {string} */ (url)).catch((error) => {
    console.warn("WebGAN will not work offline:", error);
  });
  store.watch(
    ({ device, picture, settings, presets }) => [
      device && PROGRAMS[device.build],
      picture?.trainedFor && showcaseIn(models, presetOf(settings, presets).id),
    ],
    (urls) => {
      if (urls[0] === undefined) return;
      void workers.ready.then(({ active }) => active?.postMessage({ type: "keep", urls }));
    },
  );
}

function serviceWorkers() {
  try {
    return navigator.serviceWorker;
  } catch {
    return undefined; // in a sandboxed iframe even asking is an error
  }
}
